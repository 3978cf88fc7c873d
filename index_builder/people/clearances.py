"""Clearances: they end the exposures of a person up to a day, or those of one trip."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis

from exposure_index.trip_text.dates import date as normal_date
from index_builder.normalise.times import today
from index_builder.people.identity_batches import IDENTITY_TEXTS, name_key
from index_builder.people.named_trips import TRIP_COLUMNS, KnownTrips, TripFault
from index_builder.people.persons import Persons
from index_builder.quality.unread_documents import UNREAD
from index_builder.sources.build_context import BuildContext
from tables.document_numbers import document_numbers

_IDENTITY = dict.fromkeys(IDENTITY_TEXTS, "string")


@dataclass(frozen=True, slots=True)
class Clearances:
    """Usable clearances. until: person, doubtful, name_key ("" for a blank name) and cleared_on.

    trips: row, person, doubtful, name_key, service, day of clearances of one trip; trip_rows: the
    rows of all of those, also where the sources know no such trip or document.
    """

    until: ibis.Table
    trips: ibis.Table
    trip_rows: frozenset[int]


def read_clearances(context: BuildContext, identities: ibis.Table, persons: Persons) -> Clearances:
    """Return the usable rows of the table `cleared`, stored.

    A day after today is a slip, and would keep the person off the list for good: it is rejected.
    So is a row that names a trip by halves: read as one without a trip, it would end every
    exposure of the person, or has a filler for a name: it means somebody, and read as a blank
    name it would clear everybody of that number. One of a trip needs no cleared_on.
    """
    table, rejects = context.source.get("cleared"), context.rejects
    whole: list[tuple[object, ...]] = []
    trips: list[tuple[object, ...]] = []
    known_trips: KnownTrips | None = None
    for values in () if table is None else table.to_pyarrow().to_pylist():
        row, cells = values["row"], [values[column] or "" for column in TRIP_COLUMNS]
        day = normal_date(values["cleared_on"]) if values["cleared_on"] else None
        identity = tuple(values[column] or "" for column in IDENTITY_TEXTS)
        if fault := _fault(values, day, of_trip=any(cells)):
            rejects.reject("cleared", row, *fault)
        elif not any(cells):
            whole.append((*identity, day))
        else:
            known_trips = known_trips or KnownTrips(context.work)
            trip = known_trips.read(*cells)
            if isinstance(trip, TripFault):
                rejects.reject("cleared", row, trip.column, trip.reason)
            elif trip.day > (day or today()):
                reason = "after cleared_on" if day else "after today"
                rejects.reject("cleared", row, "service_date", reason)
            else:
                trips.append((row, *identity, trip.service, trip.day))
    return _stored(context, identities, persons, whole, trips)


def _fault(
    values: Mapping[str, str | None], day: date | None, *, of_trip: bool
) -> tuple[str, str] | None:
    """Return the column and what is wrong with it, None where the row can be used."""
    if day is None and (values["cleared_on"] or not of_trip):
        return "cleared_on", "not a date"
    if day is not None and day > today():
        return "cleared_on", "after today"
    if not values["id_number"]:
        return "id_number", "blank"
    if document_numbers(values["id_number"]).fault in UNREAD:
        return "id_number", "destroyed, or not understood as a whole; it clears nobody"
    if values["name"] and not name_key(values["name"]):
        return "name", "names nobody; it would clear everybody of that number"
    return None


def _stored(
    context: BuildContext,
    identities: ibis.Table,
    persons: Persons,
    whole: list[tuple[object, ...]],
    trips: list[tuple[object, ...]],
) -> Clearances:
    work = context.work

    def owned(rows: ibis.Table) -> ibis.Table:
        named = rows.inner_join(identities, list(IDENTITY_TEXTS))
        return persons.of(named.filter(named.document != ""))

    until = owned(work.small("cleared_rows", {**_IDENTITY, "cleared_on": "date"}, whole))
    latest = until.group_by(["person", "doubtful", "name_key"]).agg(
        cleared_on=until.cleared_on.max()
    )
    schema = {"row": "int64", **_IDENTITY, "service": "string", "day": "date"}
    of_trips = owned(work.small("cleared_trip_rows", schema, trips))
    columns = ("row", "person", "doubtful", "name_key", "service", "day")
    return Clearances(
        until=work.keep("clearances", latest),
        trips=work.keep("clearances_of_trips", of_trips.select(*columns)),
        trip_rows=frozenset(int(str(row)) for row, *_ in trips),
    )


@dataclass(frozen=True, slots=True)
class ClearedExposures:
    """all_exposures: with `open`, where no clearance ended it; ended: how many are not open.

    not_applied: clearances of listed documents that name somebody else; doubtful: those of a
    person who may be several that left some of that person's exposures open; idle_trips: rows of
    clearances of one trip that is none of the person's exposures. A correction is cleared under
    each name that its sender gave: a row beside one that ends the trip is not idle.
    """

    all_exposures: ibis.Table
    ended: int
    not_applied: int
    doubtful: int = 0
    idle_trips: tuple[int, ...] = ()


def apply_clearances(
    context: BuildContext, exposures: ibis.Table, clearances: Clearances, names: ibis.Table
) -> ClearedExposures:
    """Apply clearances: return the exposures with `open`, whether no clearance ends them.

    exposures: person, name_key, service, day, end_date and more; names: person, name_key and linked
    (whether the table `documents` vouches for the person) of all that the sources name them. A
    clearance that names somebody ends the rows of that name; it ends every row of the person where
    that is the only name known, or one of those of a person whose documents are linked. Otherwise
    two people may share a number, and one must not clear the other. Of a doubtful person it ends
    the rows of its name and no others, and without a name nothing. One of a single trip ends what
    has its service and boarding date, and nothing else.
    """
    work = context.work
    until_given = bool(clearances.until.count().execute())
    if not until_given and not clearances.trip_rows:
        return ClearedExposures(exposures.mutate(open=ibis.literal(True)), ended=0, not_applied=0)
    matching = _matching(clearances.until, names)
    matching = work.keep("clearances_matched", matching.distinct())
    all_exposures = _open_by_day(exposures, matching)
    idle_trips: tuple[int, ...] = ()
    if clearances.trip_rows:
        of_trips = work.keep(
            "trips_cleared", _trips_ended(exposures, _matching(clearances.trips, names))
        )
        all_exposures = _without_trips(all_exposures, of_trips)
        served = clearances.trips.semi_join(of_trips, ["person", "service", "day"])
        idle_trips = tuple(sorted(clearances.trip_rows - _rows(served)))
    all_exposures = work.keep("exposures_all", all_exposures)
    idle = matching.filter(~matching.of_everything & ~matching.names_them & ~matching.doubtful)
    return ClearedExposures(
        all_exposures=all_exposures,
        ended=int(all_exposures.filter(~all_exposures.open).count().execute()),
        not_applied=int(idle.semi_join(all_exposures, "person").count().execute()),
        doubtful=_left_open(all_exposures, matching),
        idle_trips=idle_trips,
    )


def _matching(clearances: ibis.Table, names: ibis.Table) -> ibis.Table:
    """Add names_them: the sources give the person that name; of_everything: ends all their rows."""
    names_of_people = names.filter(names.name_key != "").distinct()
    name_counts = names_of_people.group_by("person").agg(
        known_names=names_of_people.name_key.nunique()
    )
    of_person = clearances.left_join(name_counts, "person").drop("person_right")
    matching = of_person.left_join(names_of_people, ["person", "name_key"])
    return matching.mutate(
        names_them=matching.linked.notnull(),
        of_everything=~matching.doubtful
        & (
            (matching.name_key == "")
            | matching.known_names.isnull()
            | (matching.linked.notnull() & ((matching.known_names == 1) | matching.linked))
        ),
    ).select(*clearances.columns, "names_them", "of_everything")


def _left_open(all_exposures: ibis.Table, matching: ibis.Table) -> int:
    """Return how many clearances of doubtful persons left exposures up to their day open."""
    doubtful = matching.filter(matching.doubtful).select("person", "cleared_on", of_name="name_key")
    still = all_exposures.filter(all_exposures.open).inner_join(doubtful.distinct(), "person")
    still = still.filter(still.end_date <= still.cleared_on)
    return int(still.select("person", "of_name", "cleared_on").distinct().count().execute())


def _names_somebody(matching: ibis.Table) -> Any:  # noqa: ANN401 - ibis has no useful static type
    """Whether a clearance is of rows with its name: of a doubtful person no nameless one is."""
    return ~matching.doubtful | (matching.name_key != "")


def _open_by_day(exposures: ibis.Table, matching: ibis.Table) -> ibis.Table:
    whole = matching.filter(matching.of_everything)
    whole = whole.group_by("person").agg(whole_until=whole.cleared_on.max())
    partly = matching.filter(_names_somebody(matching))
    partly = partly.select("person", "name_key", named_until="cleared_on")
    joined = exposures.left_join(whole, "person").drop("person_right")
    joined = joined.left_join(partly, ["person", "name_key"]).drop("person_right", "name_key_right")
    still_open = (joined.whole_until.isnull() | (joined.end_date > joined.whole_until)) & (
        joined.named_until.isnull() | (joined.end_date > joined.named_until)
    )
    # What is not known to have ended lasts: a null here would be told "not found".
    return joined.mutate(open=still_open.fill_null(True)).drop("whole_until", "named_until")


def _trips_ended(exposures: ibis.Table, matching: ibis.Table) -> ibis.Table:
    """Return row of the clearance and person, name_key, service, day of what it ends."""
    matching = matching.filter(matching.of_everything | _names_somebody(matching))
    trips = matching.select(
        "row", "person", "service", "day", "of_everything", named="name_key"
    ).distinct()
    trips_of_people = exposures.select("person", "name_key", "service", "day").distinct()
    ended: Any = trips_of_people.inner_join(trips, ["person", "service", "day"])
    ended = ended.filter(ended.of_everything | (ended.named == ended.name_key))
    return ended.select("row", "person", "name_key", "service", "day").distinct()


def _without_trips(all_exposures: ibis.Table, of_trips: ibis.Table) -> ibis.Table:
    keys = ["person", "name_key", "service", "day"]
    ended = of_trips.select(*keys).distinct().mutate(trip_ended=ibis.literal(True))
    joined = all_exposures.left_join(ended, keys).drop(*(f"{key}_right" for key in keys))
    still_open = joined.open & joined.trip_ended.isnull()
    return joined.mutate(open=still_open).drop("trip_ended")


def _rows(of_trips: ibis.Table) -> set[int]:
    return set(of_trips.select("row").distinct().to_pyarrow()["row"].to_pylist())
