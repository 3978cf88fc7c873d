import pytest
from werkzeug.datastructures import Headers

from app.web.same_origin import ForeignForm, require_same_origin

HOST = "check.example.org"


def headers(fetch_site, origin):
    """Return the headers of a form; None: the browser does not send it."""
    both = {"Sec-Fetch-Site": fetch_site, "Origin": origin}
    return Headers({name: value for name, value in both.items() if value is not None})


@pytest.mark.parametrize(
    ("fetch_site", "origin"),
    [
        ("same-origin", f"https://{HOST}"),
        ("same-origin", "null"),
        ("none", None),
        (None, f"https://{HOST}"),
        (None, None),
    ],
)
def test_our_own_form_is_let_in(fetch_site, origin):
    require_same_origin(headers(fetch_site, origin), HOST)


@pytest.mark.parametrize(
    ("fetch_site", "origin"),
    [
        ("cross-site", f"https://{HOST}"),
        ("same-site", "https://other.example.org"),
        ("", None),
        (None, "https://evil.example"),
        (None, "null"),
        (None, ""),
        (None, f"https://{HOST}.evil.example"),
        (None, f"https://evil.example/{HOST}"),
    ],
)
def test_a_form_of_another_site_is_refused(fetch_site, origin):
    with pytest.raises(ForeignForm):
        require_same_origin(headers(fetch_site, origin), HOST)


def test_behind_a_proxy_the_public_address_counts():
    public = "https://public.example"
    require_same_origin(headers(None, public), "10.0.0.5:8000", public)


def test_without_a_host_no_origin_is_ours():
    with pytest.raises(ForeignForm):
        require_same_origin(headers(None, "null"), "")
