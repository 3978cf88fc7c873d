"""Pinyin beside a name in Han: looked up where a document bears it, and a sign of what was lost."""

import pytest

from exposure_index.identity.name import canonical_name
from tables.people_csv import PersonRow
from tables.staff_lists.staff_list import row_claims
from tests.fixtures.staff_sources import resident

PASSPORT, PERMIT, NUMBER = "ZZ9876543", "H01234567", resident(1)


def found(id_type, number, name, latin=""):
    claims, doubt = row_claims(PersonRow(id_type, number, name, latin))
    return {name for claim in claims for name in claim.names}, doubt


@pytest.mark.parametrize(
    ("id_type", "number", "name", "latin"),
    [
        ("passport", PASSPORT, "周诗诺", "Tom Zhou"),
        ("passport", PASSPORT, "周诗诺 Tom Zhou", ""),
        ("passport", PASSPORT, "Tom Zhou（周诗诺）", ""),
        ("hk_mo_permit", PERMIT, "周诗诺", ""),
        ("hk_mo_permit", PERMIT, "周诗诺", "Tom Zhou"),
        ("tw_permit", "01234567", "周诗诺", ""),
    ],
)
def test_a_name_in_han_is_looked_up_in_pinyin_on_documents_that_bear_it(
    id_type, number, name, latin
):
    names, doubt = found(id_type, number, name, latin)
    assert (True, "") == (canonical_name("Zhou Shinuo") in names, doubt)


def test_a_resident_card_bears_no_pinyin():
    assert {"周诗诺"} == found("resident", NUMBER, "周诗诺")[0]


@pytest.mark.parametrize("kind", ["resident", "hk_mo_permit"])
@pytest.mark.parametrize(
    ("name", "latin"),
    [
        *(("周诗", "Zhou Shinuo"), ("周诗", "ZHOU SHI NUO"), ("周诗 Zhou Shinuo", "")),
        *(("诗诺", "Zhou Shinuo"), ("周诺", "Zhou Shinuo"), ("周诗", "Shinuo Zhou")),
    ],
)
def test_more_syllables_than_characters_are_a_doubt(kind, name, latin):
    number = NUMBER if kind == "resident" else PERMIT
    assert "name_unclear" == found(kind, number, name, latin)[1]


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("周诗诺", "Zhou Shinuo"),
        ("吴安琪", "Angelina Wu"),
        ("周诗诺", "Tom"),
    ],
)
def test_other_names_in_letters_leave_no_doubt(name, latin):
    assert "" == found("resident", NUMBER, name, latin)[1]
