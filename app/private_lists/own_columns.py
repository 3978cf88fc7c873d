"""Output of a list as the organisation's own file with columns added, as results of uploads are."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import BinaryIO, Literal, NamedTuple

from app.bulk.results.result_files import results_csv, results_workbook
from app.private_lists.list_rows import ListRow
from app.private_lists.person_answer import PersonAnswer

FileKind = Literal["csv", "xlsx"]


class OwnRow(NamedTuple):
    """A row as it came with what was found, by the names of the added columns.

    status: exposed, not_found, incomplete, not_checked or duplicate.
    """

    cells: tuple[str, ...]
    status: str
    tier: str = ""
    act_until: date | None = None
    reason: str = ""
    duplicate_of: int | None = None


def own_row(row: ListRow, answer: PersonAnswer | None) -> OwnRow:
    """Return a row with its state; answer: None where nobody was asked about."""
    if answer is None:
        return OwnRow(row.cells, "not_checked", reason=row.reason)
    if row.duplicate_of is not None:
        return OwnRow(row.cells, "duplicate", duplicate_of=row.duplicate_of)
    until = date.fromisoformat(answer.act_until) if answer.act_until else None
    return OwnRow(row.cells, answer.status, answer.tier, until, answer.reason)


def write_own_columns(
    target: BinaryIO,
    kind: FileKind,
    headings: Sequence[str],
    rows: Iterable[OwnRow],
    number: int,
) -> None:
    """Write the file, no cell of which is a formula; number: of the rows.

    Raises what the rows raise, WorkbookTooSmall and OSError.
    """
    if kind == "xlsx":
        blocks = results_workbook(headings, rows, number)
    else:
        blocks = results_csv(headings, rows, byte_order_mark=True)
    target.writelines(blocks)
