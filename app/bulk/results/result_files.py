"""Results as files for spreadsheets: the organisation's own columns, then what was found."""

from collections.abc import Iterable, Iterator, Sequence

from app.bulk.results.columns import (
    ADDED_COLUMNS,
    RowResult,
    added_cells,
    own_cells,
    result_columns,
)
from app.spreadsheets.csv_file import csv_file
from app.spreadsheets.workbook import Highlight, SheetText, workbook

SHEET_NAME = "results"
LISTED = "exposed"


def results_csv(
    headings: Sequence[str], rows: Iterable[RowResult], *, byte_order_mark: bool = False
) -> Iterator[bytes]:
    """Yield the results as CSV; byte_order_mark: for people, not for programs."""
    columns = result_columns(headings)
    return csv_file(columns, _cells(len(headings), rows), byte_order_mark=byte_order_mark)


def results_workbook(
    headings: Sequence[str], rows: Iterable[RowResult], number: int
) -> Iterator[bytes]:
    """Return the results as parts of a workbook; number: how many rows there are.

    Raises WorkbookTooSmall at once.
    """
    columns = result_columns(headings)
    listed = Highlight(len(columns) - len(ADDED_COLUMNS), LISTED)
    text = SheetText(SHEET_NAME, columns, listed)
    return workbook(text, _cells(len(headings), rows), number)


def _cells(width: int, rows: Iterable[RowResult]) -> Iterator[tuple[str, ...]]:
    return ((*own_cells(row, width), *added_cells(row)) for row in rows)
