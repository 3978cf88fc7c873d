"""Cells of names in which something is not understood: guessed at, and never "not found"."""

import pytest

from exposure_index.identity.parsing import parse_identity
from tables.people_csv import PersonRow
from tables.staff_list import row_claims
from tables.staff_name_cells import is_read_whole
from tests.fixtures.staff_sources import resident

NUMBER, PASSPORT = resident(1), "ZZ9876543"


def asked(name, kind="", number=NUMBER, latin=""):
    """Every canonical name that a row asks about, and its doubt."""
    claims, doubt = row_claims(PersonRow(kind, number, name, latin))
    return {name for claim in claims for name in claim.names}, doubt


def canonical(name):
    return set(parse_identity("other", PASSPORT, name).names)


@pytest.mark.parametrize(
    "cell",
    [
        *("周诗（nuo）", "周诗[言若]", "周诗〓", "周诗_", "周诗（）", "周诗（", "周诗\\u8bfa"),
        *(
            "周诗%E8%AF%BA",
            "周诗（8bfa）",
            "周诗(35834)",
            "周 shi 诺",
            "周诗 nuo",
            "周诗（诺言的诺）",
        ),
        *(
            "周诗（左言右若）",
            "周诗（言字旁）",
            "周诗ノ",
            "周诗ㄋㄨㄛˋ",
            "周诗、",
            "周诗~",
            "周·诺",
        ),
        *("周诗〇", "○诗诺", "周诗 N", "周诗+若", "周诗|诺", "周诗=诺"),
    ],
)
def test_a_character_in_other_signs_leaves_a_name_in_doubt(cell):
    assert "name_unclear" == asked(cell)[1]


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "段宇洋（身份证：廖雅德）",
            "段宇洋（廖雅德）",
            "段宇洋·廖雅德",
            "甲：廖雅德",
            "段宇洋〔廖雅德〕",
        ),
        *("段宇洋/廖雅德", "段宇洋（现改名廖雅德）", "段宇洋（配偶：廖雅德）", "段宇洋→廖雅德"),
    ],
)
def test_another_name_in_a_cell_is_a_guess(cell):
    names, doubt = asked(cell)
    assert (True, "name_unclear") == (canonical("廖雅德") <= names, doubt)


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "1组-尹子",
            "3床尹子",
            "2020级尹子",
            "1.尹子",
            "1、尹子",
            "尹子2",
            "12号 尹子",
            "尹子(2)",
        ),
        *(
            "甲尹子",
            "尹子（组长）",
            "尹子（女，35岁）",
            "尹子（财务部）",
            "尹子（2020-01-05离职）",
            "尹子（3组）",
        ),
        *(
            "尹子（汉族）",
            "姓名：尹子",
            "尹子 Yin Zi",
            "Yin Zi 尹子",
            "尹子（Tom）",
            "尹子\n",
            "'尹子",
        ),
    ],
)
def test_what_is_known_beside_a_name_leaves_no_doubt(cell):
    names, doubt = asked(cell)
    assert (True, "") == (canonical("尹子") <= names, doubt)


@pytest.mark.parametrize(
    "cell", ["买买提·吐尔逊", "艾力·买买提", "诗诺·周", "周 诗诺", "周诗诺先生"]
)
def test_names_in_several_parts_are_whole(cell):
    assert is_read_whole(cell)
    assert "" == asked(cell)[1]


@pytest.mark.parametrize(
    "cell",
    ["Jos&eacute; Silva", "Jos\\xe9 Silva", "Ana_Silva", "Ana Silva = Costa"],
)
def test_latin_letters_in_other_signs_leave_a_name_in_doubt(cell):
    assert "name_unclear" == asked(cell, "passport", PASSPORT)[1]


@pytest.mark.parametrize(
    "cell",
    [
        "Silva, Ana",
        "SILVA/ANA MS",
        "Ana “Annie” Silva",
        "O'Brien Sean",
        "Jörg Müller-Lüdenscheidt",
        "Ana Silva 2",
    ],
)
def test_signs_of_latin_names_leave_no_doubt(cell):
    assert "" == asked(cell, "passport", PASSPORT)[1]


def test_a_title_glued_to_a_name_is_looked_up_without_it():
    names, doubt = asked("SILVA/ANAMS", "passport", PASSPORT)
    assert (True, "") == (canonical("Ana Silva") <= names, doubt)


@pytest.mark.parametrize("latin", ["J. Mueller", "Silva", "A. Silva"])
def test_half_a_latin_name_on_a_document_of_both_scripts_is_a_doubt(latin):
    assert "name_partial" == asked("周诗诺", "other", PASSPORT, latin)[1]
    assert "" == asked("周诗诺", "resident", NUMBER, latin)[1]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        *(("12345678", "港澳通行证"), ("H1234567", "回乡证"), ("H123456789", "回乡证")),
        *(("T01234567", "台胞证"), ("AB1234567", "外国人永久居留证")),  # pragma: allowlist secret
    ],
)
def test_a_number_that_no_document_of_its_kind_has_is_a_doubt(number, kind):
    assert "length" == asked("周诗诺 Zhou Shinuo", kind, number)[1]


@pytest.mark.parametrize(
    ("number", "kind", "also"),
    [
        ("0123456701(D)", "台胞证", "01234567"),
        ("01234567(B)", "台胞证", "01234567"),
        ("ZZl234567", "护照", "ZZ1234567"),
        ("H0123456701", "回乡证", "H01234567"),
    ],
)
def test_a_number_is_looked_up_in_every_spelling(number, kind, also):
    claims, doubt = row_claims(PersonRow(kind, number, "周诗诺 Zhou Shinuo"))
    assert (True, "") == (also in {claim.document for claim in claims}, doubt)


def test_a_row_that_is_in_doubt_is_one_identity_for_each_reading_of_its_brackets():
    claims, _ = row_claims(PersonRow("", NUMBER, "1组-尹子"))
    assert 1 == len(claims)
