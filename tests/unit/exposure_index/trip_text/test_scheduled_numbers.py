"""Numbers of flights and trains are read whole or not at all."""

import random
import string

import pytest

from exposure_index.trip_text.service_numbers import digits_without_airline, number_doubt, numbers

SEED = 20200120
CELLS = 10_000
HAN = "未退改误疑甲乙丙丁戊己庚辛壬癸赤橙黄绿蓝靛紫"
MARKS = "?!*%$@^=…？！×√"
KNOWN_BESIDE_FLIGHTS = [
    *(
        "",
        "次",
        "航班",
        " flight",
        "（A320）",
        "（12A）",
        "（1月20日）",
        " 2020-01-20",
        " 16:14",
        "/未知",
    ),
    *(
        "（武汉-北京）",
        " Toronto to Halifax",
        " from Paris",
        " 晚点",
        ", seat 12A",
        " rows 10-16",
        " - Milan",
    ),
]
KNOWN_BESIDE_TRAINS = [
    *("", "次", "次列车", " train", "（5车）", "（1月20日）", " 2020-01-20", " 16:14", "/未知"),
    *("（武汉-北京）", " 5号车厢", "次列车5号车厢12F", "（0121）", "（12:30）", "，从武汉至北京"),
]


def strange_text(chance):
    """Return a text that no department's word is part of."""
    kind = chance.randrange(4)
    if kind == 0:
        return "".join(chance.choices("QXZJVW", k=chance.randint(3, 8)))
    if kind == 1:
        return "".join(chance.choices(HAN, k=chance.randint(1, 4)))
    if kind == 2:
        return chance.choice(MARKS)
    return "".join(chance.choices(string.digits, k=chance.randint(5, 9)))


def flight(chance):
    designator = chance.choice(["CA", "MU", "3U", "CCA", "QF", "VOZ", "XQZ"])
    return f"{designator}{chance.choice(['', ' ', '-'])}{chance.randint(100, 9999)}"


def train(chance):
    letter = chance.choice("GDCZTKYLS")
    return f"{letter}{chance.randint(1, 9999)}"


@pytest.mark.parametrize(("mode", "number"), [("flight", flight), ("train", train)])
def test_a_number_joined_with_anything_strange_is_never_read_as_the_number_alone(mode, number):
    chance = random.Random(SEED)  # noqa: S311 - repeatable, nothing secret
    wrong = []
    for _ in range(CELLS):
        readable = number(chance)
        alone = numbers(mode, readable)
        parts = [readable, strange_text(chance)]
        chance.shuffle(parts)
        cell = chance.choice([" ", "/", "-", "，", "（", ""]).join(parts)
        if numbers(mode, cell) == alone:
            wrong.append(cell)
    assert [] == wrong


@pytest.mark.parametrize(
    ("mode", "number", "known"),
    [("flight", flight, KNOWN_BESIDE_FLIGHTS), ("train", train, KNOWN_BESIDE_TRAINS)],
)
def test_a_number_beside_what_is_known_is_the_number(mode, number, known):
    chance = random.Random(SEED)  # noqa: S311 - repeatable, nothing secret
    for beside in known * 20:
        readable = number(chance)
        assert numbers(mode, readable) == numbers(mode, readable + beside), readable + beside


@pytest.mark.parametrize(
    "cell",
    [
        *("Flight 4014", "4014", "航班4014", "FLT 4014", "flight no. 4014", "NO 1234", "№ 1234"),
        *(
            "JET3346",
            "MAY4",
            "May 4",
            "AIRCANADAFLIGHT8782",
            "ROW 12",
            "Taxi ZQ1001",
            "的士 ZQ1001",
        ),
        *(
            "CA1234 or CA1235",
            "CA12**",
            "CA 12 34",
            "CA1234 on 5",
            "CA1234/XYZ9",
            "CA1234 改签CZ3000",
        ),
    ],
)
def test_a_flight_without_an_airline_or_not_understood_has_no_number(cell):
    assert () == numbers("flight", cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("G1234 改签", "G1234改签"),
        ("G1234?", "G1234?"),
        ("G1234（777）", "G1234(777)"),
        ("G1234 Taxi", "G1234TAXI"),
        ("ICE 123", "ICE123"),
    ],
)
def test_a_train_that_is_not_understood_keeps_its_text_and_joins_only_that(cell, expected):
    assert (expected,) == numbers("train", cell)


@pytest.mark.parametrize(
    ("mode", "cell", "doubt"),
    [
        ("flight", "XQZ123", "designator"),
        ("flight", "JD52221", "digits"),
        ("flight", "CA1234", None),
        ("flight", "ZZ1234", None),
        ("flight", "4014", None),
        ("train", "G1234 改签", "text"),
        ("train", "G1234", None),
        ("train", "ICE 123", None),
        ("train", "未知", None),
        ("train", "Example Line, Eastville to Westville", "text"),
        ("bus", "26路", None),
        ("bus", "M20 Bus: from Eastville to Westville", "text"),
        ("bus", "Route 3 (Eastville to Westville)", None),
        ("coach", "粤A12345，客运", None),
        ("ship", "Ferry: Eastville to Westville", "text"),
        ("ship", "Example Star", None),
    ],
)
def test_a_number_that_may_join_too_little_is_doubted(mode, cell, doubt):
    assert doubt == number_doubt(mode, cell)


@pytest.mark.parametrize(
    ("mode", "cell", "expected"),
    [
        ("taxi", "Taxi ZQ1001", "ZQ1001"),
        ("taxi", "ZQ1001（的士）", "ZQ1001"),
        ("taxi", "出租车 ZQ1001", "ZQ1001"),
        ("bus", "Bus no. 3", "3"),
        ("bus", "Route 3", "3"),
        (
            "bus",
            "Halifax Transit Route 3 (North Street to Bridge Terminal)",
            "HALIFAXTRANSITROUTE3",
        ),
        ("taxi", "网约车", "网约车"),
    ],
)
def test_a_word_for_the_vehicle_itself_is_no_part_of_its_number(mode, cell, expected):
    assert (expected,) == numbers(mode, cell)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("Flight 4014", "4014"),
        ("航班0815", "815"),
        ("4014", "4014"),
        ("CZ4014", ""),
        ("Air Canada flight 4014", ""),
        ("Flight 4014 or 4015", ""),
        ("4014 Xville", ""),
        ("JET3346", ""),
        ("Flight 40145", ""),
        ("", ""),
    ],
)
def test_the_digits_of_a_flight_without_its_airline_are_read_whole_or_not_at_all(text, digits):
    assert digits == digits_without_airline("flight", text)
    assert "" == digits_without_airline("train", text)
