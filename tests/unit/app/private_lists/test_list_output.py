"""The output of a list: whole or not there, and refused before anybody is asked about."""

from dataclasses import replace

import pytest

from app.private_lists import list_output
from app.private_lists.list_file import row_to_check
from app.private_lists.list_output import ListOutput, OutputTooSmall
from app.private_lists.list_rows import ListChanged, PeopleList
from app.private_lists.list_run import AnswersInMemory, ListRun
from app.private_lists.person_answer import PersonAnswer
from tables.people_csv import PersonRow
from tests.unit.app.private_lists.conftest import URL

ANA = PersonRow("passport", "X00000017", "Ana Silva", row=2)
BEN = PersonRow("passport", "X00000025", "Ben Silva", row=3)
HEADINGS = ("type", "number", "name")


def list_of(*persons):
    return PeopleList(lambda: map(row_to_check, persons), bytes(64), HEADINGS)


def test_a_list_that_no_workbook_holds_is_refused_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(list_output, "ROWS_MAX", 1)
    with pytest.raises(OutputTooSmall, match=r"OUT\.csv"):
        ListOutput(tmp_path / "out.xlsx", own_columns=True).require_place(list_of(ANA, BEN))


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_a_list_that_fits_is_not_refused(tmp_path, name):
    ListOutput(tmp_path / name, own_columns=True).require_place(list_of(ANA, BEN))


@pytest.mark.parametrize("own_columns", [True, False])
def test_a_list_that_changed_leaves_the_output_of_before_as_it_was(tmp_path, own_columns):
    readings = iter([[ANA, BEN], [ANA, replace(BEN, name="Cara Silva")]])
    people = PeopleList(lambda: map(row_to_check, next(readings)), bytes(64), HEADINGS)
    out = tmp_path / "out.csv"
    out.write_text("before", "utf-8")
    run = ListRun(people, URL, 1, with_trips=not own_columns)
    assert 2 == people.counts.people
    answers = AnswersInMemory([PersonAnswer("not_found")] * 2)
    with pytest.raises(ListChanged):
        ListOutput(out, own_columns).write(run, answers)
    assert ("before", [out]) == (out.read_text("utf-8"), list(tmp_path.iterdir()))
