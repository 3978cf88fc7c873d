from datetime import date, timedelta

import pytest

from app.indexes.snapshot import IndexSnapshot
from app.kiosk.words import DoorWord, Reason, Word, door_word
from exposure_index.label.codec import days_since_zero
from exposure_index.lookup.batch import WorstExposure
from exposure_index.lookup.result import Missing

TODAY = date(2020, 2, 10)
WHOLE = IndexSnapshot()
WITHOUT_ONE = IndexSnapshot(missing=(Missing("甲市", "stale"),))


def until(day: date) -> WorstExposure:
    return WorstExposure(1, days_since_zero(day))


def test_who_is_listed_nowhere_comes_in():
    assert DoorWord(Word.COME_IN) == door_word(WHOLE, None, TODAY)


@pytest.mark.parametrize("days", [0, 1, 13])
def test_an_observation_lasts_to_the_end_of_its_last_day(days):
    worst = until(TODAY + timedelta(days=days))
    assert DoorWord(Word.WAIT, Reason.EXPOSURE) == door_word(WHOLE, worst, TODAY)


def test_an_observation_that_is_over_holds_nobody():
    assert DoorWord(Word.COME_IN) == door_word(WHOLE, until(TODAY - timedelta(days=1)), TODAY)


def test_a_rule_set_that_observes_nobody_holds_nobody():
    assert DoorWord(Word.COME_IN) == door_word(WHOLE, WorstExposure(2, 0), TODAY)


@pytest.mark.parametrize("worst", [None, until(TODAY - timedelta(days=1)), WorstExposure(2, 0)])
def test_nobody_comes_in_while_an_index_is_missing(worst):
    expected = DoorWord(Word.NOT_CHECKED, Reason.INCOMPLETE)
    assert expected == door_word(WITHOUT_ONE, worst, TODAY)


def test_who_is_under_observation_waits_whatever_is_missing():
    assert Word.WAIT == door_word(WITHOUT_ONE, until(TODAY), TODAY).word
