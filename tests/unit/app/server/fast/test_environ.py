"""The environment of WSGI says of a request what gunicorn's own workers say."""

import io

import pytest

from app.server.fast.environ import decoded_path, make_environ
from tests.fixtures.front_requests import PEER, scope_of


@pytest.mark.parametrize(
    ("expected", "target"),
    [
        ("/check", b"/check"),
        ("/ä".encode().decode("latin-1"), b"/%C3%A4"),
        ("/\xff", b"/%ff"),
        ("//other.example/check", b"//other.example/check"),
        ("/check", b"http://other.example/check"),
        ("/", b"http://other.example"),
        ("/check", b"http://[no-address/check"),
        ("/", b"http://a]"),
        ("//check", b"http://other.example//check"),
        ("*", b"*"),
    ],
)
def test_a_path_is_that_of_the_target_decoded(expected, target):
    assert expected == decoded_path(target)


def test_headers_become_variables_and_repeated_ones_are_joined():
    scope = scope_of("POST", "/check?lang=en", {"Content-Type": "text/plain"}, 3)
    scope["headers"] += [(b"x-forwarded-for", b"192.0.2.1"), (b"x-forwarded-for", b"192.0.2.2")]
    environ = make_environ(scope, io.BytesIO(b"abc"))
    assert "192.0.2.1,192.0.2.2" == environ["HTTP_X_FORWARDED_FOR"]
    assert ("text/plain", "3") == (environ["CONTENT_TYPE"], environ["CONTENT_LENGTH"])
    assert ("POST", "/check", "lang=en") == (
        environ["REQUEST_METHOD"],
        environ["PATH_INFO"],
        environ["QUERY_STRING"],
    )
    assert (PEER, "HTTP/1.1", "http") == (
        environ["REMOTE_ADDR"],
        environ["SERVER_PROTOCOL"],
        environ["wsgi.url_scheme"],
    )
    assert b"abc" == environ["wsgi.input"].read()
