import pytest

from index_builder.trips.positions import POSITION_COLUMNS, POSITIONS_MAXIMUM, place_text, positions

NOWHERE = (None, None, None, None)


def places(mode, carriage, seat, role=""):
    """Carriage, row, berth and letter of each place of a leg."""
    return {row[:4] for row in positions(mode, carriage, seat, role)}


def area(mode, carriage, seat="", role="crew"):
    """The areas of all rows of a leg."""
    first = list(POSITION_COLUMNS).index("area_first")
    return {row[first : first + 2] for row in positions(mode, carriage, seat, role)}


@pytest.mark.parametrize(
    ("carriage", "seat", "expected"),
    [
        ("3、17号车厢", "", {("3", None, None, None), ("17", None, None, None)}),
        ("3、17号车厢", "5A", {("3", 5, None, "A"), ("17", 5, None, "A")}),
        ("", "3、17号车厢", {("3", None, None, None), ("17", None, None, None)}),
        ("3", "5A、6A", {("3", 5, None, "A"), ("3", 6, None, "A")}),
        ("3", "5-7号", {("3", None, 5, None), ("3", None, 6, None), ("3", None, 7, None)}),
        ("3/10", "3C|10车18C", {("3", 3, None, "C"), ("10", 3, None, "C"), ("10", 18, None, "C")}),
        ("", "3车12A、17车3F", {("3", 12, None, "A"), ("17", 3, None, "F")}),
        ("", "12A 3车", {("3", 12, None, "A")}),
        ("", "12A，3车14B", {(None, 12, None, "A"), ("3", 14, None, "B")}),
    ],
)
def test_a_leg_is_at_each_place_that_its_cells_name(carriage, seat, expected):
    assert expected == places("train", carriage, seat)


@pytest.mark.parametrize(
    ("carriage", "seat"),
    [
        ("3号车厢及最后一节", ""),
        ("3号车厢及最后一节", "5A"),
        ("3号车厢及最后一节", "5车5A"),
        ("3", "3车5A，后来换了"),
        ("", "3车5A，后来换了"),
    ],
)
def test_a_carriage_not_understood_is_the_whole_train(carriage, seat):
    assert any(place[0] is None for place in places("train", carriage, seat))


def test_a_seat_not_understood_is_its_whole_carriage_or_aircraft():
    assert {("3", 5, None, "A"), ("3", None, None, None)} == places("train", "3", "5A 靠近门")
    assert {(None, 5, None, "A"), NOWHERE} == places("flight", "", "5A near the door")
    assert {NOWHERE} == places("flight", "", "12-Mar")


def test_more_places_than_a_person_has_are_everywhere():
    seat = ", ".join(f"{row}ABCDEFGHJK" for row in range(1, 31))
    carriages = "1-20"
    assert len(places("train", "1", seat)) <= POSITIONS_MAXIMUM
    assert {NOWHERE} == places("train", carriages, seat)


@pytest.mark.parametrize(
    ("mode", "carriage", "expected"),
    [
        ("train", "3-5", (3, 5)),
        ("train", "3、5号车厢", (3, 5)),
        ("train", "3号车厢及最后一节", (None, None)),
        ("train", "餐车", (None, None)),
        ("flight", "rows 20 to 38", (20, 38)),
        ("flight", "第20-38排", (20, 38)),
        ("flight", "20 - 38 and galley", (None, None)),
        ("flight", "", (None, None)),
    ],
)
def test_the_area_of_a_member_of_the_crew_is_read_whole_or_not_at_all(mode, carriage, expected):
    assert {expected} == area(mode, carriage)


def test_the_text_to_compare_is_the_same_for_every_spelling():
    assert place_text("train", "3、17号车厢", "", "") == place_text("train", "3/17", "", "")
    assert [(None,)] == place_text("train", "3号车厢及最后一节", "", "")
