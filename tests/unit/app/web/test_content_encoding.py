"""Which encoding a client takes, by a header that anybody may write as they like."""

import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web import content_encoding
from app.web.content_encoding import HEADER_MAX_CHARACTERS, choose_encoding, compress


@pytest.mark.parametrize(
    ("expected", "header"),
    [
        ("br", "gzip, deflate, br"),
        ("br", "BR;q=1.0, gzip;q=1"),
        ("gzip", "gzip"),
        ("gzip", "gzip;q=1, br;q=0.5"),
        ("gzip", "br;q=0, gzip;q=0.001"),
        ("gzip", " gzip ; q=0.5 ,identity;q=0.5"),
        ("br", "*"),
        ("gzip", "*;q=0.5, br;q=0"),
        ("", ""),
        ("", "identity"),
        ("", "identity;q=1, gzip;q=0.5"),
        ("", "gzip;q=0, br;q=0"),
        ("", "*;q=0"),
        ("", "gzip;q=2"),
        ("", "gzip;q=-1, br;q=x"),
        ("", "deflate, zstd"),
        ("", "gzipbr"),
    ],
)
def test_the_smallest_of_what_a_client_wants_most_is_chosen(expected, header):
    assert expected == choose_encoding(header)


@given(st.text())
def test_whatever_a_client_writes_has_an_answer(header):
    assert choose_encoding(header) in ("br", "gzip", "")


def test_headers_of_anybody_s_making_take_no_more_memory_than_some():
    for number in range(3 * content_encoding.REMEMBERED_MAX):
        choose_encoding(f"gzip, x-{number}")
        choose_encoding("gzip," * HEADER_MAX_CHARACTERS + str(number))
    assert len(content_encoding._remembered) <= content_encoding.REMEMBERED_MAX


def test_a_page_is_the_same_in_every_encoding():
    page = "<p>你好</p>".encode() * 100
    bodies = compress(page, "text/html; charset=utf-8")
    assert {"", "gzip", "br"} == set(bodies)
    assert page == gzip.decompress(bodies["gzip"]) == brotli.decompress(bodies["br"])


@pytest.mark.parametrize(("body", "kind"), [(b"a", "text/html"), (b"a" * 100, "image/png")])
def test_what_does_not_get_shorter_is_sent_as_it_is(body, kind):
    assert {"": body} == compress(body, kind)
