"""The label of each contact: exposures by trip, ranked, the two worst side by side."""

from dataclasses import dataclass
from typing import Any

import ibis

from exposure_index.label.codec import DAY_ZERO, EXPOSURES_MAX
from index_builder.people.label_columns import EXPOSURE_PARTS, LABEL_COLUMNS
from index_builder.runtime.workspace import Workspace

_OF_TRIP = ("person", "mode", "trip", "day", "rule")


@dataclass(frozen=True, slots=True)
class ListedPeople:
    """Everybody to be listed, in two tables, so that the common case stays flat.

    plain: person, TOLD_COLUMNS, id_type, document, name of people with one document and one name;
    manifold: person, TOLD_COLUMNS and documents, a list, of all others. count: people in both.
    """

    plain: ibis.Table
    manifold: ibis.Table
    count: int


def person_exposures(exposures: ibis.Table) -> ibis.Table:
    """Return one row for each person, trip and rule: two of each person, and the count.

    As `Label.of` does it keeps the worst, and with it the one that is observed longest where that
    is longer, else the next worst. exposures: person, mode, trip, day, carriage, rule, tier,
    relation, end_date, observation_days.
    """
    kept = _two_of_each(_by_trip(exposures)).rename(until="observe_until")
    return kept.select(*_OF_TRIP, "tier", "relation", "carriage", "until", "total", "place")


def _by_trip(exposures: ibis.Table) -> ibis.Table:
    """Return one row for each person, trip and rule, with `total`, how many each person has."""
    by_trip = exposures.group_by(_OF_TRIP).agg(
        tier=exposures.tier.min(),
        relation=exposures.relation.argmin(exposures.tier * 16 + exposures.relation),
        carriage=_first_carriage(exposures),
        observe_until=_observed_until(exposures).max(where=exposures.observation_days > 0),
    )
    counts = by_trip.group_by("person").agg(total=by_trip.count())
    return by_trip.inner_join(counts, "person")


def _observed_until(exposures: ibis.Table) -> Any:  # noqa: ANN401 - as Ibis has it
    days = exposures.observation_days.cast("int32").as_interval("D")
    return (exposures.end_date + days).cast("date")


def _two_of_each(by_trip: ibis.Table) -> ibis.Table:
    """Return the two exposures of each person that a label keeps, with their `place`."""
    observed = by_trip.observe_until.fill_null(ibis.literal(DAY_ZERO))
    reach = ibis.greatest(observed, by_trip.day)
    worst = [by_trip.tier.asc(), reach.desc(), by_trip.day.desc()]
    # so that every engine takes the same two
    worst += [by_trip.trip.asc(), by_trip.rule.asc(), by_trip["mode"].asc()]
    ranked = by_trip.mutate(
        rank=ibis.row_number().over(group_by="person", order_by=worst),
        by_length=ibis.row_number().over(group_by="person", order_by=[observed.desc(), *worst]),
    )
    kept_first = [
        (ranked["rank"] == 0).desc(),
        (ranked.by_length == 0).desc(),
        ranked["rank"].asc(),
    ]
    placed = ranked.mutate(place=ibis.row_number().over(group_by="person", order_by=kept_first))
    return placed.filter(placed.place < EXPOSURES_MAX)


def _first_carriage(exposures: ibis.Table) -> Any:  # noqa: ANN401 - as Ibis has it
    """The carriage of the worst exposure; of those that are level, the first known by its text."""
    worst = (exposures.tier * 16 + exposures.relation + 100).cast("string")
    sort_key = ibis.ifelse(exposures.carriage.isnull(), "1", ibis.literal("0") + exposures.carriage)
    first = (worst + sort_key).min()
    return first.substr(len("100") + 1).nullif("")


def listed_people(
    work: Workspace, ranked: ibis.Table, documents: ibis.Table, alone: ibis.Table
) -> ListedPeople:
    """Return the label of each person, and the documents under which it is entered.

    ranked: as person_exposures returns it; documents: person, id_type, document, name; alone: the
    exposures of all other people, who have one each, with the only document and name they have.
    """
    counts = documents.group_by("person").agg(rows=documents.count())
    several = counts.filter(counts["rows"] > 1).select("person")
    several = work.keep("people_of_several", several)
    # A person without a document stays, to be missed aloud: see sealed_people.
    labels = _side_by_side(ranked).left_join(documents.anti_join(several, "person"), "person")
    labels = work.keep("people_labels", labels.drop("person_right"))
    listed = documents.semi_join(several, "person")
    rows: Any = ibis.struct({name: listed[name] for name in _DOCUMENT})
    collected = listed.group_by("person").agg(documents=rows.collect())
    manifold = labels.select("person", *LABEL_COLUMNS).inner_join(collected, "person")
    plain = labels.anti_join(several, "person")
    return ListedPeople(
        plain=labels_of_one(alone).select(*plain.columns).union(plain),
        manifold=work.keep("people_manifold", manifold),
        count=int(labels.count().execute()) + int(alone.count().execute()),
    )


def labels_of_one(alone: ibis.Table) -> ibis.Table:
    """Return the label and the document of people who have one exposure each, ungrouped.

    alone: as in person_exposures, with id_type, document, name. Columns: as of ListedPeople.plain.
    """
    until = (_days(alone.end_date) + alone.observation_days).cast("int32")
    days = alone.mutate(
        day=_days(alone.day),
        until=ibis.ifelse(alone.observation_days > 0, until, ibis.null("int32")),
        carriage=alone.carriage.nullif(""),
    )
    types = days.schema()
    parts = {
        f"{part}_{place}": ibis.null(types[part]) if place else days[part]
        for place in range(EXPOSURES_MAX)
        for part in EXPOSURE_PARTS
    }
    return days.select("person", *_DOCUMENT, total=ibis.literal(1, "int64"), **parts)


_DOCUMENT = ("id_type", "document", "name")


def _side_by_side(ranked: ibis.Table) -> ibis.Table:
    """One row for each person: both exposures as columns, the second null where there is none."""
    days = ranked.mutate(day=_days(ranked.day), until=_days(ranked.until))
    first, *others = (
        days.filter(days.place == place).select(
            *("person", "total") if place == 0 else ("person",),
            **{f"{part}_{place}": days[part] for part in EXPOSURE_PARTS},
        )
        for place in range(EXPOSURES_MAX)
    )
    labels = first
    for other in others:
        labels = labels.left_join(other, "person").drop("person_right")
    return labels.select("person", *LABEL_COLUMNS)


def _days(day: Any) -> Any:  # noqa: ANN401 - as Ibis has it
    return (day - ibis.literal(DAY_ZERO)).cast("int32")
