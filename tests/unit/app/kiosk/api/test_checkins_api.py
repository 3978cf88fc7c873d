"""Check-ins of another maker's kiosk, from the seal to the records."""

import pytest

from app.kiosk.enrolment.kiosk_fleet import KioskFleet
from app.kiosk.keys.encodings import to_base64url
from app.kiosk.keys.organisation_keypairs import checkin_key
from app.kiosk.moments import now_ms
from tests.fixtures.kiosk_contents import ROSTER_ID
from tests.fixtures.kiosk_terminals import example

USUAL = {"fever_celsius": 37.3}


@pytest.fixture
def terminal(kiosk_house, works):
    """A kiosk that knows what a sync would tell it."""
    terminal = kiosk_house.terminal(works)
    key = checkin_key(kiosk_house.services.records, works, now_ms())
    terminal.checkin_key, terminal.settings = to_base64url(key.public_key), USUAL
    return terminal


def checkin(terminal):
    return terminal.checkin({"badge": ROSTER_ID}, "come_in", 36.5)


def refusal(call):
    with pytest.raises(example.Refused) as refused:
        call()
    return refused.value.code


def test_a_batch_is_taken_once_and_known_when_sent_again(kiosk_house, terminal, works):
    batch = [checkin(terminal) for _ in range(3)]
    for state in ("taken", "known"):
        expected = [{"id": one["id"], "state": state} for one in batch]
        assert expected == terminal.send(batch)
    assert [1, 2, 3] == [one.sequence for one in kiosk_house.checkins(works)]


def test_the_answer_tells_the_time(terminal):
    assert now_ms() - terminal.post("checkins", {"checkins": []})["server_at"] < 60_000


def test_each_of_a_batch_has_its_own_outcome(terminal):
    good, not_sealed = checkin(terminal), {**checkin(terminal), "sealed": "++"}
    states = [one["state"] for one in terminal.send([not_sealed, good])]
    assert ["refused", "taken"] == states
    assert "malformed" == terminal.send([not_sealed])[0]["reason"]


def test_a_kiosk_of_another_organisation_cannot_bring_a_checkin_in(kiosk_house, terminal):
    stranger = kiosk_house.terminal(kiosk_house.organisation())
    [outcome] = stranger.send([checkin(terminal)])
    assert ("refused", "unreadable") == (outcome["state"], outcome["reason"])


def test_a_revoked_kiosk_still_delivers_what_it_made_before(kiosk_house, terminal, works):
    before = [checkin(terminal) for _ in range(2)]
    KioskFleet(kiosk_house.services.records).revoke(works, terminal.kiosk, "hr-1", now_ms())
    assert ["taken", "taken"] == [one["state"] for one in terminal.send(before)]
    assert [True, True] == [one.unconfirmed for one in kiosk_house.checkins(works)]


@pytest.mark.parametrize(
    "item",
    [
        {"id": "x", "sequence": 1, "sealed": ""},
        {"id": "0a" * 16, "sequence": -1, "sealed": ""},
        {"id": "0a" * 16, "sequence": 1},
        {"id": "0a" * 16, "sequence": 1, "sealed": "", "more": 1},
    ],
)
def test_what_has_no_id_to_be_answered_by_refuses_the_batch(terminal, item):
    assert "422" == refusal(lambda: terminal.send([checkin(terminal), item]))


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"{", "400"), (b"[]", "422"), (b" " * 1_048_577, "413")],
    ids=["no json", "list", "too long"],
)
def test_what_is_no_batch_is_refused(terminal, body, code):
    assert code == refusal(lambda: terminal.request("POST", "checkins", body))


def test_a_batch_has_two_hundred_at_most(terminal):
    one = checkin(terminal)
    assert "422" == refusal(lambda: terminal.send([one] * 201))
    assert 200 == len(terminal.send([one] * 200))
