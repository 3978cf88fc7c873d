"""Kinds of document in staff lists: the words of the mainland, Hong Kong and Taiwan."""

import pytest

from tables.staff_lists.document_kinds import staff_kind


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("resident", "居民身分證"),
        ("resident", "身分證"),
        ("resident", "第二代居民身分證"),
        ("resident", "大陸身分證（正本）"),
        ("foreign_pr", "外國人永久居留身分證"),
        ("other", "香港身分證"),
        ("other", "臺灣身分證"),
        ("other", "台灣身分證"),
        ("other", "中華民國國民身分證"),
        ("other", "國民身分證"),
    ],
)
def test_what_taiwan_writes_with_another_character_is_the_same_kind(kind, text):
    assert kind == staff_kind(text)


def test_a_word_that_is_not_known_stays_as_it_is():
    assert "學生證" == staff_kind(" 學生證 ")
