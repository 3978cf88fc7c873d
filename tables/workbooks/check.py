"""Refuses a workbook that would take the machine with it, or whose cells have lost their values.

An XLSX file is a ZIP of XML. A few kilobytes may unpack to gigabytes, and one cell in the last row
and column makes a reader lay out every cell before it. So the file is read through once, in
blocks, before any reader of workbooks opens it.
"""

import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from tables.table_faults import TableUnreadable
from tables.workbooks.cells import column_number

UNPACKED_MAX_BYTES = 1 << 30
CELLS_MAX = 25_000_000  # a full sheet of 1,048,576 rows with 23 columns
ERRORS_NAMED_MAX = 5

_BLOCK_BYTES = 1 << 20
_TAG_MAX_BYTES = 1 << 12
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_COLUMN = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,9})[0-9]")
_ROW = re.compile(rb"\sr\s*=\s*[\"'][A-Za-z]{0,9}([0-9]{1,19})[\"']")
# The same as programs write it, found several times as fast.
_USUAL_COLUMN = re.compile(rb' r="([A-Za-z]{1,9})[0-9]')
_USUAL_ROW = re.compile(rb' r="[A-Za-z]{0,9}([0-9]{1,19})"')
_UNUSUAL = (
    b"\tr",
    b"\nr",
    b"\rr",
    b"r\t",
    b"r\n",
    b"r\r",
    b"r =",
    b"r= ",
    b"=\t",
    b"=\n",
    b"=\r",
    b"r='",
)
_UNIQUE_COUNT = re.compile(rb"uniqueCount\s*=\s*[\"']\s*\+?([0-9]{1,30})")
_COUNT_MAX_BYTES = 200
_ERROR_CELL = re.compile(rb"<(?:\w+:)?c\b(?=[^>]*\st=[\"']e[\"'])[^>]*?\sr=[\"']([A-Z]+[0-9]+)")
_NO_RESULT = re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*</(?:\w+:)?c>")


@dataclass
class WorkbookFaults:
    """Faults of a workbook that do not refuse it, over all sheets.

    error_cells: how many cells hold an error such as #N/A; first_errors: where the first stand.
    """

    error_cells: int = 0
    first_errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkbookLimits:
    """What a workbook may hold: bytes unpacked, and cells of one sheet with its blank ones.

    without_results: whether formulas without results are let pass; they are blank cells.
    """

    unpacked_bytes: int = field(default_factory=lambda: UNPACKED_MAX_BYTES)
    cells: int = field(default_factory=lambda: CELLS_MAX)
    without_results: bool = False


def check_workbook(
    open_file: Callable[[], BinaryIO], name: str, limits: WorkbookLimits | None = None
) -> WorkbookFaults:
    """Read an XLSX file through once. name: what it is called in a message.

    Raises TableUnreadable, with what to do, for a file that is locked, damaged, too large, or
    full of formulas without results; OSError where it cannot be read.
    """
    limits = limits or WorkbookLimits()
    with open_file() as file:
        start = file.read(4)
    if start == _OLD_OR_LOCKED:
        message = "locked by a password, or an old .xls; save it as XLSX without one"
        raise _unreadable(name, message, "locked")
    faults = WorkbookFaults()
    try:
        with open_file() as file, zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            names = {member.filename.lower() for member in members}
            if len(names) < len(members):
                raise _unreadable(name, "not a whole XLSX file")
            if sum(member.file_size for member in members) > limits.unpacked_bytes:
                message = f"more than {limits.unpacked_bytes >> 20} MiB unpacked; {_CSV}"
                raise _unreadable(name, message, "too_large")
            for member in members:
                _check_member(name, archive, member, faults, limits)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise _unreadable(name, "not a whole XLSX file; save it again, or as CSV") from error
    except zlib.error as error:
        raise _unreadable(name, "not a whole XLSX file; save it again, or as CSV") from error
    return faults


_CSV = "save it as CSV or Parquet"


def _unreadable(name: str, what: str, code: str = "damaged") -> TableUnreadable:
    return TableUnreadable(f"{name}: {what}", code)


def _check_member(
    name: str,
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    faults: WorkbookFaults,
    limits: WorkbookLimits,
) -> None:
    """Unpack one part; the archive itself raises where it is not what it says."""
    is_sheet = _WORKSHEET.fullmatch(member.filename) is not None
    rows = columns = 1
    carry = b""
    with archive.open(member) as part:
        while block := part.read(_BLOCK_BYTES):
            if not is_sheet:
                _refuse_count(name, carry + block, member)
                carry = block[-_COUNT_MAX_BYTES:]
                continue
            text = carry + block
            cut = text.rfind(b"<c")
            whole = cut if 0 < cut and len(text) - cut <= _TAG_MAX_BYTES else len(text)
            text, carry = text[:whole], text[whole:]
            rows, columns = _extent(text, rows, columns)
            _note_faults(name, text, faults, limits)
    if carry and is_sheet:
        rows, columns = _extent(carry, rows, columns)
        _note_faults(name, carry, faults, limits)
    if rows * columns > limits.cells:
        message = (
            f"a sheet reaches to row {rows:,} and column {columns:,}; delete the empty rows and "
            f"columns after the data, or {_CSV}"
        )
        raise _unreadable(name, message, "too_large")


def _refuse_count(name: str, text: bytes, member: zipfile.ZipInfo) -> None:
    """Refuse a part that says it holds more texts than it has bytes; a reader makes room for them.

    Raises TableUnreadable.
    """
    if b"uniqueCount" in text:
        for digits in _UNIQUE_COUNT.findall(text):
            if int(digits) > member.file_size:
                raise _unreadable(name, "not a whole XLSX file; save it again, or as CSV")


def _extent(text: bytes, rows: int, columns: int) -> tuple[int, int]:
    unusual = any(mark in text for mark in _UNUSUAL)
    row, column = (_ROW, _COLUMN) if unusual else (_USUAL_ROW, _USUAL_COLUMN)
    rows = max([rows, *map(int, set(row.findall(text)))])
    columns = max([columns, *map(column_number, set(column.findall(text)))])
    return rows, columns


def _note_faults(name: str, text: bytes, faults: WorkbookFaults, limits: WorkbookLimits) -> None:
    has_formulas = b"<f" in text or b":f" in text
    if has_formulas and not limits.without_results and _NO_RESULT.search(text):
        message = "formulas without results; open it in the spreadsheet program and save it again"
        raise _unreadable(name, message, "formulas")
    if b'"e"' not in text and b"'e'" not in text:
        return
    errors = _ERROR_CELL.findall(text)
    faults.error_cells += len(errors)
    places_left = ERRORS_NAMED_MAX - len(faults.first_errors)
    faults.first_errors += tuple(cell.decode("ascii") for cell in errors[:places_left])
