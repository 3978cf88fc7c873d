"""Tables that officers take out, as CSV or workbook: made whole before the first byte is sent."""

from collections.abc import Sequence
from enum import StrEnum

from flask import Response
from flask_babel import LazyString

from app.spreadsheets.csv_file import csv_file
from app.spreadsheets.workbook import SheetText, workbook

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"


class FileKind(StrEnum):
    """What a table is taken out as."""

    XLSX = "xlsx"
    CSV = "csv"

    @classmethod
    def of(cls, text: str) -> "FileKind | None":
        """Return the kind that a form names, None for none."""
        return cls(text) if text in {kind.value for kind in cls} else None


def table_file(
    name: str, columns: Sequence[LazyString], rows: Sequence[Sequence[str]], kind: FileKind
) -> Response:
    """Return a table as a download. Raises WorkbookTooSmall.

    The records are closed by then: a slow download holds up nobody who writes.
    """
    headings = [str(column) for column in columns]
    if kind is FileKind.CSV:
        parts, media_type = csv_file(headings, rows, byte_order_mark=True), CSV_TYPE
    else:
        parts, media_type = workbook(SheetText(name, headings), rows, len(rows)), XLSX_TYPE
    response = Response(list(parts), content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind.value}"'
    return response
