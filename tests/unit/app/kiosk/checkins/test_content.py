import json

import pytest

from app.kiosk.checkins.content import CheckinRefused, Refusal, read_content
from tests.fixtures.kiosk_contents import ROSTER_ID, VISITOR, checkin_content, padded


def refusal_of(plaintext):
    with pytest.raises(CheckinRefused) as refused:
        read_content(plaintext)
    return refused.value.reason


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"who": {"visitor": VISITOR}},
        {"who": {"nobody": True}, "word": "not_checked", "reasons": ["unreadable_code"]},
        {"temperatures": [], "purpose": "log", "direction": "out", "clock": "unsure"},
        {"override": {"word": "come_in", "reason": "认识本人"}, "symptoms": ["cough"]},
        {"undoes": "0c" * 16, "table": "0d" * 16},
        {"temperatures": [{"celsius": 37, "source": "wedge", "at": 1}]},
    ],
)
def test_what_a_kiosk_says_is_read_as_it_was_said(changes):
    content = checkin_content(**changes)
    assert content == read_content(padded(content)).model_dump()


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 2},
        {"id": "01"},
        {"sequence": -1},
        {"sequence": "1"},
        {"made_at": 1 << 53},
        {"made_at": 1.5},
        {"clock": "late"},
        {"direction": "through"},
        {"purpose": "visit"},
        {"who": {}},
        {"who": {"badge": ROSTER_ID, "nobody": True}},
        {"who": {"nobody": False}},
        {"who": {"visitor": {**VISITOR, "name": "n" * 201}}},
        {"temperatures": [{"celsius": "36.5", "source": "typed", "at": 1}]},
        {"temperatures": [{"celsius": 36.5, "source": "guess", "at": 1}]},
        {"temperatures": [{"celsius": 36.5, "source": "typed", "at": 1}] * 9},
        {"symptoms": ["smell"]},
        {"word": "clear"},
        {"reasons": ["unknown"]},
        {"override": {"word": "come_in"}},
        {"table": "0d"},
        {"remark": "another field"},
    ],
)
def test_what_no_kiosk_says_is_malformed(changes):
    assert Refusal.MALFORMED == refusal_of(padded(checkin_content(**changes)))


@pytest.mark.parametrize(
    "plaintext",
    [
        b"",
        b"[]",
        b"\xff" * 512,
        padded(checkin_content())[:300],
        padded(checkin_content()) + b"{}",
        b"[" * 100_000,
        json.dumps(checkin_content()).replace('"v": 1', '"v": 1, "v": 1').encode(),
        json.dumps(checkin_content()).replace("36.5", "NaN").encode(),
        json.dumps(checkin_content()).replace("36.5", "1e999").encode(),
    ],
    ids=["empty", "list", "bytes", "cut", "two", "deep", "twice", "nan", "infinite"],
)
def test_what_is_no_document_is_malformed(plaintext):
    assert Refusal.MALFORMED == refusal_of(plaintext)


@pytest.mark.parametrize("celsius", [3.65, 24.9, 45.1, 98.6, 365])
def test_no_person_has_this_temperature(celsius):
    readings = [{"celsius": celsius, "source": "typed", "at": 1}]
    assert Refusal.TEMPERATURE == refusal_of(padded(checkin_content(temperatures=readings)))


@pytest.mark.parametrize("celsius", [25, 45.0])
def test_a_person_may_have_this_temperature(celsius):
    readings = [{"celsius": celsius, "source": "typed", "at": 1}]
    assert read_content(padded(checkin_content(temperatures=readings)))
