"""The words of a cell about places aboard: carriages, seats, berths, rows and what joins them.

Every character of the cell is in one of the words; what is in no list is OTHER, so that a reader
knows that it has not understood the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from exposure_index.trip_text.folding import plain_marks, spaced, without_unknown_words

SEAT_LETTERS = "ABCDEFGHJKL"  # no seat is called I
_DIGITS_OF_A_TELEPHONE = 7
_SIMPLIFIED = str.maketrans(
    "車號廂節艙倉掛開數臥軟級鋪無員機組嬰兒經濟頭務過與間訂網編碼隨廳說從個體鋼廁",
    "车号厢节舱仓挂开数卧软级铺无员机组婴儿经济头务过与间订网编码随厅说从个体钢厕",
)


class Kind(Enum):
    """What a word does in a cell about places."""

    NUMBER = auto()  # 12, 012, 12.0, 十二
    LETTERS = auto()  # seats of a row: A, ABC
    LABEL = auto()  # other letters of a carriage's label, before its number: YW3
    ORDINAL = auto()  # 第, No., #
    NUMERAL = auto()  # 号 behind a number
    COUNTER = auto()  # 节: 第4节车厢, but 4节车厢 may be four carriages
    ROW = auto()  # 排 behind a number
    ROW_PREFIX = auto()  # ROW, ROWS
    SEAT = auto()  # 座 behind a number
    SEAT_PREFIX = auto()  # 座位, SEAT
    BERTH = auto()  # 铺, 床 behind a number
    BERTH_PREFIX = auto()  # BERTH
    LEVEL = auto()  # 上铺, LOWER
    CARRIAGE = auto()  # 车厢, before or behind its label
    CARRIAGE_PREFIX = auto()  # CARRIAGE, CAR, COACH
    CABIN = auto()  # 舱, 仓: a cabin of a ship, a class of an aircraft
    EXTRA = auto()  # 加, 加挂: an extra carriage
    FROM = auto()  # before a range: from 20 to 24
    BETWEEN = auto()  # between 20 and 24: the next "and" is a range
    TO = auto()  # a dash, 至
    LIST = auto()  # a comma, a bar, 、
    AND = auto()  # and, or, &, 和
    MARK = auto()  # a bracket, a colon, a quotation mark
    NEUTRAL = auto()  # says nothing of the place: 硬卧, 靠窗, WINDOW
    STANDING = auto()
    CREW = auto()
    INFANT = auto()
    DINING = auto()
    EVERYBODY = auto()  # all seats, 全车
    FROM_THE_END = auto()  # 倒数第二节: trains are not of one length
    DATE = auto()  # a date, a time, a telephone number
    OTHER = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Word:
    """One word; spaced: whether a space stands before it."""

    kind: Kind
    text: str
    spaced: bool = False


_HAN_WORDS: dict[Kind, str] = {
    Kind.NEUTRAL: "座位号码 座位编号 网上订票信息为 高级软卧 头等舱 商务舱 经济舱 公务舱 "
    "超级经济舱 商务座 特等座 一等座 二等座 一等 二等 硬卧 软卧 动卧 硬座 软座 卧铺 "
    "靠窗 靠窗口 窗口 窗边 靠过道 过道 一名乘客 一名旅客 乘客 旅客 "
    "期间 号码 为 是 的 在 位于 该 儿童票 学生票 成人票 儿童 学生 成人",
    Kind.SEAT_PREFIX: "座位号 座位 座号 坐位 座次 座席 坐席 席位 铺位 床位",
    Kind.STANDING: "无座位 无座票 无座号 无座 无位 站票 站立 无票 加座",
    Kind.CREW: "机组人员 机组 乘务组 乘务员 乘务 空乘 空姐 列车员",
    Kind.INFANT: "婴儿",
    Kind.DINING: "餐车",
    Kind.CARRIAGE: "车厢 车箱 车卡 车 厢 箱 호차",
    Kind.CABIN: "舱 仓",
    Kind.EVERYBODY: "全部 全体 所有 全车 整车 整列 全列 整架 全机 整机 全程 各",
    Kind.LEVEL: "上铺 中铺 下铺 上 中 下",
    Kind.AND: "以及 或者 和 及 与 或 跟 并",
    Kind.FROM: "从 自",
    Kind.TO: "至 到",
    Kind.ORDINAL: "第",
    Kind.NUMERAL: "号 番 번",
    Kind.COUNTER: "节 卡 両目 辆目",
    Kind.ROW: "排 行 열",
    Kind.SEAT: "座 席 位置 석",
    Kind.BERTH: "铺 床",
    Kind.DATE: "年 月 日 时 分 点",
}
_LATIN_WORDS: dict[Kind, str] = {
    Kind.NEUTRAL: "PASSENGER PASSENGERS SEATED SITTING SAT IN THE WERE WAS IS ON ONLY AISLE WINDOW "
    "CLASS ECONOMY BUSINESS FIRST PREMIUM SECOND INCLUSIVE AFFECTED FLIGHT TRAIN",
    Kind.SEAT_PREFIX: "SEAT SEATS SEATNO SITZ SITZE SITZPLATZ PLATZ PLACE ASIENTO POSTO STOEL",
    Kind.ROW_PREFIX: "ROW ROWS REIHE REIHEN RANG RANGS FILA FILAS RIJ",
    Kind.BERTH_PREFIX: "BERTH BERTHS BED BEDS BUNK BUNKS",
    Kind.CARRIAGE_PREFIX: "CARRIAGE CARRIAGES COACH COACHES CAR CARS CABIN CABINS WAGON WAGONS "
    "WAGEN VOITURE VOITURES CARROZZA VAGON COCHE RIJTUIG",
    Kind.ORDINAL: "NO NOS NUMBER NUMBERS",
    Kind.LEVEL: "UPPER MIDDLE LOWER",
    Kind.AND: "AND OR UND ET",
    Kind.FROM: "FROM",
    Kind.BETWEEN: "BETWEEN",
    Kind.TO: "TO THROUGH THRU BIS",
    Kind.STANDING: "STANDING WZ",
    Kind.CREW: "CC CREW ATTENDANT ATTENDANTS STEWARD STEWARDESS",
    Kind.INFANT: "INF INFANT INFANTS",
    Kind.EVERYBODY: "ALL WHOLE ENTIRE EVERY ANY",
    Kind.DATE: "JAN FEB MAR APR MAY JUN JUL AUG SEP SEPT OCT NOV DEC JANUARY FEBRUARY MARCH APRIL "
    "JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER",
}
_MARKS: dict[Kind, str] = {
    Kind.TO: "-~",
    Kind.LIST: ",、;|/\\",
    Kind.AND: "&+",
    Kind.ORDINAL: "#",
    Kind.MARK: ":.()[]\"'“”‘’「」",
}
_KINDS: dict[str, Kind] = {
    **{word: kind for kind, words in _HAN_WORDS.items() for word in words.split()},
    **{word: kind for kind, words in _LATIN_WORDS.items() for word in words.split()},
    **{mark: kind for kind, marks in _MARKS.items() for mark in marks},
}
_HAN_BY_LENGTH = "|".join(
    sorted((word for word in _KINDS if word[0] >= "一"), key=lambda word: (-len(word), word))
)
_NOT_IN_A_STOP = "车厢箱座铺排号舱仓床换改后前和及或旁餐至到"
_SPACED_WORD = re.compile("(车|座|卧|上|中|下|硬|软) (厢|箱|位|铺|卧|座)")
_MONTH = "(?:0?[1-9]|1[0-2])"
_WORD = re.compile(
    rf"""
    (?P<DATE> (?<![0-9])(?:19|20)[0-9]{{2}}\ ?[-/.年]\ ?[0-9]{{1,2}}(?![0-9])
        | (?<![0-9])(?:{_MONTH}([-/.])[0-9]{{1,2}}\2|[0-9]{{1,2}}([-/.]){_MONTH}\3)
            (?:(?:19|20)[0-9]{{2}}|19|2[0-9])(?![0-9])
        | (?<![0-9])[0-9]{{1,2}}:[0-9]{{2}}(?![0-9]) )
  | (?P<FROM_THE_END> 倒数第?[0-9一二两三四五六七八九十]{{1,3}}\ ?[号节]?(?:车厢|车箱|车)? )
  | (?P<NEUTRAL> 经停(?:[ ,、]?(?:(?![{_NOT_IN_A_STOP}])[\u4e00-\u9fff]){{2,5}}(?![\u4e00-\u9fff]))+
        | YOU\ ARE\ A\ CLOSE\ CONTACT\ IF\ YOU )
  | (?P<CREW> (?:CABIN|FLIGHT|AIR)\ ?(?:CREW|ATTENDANTS?)(?![A-Z]) )
  | (?P<EXTRA> 加[挂车开班临]{{0,2}}(?:高级软卧|硬座|软座|硬卧|软卧|卧铺)?
            (?=\ ?第?[0-9一二三四五六七八九十])
        | EXTRA\ ?(?:CARRIAGE|COACH|CAR)?\ ?(?:NO\.?)?(?=\ ?[0-9]) )
  | (?P<OTHER> [0-9]+(?:\.(?!0{{1,2}}(?![0-9.]))[0-9]+)+ | \.{{2,}} )
  | (?P<known> {_HAN_BY_LENGTH} )
  | (?P<NUMBER> [0-9]+(?:\.0{{1,2}}(?![0-9.]))? )
  | (?P<han> [零〇一二两三四五六七八九十百]+ )
  | (?P<latin> [A-Z]+ )
  | (?P<space> \ + )
  | (?P<character> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_CLOSINGS = {Kind.FROM: (Kind.TO,), Kind.BETWEEN: (Kind.AND, Kind.TO)}
_OPENINGS = frozenset(_CLOSINGS)
_HAN_DIGITS = {han: str(value) for value, han in enumerate("零一二三四五六七八九")} | {"〇": "0"}


def words_of(folded: str) -> list[Word]:
    """Return the words of a cell in their order, the last of kind END; words for unknown left out.

    folded: as folded_place returns it; numbers in Han are read as those in digits are.
    """
    words = [*_words(without_unknown_words(folded)), Word(Kind.END, "")]
    for place, word in enumerate(words):
        if word.kind in _OPENINGS:
            _open_range(words, place)
    return words


def _open_range(words: list[Word], place: int) -> None:
    """Make a range of one number behind a word that opens it, and another; else it is unknown.

    From row 20 on, and between 20 and the galley, are more than row 20.
    """
    numbers = 0
    for at in range(place + 1, len(words)):
        word = words[at]
        numbers += word.kind is Kind.NUMBER
        if word.kind in _CLOSINGS[words[place].kind]:
            if numbers == 1:
                words[at] = replace(word, kind=Kind.TO)
                words[place] = replace(words[place], kind=Kind.MARK)
                return
            break
        if word.kind in {Kind.LIST, Kind.AND, Kind.TO}:
            break
    words[place] = replace(words[place], kind=Kind.OTHER)


def folded_place(text: str) -> str:
    """Return a cell's text in upper case, with one kind of dash and simplified characters."""
    folded = spaced(plain_marks(text)).translate(_SIMPLIFIED)
    return _SPACED_WORD.sub(r"\1\2", folded)


def _words(folded: str) -> Iterator[Word]:
    space = False
    for match in _WORD.finditer(folded):
        group, text = str(match.lastgroup), match[0]
        if group == "space":
            space = True
            continue
        kind, text = _kind(group, text)
        yield Word(kind, text, space)
        space = False


def _kind(group: str, text: str) -> tuple[Kind, str]:
    if group == "NUMBER":
        digits = text.partition(".")[0]
        return Kind.DATE if len(digits) >= _DIGITS_OF_A_TELEPHONE else Kind.NUMBER, digits
    if group == "han":
        digits = _han_number(text)
        return (Kind.NUMBER, digits) if digits else (Kind.OTHER, text)
    if group in {"known", "latin", "character"}:
        known = _KINDS.get(text)
        if known:
            return known, text
        return _kind_of_letters(text) if group == "latin" else Kind.OTHER, text
    return Kind[group], text


def _kind_of_letters(text: str) -> Kind:
    places = [SEAT_LETTERS.find(letter) for letter in text]
    ordered = sorted(set(places))
    # Seats are named along the row: BED, FACE and DECK are words.
    if -1 not in places and places in (ordered, ordered[::-1]):
        return Kind.LETTERS
    return Kind.LABEL if len(text) <= 2 else Kind.OTHER


def _han_number(han: str) -> str:
    """`十二` is 12; "" where it is no number or two: 一二号 is the first and the second."""
    tens, ten, ones = han.partition("十")
    if ten:
        whole = len(tens) <= 1 and len(ones) <= 1 and "十" not in ones and "零" not in tens
        digits = (_HAN_DIGITS.get(tens or "一", "?") + _HAN_DIGITS.get(ones or "零", "?")) * whole
    else:
        several = len(han) > 1 and not set(han) & {"零", "〇"}
        digits = "" if several else "".join(_HAN_DIGITS.get(character, "?") for character in han)
    return "" if "?" in digits else digits
