"""`gauge private-check`: what it says before it asks anybody."""

import pytest


@pytest.mark.parametrize(
    "url", ["ftp://check.example.org", "check.example.org", "http://127.0.0.1:99999", "http://[::1"]
)
def test_what_is_no_address_is_a_usage_error(gauge, url):
    code, _, err = gauge("private-check", url)
    assert (2, True, False) == (code, "address" in err, "bug" in err)


@pytest.fixture
def without_trust(tmp_path, monkeypatch):
    def keys_at(name):
        monkeypatch.setenv("GAUGE_KEYS_DIR", str(tmp_path / name))
        return tmp_path / name / "trust.json"

    return keys_at


@pytest.mark.parametrize("command", [("private-check",), ("manifest", "verify")], ids=" ".join)
def test_without_any_trust_it_names_the_path_where_it_looked(gauge, without_trust, command):
    looked_at = without_trust("no-keys")
    code, _, err = gauge(*command, "http://127.0.0.1:1")
    words = " ".join(err.split())
    assert (2, True, True) == (code, str(looked_at) in words, "--trust FILE" in words)


def test_nobody_is_asked_for_a_name_before_the_rest_is_right(gauge, without_trust):
    without_trust("no-keys")
    assert "Number" not in gauge("private-check", "http://127.0.0.1:1")[2]


def test_a_service_that_does_not_answer_ends_it_as_unavailable(gauge, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text("id_type,id_number,name\npassport,X00000017,Ana Silva\n")
    code, out, err = gauge("private-check", "http://127.0.0.1:1", "--people", str(people))
    assert (12, "", False) == (code, out, "bug" in err)
