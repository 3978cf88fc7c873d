"""Whom the rows of a piece ask about, by whichever columns their list has."""

from app.bulk.jobs.piece_files import UNCLEAR, PieceRow, read_claims
from app.bulk.turns.identity_turn import RowReader
from app.organisations.people_digests import CLAIM, FIELD
from tests.fixtures.staff_sources import resident

NUMBER, PASSPORT = resident(1), "ZZ09876543"
TWO_NUMBERS = {"name": 0, "id_number": 1, "passport_number": 2}
PARTS = {"surname": 0, "given_name": 1, "id_number": 2}


def claims(columns, *cells):
    return RowReader(columns).claims(PieceRow(2, list(cells), ""))


def test_a_row_of_two_numbers_asks_about_both():
    found = claims(TWO_NUMBERS, "张伟 Zhang Wei", NUMBER, PASSPORT).split(CLAIM)
    assert [NUMBER, PASSPORT] == [claim.partition(FIELD)[0] for claim in found]


def test_a_row_of_one_number_of_two_asks_what_a_plain_row_asks():
    plain = claims({"name": 0, "id_number": 1}, "张伟", NUMBER)
    assert plain == claims(TWO_NUMBERS, "张伟", NUMBER, "")


def test_a_name_in_parts_asks_what_the_whole_name_asks():
    plain = claims({"name": 0, "id_number": 1}, "张伟", NUMBER)
    assert plain == claims(PARTS, "张", "伟", NUMBER)


def test_half_a_name_asks_about_nobody():
    assert f"{UNCLEAR}name_partial" == claims(PARTS, "", "伟明", NUMBER)


def test_a_certain_row_has_no_doubt():
    certain = claims({"name": 0, "id_number": 1}, "张伟", NUMBER)
    assert ("", [f"{NUMBER}{FIELD}张伟"]) == read_claims(certain)


def test_several_people_under_one_name_are_guesses():
    guesses = read_claims(claims({"name": 0, "id_number": 1}, "张等", NUMBER))
    assert ("name_unclear", [f"{NUMBER}{FIELD}张等"]) == guesses
