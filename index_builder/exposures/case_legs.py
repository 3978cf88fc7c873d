"""The legs of cases: as investigators reported them, and as manifests show them."""

from dataclasses import dataclass

import ibis

from exposure_index.trip_text.folding import compact, says_unknown
from index_builder.exposures.cases import CasesRead
from index_builder.exposures.drivers import shifts_of_cases
from index_builder.normalise.yes_no import yes_or_no
from index_builder.people.plain_documents import plain_document
from index_builder.runtime.workspace import Workspace
from index_builder.sources.build_context import Inputs
from index_builder.trips.distinct_values import Vocabulary, with_meanings
from index_builder.trips.legs import LEG_TEXTS, read_legs, with_places
from index_builder.trips.positions import place_told
from index_builder.trips.trip_tables import TripsRead


@dataclass(frozen=True, slots=True)
class CaseLegs:
    """Legs within their case's window, and how many there were of each kind.

    table: the columns of read_legs, with case_id, rule and severe (the case had violent symptoms
    on that trip); leg numbers are those of the row in case_legs, or negative for a leg of another
    table (see trips.leg_numbers). every: those outside the window too, with `inside`.
    from_manifests: in legs or drivers only.
    """

    table: ibis.Table
    every: ibis.Table
    reported: int
    from_manifests: int
    outside_window: int


def read_case_legs(
    inputs: Inputs,
    trips: TripsRead,
    cases: CasesRead,
    case_documents: ibis.Table,
    drivers: ibis.Table | None,
) -> CaseLegs:
    """Return every leg of every case that lies in the case's window.

    A case's own rows in the manifests count too, unless investigators reported that trip: then
    their word holds, save where the manifest knows another place aboard.

    case_documents: case_id and plain_document of every document of each case; drivers: as
    read_drivers returns them; the days on which a case drove are trips of the case.
    """
    work = inputs.work
    reported = _reported(inputs, trips)
    found = _in_manifests(inputs, trips, case_documents)
    known = work.keep("trips_known", _with_place(work, "places_known", reported))
    found = _with_place(work, "places_found", found)
    found = _not_yet_known(found, known).select(*reported.columns)
    if drivers is not None:
        driven = shifts_of_cases(inputs, drivers, case_documents, cases, trips)
        found = found.union(driven.select(*reported.columns))
    found = work.keep("case_legs_found", found)
    texts = {text: reported[text].fill_null("") for text in ("carriage", "seat", "role")}
    columns = reported.columns
    legs = reported.mutate(**texts).select(*columns).union(found.select(*columns))
    legs = work.keep("case_legs_all", legs)
    windows = cases.table.select("case_id", "rule", "window_from", "window_to")
    placed = with_places(work, "case_legs", legs)
    read = read_legs(work, "case_legs_read", placed, trips.reading)
    read = read.inner_join(legs.select("leg", "case_id").distinct(), "leg")
    read = read.inner_join(windows, "case_id")
    read = _with_severity(inputs, read)
    inside = (read.window_from.isnull() | (read.end_date >= read.window_from)) & (
        read.window_to.isnull() | (read.service_date <= read.window_to)
    )
    judged = read.mutate(inside=inside.fill_null(True)).drop("window_from", "window_to")
    every = work.keep("case_legs_judged", judged)
    kept = work.keep("case_legs_kept", every.filter(every.inside).drop("inside"))
    return CaseLegs(
        table=kept,
        every=every,
        reported=int(reported.count().execute()),
        from_manifests=int(found.count().execute()),
        outside_window=int(every.leg.nunique().execute() - kept.leg.nunique().execute()),
    )


def _named_trips(table: ibis.Table, trips: TripsRead) -> ibis.Table:
    """Give each leg its mode, service and date; legs of no usable trip fall out here."""
    services, dates = trips.services.table, trips.dates
    table = table.mutate(
        mode_text=table["mode"].fill_null(""),
        number_text=table["number"].fill_null(""),
        date_text=table["service_date"].fill_null(""),
    ).drop("mode", "number", "service_date")
    table = table.inner_join(services, ["mode_text", "number_text"])
    table = table.inner_join(dates, "date_text")
    table = table.filter(table.service.notnull() & table.date.notnull())
    return table.rename(service_date="date")


def _reported(inputs: Inputs, trips: TripsRead) -> ibis.Table:
    work, source = inputs.work, inputs.source
    table = source.get("case_legs")
    cases = work.kept("cases")
    columns = ("leg", "case_id", "mode", "service", "shown", "service_date", *LEG_TEXTS)
    if table is None:
        types = dict.fromkeys(columns, "string")
        return work.small(
            "case_legs_reported", {**types, "leg": "int64", "service_date": "date"}, []
        )
    orphans = table.anti_join(cases, "case_id").select("row").to_pyarrow()["row"].to_pylist()
    for row in orphans:
        inputs.rejects.reject("case_legs", row, "case_id", "no such case in the table cases")
    legs = table.semi_join(cases, "case_id")
    named = _named_trips(legs.rename(leg="row"), trips)
    return work.keep("case_legs_reported", named.select(*columns))


def _in_manifests(inputs: Inputs, trips: TripsRead, case_documents: ibis.Table) -> ibis.Table:
    work, source = inputs.work, inputs.source
    table = source.whole("legs")
    if table is None:
        return work.kept("case_legs_reported").limit(0)
    legs = table.raw.mutate(plain_document=plain_document(table.raw["id_number"]))
    legs = legs.inner_join(case_documents, "plain_document")
    cells = table.trimmed(legs, ("mode", "number", "service_date", *LEG_TEXTS))
    named = _named_trips(legs.select("case_id", leg=-legs["row"], **cells), trips)
    columns = ("leg", "case_id", "mode", "service", "shown", "service_date", *LEG_TEXTS)
    return work.keep("case_legs_in_manifests", named.select(*columns).distinct())


def _with_place(work: Workspace, name: str, legs: ibis.Table) -> ibis.Table:
    """Add what carriage and seat mean, as one text to compare; null where neither is known."""
    texts = {text: legs[text].fill_null("") for text in ("carriage", "seat", "role")}
    words = Vocabulary(name, ("mode", *texts), {"place": "string"}, place_told)
    return with_meanings(work, legs.mutate(**texts), words)


def _not_yet_known(found: ibis.Table, known: ibis.Table) -> ibis.Table:
    """Drop manifest rows of trips that investigators reported at the same or an unknown place."""
    trip = ["case_id", "service", "service_date"]
    other = found.anti_join(known, trip)
    told_elsewhere = found.semi_join(known, trip).anti_join(
        known.filter(known.place.isnull()), trip
    )
    elsewhere = told_elsewhere.filter(told_elsewhere.place.notnull())
    elsewhere = elsewhere.anti_join(known, [*trip, "place"])
    return other.union(elsewhere).drop("place")


def _severity(text: str) -> list[tuple[bool, bool]]:
    """What is neither yes nor no counts as violent symptoms: more are listed, never fewer."""
    told = False if says_unknown(compact(text)) else yes_or_no(text)
    return [(told is not False, told is not None)]


_SEVERE = Vocabulary(
    "severity", ("severe_text",), {"violent": "boolean", "violence_told": "boolean"}, _severity
)


def _with_severity(inputs: Inputs, legs: ibis.Table) -> ibis.Table:
    """Return the legs of cases with `severe`: whether a row of that trip tells of such symptoms."""
    table, trip = inputs.source.get("case_legs"), ["case_id", "service", "service_date"]
    if table is None:
        return legs.mutate(severe=ibis.literal(False))
    told = table.mutate(severe_text=table["severe"].fill_null(""))
    told = with_meanings(inputs.work, told, _SEVERE)
    for row in told.filter(~told.violence_told).select("row").to_pyarrow()["row"].to_pylist():
        inputs.rejects.warn("case_legs", row, "severe", "neither yes nor no, taken as yes")
    severe = told.filter(told.violent).select("row").rename(leg="row")
    trips = legs.semi_join(severe, "leg").select(*trip).distinct().mutate(severe=True)
    legs = legs.left_join(trips, trip).drop(*(f"{name}_right" for name in trip))
    return legs.mutate(severe=legs.severe.fill_null(False))
