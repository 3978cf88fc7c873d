"""The wall clock starts at 1,000,000 ms; the server's answer puts the time at 5,000,000."""

import pytest

ANSWER = {"server": 5_000_000}
MINUTE = 60_000


def played(in_kiosk, *steps):
    return in_kiosk([("playClock", [list(steps)])])[0]["returned"]


def test_before_the_server_answered_the_clock_is_unsure(in_kiosk):
    assert [[1_000_000, False]] == played(in_kiosk, {})


def test_the_servers_time_goes_on_with_the_tablets_clock(in_kiosk):
    assert [5_000_000 + MINUTE, True] == played(in_kiosk, ANSWER, {"wall": MINUTE})[-1]


def test_a_clock_that_is_set_back_is_unsure_and_the_time_goes_on(in_kiosk):
    set_back = {"wall": -60 * MINUTE, "monotonic": MINUTE}
    assert [5_000_000 + MINUTE, False] == played(in_kiosk, ANSWER, set_back)[-1]


def test_a_clock_that_leaps_ahead_is_unsure(in_kiosk):
    assert not played(in_kiosk, ANSWER, {"wall": 60 * MINUTE, "monotonic": MINUTE})[-1][1]


@pytest.mark.parametrize("drift", [-29_000, 29_000])
def test_a_small_correction_leaves_it_sure(in_kiosk, drift):
    assert played(in_kiosk, ANSWER, {"wall": MINUTE + drift, "monotonic": MINUTE})[-1][1]


def test_doubt_outlives_the_page_and_ends_with_the_servers_answer(in_kiosk):
    leap = {"wall": 60 * MINUTE, "monotonic": MINUTE}
    steps = played(in_kiosk, ANSWER, leap, {"page": True}, ANSWER)
    assert [False, False, True] == [sure for _, sure in steps[1:]]


def test_the_time_is_known_after_a_restart_without_network(in_kiosk):
    restarted = {"restart": 1_000_000 + 10 * MINUTE}
    assert [5_000_000 + 10 * MINUTE, True] == played(in_kiosk, ANSWER, restarted)[-1]


def test_a_tablet_that_starts_in_the_past_is_unsure_and_never_goes_back(in_kiosk):
    steps = played(in_kiosk, ANSWER, {"wall": MINUTE}, {"restart": 1_000})
    assert [5_000_000 + MINUTE, False] == steps[-1]


def test_the_servers_answer_may_set_the_time_back(in_kiosk):
    assert [4_000_000, True] == played(in_kiosk, ANSWER, {"server": 4_000_000})[-1]
