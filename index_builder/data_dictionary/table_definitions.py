"""The data dictionary as data: which tables a source directory holds and with which columns.

Source: the unified standard described in docs/data-dictionary.md.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableDefinition:
    """One table: its columns in the order of the standard, and those it cannot do without."""

    name: str
    columns: tuple[str, ...]
    required: tuple[str, ...]


def _table(name: str, columns: str, required: str) -> TableDefinition:
    return TableDefinition(name, tuple(columns.split()), tuple(required.split()))


TABLES: dict[str, TableDefinition] = {
    table.name: table
    for table in (
        _table(
            "cases",
            "case_id disease classification onset_date specimen_date isolated_at id_type "
            "id_number name reported_by",
            "case_id",
        ),
        _table(
            "case_legs",
            "case_id mode number service_date carriage seat board alight board_time alight_time "
            "role booking severe",
            "case_id mode number service_date",
        ),
        _table(
            "legs",
            "mode number service_date carriage seat board alight board_time alight_time role "
            "booking id_type id_number name operator",
            "mode number service_date id_number",
        ),
        _table(
            "carriages",
            "mode number service_date carriage class aircon rows units seats",
            "mode number",
        ),
        _table(
            "timetable",
            "mode number stop_seq stop arrival departure",
            "mode number stop_seq stop",
        ),
        _table("stops", "stop city", "stop city"),
        _table("documents", "person_key id_type id_number name", "person_key id_number"),
        _table(
            "contacts",
            "case_id exposure_date setting id_type id_number name",
            "exposure_date id_number",
        ),
        _table(
            "cleared",
            "id_type id_number name cleared_on reason mode number service_date",
            "id_number cleared_on",
        ),
        _table("drivers", "plate from_time to_time id_type id_number name", "plate id_number"),
        _table(
            "outcomes",
            "id_type id_number name became_case_id confirmed_on",
            "id_number",
        ),
        _table(
            "replies",
            "inquiry_id answered_by answered_on not_known about mode number service_date carriage "
            "seat board alight board_time alight_time role booking operator plate from_time "
            "to_time id_type id_number name",
            "inquiry_id",
        ),
    )
}

ALL_COLUMNS = frozenset(column for table in TABLES.values() for column in table.columns)

NOTICES = "notices"
"""The table of publications as they come: its columns are recognised by `index_builder.notices`."""

NOTICE_COLUMNS = (
    *("mode", "number", "service_date", "carriage", "seat", "board", "alight", "board_time"),
    *("alight_time", "path", "description", "advice", "operator", "published", "source"),
)
"""What a mapping file may call the columns of `notices`. path: both ends in one cell; description:
a text that names the trip; advice: a text that may name rows."""

DEFAULT_DISEASE = "covid-19"
CLASSIFICATIONS = frozenset({"confirmed", "suspected", "asymptomatic"})
ROLES = frozenset({"passenger", "crew", "infant"})
