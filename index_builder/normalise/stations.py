"""Stop names: stations, airports, cities, as one text each."""

from __future__ import annotations

import re

from exposure_index.trip_text.folding import says_unknown, spaced

# 长途汽车站 or 客运站 without its last character would be no place.
_SPACE_WITHIN_HAN = re.compile(r"(?<![A-Z]) | (?![A-Z])")
_STATION = re.compile(r"(?<=[^\s])(?:火车站|高铁站|(?<!汽车)(?<!客运)(?<!地铁)(?<!服务)站)$")
_TERMINAL = re.compile(r"(?<=机场)(?:T?[0-9]?[A-Z]?(?:号?航站楼)?)$")


def station(text: str) -> str:
    """Return a stop's canonical name: `汉口站` is 汉口; "" where the text says unknown.

    Cities, stations and airports stay apart: 武汉 is not 武昌, and 武汉天河国际机场 becomes
    武汉天河机场, never a city. The table `stops` says which city a stop lies in.
    """
    folded = _SPACE_WITHIN_HAN.sub("", spaced(text))
    if says_unknown(folded):
        return ""
    airport = _TERMINAL.sub("", folded.replace("国际机场", "机场"))
    return _STATION.sub("", airport)
