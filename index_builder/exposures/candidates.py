"""Legs of manifests and drivers on a service that carried a case, on a date when it may have."""

import ibis

from exposure_index.trip_text.modes import MODES_WITH_CARRIAGES
from exposure_index.trip_text.plates import PLATED_MODES
from index_builder.exposures.drivers import drivers_of_runs
from index_builder.people.identities import IDENTITY_TEXTS
from index_builder.runtime.workspace import Workspace
from index_builder.sources.build_context import Inputs
from index_builder.sources.table_reader import SourceTable
from index_builder.sources.trimming import stripped
from index_builder.trips.legs import LEG_TEXTS, RUN_SPAN_MAX_DAYS, with_places
from index_builder.trips.timetable import service_days
from index_builder.trips.trip_tables import TripsRead

_COLUMNS = ("leg", "mode", "service", "shown", "service_date", *LEG_TEXTS, *IDENTITY_TEXTS)


def find_candidates(
    inputs: Inputs, trips: TripsRead, runs: ibis.Table, drivers: ibis.Table | None
) -> ibis.Table | None:
    """Return the legs worth reading closely, None where there are neither manifests nor drivers.

    runs: those that carried a case, as runs_in_reach or whole_runs return them. Result, stored:
    leg (see trips.leg_numbers), mode, service, shown, service_date, id_type, id_number, name and
    what with_places adds: one row for each leg and place in reach of a case.
    """
    work = inputs.work
    spans = _spans(work, trips, runs)
    found = _in_manifests(inputs, trips, spans)
    if drivers is not None:
        driving = drivers_of_runs(drivers, work.kept("days_of_runs")).select(*_COLUMNS)
        placed = with_places(work, "driving", driving)
        columns = placed.columns if not found else found[0].columns
        found.append(placed.select(*columns))
    if not found:
        return None
    return work.keep("candidates", ibis.union(*found) if len(found) > 1 else found[0])


def _in_manifests(inputs: Inputs, trips: TripsRead, spans: ibis.Table) -> list[ibis.Table]:
    """The manifests are joined by their cells as delivered; what is in reach is trimmed."""
    table, work = inputs.source.whole("legs"), inputs.work
    if table is None or trips.leg_cells is None:
        return []
    wanted_trips = work.keep("wanted_trips", _wanted_trips(spans))
    wanted = work.keep("wanted_cells", _wanted_cells(trips, trips.leg_cells, wanted_trips))
    legs = _aboard(table, wanted)
    legs = legs.select(
        "wanted_trip",
        "everywhere",
        "shown",
        "service",
        *LEG_TEXTS,
        *IDENTITY_TEXTS,
        leg="row",
        mode="trip_mode",
        service_date="trip_date",
    )
    placed = with_places(work, "candidates", legs, table.cleaned)
    work.keep("runs_aboard", _runs_aboard(work, placed, wanted_trips))
    near = _in_reach(placed, spans, wanted_trips)
    later = [text for text in LEG_TEXTS if text != "carriage"]
    trimmed = table.trimmed(near, (*later, *IDENTITY_TEXTS))
    return [near.mutate(carriage_text=stripped(near.carriage_text), **trimmed)]


def _aboard(table: SourceTable, wanted: ibis.Table) -> ibis.Table:
    """The legs, as delivered, of cells that name a trip which somebody may have shared."""
    if not table.raw.alight_time.count().execute():
        # Nobody says when they got off, so nobody is known to have stayed past midnight.
        wanted = wanted.filter(~wanted.before)
        return table.raw.inner_join(wanted, ["mode", "number", "service_date"])
    legs = table.raw.inner_join(wanted, ["mode", "number", "service_date"])
    ended = table.trimmed(legs, ["alight_time"])["alight_time"]
    return legs.filter(~legs.before | _may_last_past_midnight(ended, legs.date_text))


def _may_last_past_midnight(ended: ibis.Value, date_text: ibis.Value) -> ibis.Value:
    """Whether a leg says when it ended, and not plainly on the date on which it began.

    A time with an offset may lie on another date of our clock than the one it is written with.
    """
    of_day = ended.substr(date_text.length())
    return ended.notnull() & (~ended.startswith(date_text) | of_day.re_search("[^0-9:.,T ]"))


def runs_in_reach(zoned: ibis.Table) -> ibis.Table:
    """Return the runs that carried a case, with the carriage that the case's zone reaches.

    zoned: the legs of cases with their zones. Columns: mode, service, run_date, reach; null is
    everywhere aboard.
    """
    within_carriage = (
        zoned["mode"].isin(MODES_WITH_CARRIAGES)
        & (zoned.extent != "vehicle")
        & zoned.rest.isnull()
        & ~(zoned.companions | zoned.infants | zoned.crew)
    )
    reach = within_carriage.ifelse(zoned.carriage, ibis.null("string"))
    return zoned.select("mode", "service", "run_date", reach=reach).distinct()


def whole_runs(case_legs: ibis.Table) -> ibis.Table:
    """Return the runs that carried a case, each reached everywhere; columns: see runs_in_reach."""
    runs = case_legs.select("mode", "service", "run_date").distinct()
    return runs.mutate(reach=ibis.null("string"))


def _spans(work: Workspace, trips: TripsRead, runs: ibis.Table) -> ibis.Table:
    """On which dates somebody aboard with a case may have boarded, and what the zone reaches.

    Columns: service, service_date, reach, before: only if the leg lasted into a later date, there
    being no timetable to tell.
    """
    days = work.small(
        "service_spans",
        {"span_service": "string", "days": "int64"},
        [(service, service_days(found)) for service, found in trips.runs.items()],
    )
    runs = runs.left_join(days, runs.service == days.span_service)
    # Without a timetable a leg of several days may have been boarded that long before.
    back = ibis.ifelse(runs.days.isnull() & (runs["mode"] != "flight"), RUN_SPAN_MAX_DAYS, 0)
    shifts = ibis.range(-back.cast("int64"), runs.days.fill_null(0).cast("int64") + 1)
    runs = runs.mutate(shift=shifts.unnest())
    dated = runs.mutate(
        service_date=(runs.run_date + runs["shift"].cast("int32").as_interval("D")).cast("date")
    )
    days_of_runs = dated.filter(dated["shift"] >= 0)
    work.keep("days_of_runs", days_of_runs.select("service", "run_date", "service_date").distinct())
    grouped = dated.group_by(["service", "service_date", "reach"])
    return work.keep("spans", grouped.agg(before=(dated["shift"] < 0).all()))


def _runs_aboard(work: Workspace, placed: ibis.Table, wanted_trips: ibis.Table) -> ibis.Table:
    """The runs of which somebody aboard is known, whether in reach or not: service, run_date.

    The driver of a coach does not count: the passengers are still to be asked for.
    """
    known = placed.filter(~(placed.crew & placed["mode"].isin(PLATED_MODES)))
    boarded = wanted_trips.semi_join(known.select("wanted_trip").distinct(), "wanted_trip")
    runs = work.kept("days_of_runs")
    on = [runs.service == boarded.service, runs.service_date == boarded.trip_date]
    return runs.semi_join(boarded, on).select("service", "run_date").distinct()


def _wanted_trips(spans: ibis.Table) -> ibis.Table:
    """The trips on which somebody may have met a case, numbered: a number joins faster than text.

    Columns: wanted_trip, service, trip_date, before, everywhere (whether a zone reaches all).
    """
    grouped = spans.group_by(["service", "service_date"]).agg(
        before=spans.before.all(), everywhere=spans.reach.isnull().any()
    )
    number = ibis.row_number().over(order_by=[grouped.service, grouped.service_date])
    return grouped.mutate(wanted_trip=number).rename(trip_date="service_date")


def _wanted_cells(trips: TripsRead, leg_cells: ibis.Table, wanted_trips: ibis.Table) -> ibis.Table:
    """The cells, as delivered, that name one of the trips."""
    services, dates = trips.services.table, trips.dates
    cells = leg_cells.select(
        "mode", "number", "service_date", "mode_text", "number_text", "date_text"
    ).distinct()
    services = services.filter(services.service.notnull()).rename(trip_mode="mode")
    dates = dates.filter(dates.date.notnull()).rename(trip_date="date")
    named = wanted_trips.inner_join(services, "service").inner_join(dates, "trip_date")
    cells = cells.inner_join(named, ["mode_text", "number_text", "date_text"])
    return cells.drop("mode_text", "number_text")


def _in_reach(placed: ibis.Table, spans: ibis.Table, wanted_trips: ibis.Table) -> ibis.Table:
    """Leave out whoever was provably in no carriage that a case's zone reaches."""
    reached = spans.filter(spans.reach.notnull()).rename(trip_date="service_date")
    reached = reached.inner_join(
        wanted_trips.select("wanted_trip", "service", "trip_date"), ["service", "trip_date"]
    )
    reached = reached.select("reach", near_trip="wanted_trip").distinct()
    here = [placed.wanted_trip == reached.near_trip, placed.carriage == reached.reach]
    legs = placed.left_join(reached, here)
    kept = legs.everywhere | legs.near_trip.notnull() | legs.carriage.isnull() | legs.crew
    columns = [name for name in placed.columns if name not in {"wanted_trip", "everywhere"}]
    return legs.filter(kept).select(*columns)
