from app.kiosk.dashboard.counted_checkins import read_counted
from tests.fixtures.kiosk_checkins import checkin_of

WAIT_THEN_IN = {"word": "come_in", "reason": "reading of a hot thermometer"}


def test_a_mistake_and_what_takes_it_back_count_for_nobody():
    mistake, kept = checkin_of(1), checkin_of(2)
    found = read_counted([mistake, checkin_of(3, undoes=mistake.id), kept])
    assert ([kept.id], 1) == ([each.id for each in found.each], found.mistakes)


def test_a_mistake_is_taken_back_by_its_own_kiosk_alone():
    first = checkin_of(1)
    found = read_counted([first, checkin_of(2, kiosk="ff" * 16, undoes=first.id)])
    assert ([first.id], 0) == ([each.id for each in found.each], found.mistakes)


def test_what_is_taken_back_before_it_comes_is_a_mistake_too():
    mistake = checkin_of(1)
    assert () == read_counted([checkin_of(2, undoes=mistake.id), mistake]).each


def test_the_word_of_the_guard_holds():
    [one] = read_counted([checkin_of(word="wait", override=WAIT_THEN_IN)]).each
    assert (True, True) == (one.entered, one.overridden)


def test_whoever_is_to_wait_has_not_come_in():
    [one] = read_counted([checkin_of(word="wait")]).each
    assert (False, True) == (one.entered, one.stands_at_door)


def test_no_word_keeps_anybody_in():
    [one] = read_counted([checkin_of(word="wait", direction="out")]).each
    assert one.left


def test_a_reading_of_the_daily_log_lets_nobody_in():
    [one] = read_counted([checkin_of(purpose="log")]).each
    assert (False, False) == (one.entered, one.stands_at_door)


def test_somebody_who_was_not_read_has_no_name():
    [one] = read_counted([checkin_of(person=None, who={"nobody": True})]).each
    assert "" == one.person
