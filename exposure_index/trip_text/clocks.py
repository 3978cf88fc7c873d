"""Times of day as departments write them: 19:30, 7:30 pm, 19时30分, 下午7点半."""

from __future__ import annotations

import re
from dataclasses import dataclass

from exposure_index.trip_text.folding import plain_marks, spaced

# What a word before the hour makes of it: hours of twelve that become those of the afternoon, and
# hours of twenty-four that it may stand before. 晚上12点 and 上午12点 leave the day open: unknown.
_PARTS: dict[str, tuple[range, range]] = {
    "凌晨": (range(0), range(6)),
    **dict.fromkeys(("上午", "早上", "早晨", "清晨", "早"), (range(0), range(12))),
    **dict.fromkeys(("中午", "午间"), (range(1, 3), range(11, 15))),
    **dict.fromkeys(("下午", "午后"), (range(1, 12), range(12, 24))),
    **dict.fromkeys(("傍晚", "晚上", "晚间", "夜间", "晚", "夜"), (range(5, 12), range(17, 24))),
}
_LETTERS = {"A": (range(0), range(12)), "P": (range(1, 12), range(12, 24))}
PART_OF_DAY = "|".join(sorted(_PARTS, key=len, reverse=True))
_CLOCK = re.compile(
    rf"(?:(?P<part>{PART_OF_DAY}) ?)?(?P<hour>[0-9]{{1,3}})"
    r"(?:(?P<sign>[:.])(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r"(?: ?H(?:RS?)?\b)?"
    r"|(?P<mark>H)(?P<h_minute>[0-9]{2})?"
    r"|(?P<han_mark>[时時点點시]) ?"
    r"(?:(?P<han_minute>[0-9]{1,2}) ?[分분]?(?: ?(?P<han_second>[0-9]{1,2}) ?秒)?"
    r"|(?P<half>半)|(?P<quarter>一刻)|[整正钟鐘])?)?"
    r"(?: ?(?P<letter>[AP])\.? ?M\b\.?)?(?![0-9:])"
)
_NOON = re.compile(r"(?:12(?::00)? ?)?NOON\b|正午")
_RUN = re.compile(r"(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?: ?H(?:OU)?RS?)?")
_MINUTE_MAXIMUM = 59


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. minutes: since midnight, may pass 24 hours; has_seconds: they were written."""

    minutes: int
    seconds: int = 0
    has_seconds: bool = False


def clock_at(text: str, position: int, *, beside_date: bool) -> tuple[Clock, int] | None:
    """Return the time that stands at a position of folded text, and where it ends.

    beside_date: whether it stands behind a date, where `1.22` may be a month and a day.
    """
    if noon := _NOON.match(text, position):
        return Clock(720), noon.end()
    match = _CLOCK.match(text, position)
    if match is None:
        return None
    if not any(match[name] for name in ("sign", "mark", "han_mark", "letter")):
        return None  # a number alone
    if match["sign"] == "." and (match["second"] or (beside_date and not match["letter"])):
        return None
    minutes = _minutes(match)
    second = match["second"] or match["han_second"]
    if minutes is None or int(second or 0) > _MINUTE_MAXIMUM:
        return None
    return Clock(minutes, int(second or 0), second is not None), match.end()


def clock_minutes(text: str) -> int | None:
    """Return the minutes since midnight of a cell under a heading of times; may pass 24 hours.

    None where the cell is blank or not wholly one time: `25:53` is 1553, `0730` 450, `noon` 720;
    midnight may be the one before or after and is none.
    """
    folded = spaced(plain_marks(text))
    if run := _RUN.fullmatch(folded):
        hour, minute = int(run["hour"]), int(run["minute"])
        return hour * 60 + minute if hour <= 24 and minute <= _MINUTE_MAXIMUM else None
    found = clock_at(folded, 0, beside_date=False)
    return found[0].minutes if found and found[1] == len(folded) else None


def _minutes(match: re.Match[str]) -> int | None:
    hour = int(match["hour"])
    minute = int(match["minute"] or match["h_minute"] or match["han_minute"] or 0)
    minute = 30 if match["half"] else 15 if match["quarter"] else minute
    if minute > _MINUTE_MAXIMUM or (match["part"] and match["letter"]):
        return None
    if match["part"] or match["letter"]:
        of_twelve, of_day = _PARTS[match["part"]] if match["part"] else _LETTERS[match["letter"]]
        if match["letter"] == "A" and hour == 12:
            hour = 0
        hour = hour + 12 if hour in of_twelve else hour
        if hour not in of_day:
            return None
    return hour * 60 + minute
