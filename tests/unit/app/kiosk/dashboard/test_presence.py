import pytest

from app.kiosk.dashboard.presence import ASSUMED_MS, AT_DOOR_MS, Stay, shared_hours, stays
from tests.fixtures.kiosk_checkins import HOUR, MINUTE, NOON, counted_of


def out(person, made_at):
    return counted_of(person, made_at, direction="out")


def test_a_stay_goes_from_in_to_out():
    expected = [Stay("p", NOON, NOON + HOUR)]
    assert expected == stays([counted_of("p", NOON), out("p", NOON + HOUR)])


def test_whoever_never_left_is_assumed_in_for_two_shifts():
    assert [Stay("p", NOON, NOON + ASSUMED_MS, assumed=True)] == stays([counted_of("p", NOON)])


def test_whoever_never_came_is_assumed_in_for_two_shifts_before():
    assert [Stay("p", NOON - ASSUMED_MS, NOON, assumed=True)] == stays([out("p", NOON)])


def test_nobody_is_assumed_in_before_they_last_left():
    [_, second] = stays([counted_of("p", 0), out("p", HOUR), out("p", 3 * HOUR)][1:])
    assert (HOUR, 3 * HOUR) == (second.begin, second.end)


def test_in_twice_ends_the_first_stay_at_the_second():
    [first, _] = stays([counted_of("p", NOON), counted_of("p", NOON + HOUR)])
    assert Stay("p", NOON, NOON + HOUR, assumed=True) == first


def test_whoever_is_not_let_in_was_at_the_door():
    expected = [Stay("p", NOON - AT_DOOR_MS, NOON + AT_DOOR_MS)]
    assert expected == stays([counted_of("p", NOON, word="wait")])


def test_checkins_need_not_be_in_order():
    assert [Stay("p", NOON, NOON + HOUR)] == stays([out("p", NOON + HOUR), counted_of("p", NOON)])


def test_nobody_without_a_name_has_a_stay():
    assert [] == stays([counted_of("")])


MINE = Stay("p", NOON, NOON + 4 * HOUR)


@pytest.mark.parametrize(
    ("begin", "end", "hours"),
    [
        (NOON - HOUR, NOON + HOUR, 1),
        (NOON + HOUR, NOON + 2 * HOUR, 1),
        (NOON - HOUR, NOON + 9 * HOUR, 4),
        (NOON + 4 * HOUR, NOON + 5 * HOUR, 0),  # met at the gate
    ],
)
def test_whoever_was_in_meanwhile_is_found(begin, end, hours):
    [found] = shared_hours("p", [MINE, Stay("q", begin, end)])
    assert ("q", hours * HOUR) == (found.person, found.milliseconds)


@pytest.mark.parametrize("begin", [NOON - 2 * HOUR, NOON + 4 * HOUR + MINUTE])
def test_whoever_was_in_before_or_after_is_not_found(begin):
    assert [] == shared_hours("p", [MINE, Stay("q", begin, begin + HOUR)])


def test_the_person_is_not_among_those_found():
    assert [] == shared_hours("p", [MINE, Stay("p", NOON, NOON + HOUR)])


def test_several_stays_of_one_person_are_added_up_and_the_longest_comes_first():
    found = shared_hours(
        "p",
        [
            MINE,
            Stay("q", NOON, NOON + HOUR),
            Stay("r", NOON, NOON + HOUR),
            Stay("r", NOON + 2 * HOUR, NOON + 3 * HOUR),
        ],
    )
    assert [("r", 2 * HOUR), ("q", HOUR)] == [(each.person, each.milliseconds) for each in found]


def test_an_assumed_end_is_said():
    [found] = shared_hours("p", [MINE, Stay("q", NOON, NOON + HOUR, assumed=True)])
    assert found.assumed
