"""The legs of cases: as investigators reported them, and as manifests show them."""

from dataclasses import dataclass

import ibis

from index_builder.exposures.cases import CasesRead
from index_builder.inputs import Inputs
from index_builder.people.documents_in_sql import plain_document
from index_builder.trips.legs import read_legs
from index_builder.trips.reading import TripsRead

_LEG_COLUMNS = (
    "carriage",
    "seat",
    "board",
    "alight",
    "board_time",
    "alight_time",
    "role",
)


@dataclass(frozen=True, slots=True)
class CaseLegs:
    """Legs within their case's window, and how many there were of each kind.

    table: the columns of read_legs, with case_id and rule; leg numbers are those of the row in
    case_legs, or negative for a row of legs.
    """

    table: ibis.Table
    reported: int
    from_manifests: int
    outside_window: int


def read_case_legs(
    inputs: Inputs, trips: TripsRead, cases: CasesRead, case_documents: ibis.Table
) -> CaseLegs:
    """Return every leg of every case that lies in the case's window.

    A case's own rows in the manifests count too, unless investigators reported that trip: then
    their word holds, save where the manifest knows another place aboard.

    case_documents: case_id and plain_document of every document of each case.
    """
    work = inputs.work
    reported = _reported(inputs, trips)
    found = _in_manifests(inputs, trips, case_documents)
    known = reported.select("case_id", "service", "service_date", "carriage", "seat").distinct()
    found = work.keep("case_legs_found", _not_yet_known(found, work.keep("trips_known", known)))
    legs = work.keep("case_legs_all", reported.union(found))
    windows = cases.table.select("case_id", "rule", "window_from", "window_to")
    read = read_legs(work, "case_legs_read", legs, trips.reading)
    read = read.inner_join(legs.select("leg", "case_id").distinct(), "leg")
    read = read.inner_join(windows, "case_id")
    inside = (read.window_from.isnull() | (read.end_date >= read.window_from)) & (
        read.window_to.isnull() | (read.service_date <= read.window_to)
    )
    kept = work.keep("case_legs_kept", read.filter(inside).drop("window_from", "window_to"))
    return CaseLegs(
        table=kept,
        reported=int(reported.count().execute()),
        from_manifests=int(found.count().execute()),
        outside_window=int(read.leg.nunique().execute() - kept.leg.nunique().execute()),
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
    cases = work.engine.table("cases")
    columns = ("leg", "case_id", "mode", "service", "shown", "service_date", *_LEG_COLUMNS)
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
    table = source.get("legs")
    if table is None:
        return work.engine.table("case_legs_reported").limit(0)
    legs = table.mutate(plain_document=plain_document(table["id_number"]))
    legs = legs.inner_join(case_documents, "plain_document")
    named = _named_trips(legs.mutate(leg=-legs["row"]).drop("row"), trips)
    columns = ("leg", "case_id", "mode", "service", "shown", "service_date", *_LEG_COLUMNS)
    return work.keep("case_legs_in_manifests", named.select(*columns).distinct())


def _not_yet_known(found: ibis.Table, known: ibis.Table) -> ibis.Table:
    """Drop manifest rows of trips that investigators reported at the same or an unknown place."""
    trip = ["case_id", "service", "service_date"]
    other = found.anti_join(known, trip)
    blank = known.filter(known.carriage.isnull() & known.seat.isnull())
    told_elsewhere = found.semi_join(known, trip).anti_join(blank, trip)
    place = {
        "told_carriage": _plain(known.carriage),
        "told_seat": _plain(known.seat),
    }
    told = known.mutate(**place).select(*trip, *place)
    elsewhere = told_elsewhere.mutate(
        told_carriage=_plain(told_elsewhere.carriage), told_seat=_plain(told_elsewhere.seat)
    )
    elsewhere = elsewhere.filter((elsewhere.told_carriage != "") | (elsewhere.told_seat != ""))
    elsewhere = elsewhere.anti_join(told, [*trip, *place]).drop(*place)
    return other.union(elsewhere)


def _plain(column: ibis.Value) -> ibis.Value:
    """A place in a form in which `02号车厢` and `2` compare equal."""
    kept = column.fill_null("").upper().re_replace("[^0-9A-Z加]", "")
    return kept.re_replace("^0+", "")
