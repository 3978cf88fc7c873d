"""Settles corrections by the officer's decisions: rows of `cleared`, and a file for the service."""

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from exposure_index.messages.corrections import (
    ACCEPTED,
    DECISION_OF_REASON,
    DECISIONS,
    TAKEN_OFF,
    reasons_of,
)
from index_builder.corrections.clearance_row import OBSERVATION_ENDED, clearance
from index_builder.corrections.request_table import (
    BY_THE_OFFICER,
    IDENTITY,
    NAME_LATIN,
    TRIP,
    TableRefused,
    private_new_file,
    read_table,
)
from index_builder.normalise.times import today

CLEARED_COLUMNS = (*IDENTITY, "cleared_on", "reason", *TRIP)


@dataclass(frozen=True, slots=True)
class DecisionCounts:
    """How many requests were decided, how many rows of clearances written, how many are open.

    trips: those of the rows that take one trip off; the others end all up to a day.
    """

    decided: int
    cleared: int
    trips: int
    open: int


def settle(
    table: Path, cleared: Path, decisions_file: Path, whole_person: Collection[str] = ()
) -> DecisionCounts:
    """Append clearances to ``cleared`` (made where missing) and write ``decisions_file``.

    A row counts as decided when `decision` is filled; its reason must belong to that decision,
    and only an accepted row takes anybody off. The reason `taken_off` needs the trip that
    is taken off: mode, number and service_date as the answer or `why` names it. Only where the
    request says that the observation has ended, or its reference is among whole_person, the day
    `cleared_on` may stand instead, up to which every exposure ends: for anybody else it would hide
    a true one. A request about several trips has several rows. Raises TableRefused; then nothing
    is written.
    """
    rows = read_table(table, ("reference", "what", *IDENTITY, NAME_LATIN, *BY_THE_OFFICER))
    unknown = set(whole_person) - {row["reference"] for row in rows}
    if unknown:
        raise TableRefused(f"{table.name}: no request {min(unknown)}")
    decided: list[dict[str, str]] = []
    off: list[dict[str, str]] = []
    for number, row in enumerate(rows, 2):
        where = f"{table.name}, row {number}"
        if not _is_decided(row, where):
            continue
        decided.append(row)
        if (row["decision"].strip(), row["reason"].strip()) == (ACCEPTED, TAKEN_OFF):
            whole = row["what"] == OBSERVATION_ENDED or row["reference"] in whole_person
            off.extend(_under_each_name(clearance(row, where, whole=whole)))
    decisions = _once_each(decided, table.name)
    of_trips = sum(bool(row["mode"]) for row in off)
    columns = _columns_of(cleared, trips=bool(of_trips))
    if decisions_file.exists():
        raise TableRefused(f"{decisions_file}: exists already; name another file")
    _append(cleared, columns, off)  # first: nobody may be told of it before it is done
    with private_new_file(decisions_file) as file:
        writer = csv.DictWriter(file, ("reference", "decision", "reason"))
        writer.writeheader()
        writer.writerows(decisions)
    still_open = {row["reference"] for row in rows} - {row["reference"] for row in decisions}
    return DecisionCounts(len(decisions), len(off), of_trips, len(still_open))


def _under_each_name(row: dict[str, str]) -> list[dict[str, str]]:
    """Return the row under each name of its request: passenger lists may hold either."""
    names = [name for name in (row["name"], row.get(NAME_LATIN, "")) if name.strip()]
    return [{**row, "name": name} for name in names]


def _is_decided(row: dict[str, str], where: str) -> bool:
    decision, reason = row["decision"].strip(), row["reason"].strip()
    if not decision:
        return False
    if decision not in DECISIONS:
        raise TableRefused(f"{where}, decision: not one of {', '.join(DECISIONS)}")
    if not reason:
        raise TableRefused(f"{where}, reason: blank; the sender is told why")
    if DECISION_OF_REASON.get(reason) != decision:
        fitting = ", ".join(reasons_of(decision))
        raise TableRefused(f"{where}, reason: with {decision}, one of {fitting}")
    for column in ("cleared_on", *TRIP):
        if reason != TAKEN_OFF and row.get(column, "").strip():
            raise TableRefused(f"{where}, {column}: only with the reason {TAKEN_OFF}")
    return True


def _once_each(decided: Sequence[dict[str, str]], file: str) -> list[dict[str, str]]:
    """Return one decision a request, of those with a row for each of several trips too."""
    decisions: dict[str, dict[str, str]] = {}
    for row in decided:
        one = {name: row[name].strip() for name in ("reference", "decision", "reason")}
        if decisions.setdefault(one["reference"], one) != one:
            raise TableRefused(f"{file}: {one['reference']}: decided differently in two rows")
    return list(decisions.values())


def _columns_of(cleared: Path, *, trips: bool) -> Sequence[str]:
    if not cleared.exists():
        return CLEARED_COLUMNS
    read_table(cleared, ())
    with cleared.open(encoding="utf-8-sig", newline="") as file:
        columns = next(csv.reader(file, strict=True), [])
    needed = (*IDENTITY, "cleared_on", *(TRIP if trips else ()))
    missing = [name for name in needed if name not in columns]
    if missing:
        # A row without a name would clear everybody who has that number, and one that lost its
        # trip every exposure of the person.
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
            reason = f"correction request {row['reference']}, decided {today()}"
            writer.writerow({**row, "reason": reason})
