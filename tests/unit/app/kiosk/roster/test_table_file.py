import pytest

from app.kiosk.roster.table_file import ENTRY_BYTES, TableEntry, pack_table
from app.kiosk.words import DoorWord, Reason, Word
from tests.fixtures.kiosk_roster import read_badge

TABLE_ID = bytes(range(16))
HEAD_BYTES = 36


def entry(number: int, name: str = "陆零一", word: DoorWord | None = None) -> TableEntry:
    word = word or DoorWord(Word.COME_IN)
    return TableEntry(number.to_bytes(20, "big"), f"{number:032x}", name, word)


def test_the_head_of_a_file_is_as_the_protocol_has_it():
    data = pack_table(TABLE_ID, 1_581_000_000_000, [entry(1)])
    expected = b"GAUGEK01" + TABLE_ID + (64).to_bytes(4, "big")
    assert expected + (1_581_000_000_000).to_bytes(8, "big") == data[:HEAD_BYTES]


@pytest.mark.parametrize(("people", "entries"), [(0, 64), (1, 64), (64, 64), (65, 128)])
def test_random_entries_hide_how_many_badges_there_are(people, entries):
    data = pack_table(TABLE_ID, 1, [entry(number) for number in range(people)])
    assert HEAD_BYTES + entries * ENTRY_BYTES == len(data)


def test_entries_stand_in_the_order_of_their_locators():
    data = pack_table(TABLE_ID, 1, [entry(number) for number in range(70)])
    entries = [data[at : at + 128] for at in range(HEAD_BYTES, len(data), 128)]
    assert sorted(entries) == entries


@pytest.mark.parametrize(
    ("word", "numbers"),
    [
        (DoorWord(Word.NOT_CHECKED, Reason.INCOMPLETE), (0, 2)),
        (DoorWord(Word.NOT_CHECKED, Reason.QUOTA), (0, 0)),
        (DoorWord(Word.COME_IN), (1, 0)),
        (DoorWord(Word.WAIT, Reason.EXPOSURE), (2, 1)),
        (DoorWord(Word.TEMPERATURE), (3, 0)),
    ],
)
def test_words_and_reasons_have_their_numbers(word, numbers):
    one = entry(1, word=word)
    found = read_badge(pack_table(TABLE_ID, 1, [one]), one.secret)
    assert numbers == (found.word, found.reason)


def test_a_long_name_is_cut_at_a_character():
    one = entry(1, name="陆" * 30)
    found = read_badge(pack_table(TABLE_ID, 1, [one]), one.secret)
    assert "陆" * 21 == found.name


def test_a_frozen_badge_reads_the_same_for_ever():
    one = entry(7, word=DoorWord(Word.WAIT, Reason.EXPOSURE))
    data = pack_table(TABLE_ID, 1_581_000_000_000, [one])
    frozen = (
        "0fd593c63e613227597964bebd305408"  # pragma: allowlist secret
        "19c393394ce9c0d49160f1fcd67d6fca"  # pragma: allowlist secret
        "4b8439d4d79cc87dc71a50556724a801"  # pragma: allowlist secret
        "6b936195c60afb537c2760015844a0a0"  # pragma: allowlist secret
        "6cd25f1e629cae5f3f96f3d9c3fa3ee9"  # pragma: allowlist secret
        "ed34aa5cd51f3ccf2b20ab4159ad05be"  # pragma: allowlist secret
        "cc0c5dc0f48522ef31c372e6de85ae7b"  # pragma: allowlist secret
        "6a583f9d757c555870843d39caabb390"  # pragma: allowlist secret
    )
    assert bytes.fromhex(frozen) in data
