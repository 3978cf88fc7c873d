"""The kind of a document as the browser finds it, beside the service."""

from exposure_index.identity.document import ID_TYPES
from exposure_index.identity.document_kinds import find_id_type
from exposure_index.identity.number_doubts import NUMBER_DOUBTS, number_doubt
from tests.fixtures.document_forms import DOUBT_OF_NUMBER, DOUBT_UNDER_A_KIND, KIND_OF_NUMBER
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


def _doubts(in_browser, chosen):
    calls = [("numberDoubt", [number, kind]) for kind, number in chosen]
    return [answer["returned"] for answer in in_browser(calls)]


def test_the_browser_asks_about_the_numbers_of_the_vectors(in_browser):
    expected = {("", number): doubt for number, doubt in DOUBT_OF_NUMBER.items()}
    expected |= DOUBT_UNDER_A_KIND
    assert list(expected.values()) == _doubts(in_browser, expected)


def test_both_sides_ask_about_the_same_of_50_000_numbers(in_browser):
    drawn = DrawnIdentities(54)
    numbers = [_beside_others(drawn) for _ in range(DRAWN)]
    numbers += [number.replace("0", "O") for number in numbers[: DRAWN // 10]]
    chosen = [(drawn.random.choice(["", "", "passport", *ID_TYPES]), number) for number in numbers]
    asked = _doubts(in_browser, chosen)
    expected = [number_doubt(number, kind) for kind, number in chosen]
    differing = [row for row in zip(chosen, expected, asked, strict=True) if row[1] != row[2]]
    assert [] == differing[:5]
    assert {None, *NUMBER_DOUBTS} == set(expected)


def _beside_others(drawn):
    """Return a number, with a word, a date, another one or itself beside it or without."""
    number, choice = drawn.typed()["id_number"], drawn.random.choice
    before = choice(("No. ", "ID:", "passport ", "2030-01-01 ", *[""] * 8))
    again = choice((number, drawn.typed()["id_number"]))
    behind = choice(("2030.01.01", "01/02/2030", "1-1-30", "CHN", again, again, *[""] * 8))
    between = choice((" ", "", "/", ", ", " - ", " or ", "\n", "(")) if behind else ""
    return f"{before}{number}{between}{behind}"
