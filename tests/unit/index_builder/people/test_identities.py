import pyarrow as pa
import pytest

from index_builder.people.identities import canonical_batch

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
        ("N/A", ""),
        ("张伟", ""),
        ("护照", ""),
        ("XX00****1", ""),
        ("000000", ""),
        ("X" * 201, ""),
        ("12", ""),
    ],
)
def test_a_cell_gives_one_document_or_none(id_number, document):
    assert (document, "no_document" if not document else None) == meaning(id_number)[::2]


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
