"""The compiled tests of bytes say of every byte what gunicorn's say."""

import itertools

import pytest
from gunicorn.asgi.parser import ParseError, PythonProtocol
from hypothesis import given
from hypothesis import strategies as st

from app.server.connections.request_parser import RequestParser

ALL_BYTES = [bytes([number]) for number in range(256)]
OURS, GUNICORNS = RequestParser(), PythonProtocol()


@pytest.mark.parametrize("name", ["_is_valid_token", "_has_invalid_header_chars"])
def test_every_byte_is_judged_alike(name):
    texts = [*ALL_BYTES, *(b"x" + one + b"y" for one in ALL_BYTES), b"", b"a\n"]
    ours, gunicorns = getattr(OURS, name), getattr(GUNICORNS, name)
    assert [] == [text for text in texts if ours(text) != gunicorns(text)]


def test_every_method_is_judged_alike():
    texts = [*(b"GE" + one for one in ALL_BYTES), b"", b"GE", b"G" * 20, b"G" * 21, b"GET\n"]
    differing = [
        text for text in texts if OURS._is_valid_method(text) != GUNICORNS._is_valid_method(text)
    ]
    assert [] == differing


def test_a_parser_is_between_requests_until_a_byte_comes():
    parser = RequestParser()
    assert parser.is_between_requests
    parser.feed(b"G")
    assert not parser.is_between_requests
    parser.feed(b"ET / HTTP/1.1\r\n")
    assert not parser.is_between_requests
    parser.feed(b"\r\n")
    assert parser.is_complete
    parser.reset()
    assert parser.is_between_requests


LIMITS = {
    "limit_request_line": 100,
    "limit_request_fields": 4,
    "limit_request_field_size": 40,
}
FIELDS = st.one_of(
    st.sampled_from(
        [
            b"Host: a",
            b"Content-Length: 3",
            b"content-length:3",
            b"Content-Length: +3",
            b"Transfer-Encoding: chunked",
            b"Transfer-Encoding : chunked",
            b" folded: x",
            b"\tfolded",
            b"Connection: close",
            b"X-Empty:",
            b"X:  \t spaces \t",
            b"no colon",
            b": no name",
            b"X: " + b"l" * 35,  # as long as may be
            b"X: " + b"l" * 36,
            b"X: bare\ncarriage",
            b"X: bare\rreturn",
            b"X: nul\x00",
            b"",
        ]
    ),
    st.binary(max_size=12),
)


@given(
    fields=st.lists(FIELDS, max_size=6),
    end=st.sampled_from([b"\r\n\r\n", b"\r\n", b"\n\n", b""]),
    body=st.binary(max_size=5),
    places=st.sets(st.integers(0, 120), max_size=3),
)
def test_a_head_is_read_as_gunicorn_reads_it_whole_or_in_pieces(fields, end, body, places):
    request = b"POST / HTTP/1.1\r\n" + b"\r\n".join(fields) + end + body
    cuts = [0, *sorted(places), len(request)]
    pieces = [request[a:b] for a, b in itertools.pairwise(cuts)]
    read = [_read(parser(**LIMITS), pieces) for parser in (RequestParser, PythonProtocol)]
    assert read[0] == read[1]


def _read(parser, pieces):
    try:
        for piece in pieces:
            parser.feed(piece)
    except ParseError as error:
        return type(error)
    seen = parser.headers, parser.content_length, parser.is_chunked, parser.should_keep_alive
    return *seen, parser.is_complete, parser.remaining()
