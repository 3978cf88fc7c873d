"""Digests behind each other in memory are a sequence like any other."""

import pytest

from app.organisations.people_digests import DigestColumn

DIGESTS = [bytes([number]) * 16 for number in range(5)]


@pytest.fixture
def column():
    return DigestColumn(b"".join(DIGESTS))


def test_it_has_every_digest_in_order(column):
    assert DIGESTS == list(column)
    assert len(DIGESTS) == len(column)


def test_a_digest_is_found_by_its_place(column):
    assert [DIGESTS[0], DIGESTS[4], DIGESTS[4]] == [column[0], column[4], column[-1]]


def test_there_is_none_behind_the_last(column):
    with pytest.raises(IndexError):
        column[5]


def test_some_of_them_are_a_column_too(column):
    assert DIGESTS[1:4:2] == list(column[1:4:2])


def test_a_column_of_nobody_is_false():
    assert not DigestColumn(b"")
