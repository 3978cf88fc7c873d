"""A cell of document numbers is read whole or not at all."""

import random
import re
from unicodedata import normalize

import pytest

from tables.document_numbers import document_numbers, documents_in
from tests.fixtures import document_cells

SEED, CELLS = 20201128, 10_000
RIGHT, WITH_X = "995001198801011073", "99500119880101109X"


def drawn(make):
    dice = random.Random(SEED)  # noqa: S311 - a test
    return [make(dice) for _ in range(CELLS)]


def compact(text):
    return re.sub("[^0-9A-Z]", "", text.upper())


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("PASSPORT ZT1234600", "ZT1234600"),
        ("Passport No.: ZT1234600", "ZT1234600"),
        ("Passport #ZT1234600", "ZT1234600"),
        ("PASSPORTZT1234600", "ZT1234600"),
        ("No. ZT1234600", "ZT1234600"),
        ("№ZT1234600", "ZT1234600"),
        ("护照号码 ZT1234600", "ZT1234600"),
        ("P<CHNZT1234600", "ZT1234600"),
        ("P<D<<ZT1234600<<", "ZT1234600"),
        ("ZT1234600 (CHN)", "ZT1234600"),
        ("(ZT1234600)", "ZT1234600"),
        ("ZT1234600;N/A", "ZT1234600"),
        ("passport: ZT1234600, nationality CHN", "ZT1234600"),
        (f"身份证:{RIGHT}", RIGHT),
        *(("美国护照ZT1234600", "ZT1234600"), ("往来台湾通行证T12345678", "T12345678")),
        *((f"驾驶证{RIGHT}", RIGHT), ("Reisepassnummer ZT1234600", "ZT1234600")),
        (f"'{RIGHT}", RIGHT),
        (f'="{RIGHT}"', RIGHT),
        (f"{RIGHT}.0", RIGHT),
        (f"ID{RIGHT}", RIGHT),
        ("12345678.0", "12345678"),
        ("12,345,678", "12345678"),
        ("E 12345678", "E12345678"),  # pragma: allowlist secret
        ("xx 0000-001", "XX0000001"),
        ("990101 19900109-008X", "99010119900109008X"),
        ("880101-1234567", "8801011234567"),
        ("A123456(7)", "A1234567"),
        ("99000001-01", "9900000101"),
        ("ZT12\n34600", "ZT1234600"),
        ("XX1234567", "XX1234567"),
        ("99500119880101109×", WITH_X),
        ("99500119880101109✕", WITH_X),
        ("99500119880101109*", WITH_X),
        ("99500119880101109Х", WITH_X),
        ("99500119880101109х", WITH_X),
    ],
)
def test_known_words_and_wrappers_go(cell, number):
    assert ((number,), None) == document_numbers(cell)


@pytest.mark.parametrize("separator", [*document_cells.SEPARATORS, "\r\n", "|", "&", " + ", " "])
def test_several_numbers_are_several_documents(separator):
    assert ("ZT1234602", "ZT1234603") == document_numbers(f"ZT1234602{separator}ZT1234603").numbers


def test_each_of_several_may_have_its_own_word():
    cell = f"护照ZT1234600/身份证{RIGHT}"
    assert ("ZT1234600", RIGHT) == documents_in(cell, "resident")


@pytest.mark.parametrize(
    "cell",
    [
        "9.95001E+17",
        "9,95001e17",
        "9.95001198801011E+17",
        "1E+05",
        "995001198801011000",
        "995001198801011000.0",
        "995001********1057",
        "995001XXXXXXXX1057",
        "9950011988XX011057",
        "ZT******78",
        "ZTXXXX78",
        "ZT××78",
        "ZT____78",
        "ZT....78",
        "ZT…78",
        "ZT-----78",
        "ZT1234●●●",
        "########",
        "ZT12?4600",
        "99500119880101105*",
        "99500119880101105×",
    ],
)
def test_what_a_mask_or_a_spreadsheet_destroyed_is_no_number(cell):
    assert ((), "destroyed") == document_numbers(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "张三 ZT1234600",
        "ZT1234600 (已作废)",
        "OLD ZT1234600",
        "ABC 1234567",
        "ZT1234600 M",
        "ZT1234602/3",
        "ZT1234602;3",
        "ZT1234600 2025-01-01",
        "ZT1234600.0",
        "1990-01-01",
        "+8613800001234",
        "P<QQQZT1234600",
        "12",
        "Z" * 201 + "1",
    ],
)
def test_what_is_not_understood_beside_a_number_makes_it_unknown(cell):
    assert ((), "not_understood") == document_numbers(cell)


@pytest.mark.parametrize(
    "cell", ["", " ", "N/A", "000000", "0000-0000", "护照", "None", "TBA", "-"]
)
def test_a_filler_is_blank(cell):
    assert ((), "blank") == document_numbers(cell)


@pytest.mark.parametrize(
    "make",
    [
        document_cells.unknown_beside,
        document_cells.letters_beside,
        document_cells.masked,
        document_cells.rounded,
    ],
    ids=lambda make: make.__name__,
)
def test_a_number_beside_anything_else_is_unknown(make):
    assert [] == [cell for cell in drawn(make) if document_numbers(cell).numbers]


@pytest.mark.parametrize(
    "make",
    [document_cells.tidy, document_cells.wrapped, document_cells.several],
    ids=lambda make: make.__name__,
)
def test_a_number_among_known_words_and_separators_is_read(make):
    for cell in drawn(make):
        numbers, letters = document_numbers(cell).numbers, compact(normalize("NFKC", cell))
        assert numbers, cell
        assert sum(map(len, numbers)) >= len(re.findall("[0-9]", letters)), cell


def test_of_any_cell_all_digits_are_read_or_none():
    for cell in drawn(document_cells.any_cell):
        numbers = document_numbers(cell).numbers
        digits = re.findall("[0-9]", normalize("NFKC", cell).removesuffix(".0"))
        assert not numbers or len(digits) == len(re.findall("[0-9]", "".join(numbers))), cell
