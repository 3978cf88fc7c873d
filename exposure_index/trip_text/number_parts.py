"""The parts of a cell that names a flight or a train: numbers, digits, airlines, words, the rest.

A cell is read whole or not at all: `understood` says whether everything beside the numbers is known
to name no other service. Known are words of the mode, days and times of day, places and routes,
seats and carriages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import filterfalse
from typing import Literal

from exposure_index.trip_text.airlines import airline_at
from exposure_index.trip_text.calendar_words import MONTH
from exposure_index.trip_text.mode_words import KIND_WORDS, OWN_WORDS, SHARED_WORDS
from exposure_index.trip_text.places import CITIES_ABROAD, place_at

_Rest = Literal["word", "place", "name", "link", "dash", "from", "sign", "unknown"]
Kind = Literal["number", "digits", "airline"] | _Rest


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a cell; depth: how many brackets it stands in; joined: no sign parts it from
    the part before, a space at most. value: of an airline its designator, else the text.
    """

    kind: Kind
    value: str
    depth: int
    joined: bool


_MONTH_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_HOUR = r"(?:[01]?[0-9]|2[0-3])"
_DAY = re.compile(
    rf"(?<![A-Z0-9])20[0-9]{{2}}([./-])(?:0?[1-9]|1[0-2])\1{_MONTH_DAY}(?![0-9])"
    rf"|(?<![A-Z0-9]){_MONTH_DAY}([./-])(?:0?[1-9]|1[0-2])\2(?:20)[0-9]{{2}}(?![0-9])"
    rf"|(?<![0-9])20[0-9]{{2}} ?年 ?[0-9]{{1,2}} ?月 ?{_MONTH_DAY} ?[日号]?"
    rf"|(?<![A-Z0-9])[0-9]{{1,2}} ?月 ?{_MONTH_DAY} ?[日号]?(?![0-9])"
    rf"|(?<![A-Z]){MONTH} ?{_MONTH_DAY}(?:ST|ND|RD|TH)?(?:,? ?20[0-9]{{2}})?(?![A-Z0-9])"
    rf"|(?<![A-Z0-9]){_MONTH_DAY}(?:ST|ND|RD|TH)?[ -]?(?:OF )?{MONTH}"
    r"(?:[ ,-]{0,2}20[0-9]{2})?(?![A-Z0-9])"
)
_CLOCK = re.compile(
    rf"(?<![0-9]){_HOUR}:[0-5][0-9](?::[0-5][0-9])?(?: ?[AP]\.?M(?:\.|(?![A-Z])))?"
    rf"|(?<![A-Z0-9]){_HOUR}(?:\.[0-5][0-9])? ?[AP]\.?M(?:\.|(?![A-Z0-9]))"
    rf"|(?<![A-Z0-9]){_HOUR}[时点](?:[0-5]?[0-9]分?|半)?"
)
_SEAT = re.compile(
    r"第?[0-9]{1,3}(?:号车厢|车厢|号车|车|排|号座|座|号铺|[上中下]?铺)"
    r"(?: ?[0-9]{1,3}[A-F](?![A-Z0-9]))?"
    r"|(?:ROWS?|SEATS?|CARRIAGES?|CARS?|座位|座) ?[0-9]{1,3}[A-HJ-L]{0,3}(?![A-Z0-9])"
    r"(?: ?(?:[-,&/]|TO|AND) ?[0-9]{1,3}[A-HJ-L]{0,3}(?![A-Z0-9]))*"
)
_AIRCRAFT = re.compile(
    r"(?:BOEING|AIRBUS|波音|空客) ?[AB]?[0-9]{3}(?:-[0-9]{2,3}[A-Z]{0,2})?(?![A-Z0-9])"
    r"|[AB][0-9]{3}-[0-9]{2,3}[A-Z]{0,2}(?![A-Z0-9])"
)
_SEAT_IN_BRACKETS = re.compile(r"[0-9]{1,2}[A-HJ-L]{1,3}(?![A-Z0-9])")
_DIGITS = re.compile(r"[0-9]+(?![A-Z0-9])")
_LATIN = re.compile(r"[A-Z]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORDS = _words("""
NUMBER NO NUM AND OPERATED CODESHARE SHARED WITH AS ALSO DEPARTING DEPARTED DEPARTURE ARRIVING
ARRIVED ARRIVAL TRAVELLING TRAVELING TRAVELLED TRAVELED FLYING FLEW ON THE OF DATED AT BY SERVICE
AIRLINES AIRWAYS AIR LINES DELAYED FIRST ECONOMY SEAT SEATS ROW ROWS
次 号 车次 班次 班 号码 编号 乘坐 搭乘 乘 坐 座位号 座位 座 车厢 共享 代码共享 代码
实际承运 承运 中转 转 联程 直飞 直达 起飞 降落 始发 终到 抵达 到达 出发 和 与 及
有限公司 股份有限公司 有限责任公司 公司 集团 开 便 편 항공편 一等座 二等座 特等座 商务座
高铁列车 高铁动车 晚点 延误 正点 准点 去程 回程 单程 头等舱 公务舱
""")
_LINKS = _words("TO VIA 至 到 往 开往 飞往 飞 驶往 前往 经 经停")
_FROM = _words("FROM 由 自 从")
_ENDS = _words("AIRPORT INTL INTERNATIONAL STATION CITY 站 市 机场")
# Words that say that a number does not hold, or not alone.
_DOUBTS = _words("""
OR NOT EX ETC OTHER OTHERS FORMER FORMERLY CANCELLED CANCELED CHANGED REBOOKED INSTEAD LATER
改 未 非 或 另 等 不 退 误 疑 其他 取消 原定 原订 原计划 原航班 原车次
""")
_DASHES = frozenset("-~>→⇒➔")
_HARMLESS = frozenset(" .,;:、'\"/\\|&+#_")
_LETTERS_OF_PLACE_MIN = 3
_SKELETON = {
    "number": "#",
    "digits": "#",
    "airline": "#",
    "word": "|",
    "sign": "|",
    "place": "p",
    "name": "n",
    "link": "o",
    "dash": "s",
    "from": "f",
    "unknown": "?",
}
_KNOWN = re.compile(
    r"f?[pn]{1,4}(?:[os]+[pn]{1,4})+"  # a route:武汉-北京, from Toronto to Halifax
    r"|[fo][pn]{1,4}|p+|[#|s]"
)


def without_days_and_times(folded: str) -> str:
    """Return a cell's folded text with every calendar day and time of day taken out."""
    return _CLOCK.sub(" ", _DAY.sub(" ", folded))


def understood(parts: Sequence[Part]) -> bool:
    """Return whether all that stands beside numbers, digits and airlines is known."""
    return not _KNOWN.sub("", "".join(_SKELETON[part.kind] for part in parts))


def parts_of(folded: str, mode: str, number: re.Pattern[str]) -> Iterator[Part]:
    """Yield the parts of folded text without days and times.

    number: matches a number of the mode where it begins at a part's beginning. A word of another
    mode is unknown: a taxi is no flight.
    """
    at = depth = 0
    joined = True
    kind: Kind = "sign"
    while at < len(folded):
        character = folded[at]
        if not character.isalnum():
            depth = max(0, depth + _bracket(character))
            sign: Kind = "unknown" if folded.startswith("..", at) else _sign(character)
            between_numbers = character == "." and folded[at - 1 : at].isdigit()
            if between_numbers or sign == "unknown" or character not in " .'":
                yield Part(sign, character, depth, joined=False)
                joined, kind = False, sign
            at += 1
            continue
        glued = at > 0 and folded[at - 1].isascii() and kind in {"word", "airline"}
        if glued and (digits := _DIGITS.match(folded, at)):
            at, kind, value = digits.end(), "digits", digits[0]  # FLIGHT8782
        else:
            at, kind, value = _part_at(folded, at, mode, number, in_brackets=depth > 0)
        yield Part(kind, value, depth, joined)
        joined = True


def _part_at(
    folded: str, at: int, mode: str, number: re.Pattern[str], *, in_brackets: bool
) -> tuple[int, Kind, str]:
    begins = at == 0 or not (folded[at - 1].isascii() and folded[at - 1].isalnum())
    if begins and (part := _numeric_part_at(folded, at, mode, number, in_brackets=in_brackets)):
        return part
    if latin := _LATIN.match(folded, at):
        return latin.end(), _kind_of_latin(latin[0], mode), latin[0]
    if folded[at].isascii():
        return at + 1, "unknown", folded[at]
    return _han_part_at(folded, at, mode)


def _numeric_part_at(
    folded: str, at: int, mode: str, number: re.Pattern[str], *, in_brackets: bool
) -> tuple[int, Kind, str] | None:
    seat = _SEAT.match(folded, at) or (in_brackets and _SEAT_IN_BRACKETS.match(folded, at))
    seat = seat or (mode == "flight" and _AIRCRAFT.match(folded, at))
    if seat:
        return seat.end(), "word", seat[0]
    if mode == "flight" and (airline := airline_at(folded, at)):
        return airline[0], "airline", airline[1]
    if match := number.match(folded, at):
        return match.end(), "number", match[0]
    digits = _DIGITS.match(folded, at)
    return (digits.end(), "digits", digits[0]) if digits else None


def _kind_of_latin(word: str, mode: str) -> Kind:
    known = _kind_of_word(word, mode) or _kind_of_word(word.removesuffix("S"), mode)
    return known or ("name" if len(word) >= _LETTERS_OF_PLACE_MIN else "unknown")


def _han_part_at(folded: str, at: int, mode: str) -> tuple[int, Kind, str]:
    word, place = _han_word_at(folded, at, mode), place_at(folded, at)
    if place and (word is None or place >= word[0]):
        return place, "place", folded[at:place]
    if word:
        return *word, folded[at : word[0]]
    if not folded[at].isalpha():
        return at + 1, "unknown", folded[at]
    end = at + 1
    while end < len(folded) and _continues_name(folded, end, mode):
        end += 1
    return end, "name", folded[at:end]


def _continues_name(folded: str, at: int, mode: str) -> bool:
    character = folded[at]
    letter = character.isalpha() and not character.isascii()
    return letter and _han_word_at(folded, at, mode) is None


def _han_word_at(folded: str, at: int, mode: str) -> tuple[int, Kind] | None:
    for end in range(min(len(folded), at + _HAN_WORD_MAX), at, -1):
        if kind := _kind_of_word(folded[at:end], mode):
            return end, kind
    return None


def _kind_of_word(word: str, mode: str) -> Kind | None:
    """Return what a whole word is, None where it is not known; another mode's is unknown."""
    of_mode = _mode_of(word)
    kinds: dict[Kind, bool] = {
        "link": word in _LINKS,
        "from": word in _FROM,
        "place": word in _ENDS or word in CITIES_ABROAD,
        "word": word in _WORDS or of_mode == mode or (word in KIND_WORDS and not of_mode),
        "unknown": of_mode is not None or word in _DOUBTS,
    }
    return next((kind for kind, fits in kinds.items() if fits), None)


def _mode_of(word: str) -> str | None:
    return OWN_WORDS.get(word) or SHARED_WORDS.get(word)


_HAN_WORDS = filterfalse(str.isascii, (*OWN_WORDS, *_WORDS, *KIND_WORDS, *_DOUBTS))
_HAN_WORD_MAX = max(map(len, _HAN_WORDS))


def _bracket(character: str) -> int:
    category = unicodedata.category(character)
    if character == "<" or category in ("Ps", "Pi"):
        return 1
    return -1 if category in ("Pe", "Pf") else 0


def _sign(character: str) -> Kind:
    if character in _DASHES:
        return "dash"
    harmless = character in _HARMLESS or _bracket(character)
    return "sign" if harmless else "unknown"
