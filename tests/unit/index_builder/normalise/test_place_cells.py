"""A cell about places is read whole: every readable part of it is in the result, or it is unknown.

Cells are drawn: parts that are readable alone, words that nobody knows, and anything between them.
"""

import random

import pytest

from index_builder.normalise import carriages, seats
from index_builder.normalise.place_cells import PLACE_MAXIMUM_CHARACTERS

CELLS = 10_000
BETWEEN = (
    *("、", ",", " ", "，", "和", "及", "或", "跟", "以及", "后", "换", "&", "+", "|", ";", ". "),
    *("-", "—", "–", " - ", "~", "～", "至", "到", " to ", " through ", " and ", " or "),
    *("/", "\\", "(", "\n", "…", "=", "·"),
)
NOT_UNDERSTOOD = (
    *("?", "*", "%", "<5", "@", "其他", "最后一节", "倒数第二节", "后来", "另一节", "附近"),
    *("next", "mins", "about", "12-Mar", "3月5日", "12:30", "2020-01-20", "13800138000", "7X"),
)
IN_NO_LIST = "挂有去后前旁尾头换改过来原了大小左右附近同其他别最末那这途补"
IN_CARRIAGES = (
    *("{}", "{}号", "{}号车厢", "{}车", "第{}车厢", "第{}节车厢", "{:02}", "{}車廂", "车厢{}"),
    *("{}.0", "Car {}", "carriage {}", "{}车12A", "{}号车厢3排D座", "{}车17号", "加{}", "A{}"),
)
SEATS = (
    *("{}{}", "{} {}", "{}排{}座", "{:03}{}", "座位{}{}", "Seat {}{}", "{}-{}", "row {} seat {}"),
)
ROWS = ("{}排", "第{}排", "row {}", "ROWS {}")
NUMBERS = ("{}", "{}号", "{}号座", "{}号下铺")


def not_understood(chance):
    if chance.random() < 0.5:
        return chance.choice(NOT_UNDERSTOOD)
    return "".join(chance.choices(IN_NO_LIST, k=chance.randint(1, 4)))


def cell_of(chance, draw):
    """A cell, the places of its parts, and whether a part of it is not understood."""
    parts = [draw(chance) for _ in range(chance.randint(1, 3))]
    texts = [text for text, _ in parts]
    foreign = chance.random() < 0.35
    if foreign:
        texts.insert(chance.randint(0, len(texts)), not_understood(chance))
    cell = texts[0] + "".join(chance.choice(BETWEEN) + text for text in texts[1:])
    return cell, [place for _, place in parts], foreign


def carriage_part(chance):
    spelling, number = chance.choice(IN_CARRIAGES), chance.randint(1, 20)
    prefix = spelling[0] if spelling[0] in "加A" else ""
    return spelling.format(number), f"{prefix}{number}"


def seat_part(chance):
    number, letter = chance.randint(1, 60), chance.choice("ABCDEFGHJKL")
    spellings = chance.choice((SEATS, ROWS, NUMBERS))
    text = chance.choice(spellings).format(number, letter)
    carriage = None
    if chance.random() < 0.25:
        carriage = str(chance.randint(1, 18))
        text = chance.choice(("{}车{}", "{}号车厢{}", "Car {} {}")).format(carriage, text)
    return text, (carriage, number, letter if spellings is SEATS else None)


def covers(read, part):
    """Whether the places read hold that of a part: it, its whole row, or a carriage so numbered."""
    carriage, number, letter = part
    if carriage is not None and carriage not in read.carriages:
        return False
    return str(number) in read.carriages or any(
        (place.row == number and place.letter in {None, letter})
        or (letter is None and place.berth == number)
        for place in read.positions
    )


def test_carriages_are_all_named_or_none_in_10000_cells():
    chance = random.Random(20_200_117)  # noqa: S311 - no secret
    for _ in range(CELLS):
        cell, labels, foreign = cell_of(chance, carriage_part)
        read = carriages(None, cell)
        assert read.carriage_unknown or (not foreign and set(labels) <= set(read.carriages)), cell


@pytest.mark.parametrize("mode", ["flight", "train", "coach"])
def test_seats_are_all_named_or_unknown_in_10000_cells(mode):
    chance = random.Random(20_200_118)  # noqa: S311 - no secret
    for _ in range(CELLS):
        cell, parts, foreign = cell_of(chance, seat_part)
        read = seats(mode, cell)
        whole = not foreign and all(covers(read, part) for part in parts)
        assert read.unknown or whole, cell
        known = [carriage for carriage, _, _ in parts if carriage and mode == "train"]
        assert read.carriage_unknown or set(known) <= set(read.carriages), cell


@pytest.mark.parametrize(
    "cell",
    [
        *("between rows 20 and 22", "rows between 20 and 22", "Between row 20 and row 22"),
        *("from 20 to 22", "from row 20 to row 22", "从20排到22排", "自20至22排", "20行至22行"),
        *("Reihen 20 bis 22", "between rows 20-22", "between seats 20A and 22F"),
    ],
)
def test_a_range_is_one_with_a_word_before_it_too(cell):
    read = seats("flight", cell)
    assert [20, 21, 22] == [place.row for place in read.positions]
    assert not read.unknown


@pytest.mark.parametrize(
    "cell", ["from row 20", "从20排", "between 20 and the galley", "between 20, 21 and 23"]
)
def test_a_word_that_begins_a_range_without_its_end_is_not_understood(cell):
    assert seats("flight", cell).residue


def test_carriages_between_two_are_named():
    for cell in ("between 3 and 5", "from car 3 to car 5", "从3号到5号车厢", "Wagen 3 bis 5"):
        assert ("3", "4", "5") == carriages("train", cell).carriages


@pytest.mark.parametrize(
    ("cell", "carriage"),
    [
        *(("ZE8", "8"), ("SW01", "1"), ("第6卡", "6"), ("6號車卡", "6"), ("第三卡車廂", "3")),
        *(("3호차", "3"), ("Voiture 3", "3"), ("第6両目", "6"), ("6卡", None), ("ZX8X", None)),
    ],
)
def test_carriages_as_railways_of_the_regions_write_them(cell, carriage):
    read = carriages("train", cell)
    assert ((carriage,) if carriage else ()) == read.carriages


def test_a_cell_longer_than_any_list_of_places_is_unknown():
    cell = "3、" * PLACE_MAXIMUM_CHARACTERS
    assert carriages("train", cell).carriage_unknown
    assert seats("train", cell).unknown
