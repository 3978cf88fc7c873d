"""The engine finds the documents that Python reads, and no others."""

import random
import re

import pytest
from stdnum.cn.ric import calc_check_digit

from exposure_index.identity.document import canonical_document
from index_builder.people import plain_documents
from index_builder.people.plain_documents import (
    documents_among,
    plain_forms,
    resident_shape,
    rows_among,
    rows_naming,
    value_of,
    with_plain_documents,
    with_plain_forms,
)
from index_builder.runtime.workspace import Workspace
from tables.document_cells import document_kind
from tables.document_numbers import documents_in
from tests.fixtures import document_cells

KINDS = ("passport", "resident", "台胞证", "TW permit", "港澳通行证", "", None)
ROWS = {"row": "int64", "id_number": "string", "id_type": "string"}
SEED, CELLS = 20201128, 10_000
NO_DOCUMENT = ("", None, "N/A", "000000", "张三 ZT1234600", "ZT******78", "9.95001E+17")


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    with Workspace(tmp_path_factory.mktemp("work")) as workspace:
        yield workspace


def read(work, rows):
    """Return row → the plain documents of rows (id_number, id_type), numbered from 0."""
    table = work.small("tested_rows", ROWS, [(row, *cells) for row, cells in enumerate(rows)])
    found = with_plain_documents(work, "tested", table).to_pyarrow().to_pylist()
    documents = {row: set() for row in range(len(rows))}
    for one in found:
        documents[one["row"]].add(one["plain_document"])
    return documents


def test_the_engine_and_python_read_the_same_documents(work):
    dice = random.Random(SEED)  # noqa: S311 - a test
    rows = [(document_cells.any_cell(dice), dice.choice(KINDS)) for _ in range(CELLS)]
    for row, plain in read(work, rows).items():
        cell, kind = rows[row][0], document_kind(rows[row][1] or "")
        expected = set(documents_in(cell, kind))
        assert expected == {canonical_document(one, kind) for one in plain if one}, rows[row]
        assert bool(expected) != ("" in plain), rows[row]


def test_cells_that_name_no_document_have_none(work):
    rows = [(cell, "passport") for cell in NO_DOCUMENT]
    assert [{""}] * len(rows) == list(read(work, rows).values())


def test_tidy_cells_alone_are_read_too(work):
    assert {0: {"ZT1234600"}, 1: {"H99000001"}} == read(
        work, [("ZT1234600", None), ("H9900000101", "港澳通行证")]
    )


def test_a_row_is_found_once_by_any_of_its_documents(work):
    cells = ["ZT1234602;ZT1234603", "护照ZT1234603", "ZT1234604", "ZT1234603 (void)"]
    numbered = [(row, cell, "passport") for row, cell in enumerate(cells, start=1)]
    rows = work.small("found_rows", ROWS, numbered)
    forms = work.small("forms", {"plain_document": "string"}, [("ZT1234602",), ("ZT1234603",)])
    found = rows_naming(work, "found", rows, forms).to_pyarrow()["row"].to_pylist()
    assert [1, 2] == sorted(found)


def test_one_pass_over_the_numbers_finds_every_document_that_reading_every_row_finds(work):
    dice = random.Random(SEED + 1)  # noqa: S311 - a test
    cells = [(document_cells.any_cell(dice), dice.choice(KINDS)) for _ in range(CELLS)]
    rows = work.small("whole_rows", ROWS, [(row, *cell) for row, cell in enumerate(cells)])
    read = with_plain_documents(work, "whole", rows).select("row", "plain_document").to_pyarrow()
    every = set(zip(*(read[name].to_pylist() for name in read.column_names), strict=True))
    wanted = {document for _, document in every if document and dice.random() < 0.1}
    forms = work.small("wanted", {"plain_document": "string"}, [(one,) for one in sorted(wanted)])
    found = documents_among(work, "among", rows, forms).to_pyarrow()
    pairs = list(zip(found["row"].to_pylist(), found["plain_document"].to_pylist(), strict=True))
    assert sorted(pairs) == sorted(pair for pair in every if pair[1] in wanted)
    assert len(pairs) > 100


@pytest.mark.parametrize("rows_max", [10, CELLS], ids=["joined", "stored whole"])
def test_rows_are_found_with_their_cells_however_many_are_looked_at(work, monkeypatch, rows_max):
    monkeypatch.setattr(plain_documents, "WHOLE_ROWS_MAX", rows_max)
    dice = random.Random(SEED + 2)  # noqa: S311 - a test
    cells = [(document_cells.any_cell(dice), dice.choice(KINDS)) for _ in range(CELLS)]
    numbered = [(row, *cell, f"seat {row}") for row, cell in enumerate(cells)]
    rows = work.small("seated_rows", {**ROWS, "seat": "string"}, numbered)
    forms = {cell for cell, _ in cells[::10] if cell and cell.isascii() and cell.isalnum()}
    table = work.small("seated", {"plain_document": "string"}, [(form,) for form in sorted(forms)])
    expected = documents_among(work, "seated_among", rows, table).to_pyarrow().to_pylist()
    found = rows_among(work, "seated_whole", rows, table, ["seat"]).to_pyarrow().to_pylist()
    pairs = {(one["row"], one["plain_document"]) for one in expected}
    assert 20 < len(expected) == len(found)
    assert pairs == {(one["row"], one["plain_document"]) for one in found}
    assert all(one["seat"] == f"seat {one['row']}" for one in found)


def test_numbers_that_end_as_a_spreadsheet_rounds_are_told_by_their_check_digit(work):
    ends = [f"99000019{number:07}00" for number in range(1, 40)]
    whole = [end + "0" for end in ends if calc_check_digit(end + "0") == "0"]
    rounded = [end + "0" for end in ends if end + "0" not in whole]
    assert whole
    assert rounded
    cells = [*whole, *rounded]
    rows = work.small("rounded", ROWS, [(row, cell, "resident") for row, cell in enumerate(cells)])
    forms = work.small("unrounded", {"plain_document": "string"}, [(cell,) for cell in cells])
    found = documents_among(work, "ends", rows, forms).to_pyarrow()["plain_document"].to_pylist()
    assert whole == sorted(found)


def test_ten_digits_may_stand_as_the_eight_of_a_permit():
    assert ("9900000101", "99000001") == plain_forms("9900000101")


def test_a_resident_number_may_stand_in_its_old_form():
    document = canonical_document("990101990101001")
    assert (document, "990101990101001") == plain_forms(document)


def test_the_engine_forms_documents_as_python_does(work):
    dice = random.Random(SEED)  # noqa: S311 - a test
    cells = (document_cells.any_cell(dice) for _ in range(CELLS))
    documents = {canonical_document(cell) for cell in cells} - {""}
    documents |= {"9900000101", "990101199010100100", "99010119901010010X", "990101202010100100"}
    table = work.small("to_form", {"document": "string"}, [(each,) for each in sorted(documents)])
    found = with_plain_forms(table).to_pyarrow().to_pylist()
    expected = {(each, form) for each in documents for form in plain_forms(each)}
    assert expected == {(row["document"], row["plain_document"]) for row in found}
    assert any(len(form) == 15 < len(each) for each, form in expected)


NO_RESIDENT_SHAPE = (
    f"{1234567890123456}e2",
    "12345678901234.5e3",
    "9.9999999999999e17",
    f"{1:015}e17",
    "0x0" + "F" * 15,
    "0X0" + "F" * 15,
    "12345678901234567 ",
    " 12345678901234567",
    "+12345678901234567",
    "-12345678901234567",
    "12345678901234567.",
    "9999999999999999.9",
    "1_2345678901234567",
    "123456789012345_67",
    "123456789012345e2X",
    "1234567890123.4e4X",
    "0x0FFFFFFFFFFFFFFX",
    "1234567890123456 X",
    " 1234567890123456X",
    "+1234567890123456X",
    "1234567890123456.X",
    "1_234567890123456X",
    "1234567890123456XX",
    "123456789012345678X",
    "\uff11\uff12\uff13456789012345678",
    "\uff11\uff12\uff13\uff14\uff15\uff16",  # eighteen bytes, as the next two
    "1234567890123456\u00a0",
    "\u00a01234567890123456",
    "",
)
PROVED = ("990000190000000018", "99000019000000001X")


def proved(work, cells):
    """Return the cells that the engine proves to have the shape of a resident number."""
    table = work.small("proved_cells", {"number": "string"}, [(cell,) for cell in cells])
    table = table.mutate(ends_in_x=table.number.endswith("X"))
    table = table.mutate(value=value_of(table.number, table.ends_in_x))
    return set(
        table.filter(resident_shape(table.number, table.ends_in_x, table.value))
        .number.to_pyarrow()
        .to_pylist()
    )


def test_what_an_engine_reads_as_a_number_is_not_proved_to_be_one(work):
    assert {*PROVED} == proved(work, [*NO_RESIDENT_SHAPE, *PROVED])


@pytest.mark.parametrize("ending", ["", "X"])
def test_whatever_is_proved_has_the_shape(work, ending):
    dice = random.Random(SEED + 2)  # noqa: S311 - a test
    alphabet = "00123456789" * 4 + "eExX._+- "
    length = 18 - len(ending)
    cells = ["".join(dice.choices(alphabet, k=length)) + ending for _ in range(5 * CELLS)]
    cells += ["".join(dice.choices("123456789", k=length)) + ending for _ in range(20)]
    shapes = {cell for cell in cells if re.fullmatch("[1-9][0-9]{16}[0-9X]", cell)}
    expected = {cell for cell in shapes if not re.search("00X?$", cell)}
    assert len(expected) >= 20
    assert expected == proved(work, cells)
