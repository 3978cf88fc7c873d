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
from index_builder.rules.assignment import RuleAssignment
from index_builder.rules.rule_set import RuleSet
from index_builder.runtime.workspace import Workspace
from index_builder.sources.reject_list import RejectList
from index_builder.sources.source import Source

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
_SCHEMA = {
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
_PERIOD_CELLS = 1 + len(_DATES)  # columns that tell when: classification and dates

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


@dataclass(frozen=True, slots=True)
class _Period:
    """What classification and dates tell of each case that has them: many fell ill on one day.

    start, end: of the trips that count, None for no bound; fell_ill: see Cases, case_date; remarks:
    column and reason of each warning.
    """

    start: date | None
    end: date | None
    fell_ill: date | None
    remarks: tuple[tuple[str, str], ...]

    @classmethod
    def of(
        cls,
        rule_set: RuleSet,
        days: Mapping[str, Mapping[str, date | None]],
        classification: str,
        *cells: str,
    ) -> "_Period":
        """Return the period of cases under a rule set; cells: those of _DATES; days: of each."""
        kind = classification.lower()
        remarks = []
        if kind and kind not in CLASSIFICATIONS:
            remarks.append(("classification", "not a known one, taken as confirmed"))
        dates = {column: days[column][cell] for column, cell in zip(_DATES, cells, strict=True)}
        remarks += [
            (column, "not a date, taken as unknown")
            for column, cell in zip(_DATES, cells, strict=True)
            if cell and dates[column] is None
        ]
        start = infectious_from(kind, dates, rule_set)
        end = dates["isolated_at"]
        if start is not None and end is not None and end < start:
            remarks.append(("isolated_at", "before the look-back begins, not applied"))
            end = None
        ill = [day for day in (dates["onset_date"], dates["specimen_date"]) if day is not None]
        return cls(start, end, min(ill, default=None), tuple(remarks))


@dataclass(frozen=True, slots=True)
class CaseRows:
    """The usable cases before they are stored; rows: of Cases.table, others: see there."""

    rows: list[tuple[object, ...]]
    case_diseases: CaseDiseases
    without_onset: int
    without_isolation: int

    def store(self, work: Workspace) -> Cases:
        """Return the cases, stored."""
        return Cases(
            table=work.small("cases", _SCHEMA, self.rows),
            diseases=frozenset(self.case_diseases.ruled),
            unruled=self.case_diseases.unruled,
            ids_left_out=self.case_diseases.ids_left_out(),
            count=len(self.rows),
            without_onset=self.without_onset,
            without_isolation=self.without_isolation,
        )


def case_cells(source: Source) -> pa.Table:
    """Return the table of the cases, row and _COLUMNS, blank cells as ""."""
    table = source.tables["cases"].data
    texts = {column: table[column].fill_null("") for column in _COLUMNS}
    return table.select("row", **texts).to_pyarrow()


def read_cases(rules: RuleAssignment, rejects: RejectList, data: pa.Table) -> CaseRows:
    """Return the usable cases, without asking anything of the engine.

    data: as case_cells returns it. Raises SourceRefused where no rule set is for a disease of
    theirs, or none is left.
    """
    rows: list[tuple[object, ...]] = []
    case_diseases = CaseDiseases(rules, rejects)
    case_ids: set[str] = set()
    without_onset = without_isolation = 0
    days = {column: _days(data, column) for column in _DATES}
    periods: dict[tuple[int | str, ...], _Period] = {}
    columns = (data[name].to_pylist() for name in ("row", *_COLUMNS))
    for row, case_id, disease, *cells in zip(*columns, strict=True):
        if not case_id:
            rejects.reject("cases", row, "case_id", "blank")
            continue
        if case_id in case_ids:
            rejects.warn("cases", row, "case_id", "given before; both rows count")
        case_ids.add(case_id)
        rule_set = case_diseases.rule_set(disease, row, case_id)
        if rule_set is None:
            continue
        period_cells, known_as = cells[:_PERIOD_CELLS], cells[_PERIOD_CELLS:]
        period = periods.get((rule_set.number, *period_cells))
        if period is None:
            period = periods[rule_set.number, *period_cells] = _Period.of(
                rule_set, days, *period_cells
            )
        for column, reason in period.remarks:
            rejects.warn("cases", row, column, reason)
        without_onset += period.start is None
        without_isolation += period.end is None
        window = (period.start, period.end)
        rows.append((case_id, rule_set.number, *window, *known_as, period.fell_ill))
    case_diseases.check()
    return CaseRows(rows, case_diseases, without_onset, without_isolation)


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
