"""Cells of carriage and seat: whoever may have sat near is listed, and unread cells are named."""

import csv

import pytest

from index_builder.sources.reject_list import reject_list_path

TRAIN = {"mode": "train"}
FLIGHT = {"mode": "flight"}
AS_CASE = {
    # number: mode, carriage and seat of the case; carriage and seat of who was near
    "G7001": (TRAIN, "3、17号车厢", "", "17", "5A"),
    "G7002": (TRAIN, "", "3、17号车厢", "3", "5A"),
    "G7003": (TRAIN, "3号车厢及最后一节", "", "12", "5A"),
    "G7004": (TRAIN, "3", "5A", "1 3号车厢", ""),
    "CZ4001": (FLIGHT, "", "20 - 38", "", "30A"),
    "CZ4002": (FLIGHT, "", "20A near the galley", "", "45A"),
    "CZ4003": (FLIGHT, "", "12-Mar", "", "45A"),
    "CZ4004": (FLIGHT, "", "20A", "", "43902"),
}
APART = {
    "G7011": (TRAIN, "8号车厢", "", "9", "5A"),
    "CZ4011": (FLIGHT, "", "20-24", "", "40A"),
    "G7012": (TRAIN, "5", "1号下铺", "5", "8号下铺"),
}
COMPARTMENTS = {
    "carriage": "3、5号车厢",
    "class": "soft_sleeper",
    "aircon": "yes",
    "units": "1-4,5-8",
}
NOT_WHOLE = "kept: not understood as a whole, taken as unknown"


@pytest.fixture(scope="module")
def places(module_story):
    story = module_story
    story.case()
    for number, (mode, carriage, seat, *_) in (AS_CASE | APART).items():
        story.case_leg(**mode, number=number, carriage=carriage, seat=seat)
    for number, (mode, *_, carriage, seat) in (AS_CASE | APART).items():
        story.aboard(f"P{number}", **mode, number=number, carriage=carriage, seat=seat)
    story.row("carriages", **TRAIN, number="G7012", **COMPARTMENTS)
    answers = story.answers()
    path = reject_list_path(story.folder / "out-nhc-2020-03", story.report.build_id)
    with path.open(encoding="utf-8", newline="") as lines:
        return answers, list(csv.DictReader(lines))


@pytest.mark.parametrize("number", AS_CASE)
def test_whoever_may_have_sat_near_is_a_close_contact(places, number):
    assert "close" == places[0][f"P{number}"]


@pytest.mark.parametrize("number", APART)
def test_whoever_sat_apart_is_none(places, number):
    assert "close" != places[0][f"P{number}"]


def test_cells_not_understood_as_a_whole_are_named_by_row_and_column(places):
    numbers = list(AS_CASE | APART)

    def row(number):
        return str(numbers.index(number) + 2)

    assert [
        ("case_legs", row("G7003"), "carriage", NOT_WHOLE),
        ("case_legs", row("CZ4002"), "seat", NOT_WHOLE),
        ("case_legs", row("CZ4003"), "seat", NOT_WHOLE),
        ("legs", row("CZ4004"), "seat", NOT_WHOLE),
    ] == [tuple(line.values()) for line in places[1]]
