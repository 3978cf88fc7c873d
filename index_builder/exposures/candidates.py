"""Legs of manifests and drivers on a service that carried a case, on a date when it may have."""

import ibis

from index_builder.exposures.case_legs import CaseLegs
from index_builder.exposures.drivers import drivers_of_runs
from index_builder.inputs import Inputs
from index_builder.trips.legs import LEG_TEXTS, RUN_SPAN_MAX_DAYS, read_legs
from index_builder.trips.reading import TripsRead
from index_builder.trips.timetable import service_days
from index_builder.workspace import Workspace

CANDIDATE_COLUMNS = (*LEG_TEXTS, "id_type", "id_number", "name")


_COLUMNS = ("leg", "mode", "service", "shown", "service_date", *CANDIDATE_COLUMNS)


def find_candidates(
    inputs: Inputs, trips: TripsRead, case_legs: CaseLegs, drivers: ibis.Table | None
) -> ibis.Table | None:
    """Return the legs worth reading closely, None where there are neither manifests nor drivers.

    Columns: leg (see trips.leg_numbers), mode, service, shown, service_date and CANDIDATE_COLUMNS.
    """
    found = [
        *([] if drivers is None else [drivers_of_runs(drivers, case_legs.table).select(*_COLUMNS)]),
        *_in_manifests(inputs, trips, case_legs),
    ]
    return inputs.work.keep("candidates", ibis.union(*found)) if found else None


def _in_manifests(inputs: Inputs, trips: TripsRead, case_legs: CaseLegs) -> list[ibis.Table]:
    """The manifests are scanned once, by the texts of mode, number and date."""
    table, work = inputs.source.get("legs"), inputs.work
    if table is None:
        return []
    wanted = _wanted_cells(work, trips, case_legs)
    legs = table.mutate(
        mode_text=table["mode"].fill_null(""),
        number_text=table["number"].fill_null(""),
        date_text=table["service_date"].fill_null(""),
    ).drop("mode", "number", "service_date")
    joined = legs.inner_join(wanted, ["mode_text", "number_text", "date_text"])
    joined = joined.filter(~joined.before | _may_last_past_midnight(joined))
    return [joined.rename(leg="row").select(*_COLUMNS)]


def read_candidates(work: Workspace, candidates: ibis.Table, trips: TripsRead) -> ibis.Table:
    """Return the candidates with all that their text says (see read_legs)."""
    legs = candidates.drop("shown", "id_type", "id_number", "name")
    return read_legs(work, "candidates_read", legs, trips.reading)


def _may_last_past_midnight(legs: ibis.Table) -> ibis.Value:
    """Whether a leg says when it ended, and not plainly on the date on which it began."""
    return legs.alight_time.notnull() & ~legs.alight_time.startswith(legs.date_text)


def _wanted_cells(work: Workspace, trips: TripsRead, case_legs: CaseLegs) -> ibis.Table:
    """The (mode, number, date) texts under which somebody aboard with a case may be listed.

    before: only if the leg lasted into a later date, there being no timetable to tell.
    """
    spans = work.small(
        "service_spans",
        {"span_service": "string", "days": "int64"},
        [(service, service_days(runs)) for service, runs in trips.runs.items()],
    )
    runs = case_legs.table.select("mode", "service", "run_date").distinct()
    runs = runs.left_join(spans, runs.service == spans.span_service)
    # Without a timetable a leg of several days may have been boarded that long before.
    back = ibis.ifelse(runs.days.isnull() & (runs["mode"] != "flight"), RUN_SPAN_MAX_DAYS, 0)
    shifts = ibis.range(-back.cast("int64"), runs.days.fill_null(0).cast("int64") + 1)
    runs = runs.mutate(shift=shifts.unnest())
    dated = runs.mutate(
        service_date=(runs.run_date + runs["shift"].cast("int32").as_interval("D")).cast("date")
    )
    dated = dated.group_by(["service", "service_date"]).agg(before=(dated["shift"] < 0).all())
    services = trips.services.table.filter(trips.services.table.service.notnull())
    dates = trips.dates.filter(trips.dates.date.notnull()).rename(service_date="date")
    cells = dated.inner_join(services, "service").inner_join(dates, "service_date")
    return work.keep(
        "wanted_cells",
        cells.select(
            "mode_text",
            "number_text",
            "date_text",
            "mode",
            "service",
            "shown",
            "service_date",
            "before",
        ),
    )
