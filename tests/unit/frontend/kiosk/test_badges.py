"""Badges and tables as the service makes them, read by the kiosk."""

import pytest

from app.kiosk.badges.badge_text import badge_text
from app.kiosk.roster.table_file import TableEntry, new_table_id, pack_table
from app.kiosk.words import DoorWord, Reason, Word

ORGANISATION = "ABCD2345"
SECRET = bytes(range(20))
TEXT = badge_text(ORGANISATION, SECRET)
VALID_UNTIL = 1_800_000_000_000
ROSTER = "99" * 16
TABLE_ID = new_table_id()


def entry(secret=SECRET, word=Word.COME_IN, reason=None, name="张伟"):
    return TableEntry(secret, ROSTER, name, DoorWord(word, reason))


def table(*entries):
    return {"hex": pack_table(TABLE_ID, VALID_UNTIL, entries).hex()}


def decision(in_kiosk, file, secret=SECRET):
    [answer] = in_kiosk([("decisionIn", [file, {"hex": secret.hex()}])])
    return answer["returned"]


@pytest.mark.parametrize(
    "text",
    [TEXT, TEXT.lower(), f" {TEXT[:20]} {TEXT[20:]}\n", TEXT.replace("0", "O").replace("1", "l")],
    ids=["printed", "small letters", "with spaces", "misread letters"],
)
def test_a_badge_is_read_as_people_type_it(in_kiosk, text):
    [answer] = in_kiosk([("readBadge", [text])])
    assert {"organisation": ORGANISATION, "secret": {"hex": SECRET.hex()}} == answer["returned"]


@pytest.mark.parametrize("at", [4, 13, 45, 46, len(TEXT) - 1])
def test_a_badge_with_one_other_letter_is_unreadable(in_kiosk, at):
    other = "Z" if TEXT[at] != "Z" else "Y"
    [answer] = in_kiosk([("readBadge", [TEXT[:at] + other + TEXT[at + 1 :]])])
    assert answer["returned"] is None


@pytest.mark.parametrize("text", ["", TEXT[:-1], TEXT + "0", "CG2" + TEXT[3:], "CG1:::"])
def test_a_torn_badge_is_unreadable(in_kiosk, text):
    [answer] = in_kiosk([("readBadge", [text])])
    assert answer["returned"] is None


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        (Word.COME_IN, None),
        (Word.WAIT, Reason.EXPOSURE),
        (Word.NOT_CHECKED, Reason.INCOMPLETE),
        (Word.TEMPERATURE, None),
    ],
)
def test_a_badge_opens_its_own_decision(in_kiosk, word, reason):
    others = [entry(secret=bytes([n]) * 20, name="Ana") for n in range(70)]
    found = decision(in_kiosk, table(*others, entry(word=word, reason=reason)))
    assert {
        "word": word.value,
        "reason": None if reason is None else reason.value,
        "validUntil": VALID_UNTIL,
        "roster": ROSTER,
        "name": "张伟",
    } == found


def test_every_badge_of_a_table_is_found(in_kiosk):
    secrets = [bytes([n]) * 20 for n in range(100)]
    file = table(*(entry(secret=secret, name=str(secret[0])) for secret in secrets))
    answers = in_kiosk([("decisionIn", [file, {"hex": secret.hex()}]) for secret in secrets])
    assert [str(n) for n in range(100)] == [one["returned"]["name"] for one in answers]


def test_a_badge_that_the_table_does_not_hold_has_no_decision(in_kiosk):
    assert decision(in_kiosk, table(entry()), bytes(20)) is None


def test_a_long_name_is_cut_at_a_character(in_kiosk):
    assert "张" * 21 == decision(in_kiosk, table(entry(name="张" * 30)))["name"]


def test_a_damaged_entry_decides_nothing(in_kiosk):
    file = bytearray.fromhex(table(entry())["hex"])
    for start in range(36, len(file), 128):
        file[start + 40] ^= 1  # behind the locator
    assert decision(in_kiosk, {"hex": file.hex()}) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file[:-1],
        lambda file: file[:-128],
        lambda file: b"GAUGEK02" + file[8:],
        lambda file: file[:36] + file[164:292] + file[36:164] + file[292:],
        lambda _: b"",
    ],
    ids=["cut", "an entry short", "another magic", "out of order", "empty"],
)
def test_a_table_that_is_not_whole_is_refused(in_kiosk, damage):
    file = damage(bytes.fromhex(table(entry())["hex"]))
    [answer] = in_kiosk([("tableIn", [{"hex": file.hex()}])])
    assert "Error" == answer["thrown"]


def test_a_table_says_whose_it_is_and_until_when(in_kiosk):
    [answer] = in_kiosk([("tableIn", [table(entry())])])
    expected = {"id": {"hex": TABLE_ID.hex()}, "validUntil": VALID_UNTIL, "entries": 64}
    assert expected == answer["returned"]
