"""Writes the demo: one CSV a table, and the people to try with what to expect."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from index_builder.data_dictionary.table_definitions import TABLES
from index_builder.demo.demo_tables import DemoTables, Expectation
from index_builder.demo.examples import add_examples
from index_builder.demo.invented_people import Inventor
from index_builder.demo.published_extract import PUBLISHED_UNTIL, DemoTrip, published_trips, rows

PEOPLE_COLUMNS = ("name", "id_type", "id_number", "expected_status", "expected_tier")
TO_TRY_COLUMNS = ("shows", "shows_in_part", "name", "id_type", "id_number")
# What a demo of today shows under nhc-2020-03, with all data and where some are missing, and the
# reason of the person who shows it.
_TO_TRY = {
    ("close contact, flight",) * 2: "same row",
    ("close contact, train",) * 2: "same carriage, far from the case: the whole carriage",
    ("general contact",) * 2: "four rows in front: one row too far",
    (
        "observation over",
        "close contact, over as far as is known",
    ): "the train's other number stands on the ticket",
    ("not found", "incomplete"): "on no trip of any case",
    ("not found, wrong name", "incomplete, wrong name"): "wrong name with a listed number",
}
NOTICE_COLUMNS = ("id", "kind", "date", "number", "carriage", "note", "board", "alight")


@dataclass(frozen=True, slots=True)
class DemoOutcome:
    """What was written, in numbers; people: distinct document numbers in the passenger lists."""

    directory: Path
    trips: int
    cases: int
    legs: int
    people: int
    expectations: int


def write_demo(directory: Path, seed: int = 2020, as_of: date | None = None) -> DemoOutcome:
    """Write a source directory, `people.csv` (nhc-2020-03), `people-au-2020.csv`, `people.md`.

    as_of: the day on which the demo is tried; every date is moved so that some observations go on
    then and some are over, and `to-try.csv` names one person for each answer. None: the dates as
    published. The same seed and day write the same bytes. Raises OSError where the directory cannot
    be written.
    """
    chance = random.Random(seed)  # noqa: S311  (invents a demo, guards nothing)
    tables = DemoTables(chance, Inventor(chance), as_of or PUBLISHED_UNTIL)
    trips = {trip.source_id: trip for trip in published_trips(as_of)}
    add_examples(tables, trips)
    chance.shuffle(tables.legs)
    directory.mkdir(parents=True, exist_ok=True)
    for name in ("cases", "case_legs", "legs", "carriages", "documents", "contacts", "cleared"):
        _write(directory / f"{name}.csv", TABLES[name].columns, getattr(tables, name))
    for name in ("timetable", "stops"):
        columns = TABLES[name].columns
        cells = ([row[column] for column in columns] for row in rows(name))
        _write(directory / f"{name}.csv", columns, cells)
    _write(directory / "notices.csv", NOTICE_COLUMNS, map(_notice, trips.values()))
    for rule_set, name in (("nhc", "people.csv"), ("au", "people-au-2020.csv")):
        people = (_person(one, getattr(one, rule_set)) for one in tables.expected)
        _write(directory / name, PEOPLE_COLUMNS, people)
    if as_of is not None:
        _write(directory / "to-try.csv", TO_TRY_COLUMNS, _to_try(tables.expected))
    (directory / "people.md").write_text(_reasons(tables.expected), encoding="utf-8")
    return DemoOutcome(
        directory=directory,
        trips=len(trips),
        cases=len(tables.cases),
        legs=len(tables.legs),
        people=len(tables.travellers),
        expectations=len(tables.expected),
    )


def _write(path: Path, columns: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(lines)


def _notice(trip: DemoTrip) -> tuple[str, ...]:
    place = (trip.carriage, trip.seats, trip.board, trip.alight)
    return (trip.source_id, trip.mode, trip.service_date.isoformat(), trip.number, *place)


def _person(one: Expectation, tier: str) -> tuple[str, ...]:
    status = "exposed" if tier else "not_found"
    return (one.person.name, one.person.id_type, one.person.id_number, status, tier)


def _to_try(expected: Sequence[Expectation]) -> Iterator[tuple[str, ...]]:
    for shows, reason in _TO_TRY.items():
        person = next(one.person for one in expected if one.reason == reason)
        yield (*shows, person.name, person.id_type, person.id_number)


def _reasons(expected: Sequence[Expectation]) -> str:
    """The same people with the reason for each answer, row by row as in people.csv."""
    lines = [
        "# Why each person of people.csv is answered so",
        "",
        "Invented people on real trips. Row numbers are those of people.csv, headings being row 1.",
        "",
        "| row | name | nhc-2020-03 | au-2020 | reason |",
        "|---|---|---|---|---|",
    ]
    for row, one in enumerate(expected, start=2):
        nhc, au = one.nhc or "not found", one.au or "not found"
        lines.append(f"| {row} | {one.person.name} | {nhc} | {au} | {one.reason} |")
    return "\n".join(lines) + "\n"
