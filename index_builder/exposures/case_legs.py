"""The legs of cases: as investigators reported them, and as passenger lists have them."""

from dataclasses import dataclass

import ibis

from exposure_index.trip_text.folding import compact, says_unknown
from index_builder.exposures.cases import CASE_LEFT_OUT, Cases
from index_builder.exposures.drivers import shifts_of_cases
from index_builder.normalise.yes_no import yes_or_no
from index_builder.people.plain_documents import LEGS_BY_DOCUMENT, rows_among
from index_builder.runtime.workspace import Workspace
from index_builder.sources.build_context import BuildContext
from index_builder.trips.distinct_values import Vocabulary, with_meanings
from index_builder.trips.leg_origins import leg_of_day, leg_row
from index_builder.trips.legs import LEG_TEXTS, read_legs, with_places
from index_builder.trips.place_residues import PlaceResidues
from index_builder.trips.positions import place_text
from index_builder.trips.trip_tables import TripTables


@dataclass(frozen=True, slots=True)
class CaseLegs:
    """Legs within the infectious period of their case, and how many there were of each kind.

    table: the columns of read_legs, with case_id, rule and severe (the case had severe symptoms
    on that trip); leg numbers are those of the row in case_legs, or negative for a leg of another
    table (see trips.leg_numbers). every: those outside the window too, with `inside`.
    from_passenger_lists: in legs or drivers only.
    """

    table: ibis.Table
    every: ibis.Table
    reported: int
    from_passenger_lists: int
    outside_window: int


def read_case_legs(
    context: BuildContext,
    trips: TripTables,
    cases: Cases,
    case_documents: ibis.Table,
    drivers: ibis.Table | None,
) -> CaseLegs:
    """Return every leg of every case within the infectious period.

    A case's own rows in the passenger lists count too, unless investigators reported that trip:
    then their word holds, save where the passenger list names another position.

    case_documents: case_id and plain_document of every document of each case; drivers: as
    read_drivers returns them; the days on which a case drove are trips of the case.
    """
    work = context.work
    reported = _reported(context, trips, cases)
    in_lists = _in_passenger_lists(context, trips, case_documents)
    reported_places = work.keep("trips_reported", _with_place(work, "places_reported", reported))
    in_lists = _with_place(work, "places_in_lists", in_lists)
    in_lists = _not_yet_known(in_lists, reported_places).select(*reported.columns)
    if drivers is not None:
        shifts = shifts_of_cases(context, drivers, case_documents, cases, trips)
        in_lists = in_lists.union(shifts.select(*reported.columns))
    in_lists = work.keep("case_legs_in_lists", in_lists)
    texts = {text: reported[text].fill_null("") for text in ("carriage", "seat", "role")}
    columns = reported.columns
    legs = reported.mutate(**texts).select(*columns).union(in_lists.select(*columns))
    legs = work.keep("case_legs_all", legs)
    windows = cases.table.select("case_id", "rule", "window_from", "window_to")
    residues = PlaceResidues(context.rejects, "case_legs")
    placed = with_places(work, "case_legs", legs, residues=residues)
    legs_read = read_legs(work, "case_legs_read", placed, trips.reading)
    legs_read = legs_read.inner_join(legs.select("leg", "case_id").distinct(), "leg")
    legs_read = legs_read.inner_join(windows, "case_id")
    legs_read = _with_severity(context, legs_read)
    inside = (legs_read.window_from.isnull() | (legs_read.end_date >= legs_read.window_from)) & (
        legs_read.window_to.isnull() | (legs_read.service_date <= legs_read.window_to)
    )
    with_window = legs_read.mutate(inside=inside.fill_null(True)).drop("window_from", "window_to")
    every = work.keep("case_legs_windowed", with_window)
    inside_window = work.keep("case_legs_in_window", every.filter(every.inside).drop("inside"))
    return CaseLegs(
        table=inside_window,
        every=every,
        reported=_count_rows(reported),
        from_passenger_lists=_count_rows(in_lists),
        outside_window=_count_rows(every) - _count_rows(inside_window),
    )


def _count_rows(legs: ibis.Table) -> int:
    """Return of how many rows legs are, each once for each of its cases and not for each day."""
    rows = legs.select("case_id", from_lists=legs.leg < 0, row=leg_row(legs.leg))
    return int(rows.distinct().count().execute())


def _named_trips(
    table: ibis.Table, trips: TripTables, *, every_airline: bool = False
) -> ibis.Table:
    """Give each leg its mode, service and date; legs of no usable trip fall out here.

    table: row, the line in its table, and more. One leg for each day that a row names, and with
    every_airline for each flight that a number without its airline may be.
    """
    dates = trips.dates
    services = trips.services.table.mutate(service_place=ibis.literal(0, "int64"))
    if every_airline:
        services = services.union(trips.services.without_airline.select(*services.columns))
    table = table.mutate(
        mode_text=table["mode"].fill_null(""),
        number_text=table["number"].fill_null(""),
        date_text=table["service_date"].fill_null(""),
    ).drop("mode", "number", "service_date")
    table = table.inner_join(services, ["mode_text", "number_text"])
    table = table.inner_join(dates, "date_text")
    table = table.filter(table.service.notnull() & table.date.notnull())
    table = table.mutate(leg=leg_of_day(table["row"], table.day_place, table.service_place))
    return table.rename(service_date="date")


def _reported(context: BuildContext, trips: TripTables, cases: Cases) -> ibis.Table:
    work, source = context.work, context.source
    table = source.get("case_legs")
    columns = ("leg", "case_id", "mode", "service", "shown", "service_date", *LEG_TEXTS)
    if table is None:
        types = dict.fromkeys(columns, "string")
        return work.small(
            "case_legs_reported", {**types, "leg": "int64", "service_date": "date"}, []
        )
    orphans = table.anti_join(cases.table, "case_id").select("row", "case_id").order_by("row")
    for orphan in orphans.to_pyarrow().to_pylist():
        if orphan["case_id"] in cases.ids_left_out:
            context.rejects.leave_out("case_legs", orphan["row"], "case_id", CASE_LEFT_OUT)
        else:
            reason = "no such case in the table cases"
            context.rejects.reject("case_legs", orphan["row"], "case_id", reason)
    legs = table.semi_join(cases.table, "case_id")
    named = _named_trips(legs, trips, every_airline=True)
    return work.keep("case_legs_reported", named.select(*columns))


def _in_passenger_lists(
    context: BuildContext, trips: TripTables, case_documents: ibis.Table
) -> ibis.Table:
    work, source = context.work, context.source
    table = source.whole("legs")
    if table is None:
        return work.table("case_legs_reported").limit(0)
    texts = ("mode", "number", "service_date", *LEG_TEXTS)
    found = rows_among(work, LEGS_BY_DOCUMENT, table.raw, case_documents, texts)
    legs = found.inner_join(case_documents, "plain_document").drop("plain_document").distinct()
    cells = table.trim(legs, texts)
    named = _named_trips(legs.select("case_id", "row", **cells), trips)
    named = named.mutate(leg=-named.leg)
    columns = ("leg", "case_id", "mode", "service", "shown", "service_date", *LEG_TEXTS)
    return work.keep("case_legs_in_passenger_lists", named.select(*columns).distinct())


def _with_place(work: Workspace, name: str, legs: ibis.Table) -> ibis.Table:
    """Add what carriage and seat mean, as one text to compare; null where neither is known."""
    texts = {text: legs[text].fill_null("") for text in ("carriage", "seat", "role")}
    words = Vocabulary(name, ("mode", *texts), {"place": "string"}, place_text)
    return with_meanings(work, legs.mutate(**texts), words)


def _not_yet_known(in_lists: ibis.Table, reported_legs: ibis.Table) -> ibis.Table:
    """Drop rows of trips that investigators reported at the same or an unknown position."""
    trip = ["case_id", "service", "service_date"]
    other = in_lists.anti_join(reported_legs, trip)
    reported_elsewhere = in_lists.semi_join(reported_legs, trip).anti_join(
        reported_legs.filter(reported_legs.place.isnull()), trip
    )
    elsewhere = reported_elsewhere.filter(reported_elsewhere.place.notnull())
    elsewhere = elsewhere.anti_join(reported_legs, [*trip, "place"])
    return other.union(elsewhere).drop("place")


def _severity(text: str) -> list[tuple[bool, bool]]:
    """Read a cell of severe symptoms; neither yes nor no is yes: more are listed, never fewer."""
    answer = False if says_unknown(compact(text)) else yes_or_no(text)
    return [(answer is not False, answer is not None)]


_SEVERE = Vocabulary(
    "severity", ("severe_text",), {"is_severe": "boolean", "severity_known": "boolean"}, _severity
)


def _with_severity(context: BuildContext, legs: ibis.Table) -> ibis.Table:
    """Add `severe`: whether a row of that trip reports severe symptoms (fever, cough, vomiting)."""
    table, trip = context.source.get("case_legs"), ["case_id", "service", "service_date"]
    if table is None:
        return legs.mutate(severe=ibis.literal(False))
    answers = table.mutate(severe_text=table["severe"].fill_null(""))
    answers = with_meanings(context.work, answers, _SEVERE)
    for row in (
        answers.filter(~answers.severity_known).select("row").to_pyarrow()["row"].to_pylist()
    ):
        context.rejects.warn("case_legs", row, "severe", "neither yes nor no, taken as yes")
    severe = answers.filter(answers.is_severe).select("row")
    reported = legs.filter(legs.leg > 0).mutate(row=leg_row(legs.leg))
    trips = reported.semi_join(severe, "row").select(*trip).distinct().mutate(severe=True)
    legs = legs.left_join(trips, trip).drop(*(f"{name}_right" for name in trip))
    return legs.mutate(severe=legs.severe.fill_null(False))
