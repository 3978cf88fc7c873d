"""What an upload claims to be, by its type and by its name."""

import pytest

from app.uploads.media_types import list_kind, require_kind
from app.uploads.refusals import UploadRefused

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EXCEL = "application/vnd.ms-excel"


@pytest.mark.parametrize(
    ("kind", "name"), [("csv", "STAFF.CSV"), ("xlsx", "staff.xlsx"), ("xlsx", "名单.xls")]
)
def test_the_name_decides_where_the_type_is_of_any_file_of_excel(kind, name):
    assert kind == list_kind(EXCEL, name)


def test_an_old_workbook_is_left_to_the_reader_that_names_it():
    require_kind(list_kind(EXCEL, "staff.xls"), OLD_WORKBOOK)


@pytest.mark.parametrize("start", [b"<html><t", b"a,b\n1,2\n"])
def test_what_only_bears_the_name_of_a_workbook_is_refused(start):
    with pytest.raises(UploadRefused, match="not_a_workbook"):
        require_kind(list_kind(EXCEL, "staff.xls"), start)
