"""Imports a returned worklist: every row is checked, and all replies are written or none."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from exposure_index.atomic_files import write_whole
from exposure_index.errors import ExitCode, ForeseenError
from exposure_index.identity.name import canonical_name
from index_builder.data_dictionary.table_definitions import ALL_COLUMNS, TABLES
from index_builder.inquiries.ledger import Inquiry, Ledger
from index_builder.replies.inquiry_kinds import KINDS
from index_builder.replies.reply_check import COLUMNS, InquiryFacts, ReplyFault, check_reply
from tables.csv_table import CsvTable
from tables.document_cells import document_kind
from tables.document_numbers import documents_in
from tables.header import HeaderNaming
from tables.table_faults import TableUnreadable
from tables.text_encodings.encodings import EncodingRefused
from tables.xlsx_table import XlsxTable

TABLE = "replies"
_NAMING = HeaderNaming(required=TABLES[TABLE].required, known_columns=ALL_COLUMNS)
_ONE_ANSWER = frozenset({"number"})
_NOT_COMPARED = frozenset({"answered_by", "answered_on"})


class RepliesRefused(ForeseenError, ValueError):
    """Nothing was imported; the message names the file and what to do."""

    exit_code = ExitCode.BAD_INPUT


@dataclass(slots=True)
class ParsedReplies:
    """The replies of a file. rows: new rows of the table `replies`; blank, already: other rows.

    rejects: (row, column, reason); where there is any, nothing may be committed.
    """

    rows: list[dict[str, str]] = field(default_factory=list)
    rejects: list[tuple[int, str, str]] = field(default_factory=list)
    blank: int = 0
    already: int = 0

    def reject(self, table: str, row: int, column: str, reason: str) -> None:
        """Note a row that cannot be accepted; the readers of files call it too."""
        assert table == TABLE  # noqa: S101 - no other table is read here
        self.rejects.append((row, column, reason))

    @property
    def inquiries(self) -> int:
        """How many inquiries the new rows answer."""
        return len({row["inquiry_id"] for row in self.rows})


def parse_replies(path: Path, ledger: Ledger, source: Path, today: date) -> ParsedReplies:
    """Read a worklist (CSV or XLSX); return what it would add to SOURCE/replies.csv.

    Raises RepliesRefused where the file, or the replies that are there, cannot be read as a whole.
    """
    parsed = ParsedReplies()
    there = {_sense(row) for row in _present(source)}
    row_of_sense: dict[tuple[str, ...], int] = {}
    row_of_inquiry: dict[str, int] = {}
    rows = list(_rows(path, parsed))
    inquiries = _inquiry_facts(ledger, {cells["inquiry_id"].strip() for _, cells in rows})
    for number, cells in rows:
        name = cells["inquiry_id"].strip()
        if name not in inquiries:
            reason = "not an inquiry of this casework" if name else "blank"
            if name or any(cells.get(column, "").strip() for column in COLUMNS):
                parsed.reject(TABLE, number, "inquiry_id", reason)
            continue
        reply = check_reply(cells, inquiries[name], today)
        if reply is None:
            parsed.blank += 1
        elif isinstance(reply, list):
            _reject_all(parsed, number, reply)
        else:
            _sort_in(parsed, number, reply, (there, row_of_sense, row_of_inquiry))
    return parsed


def _sort_in(
    parsed: ParsedReplies,
    number: int,
    reply: dict[str, str],
    earlier: tuple[set[tuple[str, ...]], dict[tuple[str, ...], int], dict[str, int]],
) -> None:
    there, row_of_sense, row_of_inquiry = earlier
    sense, name = _sense(reply), reply["inquiry_id"]
    if sense in row_of_sense:
        parsed.reject(
            TABLE, number, "inquiry_id", f"twice: row {row_of_sense[sense]} says the same"
        )
        return
    row_of_sense[sense] = number
    if name in row_of_inquiry and name.partition("-")[0] in _ONE_ANSWER:
        parsed.reject(
            TABLE, number, "id_number", f"row {row_of_inquiry[name]} gives another answer"
        )
        return
    row_of_inquiry[name] = number
    if sense in there:
        parsed.already += 1
    else:
        parsed.rows.append(reply)


def commit(parsed: ParsedReplies, ledger: Ledger, source: Path, today: date) -> None:
    """Append accepted replies to SOURCE/replies.csv atomically and mark their inquiries answered.

    A kill in between loses nothing: the same import again finds the replies there.
    """
    with ledger.transaction():
        if parsed.rows:
            rows = [*_present(source), *parsed.rows]
            write_whole(source / f"{TABLE}.csv", _as_csv(rows), 0o600)
        for not_known in (True, False):
            names = {
                row["inquiry_id"] for row in parsed.rows if bool(row["not_known"]) is not_known
            }
            ledger.mark_answered(names, today, not_known=not_known)


def rejects_csv(parsed: ParsedReplies) -> bytes:
    """Return the list of rejects as CSV: row, column, reason."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("row", "column", "reason"), *sorted(parsed.rejects)])
    return text.getvalue().encode()


def _reject_all(parsed: ParsedReplies, number: int, faults: list[ReplyFault]) -> None:
    for fault in faults:
        parsed.reject(TABLE, number, fault.column, fault.reason)


def _inquiry_facts(ledger: Ledger, names: set[str]) -> dict[str, InquiryFacts]:
    def facts(one: Inquiry) -> InquiryFacts:
        return InquiryFacts(KINDS[one.kind], one.department, one.subject)

    return {one.id: facts(one) for one in ledger.inquiries() if one.id in names}


def _sense(row: Mapping[str, str]) -> tuple[str, ...]:
    """Return the content of a reply, however it is written and whoever gives it."""
    canonical = dict(row) | {
        "id_number": " ".join(documents_in(row["id_number"], document_kind(row["id_type"]))),
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
    whole = ParsedReplies()
    unknown: set[str] = set()
    for _, cells in _rows(path, whole):
        unknown |= set(cells) - set(COLUMNS)
        yield dict.fromkeys(COLUMNS, "") | cells
    if whole.rejects or unknown:
        message = f"{path}: has rows or columns that cannot be read; correct them first"
        raise RepliesRefused(message)


def _rows(path: Path, parsed: ParsedReplies) -> Iterator[tuple[int, dict[str, str]]]:
    reader = XlsxTable if path.suffix.lower() == ".xlsx" else CsvTable
    try:
        table = reader(path, parsed, TABLE, _NAMING)
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
