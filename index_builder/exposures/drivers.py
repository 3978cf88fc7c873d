"""Drivers as crew aboard their vehicles: one leg for each driver, vehicle and day of a shift.

A driver was exposed to the cases that the vehicle carried; and where the driver is a case, so was
whoever rode in the vehicle on those shifts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import ibis

from exposure_index.trip_text.dates import FIRST_EXPOSURE_DATE
from exposure_index.trip_text.plates import PLATED_MODES
from exposure_index.trip_text.service_numbers import numbers
from index_builder.exposures.cases import Cases
from index_builder.people.identity_batches import IDENTITY_TEXTS
from index_builder.people.plain_documents import with_plain_documents
from index_builder.sources.build_context import BuildContext
from index_builder.trips.distinct_values import Vocabulary, with_meanings
from index_builder.trips.leg_origins import shift_leg
from index_builder.trips.legs import LEG_TEXTS, RUN_SPAN_MAX_DAYS
from index_builder.trips.scheduled_services import NumberCell
from index_builder.trips.shifts import REVERSED, SHIFT_COLUMNS, UNREADABLE, shift
from index_builder.trips.trip_tables import TripTables

_FAULTS = {
    UNREADABLE: ("from_time", "no date in from_time or to_time, taken as unknown"),
    REVERSED: ("to_time", "the shift ends before it starts, both taken as unknown"),
}
_SERVICE = {"mode": "string", "service": "string", "shown": "string", "mode_code": "int64"}


def read_drivers(context: BuildContext, trips: TripTables) -> ibis.Table | None:
    """Return the drivers of vehicles that some leg names, None without the table, stored.

    Columns: row, mode, service, shown, mode_code, SHIFT_COLUMNS, id_type, id_number, name. A row
    without a plate is rejected, one without a document left out: the driver is then asked for.
    """
    table, work = context.source.get("drivers"), context.work
    if table is None:
        return None
    cells = ("plate", "from_time", "to_time")
    table = table.mutate(**{name: table[name].fill_null("") for name in (*cells, *IDENTITY_TEXTS)})
    _reject_plates(context, table)
    documents = with_plain_documents(work, "drivers_documents", table)
    known = documents.filter(documents.plain_document != "").select("row").distinct()
    nameless = int(table.anti_join(known, "row").count().execute())
    reason = "no document, the driver is not known"
    context.rejects.warn_many("drivers", "id_number", reason, nameless)
    services = _services_by_number(trips.services.cells.values())
    plates = Vocabulary(
        "driver_plates", ("plate",), _SERVICE, lambda plate: _services_of(plate, services)
    )
    named = with_meanings(work, table.semi_join(known, "row"), plates)
    shifts = Vocabulary("driver_shifts", ("from_time", "to_time"), SHIFT_COLUMNS, shift)
    read = work.keep("drivers_read", with_meanings(work, named, shifts))
    for fault, (column, reason) in _FAULTS.items():
        count = int(read.filter(read.shift_fault == fault).row.nunique().execute())
        context.rejects.warn_many("drivers", column, reason, count)
    return read.select("row", *_SERVICE, *SHIFT_COLUMNS, *IDENTITY_TEXTS)


def shifts_of_cases(
    context: BuildContext,
    drivers: ibis.Table,
    case_documents: ibis.Table,
    cases: Cases,
    trips: TripTables,
) -> ibis.Table:
    """Return a leg for each day on which a case drove: leg, case_id, mode … LEG_TEXTS, stored.

    case_documents: case_id and plain_document. Days are those of the case's window on which any
    leg of the source may have run.
    """
    days = _days_of_legs(trips)
    driving = with_plain_documents(context.work, "shifts_documents", drivers)
    driving = driving.inner_join(case_documents, "plain_document")
    windows = cases.table.select("case_id", "window_from", "window_to").distinct()
    driving = driving.inner_join(windows, "case_id")
    first, last = ibis.literal(min(days)), ibis.literal(max(days))
    start = ibis.greatest(
        driving.from_date.fill_null(first), driving.window_from.fill_null(first), first
    )
    end = ibis.least(driving.to_date.fill_null(last), driving.window_to.fill_null(last), last)
    length = end.delta(start, unit="day")
    driving = driving.mutate(start=start, length=length).filter(length >= 0)
    offsets = ibis.range(ibis.literal(0, "int64"), driving["length"] + 1)
    driving = driving.mutate(offset=offsets.unnest())
    day = (driving.start + driving.offset.cast("int32").as_interval("D")).cast("date")
    on_days = _on(driving.mutate(service_date=day))
    rows = [(day,) for day in days]
    stored = context.work.small("days_of_legs", {"service_date": "date"}, rows)
    on_days = on_days.semi_join(stored, "service_date")
    columns = ("leg", "case_id", "mode", "service", "shown", "service_date", *LEG_TEXTS)
    legs = on_days.mutate(leg=-on_days.leg).select(*columns)
    return context.work.keep("shifts_of_cases", legs.distinct())


def drivers_of_runs(drivers: ibis.Table, days_of_runs: ibis.Table) -> ibis.Table:
    """Return a leg for each driver on each day on which their vehicle may have carried a case.

    days_of_runs: service, service_date; of a run past midnight every date, for the second driver.
    Columns: leg, mode, service, shown, service_date, LEG_TEXTS, id_type, id_number, name.
    """
    runs = days_of_runs.select("service", "service_date").distinct()
    driving = drivers.inner_join(runs, "service")
    on_days = _on(
        driving.filter(
            (driving.from_date <= driving.service_date).fill_null(True)
            & (driving.to_date >= driving.service_date).fill_null(True)
        )
    )
    columns = ("leg", "mode", "service", "shown", "service_date", *LEG_TEXTS, *IDENTITY_TEXTS)
    return on_days.select(*columns).distinct()


def _on(driving: ibis.Table) -> ibis.Table:
    """Add a leg's number and texts to drivers on a day, service_date."""
    nothing = ibis.null("string")
    texts = dict.fromkeys(LEG_TEXTS, nothing)
    first, last = driving.from_date == driving.service_date, driving.to_date == driving.service_date
    texts["role"] = ibis.literal("crew")
    texts["board_time"] = first.fill_null(False).ifelse(driving.from_text, nothing)
    texts["alight_time"] = last.fill_null(False).ifelse(driving.to_text, nothing)
    leg = shift_leg(driving["row"], driving.service_date, driving.mode_code)
    return driving.mutate(leg=leg, **texts)


def _days_of_legs(trips: TripTables) -> list[date]:
    """Return every date on which a leg of the source may be under way."""
    dates = trips.dates.filter(trips.dates.date.notnull()).date.to_pyarrow().to_pylist()
    days = {day + timedelta(days=n) for day in dates for n in range(RUN_SPAN_MAX_DAYS + 1)}
    return sorted(days) or [FIRST_EXPOSURE_DATE]


def _reject_plates(context: BuildContext, table: ibis.Table) -> None:
    distinct = table.select("plate").distinct().to_pyarrow()["plate"].to_pylist()
    unusable = [(plate,) for plate in distinct if not _plates(plate)]
    if unusable:
        cells = context.work.small("unusable_plates", {"plate": "string"}, unusable)
        rows = table.semi_join(cells, "plate").select("row").order_by("row").to_pyarrow()
        for row in rows["row"].to_pylist():
            context.rejects.reject("drivers", row, "plate", "blank or unknown")


def _plates(text: str) -> tuple[str, ...]:
    """Return the plates of a cell, written as the numbers of services are."""
    return numbers(PLATED_MODES[0], text) if text else ()


def _services_by_number(
    cells: Iterable[NumberCell],
) -> dict[str, list[tuple[str, str, str, int]]]:
    """Return plate → (mode, service, shown, code of the mode) of every vehicle that legs name.

    A vehicle that tables call by several modes comes once, or its driver would be aboard twice.
    """
    services: defaultdict[str, dict[str, tuple[str, str, str, int]]] = defaultdict(dict)
    for cell in cells:
        if cell.mode in PLATED_MODES and cell.mode and cell.service and cell.display:
            code = PLATED_MODES.index(cell.mode)
            for number in cell.numbers:
                one = (cell.mode, cell.service, cell.display, code)
                services[number].setdefault(cell.service, one)
    return {number: list(vehicles.values()) for number, vehicles in services.items()}


def _services_of(
    plate: str, services: Mapping[str, list[tuple[str, str, str, int]]]
) -> list[tuple[str, str, str, int]]:
    vehicles = (one for number in _plates(plate) for one in services.get(number, ()))
    return list(dict.fromkeys(vehicles))
