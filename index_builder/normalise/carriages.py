"""Carriage labels: `8号车厢`, `08`, `加1`, `餐车`, `A3号车厢`."""

from __future__ import annotations

import re

from exposure_index.trip_text.folding import compact, han_numbers_as_digits, says_unknown

_CLASS = r"(?:硬座|软座|硬卧|软卧|卧铺|高级软卧|一等座?|二等座?|商务座?|特等座?)?"
_WORD = r"(?:号|节|NO\.?)?(?:车厢|车箱|车|厢|箱|仓|舱)"
# 加1, 加车1, 加挂1, 加开硬卧1: all of them the extra carriage 1
_NUMBER = r"(?:加[\u4e00-\u9fff]{0,4}|车)?[0-9]{1,4}"
_LABEL = rf"({_NUMBER}|[A-Z]{{1,2}}[0-9]{{1,3}}|[A-Z])"
# A label followed by a word for carriage, wherever it stands.
_NAMED = re.compile(rf"(?<![A-Z0-9倒第加挂增扩临-])第?{_LABEL}{_WORD}")
_NAMED_BEFORE = re.compile(
    r"^(?:车厢|CARRIAGE|COACH|CAR|CABIN)(?:NO\.?|号|:)*([A-Z]{0,2}[0-9]{1,4})$"
)
_BARE = re.compile(rf"^{_CLASS}({_NUMBER}|[A-Z]{{1,2}}[0-9]{{1,3}})(?:\.0)?[号节]?$")
_CLASS_CODES = frozenset({"YZ", "RZ", "YW", "RW", "GW"})
"""The railway's class codes before a carriage's number: YW3 is hard sleeper, carriage 3."""
_EXTRA = re.compile(r"EXTRA(?:CARRIAGE|COACH|CAR)?(?:NO\.?)?(?=[0-9])")
_SIMPLIFIED = str.maketrans("車號廂節艙倉掛開數臥軟級擴臨", "车号厢节舱仓挂开数卧软级扩临")
_DINING = ("餐车", "DINING", "RESTAURANT")


def carriage(text: str) -> str | None:
    """Return the carriage's canonical label, None where the text names none or several.

    A number loses its leading zeros (`08` is `8`); `加1` is the extra carriage of that name, not
    carriage 1; `餐车` is the dining car. Counted from the end (`倒数第二节`) or described
    (`车厢尾部`) is None: unknown widens to the whole vehicle, a guess could miss somebody.
    """
    folded = han_numbers_as_digits(compact(text).translate(_SIMPLIFIED))
    folded = _EXTRA.sub("加", folded)
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
    """`加挂车03` is `加3`, `A3` stays; "" for carriage zero: a blank of somebody's form."""
    prefix = label.rstrip("0123456789")
    number = label[len(prefix) :].lstrip("0")
    prefix = prefix[:1] if prefix.startswith("加") else prefix.removeprefix("车")
    if prefix in _CLASS_CODES:
        prefix = ""
    return prefix + number if number or re.fullmatch("[A-Z]", label) else ""
