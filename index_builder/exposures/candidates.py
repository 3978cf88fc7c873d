"""Candidates: legs of passenger lists and drivers on a run that may have carried a case."""

import ibis

from exposure_index.trip_text.modes import MODES_WITH_CARRIAGES
from exposure_index.trip_text.plates import PLATED_MODES
from index_builder.exposures.drivers import drivers_of_runs
from index_builder.people.identity_batches import IDENTITY_TEXTS
from index_builder.runtime.workspace import Workspace
from index_builder.sources.build_context import BuildContext
from index_builder.sources.table_reader import SourceTable, without_blanks
from index_builder.trips.leg_origins import leg_of_day
from index_builder.trips.legs import (
    LEG_TEXTS,
    PLACE_TEXTS,
    RUN_SPAN_MAX_DAYS,
    CellCleaner,
    with_places,
)
from index_builder.trips.place_residues import PlaceResidues
from index_builder.trips.timetable import service_days
from index_builder.trips.trip_tables import TripTables

_OF_TRIPS = frozenset(("wanted_trip", "everywhere"))
_COLUMNS = ("leg", "mode", "service", "shown", "service_date", *LEG_TEXTS, *IDENTITY_TEXTS)


def find_candidates(
    context: BuildContext, trips: TripTables, runs: ibis.Table, drivers: ibis.Table | None
) -> ibis.Table | None:
    """Return the legs to be paired with cases, None without passenger lists and drivers.

    runs: those that carried a case, as runs_in_reach or whole_runs return them. Result, stored:
    leg (see trips.leg_numbers), mode, service, shown, service_date, id_type, id_number, name and
    what with_places adds: one row for each leg and place in reach of a case.
    """
    work = context.work
    spans = _spans(work, trips, runs)
    parts = _in_passenger_lists(context, trips, spans)
    if drivers is not None:
        driving = drivers_of_runs(drivers, work.table("days_of_runs")).select(*_COLUMNS)
        placed = with_places(work, "driving", driving)
        columns = placed.columns if not parts else parts[0].columns
        parts.append(placed.select(*columns))
    if not parts:
        return None
    return work.keep("candidates", ibis.union(*parts) if len(parts) > 1 else parts[0])


def _in_passenger_lists(
    context: BuildContext, trips: TripTables, spans: ibis.Table
) -> list[ibis.Table]:
    """Join passenger lists, once, by their cells as delivered; trim only what is in reach."""
    table, work = context.source.whole("legs"), context.work
    if table is None or trips.leg_cells is None:
        return []
    shared_trips = work.keep("shared_trips", _shared_trips(spans))
    shared_cells = work.keep("shared_cells", _shared_cells(trips, trips.leg_cells, shared_trips))
    legs = _aboard(table, shared_cells).select(
        "wanted_trip",
        "everywhere",
        "shown",
        "service",
        "leg",
        *LEG_TEXTS,
        *IDENTITY_TEXTS,
        mode="trip_mode",
        service_date="trip_date",
    )
    # Of whoever was aboard most were in reach of nobody: they are read twice and never stored.
    cells = work.keep("places_aboard", _places_aboard(legs))
    work.keep("runs_aboard", _runs_aboard(work, table.clean, shared_cells, cells))
    residues = PlaceResidues(context.rejects, "legs")
    placed = with_places(work, "candidates", legs, table.clean, residues=residues, cells=cells)
    near = _in_reach(placed, spans, shared_trips)
    later = [text for text in LEG_TEXTS if text != "carriage"]
    trimmed = table.trim(near, (*later, *IDENTITY_TEXTS))
    return [near.mutate(carriage_text=without_blanks(near.carriage_text), **trimmed)]


def _aboard(table: SourceTable, shared_cells: ibis.Table) -> ibis.Table:
    """Return the legs, as delivered, whose cells name a trip that carried a case."""
    if not table.raw.alight_time.count().execute():
        # Nobody says when they got off, so nobody is known to have stayed past midnight.
        shared_cells = shared_cells.filter(~shared_cells.before)
        legs = table.raw.inner_join(shared_cells, ["mode", "number", "service_date"])
    else:
        legs = table.raw.inner_join(shared_cells, ["mode", "number", "service_date"])
        alight_time = table.trim(legs, ["alight_time"])["alight_time"]
        legs = legs.filter(~legs.before | _may_last_past_midnight(alight_time, legs.date_text))
    return legs.mutate(leg=leg_of_day(legs["row"], legs.day_place))


def _may_last_past_midnight(alight_time: ibis.Value, date_text: ibis.Value) -> ibis.Value:
    """Whether a leg has an alighting time that is not plainly of its own date.

    A time with an offset may lie on another date of our clock than the one it is written with.
    """
    time_of_day = alight_time.substr(date_text.length())
    return alight_time.notnull() & (
        ~alight_time.startswith(date_text) | time_of_day.re_search("[^0-9:.,T ]")
    )


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


def _spans(work: Workspace, trips: TripTables, runs: ibis.Table) -> ibis.Table:
    """Return the dates on which somebody aboard with a case may have boarded, and the reach.

    Columns: service, service_date, reach, before: only if the leg lasted into a later date, there
    being no timetable to tell.
    """
    days = work.small(
        "service_spans",
        {"span_service": "string", "days": "int64"},
        [
            (service, service_days(runs_of_service))
            for service, runs_of_service in trips.runs.items()
        ],
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


def _places_aboard(legs: ibis.Table) -> ibis.Table:
    """Return mode and PLACE_TEXTS of the legs, each combination once, and `plated_trip`.

    That is the trip of a vehicle with a plate, of which the driver may be all that is known; null
    for all others, so that their seats do not stand once for each trip.
    """
    plated = legs["mode"].isin(PLATED_MODES)
    trip = plated.ifelse(legs.wanted_trip, ibis.null(legs.wanted_trip.type()))
    return legs.select("mode", *PLACE_TEXTS, plated_trip=trip).distinct()


def _runs_aboard(
    work: Workspace, clean: CellCleaner, shared_cells: ibis.Table, places: ibis.Table
) -> ibis.Table:
    """Return the runs of which any passenger is known, in reach or not: service, run_date.

    The driver of a coach does not count: the passengers are still to be asked for. Of other modes
    a cell that names the trip is of somebody aboard. Whoever boarded on a day before is not counted
    among the passengers of a run. places: as _places_aboard returns them.
    """
    cells = shared_cells.filter(~shared_cells.before & shared_cells.trip_mode.notin(PLATED_MODES))
    plated = with_places(work, "plated", places.filter(places.plated_trip.notnull()), clean)
    passengers = plated.filter(~plated.crew).select(wanted_trip="plated_trip")
    trips = ibis.union(cells.select("wanted_trip"), passengers, distinct=True)
    boarded = work.table("shared_trips").semi_join(trips, "wanted_trip")
    runs = work.table("days_of_runs")
    on = [runs.service == boarded.service, runs.service_date == boarded.trip_date]
    return runs.semi_join(boarded, on).select("service", "run_date").distinct()


def _shared_trips(spans: ibis.Table) -> ibis.Table:
    """Number the trips that a case may have shared: a number joins faster than text.

    Columns: wanted_trip, service, trip_date, before, everywhere (whether a zone reaches all).
    """
    grouped = spans.group_by(["service", "service_date"]).agg(
        before=spans.before.all(), everywhere=spans.reach.isnull().any()
    )
    number = ibis.row_number().over(order_by=[grouped.service, grouped.service_date])
    return grouped.mutate(wanted_trip=number).rename(trip_date="service_date")


def _shared_cells(trips: TripTables, leg_cells: ibis.Table, shared_trips: ibis.Table) -> ibis.Table:
    """Return the cells, as delivered, that name one of the trips."""
    services, dates = trips.services.table, trips.dates
    cells = leg_cells.select(
        "mode", "number", "service_date", "mode_text", "number_text", "date_text"
    ).distinct()
    services = services.filter(services.service.notnull()).rename(trip_mode="mode")
    dates = dates.filter(dates.date.notnull()).rename(trip_date="date")
    named = shared_trips.inner_join(services, "service").inner_join(dates, "trip_date")
    cells = cells.inner_join(named, ["mode_text", "number_text", "date_text"])
    return cells.drop("mode_text", "number_text")


def _in_reach(placed: ibis.Table, spans: ibis.Table, shared_trips: ibis.Table) -> ibis.Table:
    """Leave out whoever was provably in no carriage that a case's zone reaches."""
    reached = spans.filter(spans.reach.notnull()).rename(trip_date="service_date")
    reached = reached.inner_join(
        shared_trips.select("wanted_trip", "service", "trip_date"), ["service", "trip_date"]
    )
    reached = reached.select("reach", near_trip="wanted_trip").distinct()
    here = [placed.wanted_trip == reached.near_trip, placed.carriage == reached.reach]
    legs = placed.left_join(reached, here)
    near = legs.everywhere | legs.near_trip.notnull() | legs.carriage.isnull() | legs.crew
    columns = [name for name in placed.columns if name not in _OF_TRIPS]
    return legs.filter(near).select(*columns)
