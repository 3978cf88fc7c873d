"""Headings are compared without case, spaces and punctuation."""

from tables.headings import COLUMN_WORDS, column_named, heading_form

LEGS = ("mode", "number", "service_date", "seat", "name")


def test_every_word_is_written_as_headings_are_compared():
    words = [word for words in COLUMN_WORDS.values() for word in words.split()]
    assert words == [heading_form(word) for word in words]
    assert "number" == column_named(" 车次 ", LEGS)
    assert None is column_named("鞋码", LEGS)
