"""Cases: their identity, disease and infectious period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import ibis
import pyarrow as pa

from exposure_index.trip_text.dates import date as normal_date
from exposure_index.trip_text.dates import date_notation
from index_builder.data_dictionary.table_definitions import CLASSIFICATIONS
from index_builder.exposures.case_diseases import CaseDiseases
from index_builder.rules.rule_set import RuleSet
from index_builder.sources.build_context import BuildContext
from index_builder.sources.reject_list import RejectList

_COLUMNS = (
    "case_id",
    "disease",
    "classification",
    "onset_date",
    "specimen_date",
    "isolated_at",
    "id_type",
    "id_number",
    "name",
    "reported_by",
)
_DATES = ("onset_date", "specimen_date", "isolated_at")


CASE_LEFT_OUT = "no rule set is for the disease of its case (--unruled)"


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases as a table, and how many lack a date.

    table: case_id, rule, window_from, window_to (null: no bound), id_type, id_number, name,
    reported_by ("" where blank) and case_date (onset, or the first specimen before it; null).
    diseases: those that occur; without_onset, without_isolation: cases whose window was widened.
    unruled: cases left out, by disease, since no rule set is for it; ids_left_out: ids of theirs
    that no other case has.
    """

    table: ibis.Table
    diseases: frozenset[str]
    unruled: Mapping[str, int]
    ids_left_out: frozenset[str]
    count: int
    without_onset: int
    without_isolation: int


def read_cases(context: BuildContext) -> Cases:
    """Return the usable cases.

    Raises SourceRefused where no rule set is for a disease of theirs, or none is left.
    """
    rejects = context.rejects
    table = context.source.tables["cases"].data
    data = table.select("row", *_COLUMNS).to_pyarrow()
    rows: list[tuple[object, ...]] = []
    case_diseases = CaseDiseases(context.rules, rejects)
    case_ids: set[str] = set()
    without_onset = without_isolation = 0
    days = {column: _days(data, column) for column in _DATES}
    columns = (data[name].to_pylist() for name in ("row", *_COLUMNS))
    for row, *texts in zip(*columns, strict=True):
        cells = {name: text or "" for name, text in zip(_COLUMNS, texts, strict=True)}
        if not cells["case_id"]:
            rejects.reject("cases", row, "case_id", "blank")
            continue
        if cells["case_id"] in case_ids:
            rejects.warn("cases", row, "case_id", "given before; both rows count")
        case_ids.add(cells["case_id"])
        rule_set = case_diseases.rule_set(cells["disease"], row, cells["case_id"])
        if rule_set is None:
            continue
        dates = _case_dates(cells, row, rejects, days)
        start = infectious_from(cells["classification"].lower(), dates, rule_set)
        end = dates["isolated_at"]
        if start is not None and end is not None and end < start:
            rejects.warn("cases", row, "isolated_at", "before the look-back begins, not applied")
            end = None
        without_onset += start is None
        without_isolation += end is None
        identity = (cells["id_type"], cells["id_number"], cells["name"])
        ill = [day for day in (dates["onset_date"], dates["specimen_date"]) if day is not None]
        known_as = (cells["reported_by"], min(ill, default=None))
        rows.append((cells["case_id"], rule_set.number, start, end, *identity, *known_as))
    case_diseases.check()
    schema = {
        "case_id": "string",
        "rule": "int16",
        "window_from": "date",
        "window_to": "date",
        "id_type": "string",
        "id_number": "string",
        "name": "string",
        "reported_by": "string",
        "case_date": "date",
    }
    stored = context.work.small("cases", schema, rows)
    return Cases(
        table=stored,
        diseases=frozenset(case_diseases.ruled),
        unruled=case_diseases.unruled,
        ids_left_out=case_diseases.ids_left_out(),
        count=len(rows),
        without_onset=without_onset,
        without_isolation=without_isolation,
    )


def infectious_from(
    classification: str, dates: Mapping[str, date | None], rule_set: RuleSet
) -> date | None:
    """Return the first date on which a case's trips count, None where every trip does.

    Look-back counts from onset, or from a specimen that was positive before it; for asymptomatic
    cases, for rule sets that say so, and where no onset is known, from the specimen date.
    Source: National Health Commission prevention and control plans, 2020 to 2022.
    """
    onset, specimen = dates["onset_date"], dates["specimen_date"]
    from_specimen = rule_set.lookback_from == "specimen" or classification == "asymptomatic"
    if from_specimen and specimen:
        onset = None
    starts = [day for day in (onset, specimen) if day is not None]
    return min(starts) - timedelta(days=rule_set.lookback_days) if starts else None


def _days(data: pa.Table, column: str) -> dict[str, date | None]:
    """Return what each distinct cell of a column means; many cases fell ill on one day."""
    cells = {cell or "" for cell in data[column].unique().to_pylist()}
    notation = date_notation(cells)
    return {cell: normal_date(cell, notation) if cell else None for cell in cells}


def _case_dates(
    cells: Mapping[str, str],
    row: int,
    rejects: RejectList,
    days: Mapping[str, Mapping[str, date | None]],
) -> dict[str, date | None]:
    classification = cells["classification"].lower()
    if classification and classification not in CLASSIFICATIONS:
        rejects.warn("cases", row, "classification", "not a known one, taken as confirmed")
    dates = {column: of_cell[cells[column]] for column, of_cell in days.items()}
    for column, day in dates.items():
        if cells[column] and day is None:
            rejects.warn("cases", row, column, "not a date, taken as unknown")
    return dates
