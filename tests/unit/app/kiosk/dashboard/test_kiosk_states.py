from dataclasses import replace

from app.kiosk.dashboard.kiosk_states import OFFLINE_MS, kiosk_states
from app.records.kiosks.checkin_counts import SequenceSpan
from tests.fixtures.kiosk_records import GATE, KIOSK_ID

SEEN = GATE.last_seen_at


def state(*, now=SEEN, span=None, **changes):
    spans = {KIOSK_ID: span} if span else {}
    return kiosk_states([replace(GATE, **changes)], spans, now)


def test_a_kiosk_that_was_heard_of_is_not_offline():
    [found] = state(now=SEEN + OFFLINE_MS)
    assert (False, False) == (found.offline, found.needs_look)


def test_a_kiosk_that_was_silent_for_three_minutes_is_offline():
    [found] = state(now=SEEN + OFFLINE_MS + 1)
    assert (True, True) == (found.offline, found.needs_look)


def test_what_waits_on_a_kiosk_is_said():
    [found] = state(report={"waiting": 7, "refused": 1})
    assert (7, 1, True) == (found.waiting, found.refused, found.needs_look)


def test_a_gap_in_the_sequence_is_said():
    [found] = state(span=SequenceSpan(3, 12, 8))
    assert (2, True) == (found.missing, found.needs_look)


def test_a_revoked_kiosk_is_left_out_unless_something_of_it_is_missing():
    assert [] == state(revoked_at=1, span=SequenceSpan(1, 5, 5))
    [found] = state(revoked_at=1, span=SequenceSpan(1, 5, 4))
    assert (1, False) == (found.missing, found.offline and not found.revoked)


def test_kiosks_that_need_a_look_come_first():
    silent = replace(GATE, id="ff" * 16, last_seen_at=0)
    found = kiosk_states([replace(GATE, last_seen_at=OFFLINE_MS), silent], {}, OFFLINE_MS + 1)
    assert [silent.id, KIOSK_ID] == [each.id for each in found]
