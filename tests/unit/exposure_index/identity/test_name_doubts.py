import pytest

from exposure_index.identity.canonical import Identity
from exposure_index.identity.entry_spellings import entries_of_person
from exposure_index.identity.name_doubts import may_be_partial

PARTIAL = (
    "张",
    "欧阳先生",
    "張○",
    "李〇满",
    "某小满",
    "张——",
    "张伟..",
    "ZHANG",
    "ZHANG W",
    "J SMITH",
    "Mr",
    "O",
)
WHOLE = (
    "张伟",
    "张伟先生",
    "欧阳娜娜",
    "Ana Lima",
    "ZHANG/WEI MR",
    "Suharta",
    "ZHANGWEI",
    "Jean-Luc Lima",
    "Иван",
    "김철수",
)
NOBODY = ("N/A", "张某某", "", "未知")


@pytest.mark.parametrize("text", PARTIAL)
def test_a_family_name_initials_or_a_cut_name_may_be_a_part(text):
    assert may_be_partial(text)


@pytest.mark.parametrize("text", [*WHOLE, *NOBODY])
def test_a_whole_name_is_no_part_and_neither_is_nobody(text):
    assert not may_be_partial(text)


@pytest.mark.parametrize(
    ("document", "name"),
    [
        (("resident", "990101199001010019"), "张"),
        (("resident", "990101199001010019"), "李○满"),
        (("passport", "XX0000001"), "ZHANG W"),
    ],
)
def test_whose_name_may_be_a_part_is_found_by_number_too(document, name):
    entries = entries_of_person([(*document, frozenset({name}))])
    assert Identity(document[1], "").encode_document() in entries


def test_a_whole_name_in_another_row_settles_the_doubt():
    names = frozenset({"ZHANG W", "ZHANG WEI"})
    entries = entries_of_person([("passport", "XX0000001", names)])
    assert Identity("XX0000001", "").encode_document() not in entries
