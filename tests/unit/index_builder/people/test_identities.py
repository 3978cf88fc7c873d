import random

import pyarrow as pa
import pytest

from exposure_index.identity.document import canonical_document, number_fault
from index_builder.people.identity_batches import canonical_batch
from tables.document_cells import document_kind
from tables.document_numbers import document_numbers
from tests.fixtures import document_cells

RIGHT, WRONG = "990102198001010038", "990102198001010011"


def meaning(id_number, name="Anna Oez", id_type="passport"):
    cells = {"id_type": [id_type], "id_number": [id_number], "name": [name]}
    (row,) = canonical_batch(pa.RecordBatch.from_pydict(cells)).to_pylist()
    return row["document"], row["name_key"], row["fault"]


@pytest.mark.parametrize(
    ("id_number", "document"),
    [
        ("xx 0000-001", "XX0000001"),
        ("护照号码：XX0000001", "XX0000001"),
        ("XX0000001（护照）", "XX0000001"),
    ],
)
def test_a_cell_gives_its_document(id_number, document):
    assert (document, None) == meaning(id_number)[::2]


@pytest.mark.parametrize(
    ("id_number", "fault"),
    [
        ("N/A", "blank"),
        ("张伟", "blank"),
        ("护照", "blank"),
        ("000000", "blank"),
        ("XX00****1", "destroyed"),
        ("9.95001E+17", "destroyed"),
        ("X" * 201, "not_understood"),
        ("12", "not_understood"),
        ("XX0000001 张伟", "not_understood"),
    ],
)
def test_a_cell_that_gives_no_document_says_why(id_number, fault):
    assert ("", fault) == meaning(id_number)[::2]


def test_a_cell_of_two_numbers_gives_two_documents_of_one_name():
    cells = {"id_type": ["台胞证"], "id_number": ["9900000101;ZT1234600"], "name": ["Anna Oez"]}
    rows = canonical_batch(pa.RecordBatch.from_pydict(cells)).to_pylist()
    documents = [(row["document"], row["long_document"]) for row in rows]
    assert [("99000001", "9900000101"), ("ZT1234600", "ZT1234600")] == documents
    assert 1 == len({row["name_key"] for row in rows})


@pytest.mark.parametrize(
    ("id_type", "id_number", "document"),
    [
        ("台胞证", "9900000101", "99000001"),
        ("other", "9900000101", "9900000101"),
        ("港澳通行证", "H9900000101", "H99000001"),
        ("", "H9900000101", "H99000001"),
    ],
)
def test_a_permit_is_read_without_its_renewals(id_type, id_number, document):
    assert document == meaning(id_number, id_type=id_type)[0]


@pytest.mark.parametrize("id_type", ["resident", "passport", ""])
def test_a_wrong_check_digit_is_a_fault_under_every_kind(id_type):
    assert (WRONG, "check_digit") == meaning(WRONG, id_type=id_type)[::2]


@pytest.mark.parametrize("name", ["", "N/A", "张*伟", "旅客", "x" * 201])
def test_what_names_nobody_is_no_name(name):
    assert "" == meaning("XX0000001", name)[1]


def test_a_former_name_beside_a_filler_is_the_name():
    assert "张伟" == meaning("XX0000001", "未知（曾用名张伟）")[1]


def test_resident_numbers_mean_what_reading_them_step_by_step_says():
    dice = random.Random(20201128)  # noqa: S311 - a test
    kinds = ("resident", "passport", "台胞证", "港澳通行证", "", "staff pass")
    faults = set()
    for _ in range(5_000):
        number = document_cells.resident(dice)
        number = dice.choice((number, number[:-1] + dice.choice("0123456789X"), f"0{number[1:]}"))
        kind = dice.choice(kinds)
        read = document_numbers(number)
        document = canonical_document(number, document_kind(kind)) if read.numbers else ""
        fault = read.fault or number_fault(document, document_kind(kind))
        assert (document, fault) == meaning(number, id_type=kind)[::2]
        faults.add(fault)
    assert faults >= {None, "check_digit"}
