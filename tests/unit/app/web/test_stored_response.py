"""A stored response: to GET and HEAD, in each encoding, and to whoever has it already."""

import pytest

from app.web.stored_response import StoredResponse

BODIES = {"": b"a page", "gzip": b"zipped", "br": b"br"}


@pytest.fixture
def stored():
    return StoredResponse([("Content-Type", "text/html"), ("Vary", "Accept-Encoding")], BODIES)


def etag_of(response):
    return dict(response.headers)["ETag"]


@pytest.mark.parametrize("encoding", BODIES)
def test_each_encoding_has_its_own_length_and_etag(stored, encoding):
    response = stored.respond("GET", {"accept-encoding": encoding})
    headers = dict(response.headers)
    assert (200, BODIES[encoding]) == (response.status, response.body)
    assert (str(len(response.body)), encoding) == (
        headers["Content-Length"],
        headers.get("Content-Encoding", ""),
    )


def test_no_two_encodings_share_an_etag(stored):
    assert 3 == len({etag_of(stored.respond("GET", {"accept-encoding": one})) for one in BODIES})


def test_an_encoding_that_was_not_made_is_answered_as_it_is():
    response = StoredResponse([], {"": b"a page"}).respond("GET", {"accept-encoding": "br"})
    assert b"a page" == response.body


def test_head_has_the_headers_of_get_and_no_body(stored):
    get, head = (stored.respond(method, {"accept-encoding": "br"}) for method in ("GET", "HEAD"))
    assert (get.headers, b"") == (head.headers, head.body)


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*", ' "x" , W/{} '])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_it_already_is_told_so(stored, form, method):
    tag = etag_of(stored.respond("GET", {}))
    response = stored.respond(method, {"if-none-match": form.format(tag)})
    assert (304, b"") == (response.status, response.body)
    assert {"ETag", "Vary"} == set(dict(response.headers))


@pytest.mark.parametrize("known", ['"other"', "", "W/", "{}", '"'])
def test_who_has_another_one_gets_it(stored, known):
    assert 200 == stored.respond("GET", {"if-none-match": known}).status


def test_the_etag_of_one_encoding_is_not_that_of_another(stored):
    tag = etag_of(stored.respond("GET", {"accept-encoding": "br"}))
    assert 200 == stored.respond("GET", {"if-none-match": tag}).status


def test_what_one_response_is_given_besides_no_other_has(stored):
    stored.respond("GET", {}).headers.append(("X", "y"))
    assert "X" not in dict(stored.respond("GET", {}).headers)
