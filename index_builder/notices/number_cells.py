"""Cells that name a service and more: its route, a carriage, or a place where no trip was.

`Flight NZ523 Auckland to Christchurch`, `Z162次 5号车厢`, `Bus 32 Town Centre to Sylvia Park`. What
stands behind the number goes to its own reader; what is neither stays with the number, whose reader
then says that it does not know it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from exposure_index.trip_text.service_numbers import mode_by_shape
from index_builder.normalise import mode

_NUMBERED = r"(?:第|加)?[0-9一二三四五六七八九十]{1,3}\s*[号號节節]?"
_CARRIAGES = re.compile(
    r"(?<=[\s,，;；(（、/次])"
    rf"(?P<place>{_NUMBERED}(?:\s*[、,，/和及至到~-]\s*{_NUMBERED})*\s*[车車][厢廂箱].*)$"
)
_NAME = r"[^\W\d_](?:[^\d,;:()]{0,60}[^\W\d_.])?"
_ROUTE = re.compile(
    r"(?P<number>.*[0-9][A-Z]?)\s*[,:(-]?\s+\(?(?:from\s+)?"
    rf"(?P<board>{_NAME})\s+(?:to|→|->)\s+(?P<alight>{_NAME})\)?",
    re.IGNORECASE,
)
_ROUTE_IN_HAN = re.compile(
    r"(?P<number>.*[0-9][A-Z]?(?:次|航班|次列车)?)\s*[(（]?(?:从|由|從)?"
    r"(?P<board>[\u3400-\u9fff]{2,12})(?:至|到|→|->|-|—+)(?P<alight>[\u3400-\u9fff]{2,12})[)）]?"
)
# Halifax Transit Route 3: whose route it is does not stand on a ticket.
_LINE = re.compile(
    r"(?P<operator>[^\W\d_][^\d,;:()/]{1,40}?)\s+(?P<number>(?:route|line|bus)\s+(?:no\.?\s*)?[0-9]+[A-Z]?)",
    re.IGNORECASE,
)
_TRANSPORT = re.compile(
    r"\b(?:flights?|planes?|airline|airways|aircraft|trains?|rail|railway|bus|buses|coach|shuttle|"
    r"ferry|ship|cruise|boat|vessel|taxi|cab|uber|tram|metro|subway|underground|route)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NumberCellParts:
    """What a cell of a service number holds: the number, and "" for what it does not hold."""

    number: str
    carriages: str = ""
    board: str = ""
    alight: str = ""
    operator: str = ""


def split_number_cell(text: str) -> NumberCellParts:
    """Return the parts of a cell that names a service, each as it was written."""
    plain = unicodedata.normalize("NFKC", text)
    place = _CARRIAGES.search(plain)
    if place:
        number = plain[: place.start()].strip(" ,，;；(（、/")
        return NumberCellParts(number, place["place"].rstrip(")） "))
    route = _ROUTE.fullmatch(plain.strip()) or _ROUTE_IN_HAN.fullmatch(plain.strip())
    number = route["number"] if route else plain.strip()
    ends = (route["board"], route["alight"]) if route else ("", "")
    if line := _LINE.fullmatch(number):
        return NumberCellParts(line["number"], "", *ends, line["operator"])
    return NumberCellParts(number if route else text, "", *ends)


def names_no_trip(text: str) -> bool:
    """Return whether a description names a shop, a school or another place, and no transport."""
    return not _TRANSPORT.search(text) and mode(text) is None and mode_by_shape(text) is None
