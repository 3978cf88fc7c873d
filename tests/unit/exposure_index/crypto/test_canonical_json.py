import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure_index.crypto.canonical_json import NotCanonical, canonical_bytes, parse_json

text = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    text | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
)


@given(st.dictionaries(text, values, max_size=5))
def test_a_document_survives(document):
    assert document == parse_json(canonical_bytes(document))
    assert canonical_bytes(document) == canonical_bytes(parse_json(canonical_bytes(document)))


def test_names_are_sorted_and_nothing_is_spaced():
    assert b'{"a":["x",2],"b":1}' == canonical_bytes({"b": 1, "a": ["x", 2]})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"1",
        b"[]",
        b'{"a":1,"a":1}',
        b'{"b":{"a":1,"a":2}}',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":NaN}',
        b"\xff{}",
        b"[" * 99999,
    ],
)
def test_what_signatures_cannot_cover_is_refused(data):
    with pytest.raises(NotCanonical):
        parse_json(data)


@pytest.mark.parametrize("value", [1.5, 2**53, "\ud800", {1: 2}, [float("nan")]])
def test_what_canonical_json_cannot_hold_is_refused(value):
    with pytest.raises(NotCanonical):
        canonical_bytes({"a": value})
