"""A table as a workbook: every cell a text, written row by row without a temporary file.

XlsxWriter keeps a whole sheet in memory, or writes it to a temporary file in clear. So it makes
the workbook around the rows (names, widths, filter), and the rows are written into its sheet here.

Threat: a cell such as ``=HYPERLINK(…)`` runs when the workbook is opened or the cell is edited.
Limit: cells are inline texts in cells of the format Text, which no spreadsheet evaluates; long
numbers keep their digits for the same reason.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

ROWS_MAX = 1_048_575  # of Excel, below the names
COLUMNS_MAX = 16_384
CELL_MAX_CHARACTERS = 32_767  # of Excel: a longer one makes it call the file damaged
SHEET = "xl/worksheets/sheet1.xml"
BLOCK_BYTES = 65_536
# Excel writes what XML cannot hold, and what looks like that, as _x0001_
UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)"
)
EDGE_SPACES = re.compile(r"^\s|\s$|\s\s|[\n\t]")


class WorkbookTooSmall(Exception):
    """More rows or columns than a sheet holds."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A value of one column (from 0) whose cells stand out."""

    column: int
    value: str


@dataclass(frozen=True, slots=True)
class SheetText:
    """What the sheet is called, and the names of its columns."""

    name: str
    columns: Sequence[str]
    highlight: Highlight | None = None


@dataclass(frozen=True, slots=True)
class _Frame:
    """The workbook without rows: its parts, the sheet around the rows, the style of texts."""

    parts: tuple[tuple[str, bytes], ...]
    before: bytes
    behind: bytes
    style: int


class _Outbox(io.RawIOBase):
    """Takes what the ZIP writer writes, to be sent on; it cannot be sought in."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._parts.append(bytes(data))
        self.size += len(data)
        return len(data)

    def drain(self) -> bytes:
        """Return everything since the last time."""
        block = b"".join(self._parts)
        self._parts, self.size = [], 0
        return block


def workbook(text: SheetText, rows: Iterable[Sequence[str]], number: int) -> Iterator[bytes]:
    """Return the parts of the file, some 64 KiB each; number: how many rows there are.

    A row has as many cells as there are columns. Raises WorkbookTooSmall at once.
    """
    if number > ROWS_MAX or len(text.columns) > COLUMNS_MAX:
        raise WorkbookTooSmall
    return _archive(_frame(text, number), len(text.columns), rows)


def _archive(frame: _Frame, width: int, rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    outbox = _Outbox()
    with ZipFile(outbox, "w", ZIP_DEFLATED, compresslevel=3) as archive:
        for name, content in frame.parts:
            archive.writestr(_entry(name), content)
        names = [xl_col_to_name(place) for place in range(width)]
        with archive.open(_entry(SHEET), "w") as sheet:
            sheet.write(frame.before)
            pending: list[str] = []
            for place, cells in enumerate(rows, 2):
                pending.append(_row(place, names, cells, frame.style))
                if len(pending) == 200:
                    sheet.write("".join(pending).encode())
                    pending = []
                    if outbox.size >= BLOCK_BYTES:
                        yield outbox.drain()
            sheet.write("".join(pending).encode())
            sheet.write(frame.behind)
    yield outbox.drain()


def _row(place: int, names: Sequence[str], cells: Sequence[str], style: int) -> str:
    written = "".join(
        f'<c r="{name}{place}" s="{style}" t="inlineStr"><is>{_text(cell)}</is></c>'
        for name, cell in zip(names, cells, strict=True)
        if cell
    )
    return f'<row r="{place}">{written}</row>'


def _text(cell: str) -> str:
    content = escape(UNWRITABLE.sub(_as_excel_writes, cell[:CELL_MAX_CHARACTERS]))
    space = ' xml:space="preserve"' if EDGE_SPACES.search(cell) else ""
    return f"<t{space}>{content}</t>"


def _as_excel_writes(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):04X}_"


def _frame(text: SheetText, rows: int) -> _Frame:
    """Return the workbook as XlsxWriter makes it, with the names of the columns and no row."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    style = book.add_format({"num_format": "@"})
    name = book.add_format({"num_format": "@", "bold": True, "bottom": 1})
    sheet = book.add_worksheet(text.name)
    last = len(text.columns) - 1
    sheet.set_column(0, last, 20, style)
    for place, column in enumerate(text.columns):
        sheet.write_string(0, place, column[:CELL_MAX_CHARACTERS], name)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, rows, last)
    if rows and text.highlight:
        bold = book.add_format({"bold": True, "bg_color": "#FFE7A0"})
        value = f'"{text.highlight.value}"'
        rule = {"type": "cell", "criteria": "==", "value": value, "format": bold}
        sheet.conditional_format(1, text.highlight.column, rows, text.highlight.column, rule)
    area = f"A1:{xl_col_to_name(last)}{rows + 1}"
    sheet.ignore_errors({"number_stored_as_text": area})
    book.close()
    with ZipFile(file) as archive:
        parts = [(entry, archive.read(entry)) for entry in archive.namelist()]
    content = re.sub(
        rb'<dimension ref="[^"]*"/>', f'<dimension ref="{area}"/>'.encode(), dict(parts)[SHEET]
    )
    before, end, behind = content.partition(b"</sheetData>")
    return _Frame(
        tuple(part for part in parts if part[0] != SHEET), before, end + behind, style.xf_index
    )


def _entry(name: str) -> ZipInfo:
    """Return an entry without the time of this machine."""
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    return entry
