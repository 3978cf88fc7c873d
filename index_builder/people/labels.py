"""What is said of each person: exposures merged by trip, ranked, and sealed under every spelling.

Both streams come sorted by person out of the engine, so that no more than one person is in memory.
"""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

import ibis

from exposure_index.label import (
    CARRIAGE_NONE,
    CARRIAGE_OTHER,
    EXPOSURES_MAX,
    TOTAL_OR_MORE,
    Exposure,
    Label,
    Mode,
    Relation,
    Tier,
)
from exposure_index.spellings import entries_of_person

_BATCH_ROWS = 50_000


def person_exposures(exposures: ibis.Table) -> ibis.Table:
    """Return one row for each person, trip and rule, the two worst of each person, and the count.

    exposures: person, mode, trip, day, carriage, rule, tier, relation, end_date,
    observation_days.
    """
    by_trip = exposures.group_by(["person", "mode", "trip", "day", "rule"]).agg(
        tier=exposures.tier.min(),
        relation=exposures.relation.argmin(exposures.tier * 16 + exposures.relation),
        carriage=exposures.carriage.argmin(exposures.tier * 16 + exposures.relation),
        observe_until=(
            exposures.end_date + exposures.observation_days.cast("int32").as_interval("D")
        )
        .cast("date")
        .max(where=exposures.observation_days > 0),
    )
    worst = [by_trip.tier.asc(), by_trip.day.desc(), by_trip.trip.asc(), by_trip.rule.asc()]
    ranked = by_trip.mutate(
        place=ibis.row_number().over(group_by="person", order_by=worst),
        total=by_trip.count().over(group_by="person"),
        until=by_trip.observe_until.max().over(group_by="person"),
    )
    return ranked.filter(ranked.place < EXPOSURES_MAX).order_by(["person", "place"])


def entries(people: ibis.Table, documents: ibis.Table) -> Iterator[tuple[bytes, Label]]:
    """Yield (encoded identity, label) for every spelling of every document of each person.

    people: as person_exposures returns it; documents: person, id_type, document, name, sorted by
    person, holding every person of the first.
    """
    described = groupby(_rows(documents), key=itemgetter("person"))
    listed = groupby(_rows(people), key=itemgetter("person"))
    for (person, rows), (owner, found) in zip(listed, described, strict=True):
        if person != owner:
            # A person without documents would be left out of the index: a false "not found".
            message = "the lists of people and of their documents are not in step"
            raise RuntimeError(message)
        label = _label(list(rows))
        for encoded in sorted(entries_of_person(_documents(found))):
            yield encoded, label


def _rows(table: ibis.Table) -> Iterator[dict[str, Any]]:
    for batch in table.to_pyarrow_batches(chunk_size=_BATCH_ROWS):
        yield from batch.to_pylist()


def _documents(rows: Iterator[dict[str, Any]]) -> list[tuple[str, str, frozenset[str]]]:
    names: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        names.setdefault((row["id_type"].lower() or "other", row["document"]), set()).add(
            row["name"]
        )
    return [(id_type, document, frozenset(found)) for (id_type, document), found in names.items()]


def _label(rows: list[dict[str, Any]]) -> Label:
    until: date | None = rows[0]["until"]
    return Label(
        exposures=tuple(_exposure(row) for row in rows),
        total=min(rows[0]["total"], TOTAL_OR_MORE),
        observe_until=until,
    )


def _exposure(row: dict[str, Any]) -> Exposure:
    return Exposure(
        mode=Mode[row["mode"].upper()],
        tier=Tier(row["tier"]),
        rule=row["rule"],
        relation=Relation(row["relation"]),
        day=row["day"],
        carriage=carriage_byte(row["carriage"]),
        trip=row["trip"],
    )


def carriage_byte(carriage: str | None) -> int:
    """Return a carriage as the label holds it: its number, 0 for none, 255 for any other."""
    if not carriage:
        return CARRIAGE_NONE
    numbered = carriage.isascii() and carriage.isdigit()
    if numbered and CARRIAGE_NONE < int(carriage) < CARRIAGE_OTHER:
        return int(carriage)
    return CARRIAGE_OTHER
