"""What is said of each person: exposures by trip, ranked, and sealed under every spelling."""

from collections.abc import Iterable, Iterator
from datetime import date
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
from index_builder.normalise.documents import document_kind

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
    return ranked.filter(ranked.place < EXPOSURES_MAX)


class PeopleLost(RuntimeError):
    """Fewer people came out of the engine than it counted; the index would miss them."""


def listed_people(people: ibis.Table, documents: ibis.Table) -> ibis.Table:
    """Return one row for each person: told (their exposures) and documents, as lists.

    people: as person_exposures returns it; documents: person, id_type, document, name.
    """
    told = people.group_by("person").agg(told=_rows_of(people).collect())
    described = documents.group_by("person").agg(documents=_rows_of(documents).collect())
    return told.left_join(described, "person").select("person", "told", "documents")


def entries(people: ibis.Table) -> Iterator[tuple[bytes, Label]]:
    """Yield (encoded identity, label) for every spelling of every document of each person.

    people: as listed_people returns it, stored. Raises PeopleLost where one has no document or
    the stream ends early: whoever is missing would be told "not found".
    """
    expected, seen = int(people.count().execute()), 0
    for batch in people.to_pyarrow_batches(chunk_size=_BATCH_ROWS):
        for row in batch.to_pylist():
            seen += 1
            label = _label(row["told"])
            found = entries_of_person(_documents(row["documents"] or ()))
            if not found:
                raise PeopleLost("a person without a document")
            for encoded in sorted(found):
                yield encoded, label
    if seen != expected:
        message = f"{seen} of {expected} people came out of the engine"
        raise PeopleLost(message)


def _rows_of(table: ibis.Table) -> Any:  # noqa: ANN401 - ibis columns have no useful static type
    return ibis.struct({name: table[name] for name in table.columns if name != "person"})


def _documents(rows: Iterable[dict[str, Any]]) -> list[tuple[str, str, frozenset[str]]]:
    names: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        key = (document_kind(row["id_type"]), row["document"])
        names.setdefault(key, set()).add(row["name"])
    return [(id_type, document, frozenset(found)) for (id_type, document), found in names.items()]


def _label(rows: list[dict[str, Any]]) -> Label:
    until: date | None = rows[0]["until"]
    ranked = sorted(rows, key=itemgetter("place"))
    return Label(
        exposures=tuple(_exposure(row) for row in ranked),
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
