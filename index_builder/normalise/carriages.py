"""Carriage labels: `8号车厢`, `08`, `加1`, `餐车`, `A3号车厢`."""

from __future__ import annotations

import re

from exposure_index.trip_text.folding import compact, han_numbers_as_digits, says_unknown

_CLASS = r"(?:硬座|软座|硬卧|软卧|卧铺|高级软卧|一等座?|二等座?|商务座?|特等座?)?"
_WORD = r"(?:号|节|NO\.?)?(?:车厢|车箱|车|厢|箱|仓|舱)"
_LABEL = r"(加?(?:车)?[0-9]{1,4}|[A-Z]{1,2}[0-9]{1,3}|[A-Z])"
# A label followed by a word for carriage, wherever it stands.
_NAMED = re.compile(rf"(?<![A-Z0-9倒第-])第?{_LABEL}{_WORD}")
_NAMED_BEFORE = re.compile(
    r"^(?:车厢|CARRIAGE|COACH|CAR|CABIN)(?:NO\.?|号|:)*([A-Z]{0,2}[0-9]{1,4})$"
)
_BARE = re.compile(rf"^{_CLASS}(加?(?:车)?[0-9]{{1,4}}|[A-Z]{{1,2}}[0-9]{{1,3}})(?:\.0)?[号节]?$")
_CLASS_CODES = frozenset({"YZ", "RZ", "YW", "RW", "GW"})
"""The railway's class codes before a carriage's number: YW3 is hard sleeper, carriage 3."""
_DINING = ("餐车", "DINING", "RESTAURANT")


def carriage(text: str) -> str | None:
    """Return the carriage's canonical label, None where the text names none or several.

    A number loses its leading zeros (`08` is `8`); `加1` is the extra carriage of that name, not
    carriage 1; `餐车` is the dining car. Counted from the end (`倒数第二节`) or described
    (`车厢尾部`) is None: unknown widens to the whole vehicle, a guess could miss somebody.
    """
    folded = han_numbers_as_digits(compact(text))
    if "倒数" in folded or says_unknown(folded):
        return None
    labels = dict.fromkeys(_canonical(label) for label in _NAMED.findall(folded))
    if not labels:
        match = _NAMED_BEFORE.match(folded) or _BARE.match(folded)
        labels = dict.fromkeys([_canonical(match[1])] if match else [])
    if any(word in folded for word in _DINING):
        labels["餐车"] = None
    named = [label for label in labels if label]
    return named[0] if len(named) == 1 else None


def _canonical(label: str) -> str:
    """`加车03` is `加3`, `A3` stays; "" for carriage zero, which is a blank of somebody's form."""
    prefix = label.rstrip("0123456789")
    number = label[len(prefix) :].lstrip("0")
    prefix = prefix.replace("加车", "加").removeprefix("车")
    if prefix in _CLASS_CODES:
        prefix = ""
    return prefix + number if number or re.fullmatch("[A-Z]", label) else ""
