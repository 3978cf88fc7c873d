"""Means of transport, however a department writes them."""

from __future__ import annotations

from exposure_index.trip_text.folding import spaced

MODES = ("flight", "train", "metro", "coach", "bus", "taxi", "ship")
SETTING = "setting"
"""In the place of a mode: no trip, but a place where investigators found somebody."""
MODES_WITH_CARRIAGES = ("train", "metro", "ship")
"""Divided into carriages or cabins; elsewhere the word means a class of seats."""

# In this order: 地铁列车 is a metro, 机场大巴 a coach, 公交客车 a bus.
_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("metro", ("地铁", "地鐵", "轻轨", "輕軌", "轨道交通", "捷运", "磁浮", "磁悬浮")),
    ("ship", ("轮船", "邮轮", "游轮", "客轮", "客船", "轮渡", "渡轮", "輪船", "船", "艇")),
    ("taxi", ("出租", "网约", "滴滴", "的士", "顺风车", "專車", "专车", "快车", "計程", "计程")),
    ("bus", ("公交", "公共汽车", "公車", "电车", "電車", "巴士")),
    ("coach", ("客车", "客車", "客運", "客运", "大巴", "中巴", "长途", "長途", "班车", "班車")),
    ("coach", ("面包车", "包车", "包車")),
    ("train", ("火车", "火車", "高铁", "高鐵", "动车", "動車", "列车", "列車", "铁路", "鐵路")),
    ("train", ("城际", "城際")),
    ("flight", ("飞机", "飛機", "航班", "民航", "客机", "航空")),
)
_ENGLISH = {
    "AIR": "flight",
    "AIRCRAFT": "flight",
    "AIRPLANE": "flight",
    "PLANE": "flight",
    "RAIL": "train",
    "RAILWAY": "train",
    "HIGH-SPEED RAIL": "train",
    "SUBWAY": "metro",
    "UNDERGROUND": "metro",
    "MRT": "metro",
    "LIGHT RAIL": "metro",
    "LONG-DISTANCE BUS": "coach",
    "MINIBUS": "bus",
    "TRAM": "bus",
    "TROLLEYBUS": "bus",
    "CAB": "taxi",
    "RIDE-HAILING": "taxi",
    "BOAT": "ship",
    "FERRY": "ship",
    "CRUISE": "ship",
    "VESSEL": "ship",
}
# Words that hold one of the above and mean something of one's own.
_NOT_PUBLIC = (
    *("电动车", "自驾", "私家车", "摩托", "自行车"),
    *("電動車", "自駕", "私家車", "自行車"),
)


def exposure_mode(text: str) -> str | None:
    """Return the mode of an exposure: as `mode` has it, or setting."""
    return SETTING if spaced(text).lower() == SETTING else mode(text)


def mode(text: str) -> str | None:
    """Return flight, train, metro, coach, bus, taxi or ship; None where the text names none."""
    folded = spaced(text)
    word = folded.lower()
    if word in MODES:
        return word
    singular = folded.removesuffix("S")
    if folded in _ENGLISH or singular in _ENGLISH:
        return _ENGLISH.get(folded) or _ENGLISH[singular]
    if singular.lower() in MODES:
        return singular.lower()
    if any(private in folded for private in _NOT_PUBLIC):
        return None
    return next((name for name, words in _WORDS if any(w in folded for w in words)), None)
