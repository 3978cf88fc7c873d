import pytest


@pytest.mark.parametrize("path", ["/check", "/api/v1/index", "?lang=en", "#top"])
def test_a_canary_at_a_path_is_told_what_to_give(gauge, path):
    code, _, err = gauge("canary", f"http://127.0.0.1:1{path}")
    assert (2, True) == (code, "without a path: https://check.example.org" in err)
    assert 12 == gauge("canary", "http://127.0.0.1:1/")[0]
