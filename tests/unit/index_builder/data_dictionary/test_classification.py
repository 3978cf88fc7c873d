"""The classification speaks of every column, and the documents say what it says."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from exposure_index.trip_text.modes import MODES
from index_builder.commands import main
from index_builder.data_dictionary.classification import (
    BY_DOCUMENT,
    BY_MODE,
    DEPARTMENT_OF_DOCUMENT,
    DEPARTMENT_OF_MODE,
    DEPARTMENTS,
    SENSITIVITIES,
    classification,
    past_retention,
)
from index_builder.data_dictionary.table_definitions import TABLES

DOCUMENT = Path(__file__).parents[4] / "docs/classification.md"


def test_every_column_of_every_table_is_classified_once():
    expected = [(table.name, column) for table in TABLES.values() for column in table.columns]
    assert expected == [(one.table, one.column) for one in classification()]


def test_owners_and_sensitivities_are_known_ones():
    owners = {*DEPARTMENTS, BY_MODE, BY_DOCUMENT}
    assert owners >= {one.owner for one in classification()}
    assert set(SENSITIVITIES) == {one.sensitivity for one in classification()}


def test_every_mode_and_kind_of_document_has_a_department():
    assert set(MODES) == set(DEPARTMENT_OF_MODE)
    kinds = {"resident", "passport", "hk_mo_permit", "tw_permit", "foreign_pr", "other"}
    assert kinds == set(DEPARTMENT_OF_DOCUMENT)
    assert set(DEPARTMENTS) >= {*DEPARTMENT_OF_MODE.values(), *DEPARTMENT_OF_DOCUMENT.values()}


@pytest.mark.parametrize("column", ["id_number", "name"])
def test_who_somebody_is_is_never_less_than_identity(column):
    assert {"identity"} == {one.sensitivity for one in classification() if one.column == column}


def test_the_document_holds_what_the_command_prints():
    printed = CliRunner().invoke(main, ["dictionary"]).output
    assert printed.strip() in DOCUMENT.read_text("utf-8")


@pytest.mark.parametrize(
    ("expected", "oldest"), [(0, date(2020, 1, 1)), (0, date(2019, 9, 23)), (1, date(2019, 9, 22))]
)
def test_trips_older_than_the_longest_look_back_are_past_retention(expected, oldest):
    assert expected == past_retention(oldest, date(2020, 1, 21))
