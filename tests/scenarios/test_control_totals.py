"""Rows in = used + duplicates + rejected, and what counts as a duplicate."""

import json

import pytest

from index_builder.commands.summary import summary_lines

TRAIN = {"mode": "train", "number": "Z11/Z14", "carriage": "8"}


def tell(story):
    story.case()
    for number in range(47):
        story.case_leg(**TRAIN, booking=f"B{number}")
    story.case_leg(**TRAIN, booking="B0")
    for _ in range(2):
        story.case_leg("nobody", **TRAIN)  # no such case: rejected
    for number in range(10):
        story.aboard(f"X{number}", **TRAIN, seat="12、13")
    story.aboard("X0", **TRAIN, seat="12、13 ")  # the same but for a blank
    story.aboard("X0", **TRAIN, seat="12、13")
    story.aboard("X1", **(TRAIN | {"number": "Z14"}), seat="12、13")  # another number of the train
    story.aboard("X2", **TRAIN, seat="14")  # changed seats
    story.aboard("X3", **(TRAIN | {"name": "Someone else"}), seat="12、13")
    for _ in range(2):
        story.aboard("", **(TRAIN | {"name": ""}), seat="15")  # two people, for all we know
        story.aboard("X8", **(TRAIN | {"number": "Z99"}))  # nowhere near a case
    for stop in ("武昌", "武昌", "武昌", "汉口", "郑州", "郑州东"):
        story.row("stops", stop=stop, city="武汉" if stop[0] in "武汉" else "郑州")


@pytest.fixture(scope="module")
def answers(module_story):
    tell(module_story)
    module_story.answers()
    return module_story


@pytest.fixture(scope="module")
def tables(answers):
    path = answers.folder / "out-nhc-2020-03" / "current" / "report.json"
    return {row["table"]: row for row in json.loads(path.read_text("utf-8"))["tables"]}


def test_a_leg_that_a_manifest_holds_again_is_a_duplicate(answers):
    assert 3 == answers.report.duplicates["legs"]


def test_legs_are_compared_only_near_a_case_and_with_a_document(answers):
    assert 15 == answers.report.compared["legs"]


def test_rows_of_small_tables_are_compared_whole(answers):
    assert (2, 6) == (answers.report.duplicates["stops"], answers.report.compared["stops"])


def test_rejected_rows_are_no_duplicates(answers):
    assert (2, 1) == (
        answers.report.rejected["case_legs"],
        answers.report.duplicates["case_legs"],
    )


@pytest.mark.parametrize(
    ("table", "totals"), [("legs", (19, 16, 3, 0)), ("case_legs", (50, 47, 1, 2))]
)
def test_rows_in_are_those_used_duplicates_and_rejects(tables, table, totals):
    names = ("rows", "used", "duplicates", "rejected")
    assert totals == tuple(tables[table][name] for name in names)


def test_rows_are_not_told_where_they_would_give_away_a_small_used(tables):
    assert (None, None) == (tables["stops"]["rows"], tables["stops"]["used"])


def test_the_summary_says_among_which_legs_duplicates_were_looked_for(answers):
    lines = list(summary_lines(answers.report))
    assert "table      legs: 19 rows, 3 duplicates among the 15 read closely" in lines
