"""The city of a station: as the source says, else as its name shows beyond doubt.

A city that a name shows only ever widens where a stop may be: two stops matched through their
city prove no order between them (docs/decisions/0007-the-join.md).
"""

from collections.abc import Iterable, Mapping

_SIDES = "东南西北"
_UNITS = "市县"
_NAME_MIN = 2  # characters of the shortest name of a city
# Stations of great junctions that do not bear their city's name.
_WELL_KNOWN = {
    "汉口": "武汉",
    "武昌": "武汉",
    "汉阳": "武汉",
    "西九龙": "香港",
}


class Cities:
    """Cities of stop names as `normalise.station` returns them."""

    def __init__(self, city_of: Mapping[str, str], stops: Iterable[str] = ()) -> None:
        """city_of: station → city, of the table `stops`; stops: names of the timetable."""
        self._city_of = city_of
        self._names = {*city_of.values(), *stops}

    def city(self, stop: str) -> str | None:
        """Return a stop's city, None where neither the source nor the name tells it.

        郑州东 lies in 郑州, 麻城市 is 麻城; 洛阳龙门 lies in 洛阳 where the source knows that name.
        """
        city_of = self._city_of.get(stop) or _WELL_KNOWN.get(stop)
        if city_of is not None:
            return city_of
        if len(stop) > _NAME_MIN and stop[-1] in _SIDES + _UNITS:
            return stop[:-1]
        for end in range(len(stop) - 1, _NAME_MIN - 1, -1):
            if stop[:end] in self._names:
                return stop[:end]
        return None

    def station(self, stop: str) -> str:
        """Return a station without the city written before it: 武汉武昌 is 武昌."""
        for end in range(_NAME_MIN, len(stop) - 1):
            if self.city(stop[end:]) == stop[:end]:
                return stop[end:]
        return stop
