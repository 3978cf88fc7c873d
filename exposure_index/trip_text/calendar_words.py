"""Words of calendars: months, weekdays and small numbers, in folded text (NFKC, upper case)."""

from __future__ import annotations

_MONTHS = [
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
]
_SHORT_MONTHS = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
MONTH = rf"(?:{'|'.join((*_MONTHS, 'SEPT', *_SHORT_MONTHS))})(?![A-Z])\.?"
"""A pattern of one month's English name; see month_number."""

_ONES = "一二三四五六七八九"
_TENS = ("", "十", "二十", "三十")
_HAN_NUMBERS = {
    "元": 1,
    **{
        tens + ones: 10 * ten + one
        for ten, tens in enumerate(_TENS)
        for one, ones in enumerate(("", *_ONES))
        if tens + ones
    },
}
_HAN_DIGITS = {"〇": "0", "零": "0", "○": "0"} | {h: str(n) for n, h in enumerate(_ONES, 1)}
NUMBER = r"(?:[0-9]{1,2}|[元一二三四五六七八九十]{1,3})"
"""A pattern of one number of a month or a day; see small_number."""

_ENGLISH_DAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]
_SHORT_DAYS = {"TUES": 1, "WEDS": 2, "THUR": 3, "THURS": 3} | {
    name[:3]: number for number, name in enumerate(_ENGLISH_DAYS)
}
_WEEKDAYS: dict[str, int] = {
    **{name: number for number, name in enumerate(_ENGLISH_DAYS)},
    **_SHORT_DAYS,
    **{
        before + day: number
        for before in ("周", "週", "星期", "礼拜", "禮拜")
        for number, days in enumerate(("一", "二", "三", "四", "五", "六", "日天"))
        for day in days
    },
    **{f"{day}曜日": number for number, day in enumerate("月火水木金土日")},
    **{f"{day}요일": number for number, day in enumerate("월화수목금토일")},
}
# Beside a date in brackets one character stands for a weekday: 1/20(一), 1月20日(月), 1월 20일(월).
_BRACKETS = {
    day: number
    for days in ("一二三四五六日", "月火水木金土日", "월화수목금토일")
    for number, day in enumerate(days)
}
_LONGEST_FIRST = sorted(_WEEKDAYS, key=len, reverse=True)
WEEKDAY = (
    rf"(?:\( ?(?:{'|'.join((*_LONGEST_FIRST, *_BRACKETS))})\.? ?\)"
    rf"|(?:{'|'.join(_LONGEST_FIRST)})(?![A-Z])\.?)"
)
"""A pattern of one weekday, bare or in brackets; see weekday_number."""


def month_number(name: str) -> int:
    """Return 1 to 12 of text that MONTH matches."""
    return _SHORT_MONTHS[name[:3]]


def weekday_number(text: str) -> int:
    """Return 0 (Monday) to 6 (Sunday) of text that WEEKDAY matches."""
    word = text.strip("(). ")
    return _WEEKDAYS[word] if word in _WEEKDAYS else _BRACKETS[word]


def small_number(text: str) -> int:
    """Return 1 to 39 of digits or Han digits, 0 for no such number."""
    return int(text) if text.isascii() else _HAN_NUMBERS.get(text, 0)


def year_number(text: str) -> int:
    """Return the number of digits, of Han digits written one by one, or of 元, the first year."""
    return 1 if text == "元" else int("".join(_HAN_DIGITS.get(digit, digit) for digit in text))
