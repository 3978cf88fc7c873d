"""The file of a form, taken apart as it comes."""

import io
import tempfile

import pytest

from app.uploads.multipart import FIELDS_MAX_BYTES, MultipartFile
from app.uploads.refusals import UploadRefused

BOUNDARY = "----form-of-a-browser"
TYPE = f"multipart/form-data; boundary={BOUNDARY}"


def form(*parts, end=True):
    body = b""
    for name, file_name, content in parts:
        file = f'; filename="{file_name}"' if file_name is not None else ""
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n'
        head += "Content-Type: text/csv\r\n\r\n" if file_name is not None else "\r\n"
        body += head.encode() + content + b"\r\n"
    return body + (f"--{BOUNDARY}--\r\n".encode() if end else b"")


def opened(body):
    return MultipartFile(io.BytesIO(body), TYPE)


def whole(file, size=1_000):
    return b"".join(iter(lambda: file.read(size), b""))


@pytest.mark.parametrize("size", [0, 1, 999, 1_000, 70_000, 700_000])
def test_the_file_comes_through_whole(size):
    content = (b"a,b\r\n--x\n" * (size // 9 + 1))[:size]
    assert content == whole(opened(form(("list", "staff.csv", content))))


def test_fields_before_the_file_are_there():
    file = opened(form(("form", None, b"code"), ("list", "staff.csv", b"x")))
    assert {"form": "code"} == file.fields


def test_the_file_has_its_name_and_type():
    file = opened(form(("list", "名单.csv", b"x")))
    assert ("名单.csv", "text/csv") == (file.file_name, file.media_type)


def test_what_stands_behind_the_file_is_no_part_of_it():
    assert b"x" == whole(opened(form(("list", "a.csv", b"x"), ("later", None, b"y"))))


def test_a_boundary_inside_a_line_belongs_to_the_file():
    content = f"a --{BOUNDARY} b".encode()
    assert content == whole(opened(form(("list", "a.csv", content))))


@pytest.mark.parametrize("body", [form(("form", None, b"code")), form(("list", "", b""))])
def test_a_form_without_a_file_is_refused(body):
    with pytest.raises(UploadRefused) as caught:
        opened(body)
    assert (422, "no_file") == (caught.value.status, caught.value.code)


def test_a_form_cut_off_inside_its_file_is_refused():
    file = opened(form(("list", "a.csv", b"x" * 100_000), end=False)[:90_000])
    with pytest.raises(UploadRefused) as caught:
        whole(file)
    assert (400, "cut_off") == (caught.value.status, caught.value.code)


def test_fields_too_large_to_keep_are_refused():
    with pytest.raises(UploadRefused):
        opened(form(("form", None, b"x" * (FIELDS_MAX_BYTES + 1)), ("list", "a.csv", b"")))


def test_what_is_no_form_is_refused():
    with pytest.raises(UploadRefused) as caught:
        MultipartFile(io.BytesIO(b""), "application/json")
    assert 415 == caught.value.status


def test_nothing_is_written_to_a_temporary_file(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))  # writing would fail
    content = b"x" * 3_000_000
    assert content == whole(opened(form(("list", "a.csv", content))))
