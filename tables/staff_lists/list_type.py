"""Refuses a file of another kind than a list: a picture, a document, a locked or an old workbook.

Threat: a file under another name is read as text, and answers come out of what is no list.
Limit: files are told by how they begin; a workbook by the parts that it has.
"""

import codecs
import io
import re
import struct
import zipfile
from typing import BinaryIO

from tables.staff_lists.list_source import ListSource
from tables.staff_lists.list_words import ListRefused

_START_BYTES = 512
_ZIP, _EMPTY_ZIP = b"PK\x03\x04", b"PK\x05\x06"
_COMPOUND = b"\xd0\xcf\x11\xe0"
"""How files of old office programs begin, and of new ones that a password locks."""
_OTHER_BEGINNINGS = (
    *(
        _ZIP,
        _EMPTY_ZIP,
        _COMPOUND,
        b"%PDF",
        b"\x89PNG",
        b"GIF8",
        b"\xff\xd8\xff",
        b"{\\rtf",
        b"PAR1",
    ),
    *(
        b"\x1f\x8b",
        b"7z\xbc\xaf",
        b"Rar!",
        b"II*\0",
        b"MM\0*",
        b"RIFF",
        b"\x7fELF",
        b"MZ",
        b"SQLite",
    ),
)
_MARKUP = re.compile(
    rb"\s*<(?:!doctype|html|\?xml|table|head|body|meta|style|svg|!--)", re.IGNORECASE
)
_OBJECT = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*[\[{])")
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NULS_SHARE_MAX = 0.1  # of a file of text without a mark
_DIRECTORY_MAX_BYTES = 1 << 22
_ZIP_END = struct.Struct("<4s4H2LH")
_ZIP64_END = b"PK\x06\x07"
_ZIP_END_MAX_BYTES = 1 << 16
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_BLOCK_BYTES = 1 << 20


def refuse_other_types(source: ListSource) -> None:
    """Refuse what is no file of the kind that a list is said to be. Raises ListRefused, OSError."""
    with source.open() as file:
        start = file.read(_START_BYTES)
        if not start:
            raise ListRefused("empty")
        if source.kind == "xlsx":
            if start.startswith(_COMPOUND):
                raise ListRefused("locked" if _holds(file, _LOCKED) else "legacy_xls")
            if not start.startswith((_ZIP, _EMPTY_ZIP)):
                raise ListRefused("wrong_type")
            _refuse_other_archives(file)
            return
    text = start.removeprefix(b"\xef\xbb\xbf")
    is_object = source.kind == "csv" and _OBJECT.match(text)
    if text.startswith(_OTHER_BEGINNINGS) or _MARKUP.match(text) or is_object:
        raise ListRefused("wrong_type")
    nuls = text.count(0)
    if nuls > _NULS_SHARE_MAX * len(text) and not text.startswith(_UTF16_MARKS):
        halves = text[::2].count(0), text[1::2].count(0)
        raise ListRefused("wrong_type" if min(halves) else "encoding")  # UTF-16 without a mark


def _holds(file: BinaryIO, wanted: bytes) -> bool:
    file.seek(0)
    carry = b""
    while block := file.read(_BLOCK_BYTES):
        if wanted in carry + block:
            return True
        carry = block[-len(wanted) :]
    return False


def _refuse_other_archives(file: BinaryIO) -> None:
    _refuse_large_directory(file)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        raise ListRefused("damaged") from error
    if any(member.flag_bits & 1 for member in members):
        raise ListRefused("locked")
    names = {member.filename.lower().lstrip("/") for member in members}
    if "xl/workbook.xml" not in names and not any(
        name.startswith("xl/") and name.endswith(".xml") for name in names
    ):
        raise ListRefused("wrong_type")
    if "xl/workbook.bin" in names:
        raise ListRefused("wrong_type")


def _refuse_large_directory(file: BinaryIO) -> None:
    """Refuse an archive of very many parts, before their names are read."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _ZIP_END_MAX_BYTES))
    end = file.read()
    at = end.rfind(_EMPTY_ZIP)
    if at < 0 or len(end) - at < _ZIP_END.size:
        raise ListRefused("damaged")
    directory_bytes = _ZIP_END.unpack_from(end, at)[5]
    if directory_bytes > _DIRECTORY_MAX_BYTES or _ZIP64_END in end[max(0, at - 20) : at]:
        raise ListRefused("too_large")
    file.seek(0)
