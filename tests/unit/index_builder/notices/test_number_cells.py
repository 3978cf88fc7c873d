"""Cells of a service number that hold a route or carriages too, and places that are no trip."""

import random
import re
import unicodedata

import pytest

from index_builder.notices.advice import places_in
from index_builder.notices.number_cells import names_no_trip, split_number_cell


def test_the_operator_of_a_line_is_parted_from_its_number():
    parts = split_number_cell("Halifax Transit Route 3 (North Street to Bridge Terminal)")
    assert ("Route 3", "Halifax Transit") == (parts.number, parts.operator)
    assert ("North Street", "Bridge Terminal") == (parts.board, parts.alight)
    assert "Flight 12 Route 3" == split_number_cell("Flight 12 Route 3").number


@pytest.mark.parametrize(
    ("cell", "number", "board", "alight"),
    [
        ("Flight NZ523 Auckland to Christchurch", "Flight NZ523", "Auckland", "Christchurch"),
        ("JQ570, from Sydney to Melbourne", "JQ570", "Sydney", "Melbourne"),
        (
            "Bus 32 Māngere Town to Sylvia Park",
            "Bus 32",
            "Māngere Town",
            "Sylvia Park",
        ),
        ("Route 3 (North Street to Bridge Terminal)", "Route 3", "North Street", "Bridge Terminal"),
        ("TS663: Port-au-Prince to Montreal", "TS663", "Port-au-Prince", "Montreal"),
        ("G1712次（武汉至郑州东）", "G1712次", "武汉", "郑州东"),
        ("CZ3137 武汉-上海", "CZ3137", "武汉", "上海"),
    ],
)
def test_a_route_behind_the_number_is_parted_from_it(cell, number, board, alight):
    parts = split_number_cell(cell)
    assert (number, board, alight) == (parts.number, parts.board, parts.alight)


@pytest.mark.parametrize(
    ("cell", "number", "carriages"),
    [
        ("Z162次 5号车厢", "Z162次", "5号车厢"),
        ("Z162次（5号车厢）", "Z162次", "5号车厢"),
        ("G1712,3、17号车厢", "G1712", "3、17号车厢"),
        ("G1712次3至5号车厢", "G1712次", "3至5号车厢"),
        ("1068、3号车厢", "1068", "3号车厢"),
        ("K1068/1067 加1车廂", "K1068/1067", "加1车廂"),
    ],
)
def test_carriages_behind_the_number_are_parted_from_it(cell, number, carriages):
    parts = split_number_cell(cell)
    assert (number, carriages) == (parts.number, parts.carriages)


@pytest.mark.parametrize(
    "cell",
    [
        *("G17125号车厢", "Z11/Z14", "ZH4751（CA8215）", "NZ523 connecting to NZ12"),
        *("Air Canada 1604 travelling on May 4 from Toronto (8:15 a.m.)", "5号车厢", "", "to"),
    ],
)
def test_what_is_no_route_and_no_carriage_stays_with_the_number(cell):
    parts = split_number_cell(cell)
    assert (cell, "", "", "") == (parts.number, parts.carriages, parts.board, parts.alight)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Countdown Grey Lynn", True),
        ("Wellington Domestic Airport", True),
        ("Whitaker Hall University", True),
        ("Flight NZ443 Auckland to Wellington", False),
        ("Bus 32 Māngere Town to Sylvia Park", False),
        ("Interislander ferry", False),
        ("JQ570", False),
        ("G1712", False),
    ],
)
def test_a_place_is_told_from_a_trip(text, expected):
    assert expected == names_no_trip(text)


@pytest.mark.parametrize(
    ("advice", "expected"),
    [
        (
            "You are a contact if you were seated in row 23, 24 or 25. Test, 5 & 12 days after.",
            "row 23, 24 or 25",
        ),
        ("Passengers in rows 12 - 18, seats C and D", "rows 12 - 18, seats C and D"),
        ("Seats 12A. Rows 3-5!", "Seats 12A; Rows 3-5"),
        ("Self-isolate for 14 days. Test immediately, and 5 & 12 days after.", ""),
        ("If you were not in rows 23 to 27, you are a casual contact.", ""),
        ("Rows 20-24. Everyone in other rows must test.", ""),
        ("Close contacts: rows 20-24. All passengers must test.", ""),
        ("", ""),
    ],
)
def test_only_rows_that_are_at_risk_are_taken_from_advice(advice, expected):
    assert expected == places_in(advice)


NUMBERS = ("G1712次", "NZ523", "Flight QF528", "K1068/1067", "Bus 32", "Halifax Route 3")
BESIDE = (
    *(
        "5号车厢",
        "3、17号车厢",
        "加1车厢12F",
        "Auckland to Perth",
        "from Milan to Rome",
        "武汉至长沙",
    ),
    *(
        "武汉至长沙",
        "（5号车厢）",
        "delayed",
        "or NZ524",
        "改签",
        "12A",
        "2020-01-20",
        "?",
        "(ex Doha)",
        "转车",
    ),
)
CONNECTIVES = re.compile(r"\b(?:from|to)\b|[至从到]|[\W_]")


def letters_of(text):
    return CONNECTIVES.sub("", unicodedata.normalize("NFKC", text))


def letters(text):
    return sorted(letters_of(text))


def test_nothing_of_a_cell_is_lost_between_its_parts():
    """10,000 seeded cells: what is taken from the number is given to another reader, whole."""
    draw = random.Random(528)  # noqa: S311 - repeatable
    for _ in range(10_000):
        beside = draw.sample(BESIDE, draw.randint(0, 3))
        cell = draw.choice((" ", ", ", "，", "/")).join([draw.choice(NUMBERS), *beside])
        parts = split_number_cell(cell)
        together = (parts.number, parts.board, parts.alight, parts.carriages, parts.operator)
        assert letters(cell) == sorted("".join(map(letters_of, together))), (cell, parts)


def test_rows_are_taken_from_advice_with_all_that_its_sentence_says_of_them():
    """10,000 seeded sentences: words behind the rows go to the reader of seats with them."""
    draw = random.Random(23)  # noqa: S311 - repeatable
    rows = ("rows 23 to 27", "row 4 or 5", "seats 12A, 12B", "Rows 10-16, seats C and D")
    behind = ("", " and nearby", " or the galley", " on the left", " (tbc)", " except row 24")
    for _ in range(10_000):
        said, more = draw.choice(rows), draw.choice(behind)
        before = draw.choice(("You were seated in ", "", "Close contact if in "))
        sentence = f"{before}{said}{more}"
        others = draw.sample(("Test on day 5.", "Call 811.", "Stay home for 14 days."), 2)
        advice = " ".join(draw.sample([f"{sentence}.", *others], 3))
        assert places_in(advice) == ("" if "except" in more else f"{said}{more}"), advice
