"""Legs of manifests and drivers on a service that carried a case, on a date when it may have."""

import ibis

from index_builder.exposures.drivers import PLATED_MODES, drivers_of_runs
from index_builder.inputs import Inputs
from index_builder.trips.legs import LEG_TEXTS, RUN_SPAN_MAX_DAYS, with_places
from index_builder.trips.reading import TripsRead
from index_builder.trips.timetable import service_days
from index_builder.workspace import Workspace

_IDENTITY = ("id_type", "id_number", "name")
_COLUMNS = ("leg", "mode", "service", "shown", "service_date", *LEG_TEXTS, *_IDENTITY)
_BY_CARRIAGE = ("train", "metro", "ship")


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
    found = [
        *([] if drivers is None else [drivers_of_runs(drivers, runs).select(*_COLUMNS)]),
        *_in_manifests(inputs, trips, spans),
    ]
    if not found:
        return None
    placed = with_places(work, "candidates", ibis.union(*found) if len(found) > 1 else found[0])
    work.keep("runs_aboard", _runs_aboard(work, placed))
    return work.keep("candidates", _in_reach(placed, spans))


def _in_manifests(inputs: Inputs, trips: TripsRead, spans: ibis.Table) -> list[ibis.Table]:
    """The manifests are scanned by the cells of mode, number and date as delivered."""
    table = inputs.source.whole("legs")
    if table is None or trips.leg_cells is None:
        return []
    wanted = inputs.work.keep("wanted_cells", _wanted_cells(trips, trips.leg_cells, spans))
    legs = table.raw.inner_join(wanted, ["mode", "number", "service_date"])
    trimmed = table.trimmed(legs, (*LEG_TEXTS, *_IDENTITY))
    legs = legs.select(
        "date_text",
        "before",
        "shown",
        "service",
        leg="row",
        mode="trip_mode",
        service_date="trip_date",
        **trimmed,
    )
    return [legs.filter(~legs.before | _may_last_past_midnight(legs)).select(*_COLUMNS)]


def _may_last_past_midnight(legs: ibis.Table) -> ibis.Value:
    """Whether a leg says when it ended, and not plainly on the date on which it began."""
    return legs.alight_time.notnull() & ~legs.alight_time.startswith(legs.date_text)


def runs_in_reach(zoned: ibis.Table) -> ibis.Table:
    """Return the runs that carried a case, with the carriage that the case's zone reaches.

    zoned: the legs of cases with their zones. Columns: mode, service, run_date, reach; null is
    everywhere aboard.
    """
    within_carriage = (
        zoned["mode"].isin(_BY_CARRIAGE)
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


def _runs_aboard(work: Workspace, placed: ibis.Table) -> ibis.Table:
    """The runs of which somebody aboard is known, whether in reach or not: service, run_date.

    The driver of a coach does not count: the passengers are still to be asked for.
    """
    known = placed.filter(~(placed.crew & placed["mode"].isin(PLATED_MODES)))
    boarded = known.select("service", "service_date").distinct()
    runs = work.kept("days_of_runs").inner_join(boarded, ["service", "service_date"])
    return runs.select("service", "run_date").distinct()


def _wanted_cells(trips: TripsRead, leg_cells: ibis.Table, spans: ibis.Table) -> ibis.Table:
    """The cells, as delivered, of the trips on which somebody may have met a case."""
    wanted = spans.group_by(["service", "service_date"]).agg(before=spans.before.all())
    services, dates = trips.services.table, trips.dates
    cells = leg_cells.select(
        "mode", "number", "service_date", "mode_text", "number_text", "date_text"
    ).distinct()
    services = services.filter(services.service.notnull()).rename(trip_mode="mode")
    dates = dates.filter(dates.date.notnull()).rename(trip_date="date")
    named = wanted.rename(trip_date="service_date").inner_join(services, "service")
    named = named.inner_join(dates, "trip_date")
    cells = cells.inner_join(named, ["mode_text", "number_text", "date_text"])
    return cells.drop("mode_text", "number_text")


def _in_reach(placed: ibis.Table, spans: ibis.Table) -> ibis.Table:
    """Leave out whoever was provably in no carriage that a case's zone reaches."""
    on = ["service", "service_date"]
    everywhere = spans.filter(spans.reach.isnull()).select(*on).distinct().mutate(anywhere=True)
    carriages = spans.filter(spans.reach.notnull()).select(*on, "reach").distinct()
    carriages = carriages.mutate(near=True)
    columns = placed.columns
    legs = placed.left_join(everywhere, on).drop("service_right", "service_date_right")
    here = [*(legs[name] == carriages[name] for name in on), legs.carriage == carriages.reach]
    legs = legs.left_join(carriages, here).drop("service_right", "service_date_right")
    kept = (
        legs.anywhere.fill_null(False)
        | legs.near.fill_null(False)
        | legs.carriage.isnull()
        | legs.crew
    )
    return legs.filter(kept).select(*columns)
