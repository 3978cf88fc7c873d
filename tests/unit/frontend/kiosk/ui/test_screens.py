"""Set-up, the camera's eye, mistakes, the guard, and what is left when nobody touches the kiosk."""

import pytest

from tests.unit.frontend.kiosk.ui.test_passage import (
    BADGE,
    EXPOSED,
    KNOWN,
    OTHER_BADGE,
    STORED,
    kinds,
    record_of,
    subject,
    text,
)

AT_THE_WORD = (text(BADGE), subject(KNOWN), text("36.5"), STORED)
WAITING = (text(BADGE), subject(EXPOSED), text("36.5"), STORED)
OPEN_OVERRIDE = {"kind": "override_open"}
COME_IN = {"kind": "override_word", "word": "come_in"}


def camera(words, at=0):
    return {"kind": "camera", "text": words, "at": at}


def phase(name, code=""):
    return {"kind": "phase", "phase": name, "code": code}


def test_a_badge_that_stays_before_the_camera_is_read_once(player):
    steps = player.steps(camera(BADGE), {"kind": "back"}, camera(BADGE, 3000), camera(BADGE, 6000))
    assert "ready" == steps[-1]["screen"]["name"]


def test_a_badge_shown_again_later_is_read_again(player):
    step = player.last(camera(BADGE), {"kind": "back"}, camera(BADGE, 9000))
    assert "temperature" == step["screen"]["name"]


def test_the_camera_takes_the_next_badge_while_the_word_stands(player):
    step = player.last(*AT_THE_WORD, camera(OTHER_BADGE, 100))
    assert ("temperature", 2) == (step["screen"]["name"], step["screen"]["passage"]["key"])


def test_the_camera_takes_nobody_while_somebody_measures(player):
    step = player.last(camera(BADGE), camera(OTHER_BADGE, 9000))
    assert 1 == step["screen"]["passage"]["key"]


def test_a_scanner_begins_the_next_passage_in_the_middle_of_one(player):
    step = player.last(text(BADGE), text(OTHER_BADGE))
    assert (2, ["identify", "sound"]) == (step["screen"]["passage"]["key"], kinds(step))


def test_a_badge_scanned_twice_in_a_row_is_one_passage(player):
    step = player.last(text(BADGE, at=0), text(BADGE, at=800))
    assert (1, []) == (step["screen"]["passage"]["key"], step["effects"])


def test_no_text_of_a_code_stays_in_the_state(player):
    step = player.last(text(BADGE), subject(KNOWN), {"kind": "back"})
    assert "0123456789ABC" not in str(step["ui"])


def test_a_mistake_starts_again_with_the_same_person(player):
    step = player.last(*AT_THE_WORD, {"kind": "undo"})
    assert ("temperature", []) == (step["screen"]["name"], step["screen"]["passage"]["readings"])
    assert [{"kind": "undo", "checkin": "a1"}] == step["effects"]


def test_the_guard_decides_with_a_reason(player):
    override = {"kind": "override", "reason": " Papers seen "}
    step = player.last(*WAITING, OPEN_OVERRIDE, COME_IN, override)
    effect = step["effects"][0]
    assert {"word": "come_in", "reason": "Papers seen"} == effect["checkin"]["override"]
    assert ("wait", "a1") == (effect["checkin"]["word"], effect["undoes"])


def test_the_guards_word_is_shown(player):
    override = {"kind": "override", "reason": "Papers seen"}
    step = player.last(*WAITING, OPEN_OVERRIDE, COME_IN, override, {**STORED, "checkin": "a2"})
    assert ("come_in", True) == (step["screen"]["word"], step["screen"]["override"])


def test_the_guard_decides_nothing_without_a_reason(player):
    step = player.last(*WAITING, OPEN_OVERRIDE, COME_IN, {"kind": "override", "reason": "  "})
    assert ("override", True) == (step["screen"]["name"], step["screen"]["fault"])


def test_a_reason_is_cut_at_200_characters(player):
    long = {"kind": "override", "reason": "𠮷" * 201}
    step = player.last(*WAITING, OPEN_OVERRIDE, COME_IN, long)
    assert "𠮷" * 200 == record_of(step)["override"]["reason"]


def test_a_code_that_is_not_enrolled_asks_for_its_code(player):
    step = player.last(phase("revoked"), phase("not_enrolled", "ABCD"))
    assert ("enrolment", "ABCD") == (step["screen"]["name"], step["screen"]["code"])


def test_an_enrolment_is_sent_once(player):
    enrol = {"kind": "enrol", "code": "A"}
    steps = player.steps(phase("not_enrolled"), enrol, enrol)
    assert ([{"kind": "enrol", "code": "A"}], []) == (steps[1]["effects"], steps[2]["effects"])


def test_a_camera_enrols_once_however_long_it_sees_the_code(player):
    code = camera("https://gauge.example/kiosk#enrol=0123456789ABCDEF")
    fault = {"kind": "enrolment_fault", "fault": "unknown_code"}
    steps = player.steps(phase("not_enrolled"), code, fault, code)
    assert [{"kind": "enrol", "code": "0123456789ABCDEF"}] == steps[1]["effects"]
    assert [] == steps[3]["effects"]


def test_a_revoked_kiosk_checks_nobody_any_more(player):
    step = player.last(text(BADGE), subject(KNOWN), phase("revoked"), text("36.5"), text(BADGE))
    assert ("revoked", []) == (step["screen"]["name"], step["effects"])


@pytest.mark.parametrize(
    "before",
    [
        AT_THE_WORD,
        (text(BADGE), subject(KNOWN)),
        ({"kind": "open", "screen": "details"},),
        ({"kind": "open", "screen": "devices"},),
        (text("something"), subject({"kind": "unread", "reason": "unreadable_code"})),
        ({"kind": "purpose", "purpose": "log"},),
    ],
    ids=["word", "temperature", "details", "devices", "notice", "log"],
)
def test_a_screen_that_nobody_touches_is_wiped(player, before):
    steps = player.steps(*before, {"kind": "idle"})
    assert steps[-2]["idle"] > 0
    assert {"name": "ready", "notice": None} == steps[-1]["screen"]
    assert None is steps[-1]["idle"]


def test_the_word_stays_as_long_as_the_organisation_says(player):
    assert 5000 == player.last(*AT_THE_WORD, idle_seconds=5)["idle"]


def test_the_guards_screen_falls_back_to_the_word(player):
    step = player.last(*WAITING, OPEN_OVERRIDE, {"kind": "idle"})
    assert ("word", 8000) == (step["screen"]["name"], step["idle"])


@pytest.mark.parametrize(
    "late",
    [STORED, {"kind": "undo"}, OPEN_OVERRIDE, COME_IN, subject(KNOWN), text("36.5")],
    ids=["stored", "undo", "override", "word", "subject", "temperature"],
)
def test_what_comes_too_late_does_nothing_to_the_next_person(player, late):
    step = player.last(*AT_THE_WORD, {"kind": "next"}, late)
    assert "ready" == step["screen"]["name"]
    assert {"record", "undo"}.isdisjoint(kinds(step))
