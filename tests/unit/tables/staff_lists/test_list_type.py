"""Files of other kinds than a list are refused by what they are, before they are read."""

import io
import struct
import zipfile

import pytest

from tests.fixtures.messy_drafts import workbook_of
from tests.fixtures.staff_sources import reasons, refusal, resident, text_list

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000)
LIST = [("姓名", "证件号码"), ("张伟", resident(1))]


def archive(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        for name, content in parts.items():
            written.writestr(name.replace("__", "/").replace("_", "."), content)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"PK\x03\x04" + bytes(40),
        COMPOUND,
        b"\x1f\x8b\x08\x00",
        b"PAR1",
        b"{\\rtf1}",
        b"<html><table></table></html>",
        b"\xef\xbb\xbf  <!DOCTYPE html>",
        b'<?xml version="1.0"?><Workbook/>',
        b'{"name": "x"}',
        b'[{"name": "x"}]',
        b"\x01" + bytes(400),
    ],
)
def test_no_text_is_refused_as_a_list_of_text(data):
    assert "wrong_type" == refusal(data).code


def test_utf_16_without_a_mark_is_refused_for_its_encoding():
    assert "encoding" == refusal("name,id_number\nx,1\n".encode("utf-16-le")).code


def test_a_heading_in_square_brackets_is_text():
    data = text_list(f"1,{resident(1)},张伟", header="[序号],证件号码,姓名")
    assert {2: ""} == reasons(data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (text_list(), "wrong_type"),
        (b"<html>", "wrong_type"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (COMPOUND + "Workbook".encode("utf-16-le"), "legacy_xls"),
        (archive(word__document_xml=b"<x/>"), "wrong_type"),
        (archive(content_xml=b"<x/>", mimetype=b"application/vnd.oasis"), "wrong_type"),
        (archive(xl__workbook_bin=b"x", xl__theme__theme1_xml=b"x"), "wrong_type"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
        (archive(xl__workbook_xml=b"<workbook/>"), "damaged"),
    ],
)
def test_no_workbook_is_refused_as_a_workbook(data, code):
    assert code == refusal(data, "xlsx").code


@pytest.mark.parametrize("kept", range(5, 95, 15))
def test_part_of_a_workbook_is_refused(kept):
    data = workbook_of({"a": LIST})
    assert "damaged" == refusal(data[: len(data) * kept // 100], "xlsx").code


def test_a_workbook_whose_parts_are_locked_is_refused_as_locked():
    data = bytearray(workbook_of({"a": LIST}))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "locked" == refusal(bytes(data), "xlsx").code


def test_an_archive_of_very_many_parts_is_refused_before_their_names_are_read():
    data = workbook_of({"a": LIST})
    end = data.rfind(b"PK\x05\x06")
    large = data[: end + 12] + struct.pack("<L", 1 << 28) + data[end + 16 :]
    assert "too_large" == refusal(large, "xlsx").code


def test_a_part_that_unpacks_to_more_than_a_list_may_be_is_refused():
    file = io.BytesIO(workbook_of({"a": LIST}))
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as book,
        book.open("xl/media/bomb.bin", "w") as part,
    ):
        for _ in range(513):
            part.write(bytes(1 << 20))
    assert "too_large" == refusal(file.getvalue(), "xlsx").code
