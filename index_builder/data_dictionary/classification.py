"""Data classification: owner, sensitivity and retention of each column of the data dictionary.

The classification table of docs/data-dictionary.md is this module's data in words. What it follows
from: GB/T 35273 (personal information), GB/T 39725 (health data), and the notice of the
Cyberspace Administration of 4 February 2020: collect the least, for this purpose only.
"""

from dataclasses import dataclass
from datetime import date

from index_builder.data_dictionary.table_definitions import TABLES

DEPARTMENTS = {
    "health": ("health department (CDC)", "疾控部门"),
    "railway": ("railway", "铁路部门"),
    "civil_aviation": ("civil aviation", "民航部门"),
    "transport": ("transport: coaches, buses, taxis, metros", "交通运输部门"),
    "maritime": ("maritime administration", "海事部门"),
    "public_security": ("public security: resident numbers", "公安部门"),
    "exit_entry": ("exit and entry administration: passports, permits", "出入境管理部门"),
}
"""Department → its name in English and Chinese."""

DEPARTMENT_OF_MODE = {
    "flight": "civil_aviation",
    "train": "railway",
    "metro": "transport",
    "coach": "transport",
    "bus": "transport",
    "taxi": "transport",
    "ship": "maritime",
}
DEPARTMENT_OF_DOCUMENT = {
    "resident": "public_security",
    "passport": "exit_entry",
    "hk_mo_permit": "exit_entry",
    "tw_permit": "exit_entry",
    "foreign_pr": "exit_entry",
    "other": "public_security",
}
BY_MODE, BY_DOCUMENT = "of_mode", "of_document"
"""Owners that depend on the row: the department of its mode, or of its kind of document."""

SENSITIVITIES = {
    "identity": "names a person, alone or with a roll in hand",
    "health": "says that somebody is ill, was exposed, or became a case",
    "location": "says where somebody was, and with whom",
    "operational": "of a carrier or a department; names nobody",
    "public": "published anyway",
}

TRIPS_RETENTION_DAYS = 120
"""The longest look-back of a shipped rule set (who-tb, 90 days), and a month to ask in."""
OUTCOMES_RETENTION_DAYS = 365
"""The turn-positive rate is compared over a year."""
INQUIRIES_RETENTION_DAYS = 30
"""A closed inquiry: an answer that proves wrong is asked again within a month."""

_OWNER_OF_TABLE = {
    "cases": "health",
    "case_legs": "health",
    "legs": BY_MODE,
    "carriages": BY_MODE,
    "timetable": BY_MODE,
    "stops": "transport",
    "documents": BY_DOCUMENT,
    "drivers": "transport",
    "contacts": "health",
    "cleared": "health",
    "outcomes": "health",
    "replies": "health",
}
_RETENTION_DAYS = {
    "carriages": None,
    "timetable": None,
    "stops": None,
    "outcomes": OUTCOMES_RETENTION_DAYS,
}
_PUBLIC_TABLES = frozenset({"carriages", "timetable", "stops"})
_SENSITIVITY_OF_COLUMN = {
    **dict.fromkeys(
        ("id_type", "id_number", "name", "person_key", "about", "case_id", "became_case_id"),
        "identity",
    ),
    **dict.fromkeys(
        (
            "disease",
            "classification",
            "onset_date",
            "specimen_date",
            "isolated_at",
            "severe",
            "cleared_on",
            "reason",
            "confirmed_on",
        ),
        "health",
    ),
    **dict.fromkeys(
        ("operator", "reported_by", "inquiry_id", "answered_by", "answered_on", "not_known"),
        "operational",
    ),
}
"""Every other column of a table that is not public says where somebody was."""


@dataclass(frozen=True, slots=True)
class ColumnClass:
    """One column's class. owner: a department, BY_MODE or BY_DOCUMENT.

    retention_days: None for ever.
    """

    table: str
    column: str
    owner: str
    sensitivity: str
    retention_days: int | None


def classification() -> list[ColumnClass]:
    """Return the class of every column of every table, in the order of the dictionary."""
    return [
        ColumnClass(
            table.name,
            column,
            _OWNER_OF_TABLE[table.name],
            "public"
            if table.name in _PUBLIC_TABLES
            else _SENSITIVITY_OF_COLUMN.get(column, "location"),
            _RETENTION_DAYS.get(table.name, TRIPS_RETENTION_DAYS),
        )
        for table in TABLES.values()
        for column in table.columns
    ]


def past_retention(oldest: date, newest: date) -> int:
    """Return by how many days the oldest trips are past their retention, 0 where they are not.

    newest: the last trip there is: tables that are history as a whole are nobody's daily work.
    """
    return max(0, (newest - oldest).days - TRIPS_RETENTION_DAYS)
