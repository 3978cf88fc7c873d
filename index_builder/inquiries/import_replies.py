"""Takes in a returned worklist: every row is checked, and all replies are written or none."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from exposure_index.atomic_files import write_whole
from exposure_index.errors import ExitCode, ForeseenError
from exposure_index.identity.document import canonical_document
from exposure_index.identity.name import canonical_name
from index_builder.inquiries.ledger import Inquiry, Ledger
from index_builder.replies.inquiry_kinds import KINDS
from index_builder.replies.reply_check import COLUMNS, Asked, ReplyFault, checked_reply
from index_builder.sources.csv_batches import CsvTable, TableUnreadable
from index_builder.sources.encodings import EncodingRefused
from index_builder.sources.xlsx_table import XlsxTable

TABLE = "replies"
_ONE_ANSWER = frozenset({"number"})
_NOT_COMPARED = frozenset({"answered_by", "answered_on"})


class RepliesRefused(ForeseenError, ValueError):
    """Nothing was taken in; the message names file and way out."""

    exit_code = ExitCode.BAD_INPUT


@dataclass(slots=True)
class TakenIn:
    """What a file of replies holds. rows: the new rows of the table `replies`; rejects: (row,
    column, reason), for any of which nothing is taken in."""

    rows: list[dict[str, str]] = field(default_factory=list)
    rejects: list[tuple[int, str, str]] = field(default_factory=list)
    blank: int = 0
    already: int = 0

    def reject(self, table: str, row: int, column: str, reason: str) -> None:
        """Note a row that cannot be taken; the readers of files call it too."""
        assert table == TABLE  # noqa: S101 - no other table is read here
        self.rejects.append((row, column, reason))

    @property
    def inquiries(self) -> int:
        """How many inquiries the new rows answer."""
        return len({row["inquiry_id"] for row in self.rows})


def check_replies(path: Path, ledger: Ledger, source: Path, today: date) -> TakenIn:
    """Return what a worklist (CSV or XLSX) would add to SOURCE/replies.csv.

    Raises RepliesRefused where the file, or the replies that are there, cannot be read as a whole.
    """
    taken = TakenIn()
    there = {_sense(row) for row in _present(source)}
    seen: dict[tuple[str, ...], int] = {}
    answered: dict[str, int] = {}
    rows = list(_rows(path, taken))
    asked = _asked(ledger, {cells["inquiry_id"].strip() for _, cells in rows})
    for number, cells in rows:
        name = cells["inquiry_id"].strip()
        if name not in asked:
            reason = "not an inquiry of this casework" if name else "blank"
            if name or any(cells.get(column, "").strip() for column in COLUMNS):
                taken.reject(TABLE, number, "inquiry_id", reason)
            continue
        reply = checked_reply(cells, asked[name], today)
        if reply is None:
            taken.blank += 1
        elif isinstance(reply, list):
            _reject_all(taken, number, reply)
        else:
            _take(taken, number, reply, (there, seen, answered))
    return taken


def _take(
    taken: TakenIn,
    number: int,
    reply: dict[str, str],
    known: tuple[set[tuple[str, ...]], dict[tuple[str, ...], int], dict[str, int]],
) -> None:
    there, seen, answered = known
    sense, name = _sense(reply), reply["inquiry_id"]
    if sense in seen:
        taken.reject(TABLE, number, "inquiry_id", f"twice: row {seen[sense]} says the same")
        return
    seen[sense] = number
    if name in answered and name.partition("-")[0] in _ONE_ANSWER:
        taken.reject(TABLE, number, "id_number", f"row {answered[name]} gives another answer")
        return
    answered[name] = number
    if sense in there:
        taken.already += 1
    else:
        taken.rows.append(reply)


def take_in(taken: TakenIn, ledger: Ledger, source: Path, today: date) -> None:
    """Append the replies to SOURCE/replies.csv, whole or not at all, and note them as answered.

    A kill in between loses nothing: the same import again finds the replies there.
    """
    with ledger.writing():
        if taken.rows:
            rows = [*_present(source), *taken.rows]
            write_whole(source / f"{TABLE}.csv", _as_csv(rows), 0o600)
        for not_known in (True, False):
            names = {row["inquiry_id"] for row in taken.rows if bool(row["not_known"]) is not_known}
            ledger.mark_answered(names, today, not_known=not_known)


def rejects_csv(taken: TakenIn) -> bytes:
    """Return the list of rejects as CSV: row, column, reason."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("row", "column", "reason"), *sorted(taken.rejects)])
    return text.getvalue().encode()


def _reject_all(taken: TakenIn, number: int, faults: list[ReplyFault]) -> None:
    for fault in faults:
        taken.reject(TABLE, number, fault.column, fault.reason)


def _asked(ledger: Ledger, names: set[str]) -> dict[str, Asked]:
    def known(one: Inquiry) -> Asked:
        return Asked(KINDS[one.kind], one.department, one.subject)

    return {one.id: known(one) for one in ledger.inquiries() if one.id in names}


def _sense(row: Mapping[str, str]) -> tuple[str, ...]:
    """What a reply says, however it is written and whoever says it."""
    canonical = dict(row) | {
        "id_number": canonical_document(row["id_number"]),
        "name": canonical_name(row["name"]),
    }
    return tuple(canonical[name] for name in COLUMNS if name not in _NOT_COMPARED)


def _present(source: Path) -> Iterator[dict[str, str]]:
    """Yield the replies that the source directory holds. Raises RepliesRefused for another form."""
    if not source.is_dir():
        message = f"{source}: no such directory"
        raise RepliesRefused(message)
    path = source / f"{TABLE}.csv"
    others = [file.name for file in source.glob(f"{TABLE}.*") if file != path]
    if others:
        message = f"{source / others[0]}: save it as {TABLE}.csv; imports are added to that file"
        raise RepliesRefused(message)
    if not path.exists():
        return
    whole = TakenIn()
    unknown: set[str] = set()
    for _, cells in _rows(path, whole):
        unknown |= set(cells) - set(COLUMNS)
        yield dict.fromkeys(COLUMNS, "") | cells
    if whole.rejects or unknown:
        message = f"{path}: has rows or columns that cannot be read; correct them first"
        raise RepliesRefused(message)


def _rows(path: Path, taken: TakenIn) -> Iterator[tuple[int, dict[str, str]]]:
    reader = XlsxTable if path.suffix.lower() == ".xlsx" else CsvTable
    try:
        table = reader(path, taken, TABLE)
        if "inquiry_id" not in table.header:
            message = f"{path.name}: column missing: inquiry_id"
            raise RepliesRefused(message)
        for batch in table:
            for place, number in enumerate(batch.rows):
                yield number, {name: column[place] for name, column in batch.columns.items()}
    except (TableUnreadable, EncodingRefused, UnicodeDecodeError) as error:
        message = str(error) if not isinstance(error, UnicodeDecodeError) else f"{path.name}: text"
        raise RepliesRefused(message) from error


def _as_csv(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
