"""Zones beside a time of day: offsets from UTC, and names that may mean several."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Minutes ahead of UTC that a name stands for. Source: the tz database (IANA), its abbreviations and
# the national ones beside them; where several countries use one name, each is listed.
_NAMES: dict[str, tuple[int, ...]] = {
    "WET": (0,), "WEST": (60,), "BST": (60, 360, 660), "CET": (60,), "CEST": (120,),
    "EET": (120,), "EEST": (180,), "MSK": (180,), "SAST": (120,), "IST": (60, 120, 330),
    "IDT": (180,), "GST": (240,), "PKT": (300,), "ICT": (420,), "WIB": (420,), "WITA": (480,),
    "AWST": (480,), "HKT": (480,), "SGT": (480,), "MYT": (480,), "PHT": (480,),
    "CST": (480, -360, -300), "CDT": (-300, -240, 540), "PST": (-480, 480), "PDT": (-420,),
    "MST": (-420, 390, 480), "MDT": (-360,), "EST": (-300, 600), "EDT": (-240, 660),
    "AST": (-240, 180), "ADT": (-180,), "NST": (-210,), "NDT": (-150,), "AKST": (-540,),
    "AKDT": (-480,), "HST": (-600,), "JST": (540,), "KST": (540,), "ACST": (570,),
    "ACDT": (630,), "AEST": (600,), "AEDT": (660,), "NZST": (720,), "NZDT": (780,),
    "NZT": (720, 780), "AET": (600, 660), "ET": (-300, -240), "CT": (-360, -300),
    "MT": (-420, -360), "PT": (-480, -420), "AT": (-240, -180),
}  # fmt: skip
_BEIJING = "北京时间|北京時間|BEIJING TIME|CHINA STANDARD TIME"
_OFFSET = re.compile(
    r" ?(?P<open>\()?(?P<utc>UTC|GMT)? ?(?P<sign>[+-])(?P<hours>[0-9]{1,2})"
    r"(?::?(?P<minutes>[0-9]{2}))?(?![0-9:])(?(open)\))(?: ?\([A-Z ]+ TIME\))?"
)
_NAME = re.compile(
    rf" ?(?P<open>\()?(?:(?P<utc>Z|UTC|GMT)|(?P<beijing>{_BEIJING})|(?P<name>[A-Z]{{2,4}}))"
    r"(?![A-Z0-9+-])(?(open)\))"
)
_OFFSET_MAXIMUM = 14 * 60


@dataclass(frozen=True, slots=True)
class Zone:
    """The offsets from UTC in minutes that a zone may stand for; exact: the one that it says."""

    offsets: tuple[int, ...]
    exact: bool


def zone_at(text: str, position: int, *, after_seconds: bool) -> tuple[Zone, int] | None:
    """Return the zone that stands at a position and where it ends; None where none does.

    after_seconds: whether T or seconds came before; else `08:00-09:00` is a span and no offset.
    """
    if match := _OFFSET.match(text, position):
        minutes = int(match["hours"]) * 60 + int(match["minutes"] or 0)
        is_offset = match["sign"] == "+" or after_seconds or match["utc"]
        if is_offset and minutes <= _OFFSET_MAXIMUM and int(match["minutes"] or 0) <= 59:
            return Zone((-minutes if match["sign"] == "-" else minutes,), exact=True), match.end()
    match = _NAME.match(text, position)
    if match is None:
        return None
    if match["utc"]:
        return Zone((0,), exact=True), match.end()
    if match["beijing"]:
        return Zone((480,), exact=True), match.end()
    offsets = _NAMES.get(match["name"])
    return (Zone(offsets, exact=False), match.end()) if offsets else None
