"""Recognises the columns of a notices file by the headings in use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from tables.headings import COLUMN_WORDS, NUMBER_WORDS_OF_MODE, heading_form

# What only notices write: words too loose for a passenger list, where 备注 is a remark and no seat.
_LOOSE: Mapping[str, str] = MappingProxyType(
    {
        "mode": "kind type transport 类型 种类 類型",
        "date": "date tdate",
        "board_time": "start starttime boarding departure departuretime tstart 开始时间",
        "alight_time": "end endtime arrival arrivaltime tend 结束时间",
        "number": "no tno service trip 编号 线路 线路名称",
        "carriage": "car tnosub",
        "seats": "note memo tmemo 坐席 备注 座位情况",
        "board": "from origin tposstart 始发站 出发地 起点 起点站",
        "alight": "to destination tposend 终到站 目的地 终点 终点站 到达地",
        "published": "published publishdate publicationdate 发布日期 发布时间 公布日期 公布时间 "
        "通报日期 通报时间 公開日期",
        "source": "source url link website 来源 信息来源 消息来源 出处 链接 网址 发布单位 公布单位 "
        "通报单位 发布机构",
        "path": "path route 区间 行程 乘车区间 起止站 起讫站",
    }
)
_COLUMN_OF = {"date": "service_date", "seats": "seat"}  # other fields are named as their column


def _words() -> Iterator[tuple[str, str]]:
    for field, loose in _LOOSE.items():
        column = _COLUMN_OF.get(field, field)
        yield field, f"{loose} {COLUMN_WORDS.get(column, '')}"
    yield from NUMBER_WORDS_OF_MODE.items()  # after number, which has them too


_FIELD_OF = {name: field for field, names in _words() for name in names.split()}
_NUMBER_FIELDS = ("number", "flight", "train")
_PATH_ARROWS = re.compile(r"→|->|=>|—+|至|–")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with the heading it stands under."""

    text: str
    heading: str


@dataclass(frozen=True, slots=True)
class Columns:
    """The recognised columns: field → places in a row, in order of the file."""

    headings: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]

    def missing(self) -> tuple[str, ...]:
        """Return which of the columns without which no row can be read are not there."""
        lacking = []
        if not any(field in self.places for field in _NUMBER_FIELDS):
            lacking.append("number")
        if "date" not in self.places and "board_time" not in self.places:
            lacking.append("date")
        return tuple(lacking)

    def cell(self, row: Sequence[str], field: str) -> Cell:
        """Return the first cell of a field that is not blank; a blank one where there is none."""
        heading = field
        for place in self.places.get(field, ()):
            heading = self.headings[place]
            if place < len(row) and row[place].strip():
                return Cell(row[place], heading)
        return Cell("", heading)

    def number(self, row: Sequence[str]) -> tuple[Cell, str | None]:
        """Return the number's cell and the mode its heading implies (车次: train)."""
        for field in _NUMBER_FIELDS:
            cell = self.cell(row, field)
            if cell.text:
                return cell, None if field == "number" else field
        present = next(field for field in _NUMBER_FIELDS if field in self.places)
        return self.cell(row, present), None

    def ends(self, row: Sequence[str]) -> tuple[str, str]:
        """Return where the trip began and ended, from two columns or one (`汉口 → 南京南`)."""
        board, alight = self.cell(row, "board").text, self.cell(row, "alight").text
        path = _PATH_ARROWS.split(self.cell(row, "path").text)
        if len(path) > 1:
            return board or path[0], alight or path[-1]
        return board, alight


def recognise(headings: Sequence[str]) -> Columns:
    """Recognise the columns of a file by its header; other headings are left alone."""
    places: dict[str, tuple[int, ...]] = {}
    for place, heading in enumerate(headings):
        field = _FIELD_OF.get(heading_form(heading))
        if field:
            places[field] = (*places.get(field, ()), place)
    return Columns(tuple(headings), places)
