from dataclasses import replace

import pytest

from app.kiosk.checkins.opening import SealedCheckin
from app.kiosk.keys.hpke import SealPurpose, new_key_pair, seal
from app.records.health.alarms import open_alarms
from app.records.kiosks.checkins import checkins_of, identity_digest, roster_digest
from tests.fixtures.kiosk_contents import CHECKIN_ID, ROSTER_ID, VISITOR, checkin_content, padded
from tests.fixtures.kiosk_gates import KNOWN, NOW, TAKEN, Gate, numbered
from tests.fixtures.kiosk_records import GATE, keep_kiosk, keep_organisation

DAY_MS = 86_400_000


@pytest.fixture
def gate(records):
    keep_organisation(records)
    return Gate(records, keep_kiosk(records))


def refused(reason):
    return ("refused", reason)


def test_a_checkin_is_kept_as_it_was_sealed(gate):
    assert [TAKEN] == gate.send(gate.sealed())
    [kept] = gate.kept()
    assert checkin_content() == kept.content
    assert (NOW, 1, "in", "come_in", False) == (
        kept.taken_at,
        kept.sequence,
        kept.direction,
        kept.word,
        kept.unconfirmed,
    )


def test_what_is_sent_again_is_known_and_kept_once(gate):
    batch = [gate.sealed(**numbered(number)) for number in range(3)]
    assert [TAKEN] * 3 == gate.send(*batch)
    assert [KNOWN] * 3 == gate.send(*batch)
    assert [KNOWN, TAKEN] == gate.send(batch[1], gate.sealed(**numbered(9)))
    assert 4 == len(gate.kept())


def test_what_was_taken_is_known_however_late_it_is_sent_again(gate):
    one = gate.sealed()
    gate.send(one)
    assert [KNOWN] == gate.send(one, now=NOW + 100 * DAY_MS)


def test_checkins_in_any_order_keep_their_own_times(gate):
    batch = [gate.sealed(**numbered(number)) for number in (3, 1, 2)]
    assert [TAKEN] * 3 == gate.send(*batch)
    assert [1, 2, 3] == [one.sequence for one in gate.kept()]


def test_one_checkin_twice_in_a_batch_is_kept_once(gate):
    one = gate.sealed()
    assert [TAKEN, KNOWN] == gate.send(one, one)


def test_an_id_with_other_bytes_is_refused(gate):
    first, other = gate.sealed(), gate.sealed(word="wait")
    assert [TAKEN, refused("id_reused")] == gate.send(first, other)
    assert [refused("id_reused"), KNOWN] == gate.send(other, first)
    assert ["come_in"] == [one.word for one in gate.kept()]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"made_at": NOW + 5 * 60_000 + 1}, "future"),
        ({"made_at": NOW - 14 * DAY_MS - 1}, "too_old"),
        ({"temperatures": [{"celsius": 98.6, "source": "typed", "at": 1}]}, "temperature"),
        ({"word": "clear"}, "malformed"),
    ],
)
def test_a_bad_checkin_is_refused_and_stops_no_other(gate, changes, reason):
    batch = [gate.sealed(**numbered(1)), gate.sealed(**changes), gate.sealed(**numbered(2))]
    assert [TAKEN, refused(reason), TAKEN] == gate.send(*batch)
    assert 2 == len(gate.kept())


@pytest.mark.parametrize("made_at", [NOW + 5 * 60_000, NOW - 14 * DAY_MS])
def test_a_checkin_at_the_bound_of_time_is_taken(gate, made_at):
    assert [TAKEN] == gate.send(gate.sealed(made_at=made_at))


@pytest.mark.parametrize("change", [{"id": "02" * 16}, {"sequence": 2}])
def test_a_checkin_under_another_id_or_number_is_a_mismatch(gate, change):
    assert [refused("mismatch")] == gate.send(replace(gate.sealed(), **change))


@pytest.mark.parametrize(
    ("sealed", "reason"), [(None, "malformed"), (b"", "unreadable"), (bytes(600), "unreadable")]
)
def test_what_was_never_sealed_is_refused(gate, sealed, reason):
    assert [refused(reason)] == gate.send(SealedCheckin(CHECKIN_ID, 1, sealed))


def test_a_checkin_that_was_altered_is_unreadable(gate):
    one = gate.sealed()
    altered = replace(one, sealed=one.sealed[:-1] + bytes([one.sealed[-1] ^ 1]))
    assert [refused("unreadable")] == gate.send(altered)


def test_a_checkin_sealed_to_another_organisation_is_unreadable(gate):
    body = seal(new_key_pair()[1], SealPurpose.CHECKIN, padded(checkin_content()))
    assert [refused("unreadable")] == gate.send(SealedCheckin(CHECKIN_ID, 1, body))


def test_the_checkin_of_another_kiosk_is_not_taken_as_ones_own(gate):
    other = Gate(gate.records, keep_kiosk(gate.records, replace(GATE, id="0c" * 16)))
    one = gate.sealed()
    assert [TAKEN] == gate.send(one)
    assert [refused("mismatch")] == other.send(one)
    assert [TAKEN] == other.send(other.sealed())


def test_what_a_revoked_kiosk_made_before_is_kept_and_marked(gate):
    batch = [gate.sealed(**numbered(number)) for number in range(3)]
    gate.revoke(NOW + 1)
    assert [TAKEN, TAKEN, refused("kiosk_revoked")] == gate.send(*batch)
    assert [True, True] == [one.unconfirmed for one in gate.kept()]


def test_what_was_taken_before_a_revocation_is_not_marked(gate):
    one = gate.sealed()
    gate.send(one)
    gate.revoke(NOW)
    assert [KNOWN] == gate.send(one)
    assert [False] == [one.unconfirmed for one in gate.kept()]


def test_an_empty_batch_is_answered_with_nothing(gate):
    assert [] == gate.send()


@pytest.mark.parametrize(
    ("who", "digest"),
    [
        ({"badge": ROSTER_ID}, lambda cipher: roster_digest(cipher, 1, ROSTER_ID)),
        ({"visitor": VISITOR}, lambda cipher: identity_digest(cipher, 1, b"X00000013")),
    ],
)
def test_the_checkins_of_a_person_are_found(gate, who, digest):
    gate.send(gate.sealed(who=who), gate.sealed(**numbered(2), who={"nobody": True}))
    records = gate.records
    with records.reading() as connection:
        found = checkins_of(connection, records.cipher, 1, digest(records.cipher))
        assert [who] == [one.content["who"] for one in found]


def test_a_visitor_with_no_document_is_kept_all_the_same(gate):
    visitor = {**VISITOR, "id_number": "***"}
    assert [TAKEN] == gate.send(gate.sealed(who={"visitor": visitor}))


def test_a_fever_that_is_sent_twice_calls_the_officer_once(gate):
    one = gate.sealed(word="wait", reasons=["fever"])
    gate.send(one)
    gate.send(one)
    with gate.records.reading() as connection:
        alarms = open_alarms(connection, gate.records.cipher, gate.kiosk.organisation)
    assert [(CHECKIN_ID, ("fever",))] == [(alarm.entry, alarm.reasons) for alarm in alarms]
