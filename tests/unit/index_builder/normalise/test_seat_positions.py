import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_builder.normalise import SeatPosition, seats


def lettered(*names):
    return tuple(SeatPosition(row=int(name[:-1]), letter=name[-1]) for name in names)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("34H", lettered("34H")),
        ("34h", lettered("34H")),
        ("３４Ｈ", lettered("34H")),
        ("34 H", lettered("34H")),
        ("034H", lettered("34H")),
        ("R40J", lettered("40J")),
        ("K17", lettered("17K")),
        ("2(D", lettered("2D")),
        ("34H | 34J", lettered("34H", "34J")),
        ("座位：34H，34J", lettered("34H", "34J")),
        ("34H,J", lettered("34H", "34J")),
        ("13A/15B", lettered("13A", "15B")),
        ("13A-C", lettered("13A", "13B", "13C")),
        ("13A-13C", lettered("13A", "13B", "13C")),
        ("14ABDEFGJK", lettered(*(f"14{letter}" for letter in "ABDEFGJK"))),
        ("座位：13排A、B、C座", lettered("13A", "13B", "13C")),
        ("座位：17排D、F", lettered("17D", "17F")),
        ("座位号为：头等舱7A", lettered("7A")),
        ("座位号2C 经停武汉", lettered("2C")),
        ("座位：17号A", lettered("17A")),
        ("001F", lettered("1F")),
        ("三排A座", lettered("3A")),
    ],
)
@pytest.mark.parametrize("mode", ["flight", "train"])
def test_seats_with_a_letter_are_read_on_any_vehicle(mode, cell, expected):
    result = seats(mode, cell)
    assert expected == result.positions
    assert not result.unknown


@pytest.mark.parametrize(
    ("cell", "rows"),
    [
        ("7-11排", (7, 8, 9, 10, 11)),
        ("座位：34排", (34,)),
        ("Row48", (48,)),
        ("Row70/71", (70, 71)),
        ("24", (24,)),
        ("24.0", (24,)),
        ("12A-14C", (12, 13, 14)),
        ("20-24", (20, 21, 22, 23, 24)),
        ("20 - 24", (20, 21, 22, 23, 24)),
        ("24-20", (20, 21, 22, 23, 24)),
        ("20–24", (20, 21, 22, 23, 24)),
        ("20—24", (20, 21, 22, 23, 24)),
        ("20~24", (20, 21, 22, 23, 24)),
        ("20～24", (20, 21, 22, 23, 24)),
        ("20 to 24", (20, 21, 22, 23, 24)),
        ("20 through 24", (20, 21, 22, 23, 24)),
        ("20 thru 24", (20, 21, 22, 23, 24)),
        ("20至24", (20, 21, 22, 23, 24)),
        ("第20排到第24排", (20, 21, 22, 23, 24)),
        ("二十至二十四排", (20, 21, 22, 23, 24)),
        ("R20-R24", (20, 21, 22, 23, 24)),
        ("Rows 20 to Row 24", (20, 21, 22, 23, 24)),
        ("20ABC-24ABC", (20, 21, 22, 23, 24)),
        ("rows 20, 21, 22, 23 or 24", (20, 21, 22, 23, 24)),
        ("All passengers seated in rows 20 - 24.", (20, 21, 22, 23, 24)),
        ("4 or 5", (4, 5)),
        ("10、11排", (10, 11)),
        ("3,4 & 5", (3, 4, 5)),
        ("24-26A", (24, 25, 26)),
    ],
)
def test_rows_without_a_letter_are_whole_rows_of_an_aircraft(cell, rows):
    assert tuple(SeatPosition(row=row) for row in rows) == seats("flight", cell).positions


@pytest.mark.parametrize(
    ("cell", "rows", "letters"),
    [
        ("24-26A-F", (24, 25, 26), "ABCDEF"),
        ("24-26 A, C and D", (24, 25, 26), "ACD"),
        ("Rows 10-12, seats C, D and F", (10, 11, 12), "CDF"),
        ("Passengers in rows 12 – 14, seats C, D, E and F", (12, 13, 14), "CDEF"),
        ("Row 12 seat A", (12,), "A"),
    ],
)
def test_letters_behind_rows_are_seats_of_each_row(cell, rows, letters):
    result = seats("flight", cell)
    assert lettered(*(f"{row}{letter}" for row in rows for letter in letters)) == result.positions
    assert not result.unknown


@pytest.mark.parametrize(
    ("cell", "berths"),
    [
        ("10-13号", [(10, None), (11, None), (12, None), (13, None)]),
        ("13 - 10", [(10, None), (11, None), (12, None), (13, None)]),
        ("5、6号下铺", [(5, None), (6, "下")]),
        ("座位：34", [(34, None)]),
        ("座位号：111", [(111, None)]),
        ("座位：081号", [(81, None)]),
        ("座位号0084", [(84, None)]),
        ("37号、38号", [(37, None), (38, None)]),
        ("22号上铺", [(22, "上")]),
        ("座位：7号床下铺", [(7, "下")]),
        ("硬卧13下铺\\14下", [(13, "下"), (14, "下")]),
    ],
)
def test_numbers_on_a_train_are_numbered_seats_or_berths(cell, berths):
    result = seats("train", cell)
    assert berths == [(place.berth, place.level) for place in result.positions]
    assert not result.unknown


@pytest.mark.parametrize(
    ("cell", "carriage", "place"),
    [
        ("02车15A", "2", SeatPosition(row=15, letter="A", carriage="2")),
        ("座位 3车厢0048号座", "3", SeatPosition(berth=48, carriage="3")),
        ("15车02号中铺", "15", SeatPosition(berth=2, level="中", carriage="15")),
        ("座次03008", "3", SeatPosition(berth=8, carriage="3")),
        ("加1号车厢7A", "加1", SeatPosition(row=7, letter="A", carriage="加1")),
    ],
)
def test_a_carriage_named_with_the_seat_is_kept(cell, carriage, place):
    result = seats("train", cell)
    assert (carriage,) == result.carriages
    assert (place,) == result.positions


def test_a_seat_changed_under_way_keeps_each_carriage_with_its_seat():
    result = seats("train", "座位03C 座位：10车18C")
    assert (
        SeatPosition(row=3, letter="C"),
        SeatPosition(row=18, letter="C", carriage="10"),
    ) == result.positions
    assert ("10",) == result.carriages


def test_two_carriages_in_one_cell_are_both_told():
    result = seats("train", "3车5A，4车6A")
    assert ("3", "4") == result.carriages


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "-",
        "Unknown",
        "pending",
        "NA",
        "未知",
        "座位",
        "经停武汉",
        "卧铺车厢",
        "0251",
        "3008",
        "12I",
        "0A",
        "all seats",
        "whole flight",
        "全部",
        "all rows",
        "整架",
        "seat unknown",
        "12-Mar",
        "5-FEB",
        "2020-03-12",
        "2020/3/12 0:00",
        "12/3/2020",
        "3月12日",
        "43902",
        "44001",
        "10:30",
        "13800138000",
        "12.5",
        "12th",
    ],
)
def test_what_cannot_be_placed_is_unknown(cell):
    result = seats("train", cell)
    assert () == result.positions
    assert result.unknown


def test_a_known_seat_beside_an_unknown_one_is_kept_and_the_rest_unknown():
    result = seats("flight", "27A | unknown")
    assert lettered("27A") == result.positions
    assert result.unknown


@pytest.mark.parametrize(
    "cell",
    [
        "12A 靠近洗手间",
        "12A or next to it",
        "20 and up",
        "20+",
        "20, 21 …",
        "20..38",
        "20 to 24 except 22",
        "12A and",
        "12A -",
        "12 seats",
        "12A3",
        "20-24-28",
        "3位乘客",
        "前3排",
        "12A 倒数第二节",
    ],
)
def test_what_is_not_understood_beside_a_seat_leaves_the_seat_unknown(cell):
    for mode in ("flight", "train"):
        assert seats(mode, cell).unknown
        assert seats(mode, cell).residue


@pytest.mark.parametrize(
    ("cell", "carriages"),
    [
        ("3、17号车厢", ("3", "17")),
        ("4、6、13号车厢", ("4", "6", "13")),
        ("3至5号车厢", ("3", "4", "5")),
        ("3号车厢和17号", ("3", "17")),
        ("Cars 3-5", ("3", "4", "5")),
        ("carriages 3 and 17", ("3", "17")),
    ],
)
def test_carriages_in_a_cell_of_seats_are_all_told_and_the_seat_is_unknown(cell, carriages):
    result = seats("train", cell)
    assert (carriages, (), True) == (result.carriages, result.positions, result.unknown)


@pytest.mark.parametrize(
    ("cell", "places"),
    [
        ("3车12A、17车3F", [("3", 12, "A", None), ("17", 3, "F", None)]),
        ("3车12号、5车13号", [("3", None, None, 12), ("5", None, None, 13)]),
        ("3车 17号", [("3", None, None, 17)]),
        ("03车012/05车013", [("3", None, None, 12), ("5", None, None, 13)]),
        ("3车12号（下铺）", [("3", None, None, 12)]),
        ("Car 3 seat 12", [("3", None, None, 12)]),
        ("12A(3车)、14B(5车)", [(None, 12, "A", None), (None, 14, "B", None)]),
    ],
)
def test_seats_of_several_carriages_keep_theirs_where_it_is_plain(cell, places):
    result = seats("train", cell)
    assert places == [(p.carriage, p.row, p.letter, p.berth) for p in result.positions]
    assert not result.unknown


def test_more_beside_a_carriage_may_be_another_carriage():
    assert seats("train", "3车12A，后来换了").carriage_unknown
    assert seats("train", "3车、倒数第二节").carriage_unknown
    assert seats("train", "座位317车").carriage_unknown


def test_standing_is_told_and_widens_like_an_unknown_seat():
    result = seats("train", "1号车厢的一名乘客（期间无座")
    assert result.standing
    assert result.unknown
    assert ("1",) == result.carriages


@pytest.mark.parametrize("cell", ["05车无座", "05车无座票", "5号车厢加座", "5车 站票"])
def test_whoever_stood_was_in_the_carriage_all_the_same(cell):
    result = seats("train", cell)
    assert (("5",), True, False) == (result.carriages, result.standing, result.carriage_unknown)


def test_crew_is_told_and_has_no_seat():
    result = seats("flight", "23K | CC")
    assert result.crew
    assert result.unknown
    assert lettered("23K") == result.positions


def test_an_infant_on_a_lap_has_the_seat_it_is_written_with():
    assert lettered("34A") == seats("flight", "34A INF").positions
    assert seats("flight", "INF").infant


@given(st.sampled_from(["flight", "train", None]), st.text())
def test_any_text_has_positions_or_is_unknown(mode, text):
    result = seats(mode, text)
    assert result.positions or result.unknown


@given(
    st.integers(1, 99),
    st.sampled_from("ABCDEFGHJKL"),
    st.sampled_from(
        ["{0}{1}", "座位：{0}{1}", "{0:03}{1}", "{0}排{1}座", "{0}-{1}", "8车{0}{1}号"]
    ),
)
def test_one_seat_is_the_same_in_every_spelling(row, letter, spelling):
    result = seats("train", spelling.format(row, letter))
    assert [(row, letter)] == [(place.row, place.letter) for place in result.positions]
