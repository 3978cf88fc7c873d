"""A table as CSV: no cell that a spreadsheet would take for a formula.

Threat: somebody hands in a name such as ``=HYPERLINK(…)``, and whoever opens the file runs it.
Limit: a cell that begins with what begins a formula (OWASP, CSV injection), also behind spaces and
in full width, gets an apostrophe in front; the same as JSON has each cell as it came. A
spreadsheet that reads CSV still rounds long numbers: for people there is the workbook.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BLOCK_CHARACTERS = 65_536
BYTE_ORDER_MARK = "\ufeff"


def csv_file(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, byte_order_mark: bool = False
) -> Iterator[bytes]:
    """Yield the file in UTF-8 with lines that end in CR LF (RFC 4180), some 64 KiB at a time.

    byte_order_mark: for people, since a spreadsheet takes Chinese for another encoding without;
    programs would take it for a part of the first name.
    """
    buffer = io.StringIO(newline="")
    buffer.write(BYTE_ORDER_MARK if byte_order_mark else "")
    writer = csv.writer(buffer)
    writer.writerow([harmless_cell(name) for name in columns])
    for row in rows:
        writer.writerow([harmless_cell(cell) for cell in row])
        if buffer.tell() >= BLOCK_CHARACTERS:
            yield _drain(buffer)
    yield _drain(buffer)


def harmless_cell(text: str) -> str:
    """Return the cell, behind an apostrophe where a spreadsheet might take it for a formula."""
    if text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS):
        return f"'{text}"
    return text


def _drain(buffer: io.StringIO) -> bytes:
    block = buffer.getvalue().encode(errors="replace")
    buffer.seek(0)
    buffer.truncate()
    return block
