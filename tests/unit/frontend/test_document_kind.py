"""The kind of a document as the browser finds it, beside the service."""

from exposure_index.identity.document_kinds import find_id_type
from exposure_index.identity.number_doubts import number_doubt
from tests.fixtures.document_forms import DOUBT_OF_NUMBER, KIND_OF_NUMBER
from tests.fixtures.drawn_identities import DrawnIdentities

DRAWN = 50_000


def _found(in_browser, numbers):
    return [answer["returned"] for answer in in_browser([("findIdType", [n]) for n in numbers])]


def test_the_browser_finds_the_kinds_of_the_vectors(in_browser):
    assert list(KIND_OF_NUMBER.values()) == _found(in_browser, KIND_OF_NUMBER)


def test_both_sides_find_one_kind_for_50_000_numbers(in_browser):
    drawn = DrawnIdentities(2026)
    numbers = [drawn.typed()["id_number"] for _ in range(DRAWN)]
    found = _found(in_browser, numbers)
    expected = [find_id_type(number) for number in numbers]
    differing = [row for row in zip(numbers, expected, found, strict=True) if row[1] != row[2]]
    assert [] == differing[:5]
    assert {"resident", "passport", "hk_mo_permit", "tw_permit", "other", ""} <= set(expected)


def _doubts(in_browser, numbers):
    return [answer["returned"] for answer in in_browser([("numberDoubt", [n]) for n in numbers])]


def test_the_browser_asks_about_the_numbers_of_the_vectors(in_browser):
    assert list(DOUBT_OF_NUMBER.values()) == _doubts(in_browser, DOUBT_OF_NUMBER)


def test_both_sides_ask_about_the_same_of_50_000_numbers(in_browser):
    drawn = DrawnIdentities(54)
    words = ("No. ", "ID:", "passport ", "", "", "")
    numbers = [drawn.random.choice(words) + drawn.typed()["id_number"] for _ in range(DRAWN)]
    numbers += [number.replace("0", "O") for number in numbers[: DRAWN // 10]]
    asked = _doubts(in_browser, numbers)
    expected = [number_doubt(number) for number in numbers]
    differing = [row for row in zip(numbers, expected, asked, strict=True) if row[1] != row[2]]
    assert [] == differing[:5]
    assert {None, "words", "letter_for_digit"} == set(expected)
