"""Takes the officer's decisions: rows for the table `cleared`, and a file for the service."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from index_builder.appeals.opened_file import (
    BY_THE_OFFICER,
    IDENTITY,
    TableRefused,
    private_new_file,
    read_table,
)
from index_builder.normalise.times import today

DECISIONS = ("accepted", "declined")
TAKEN_OFF = "taken_off"
CLEARED_COLUMNS = (*IDENTITY, "cleared_on", "reason")


@dataclass(frozen=True, slots=True)
class Settling:
    """How many requests were decided, how many people cleared, how many are open still."""

    decided: int
    cleared: int
    open: int


def settle(opened: Path, cleared: Path, decisions: Path) -> Settling:
    """Append to ``cleared`` (made where missing) and write ``decisions``; return how many.

    A row counts as decided when `decision` is filled. The reason `taken_off` needs `cleared_on`,
    the last day whose exposures are taken off: nobody but the officer can know it, and a day too
    late would hide a true exposure; one after today is refused. Raises TableRefused; then nothing
    is written.
    """
    rows = read_table(opened, ("reference", *IDENTITY, *BY_THE_OFFICER))
    decided = [row for number, row in enumerate(rows, 2) if _is_decided(row, f"row {number}")]
    off = [row for row in decided if row["reason"].strip() == TAKEN_OFF]
    columns = _columns_of(cleared)
    if decisions.exists():
        raise TableRefused(f"{decisions}: exists already; name another file")
    _append(cleared, columns, off)  # first: nobody may be told of it before it is done
    with private_new_file(decisions) as file:
        writer = csv.DictWriter(file, ("reference", "decision", "reason"), extrasaction="ignore")
        writer.writeheader()
        writer.writerows({name: text.strip() for name, text in row.items()} for row in decided)
    return Settling(len(decided), len(off), len(rows) - len(decided))


def _is_decided(row: dict[str, str], where: str) -> bool:
    decision, reason, day = (row[name].strip() for name in BY_THE_OFFICER)
    if not decision:
        return False
    if decision not in DECISIONS:
        raise TableRefused(f"{where}, decision: not one of {', '.join(DECISIONS)}")
    if not reason:
        raise TableRefused(f"{where}, reason: blank; the sender is told why")
    if reason == TAKEN_OFF:
        _require_day(day, f"{where}, cleared_on")
    elif day:
        raise TableRefused(f"{where}, cleared_on: only with the reason {TAKEN_OFF}")
    return True


def _require_day(text: str, where: str) -> None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise TableRefused(f"{where}: write the day as 2020-02-05") from None
    if day > today():
        raise TableRefused(f"{where}: after today; later exposures would be hidden too")


def _columns_of(cleared: Path) -> Sequence[str]:
    if not cleared.exists():
        return CLEARED_COLUMNS
    read_table(cleared, ())
    with cleared.open(encoding="utf-8-sig", newline="") as file:
        columns = next(csv.reader(file, strict=True), [])
    missing = [name for name in (*IDENTITY, "cleared_on") if name not in columns]
    if missing:
        # A row without a name would clear everybody who has that number.
        raise TableRefused(f"{cleared.name}: missing columns: {', '.join(missing)}")
    return columns


def _append(cleared: Path, columns: Sequence[str], rows: Sequence[dict[str, str]]) -> None:
    if not cleared.exists():
        with private_new_file(cleared) as file:
            csv.writer(file).writerow(columns)
    if cleared.read_bytes()[-1:] not in (b"\n", b""):
        with cleared.open("a", encoding="utf-8") as file:
            file.write("\r\n")
    with cleared.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
        for row in rows:
            reason = f"correction request {row['reference']}"
            writer.writerow({**row, "cleared_on": row["cleared_on"].strip(), "reason": reason})
