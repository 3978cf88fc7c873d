import ibis
import pytest

from exposure_index.identity.document import canonical_document
from index_builder.people.plain_documents import plain_document, plain_forms
from tables.document_cells import document_kind


def plain(id_number, id_type):
    rows = ibis.memtable([{"id_number": id_number, "id_type": id_type}], schema=SCHEMA)
    return ibis.duckdb.connect().execute(plain_document(rows).name("plain"))[0]


SCHEMA = {"id_number": "string", "id_type": "string"}


@pytest.mark.parametrize(
    ("id_number", "id_type"),
    [
        ("x 0000-001", "passport"),
        ("ＸＸ００００００１", "护照"),
        ("99010119990101001x", "resident"),
        ("99010119990101001×", "身份证"),
        ("Н9900000101", ""),
        ("H9900000101", "港澳通行证"),
        ("m99000001", "HKMO permit"),
        ("9900000101", "台胞证"),
        ("99000001-01", "TW permit"),
        ("9900000101", "passport"),
        ("9900000101", None),
        ("HA990000010", "other"),
    ],
)
def test_a_number_is_as_its_canonical_form(id_number, id_type):
    expected = canonical_document(id_number, document_kind(id_type or ""))
    assert expected == plain(id_number, id_type)


def test_a_blank_number_is_no_document():
    assert "" == plain(None, None)


def test_ten_digits_may_stand_as_the_eight_of_a_permit():
    assert ("9900000101", "99000001") == plain_forms("9900000101")


def test_a_resident_number_may_stand_in_its_old_form():
    document = canonical_document("990101990101001")
    assert (document, "990101990101001") == plain_forms(document)
