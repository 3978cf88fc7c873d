"""Which column of a notices file holds what, by the headings in use."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from index_builder.normalise.folding import compact

# Headings are compared without case, spaces and punctuation.
_HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "mode": "kind mode type transport 类型 交通类型 交通工具 交通方式 出行方式 种类 類型",
        "date": "date servicedate traveldate tdate 日期 乘车日期 乘坐日期 乘机日期 出发日期 "
        "出行日期 航班日期 发车日期 开车日期",
        "board_time": "start starttime boardtime boarding departure departuretime tstart 开始时间 "
        "出发时间 上车时间 登机时间 起飞时间 发车时间 开车时间 乘车时间",
        "alight_time": "end endtime alighttime arrival arrivaltime tend 结束时间 到达时间 下车时间 "
        "抵达时间 降落时间 到站时间",
        "number": "number no tno service trip 班次 编号 车次航班 航班车次 车次航班号 航班号车次 "
        "车次或航班号 车牌 车牌号 车牌号码 线路 线路名称 船名",
        "flight": "flight flightno flightnumber 航班 航班号 航班编号",
        "train": "train trainno trainnumber 车次 列车 列车车次 火车车次 車次",
        "carriage": "carriage coach car tnosub 车厢 车厢号 車廂",
        "seats": "note seats seat seatno memo tmemo 座位 座位号 座次 席位 坐席 备注 座位情况 座號",
        "board": "board from origin tposstart 出发站 上车站 始发站 出发地 起点 起点站 乘车站 "
        "上车地点 出发机场 起飞机场 登机机场",
        "alight": "alight to destination tposend 到达站 下车站 终到站 目的地 终点 终点站 到站 "
        "下车地点 到达地 到达机场 降落机场",
        "path": "path route 区间 行程 乘车区间 起止站 起讫站",
    }
)
_FIELD_OF = {name: field for field, names in _HEADINGS.items() for name in names.split()}
_IGNORED = re.compile(r"[\W_]+")
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


def recognised(headings: Sequence[str]) -> Columns:
    """Return the columns of a file by its heading row; headings nobody knows are left alone."""
    places: dict[str, tuple[int, ...]] = {}
    for place, heading in enumerate(headings):
        field = _FIELD_OF.get(_IGNORED.sub("", compact(heading)).lower())
        if field:
            places[field] = (*places.get(field, ()), place)
    return Columns(tuple(headings), places)
