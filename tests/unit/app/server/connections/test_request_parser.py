"""The compiled tests of bytes say of every byte what gunicorn's say."""

import itertools

import pytest
from gunicorn.asgi.parser import InvalidChunkSize, ParseError, PythonProtocol
from hypothesis import given
from hypothesis import strategies as st

from app.server.connections.request_parser import RequestParser
from tests.fixtures.http_framings import chunk

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
WIDE_LIMITS = {**LIMITS, "limit_request_line": 30, "limit_request_field_size": 400}
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


REQUEST_LINES = st.one_of(
    st.just(b"POST / HTTP/1.1"),
    st.sampled_from(
        [
            b"GET /a?b=%20 HTTP/1.1",
            b"GET /a HTTP/1.0",
            b"GET /a HTTP/1.2",
            b"OPTIONS * HTTP/1.1",
            b"GET * HTTP/1.1",
            b"CONNECT host:1 HTTP/1.1",
            b"GET http://host/a HTTP/1.1",
            b"GET a HTTP/1.1",
            b"GET  /a HTTP/1.1",
            b"GET /a b HTTP/1.1",
            b"GET /\xff HTTP/1.1",
            b"get / HTTP/1.1",
            b"GE / HTTP/1.1",
            b"\r\nGET / HTTP/1.1",
            b"GET /" + b"a" * 16 + b" HTTP/1.1",  # as long as may be
            b"GET /" + b"a" * 17 + b" HTTP/1.1",
        ]
    ),
    st.binary(max_size=20),
)


@given(
    line=REQUEST_LINES,
    fields=st.lists(FIELDS, max_size=6),
    end=st.sampled_from([b"\r\n\r\n", b"\r\n", b"\n\n", b""]),
    body=st.binary(max_size=5),
    places=st.sets(st.integers(0, 120), max_size=3),
    limits=st.sampled_from([LIMITS, WIDE_LIMITS]),
)
def test_a_request_is_read_as_gunicorn_reads_it_whole_or_in_pieces(
    line, fields, end, body, places, limits
):
    request = b"\r\n".join([line, *fields]) + end + body
    cuts = [0, *sorted(places), len(request)]
    pieces = [request[a:b] for a, b in itertools.pairwise(cuts)]
    read = [_read(parser, pieces, limits) for parser in (RequestParser, PythonProtocol)]
    assert read[0] == read[1]


@given(
    line=REQUEST_LINES,
    fields=st.lists(FIELDS, max_size=4),
    body=st.binary(max_size=4),
    limits=st.sampled_from([LIMITS, WIDE_LIMITS]),
)
def test_a_request_that_is_read_whole_is_one_that_gunicorn_finds_whole_and_alone(
    line, fields, body, limits
):
    request = b"\r\n".join([line, *fields]) + b"\r\n\r\n" + body
    parser = RequestParser(**limits)
    whole = parser.read_whole(request)
    assert parser.is_between_requests
    if whole is not None:
        head, read_body = whole
        bodies = []
        gunicorns = PythonProtocol(**limits, on_body=bodies.append)
        gunicorns.feed(request)
        assert gunicorns.is_complete
        assert gunicorns.should_keep_alive
        assert b"" == gunicorns.remaining()
        assert (gunicorns.method, gunicorns.path, gunicorns.headers) == head[:3]
        assert b"".join(bodies) == read_body


@pytest.mark.parametrize("behind", [b"", b"ab", b"abcd"])
def test_only_a_request_with_all_its_body_and_nothing_behind_it_is_read_whole(behind):
    parser = RequestParser()
    head = b"POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\n"
    assert parser.read_whole(head + behind) is None
    assert b"abc" == parser.read_whole(head + b"abc")[1]
    parser.feed(head[:20])
    assert parser.read_whole(head + b"abc") is None


@given(
    bodies=st.lists(st.binary(max_size=4), min_size=2, max_size=3),
    behind=st.sampled_from([b"", b"P", b"POST / HTTP/1.1\r\nHo"]),
)
def test_requests_behind_each_other_are_read_as_gunicorn_reads_them(bodies, behind):
    requests = [
        b"POST /a HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(one) + one for one in bodies
    ]
    sent = b"".join(requests) + behind
    read = []
    for kind in (RequestParser, PythonProtocol):
        parser, seen, rest = kind(**WIDE_LIMITS), [], sent
        while rest and (not seen or seen[-1][-1]):
            parser.reset()
            seen.append(_fed(parser, [rest]))
            rest = parser.remaining()
        read.append(seen)
    assert read[0] == read[1]
    assert len(bodies) <= len(read[0])


@pytest.mark.parametrize(
    ("body", "has_whole"), [(b"ab", True), (b"abc", False), (b"a", False), (b"", False)]
)
def test_a_body_that_came_with_its_head_is_known_as_such(body, has_whole):
    seen = []
    parser = RequestParser(on_headers_complete=lambda: seen.append(parser.has_whole_body))
    parser.feed(b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n" + body)
    assert [has_whole] == seen


CHUNKED = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(("size", "count"), [(1, 1_100), (15, 20_000)])
def test_a_body_in_crumbs_is_refused(size, count):
    with pytest.raises(InvalidChunkSize):
        _fed(RequestParser(), [CHUNKED, chunk(b"a" * size) * count])


@pytest.mark.parametrize(("size", "count"), [(1, 1_000), (16, 20_000), (4_000, 1_500)])
def test_a_body_in_small_chunks_is_read(size, count):
    read = []
    parser = RequestParser(on_body=read.append)
    _fed(parser, [CHUNKED, chunk(b"a" * size) * count, b"0\r\n\r\n"])
    assert parser.is_complete
    assert size * count == len(b"".join(read))
    assert count + 1 == parser.chunks
    parser.reset()
    parser.feed(CHUNKED + chunk(b"a"))
    assert 1 == parser.chunks


def _read(kind, pieces, limits):
    told = []
    parser = kind(
        **limits,
        on_headers_complete=lambda: told.append("head"),
        on_body=told.append,
        on_message_complete=lambda: told.append("whole"),
    )
    try:
        return told, _fed(parser, pieces)
    except ParseError as error:
        return told, type(error)


def _fed(parser, pieces):
    for piece in pieces:
        parser.feed(piece)
    line = parser.method, parser.path, parser.http_version
    seen = parser.headers, parser.content_length, parser.is_chunked, parser.should_keep_alive
    return *line, *seen, parser.remaining(), parser.is_complete
