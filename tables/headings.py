"""Headings in the words that departments use, and the columns of the data dictionary they name.

Only words that leave no doubt; a word may stand for several columns where no table has two of
them (到达时间: of a leg, or of a stop in a timetable).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from exposure_index.trip_text.folding import compact

_IGNORED = re.compile(r"[\W_]+")

NUMBER_WORDS_OF_MODE: Mapping[str, str] = MappingProxyType(
    {
        "flight": "flight flightno flightnumber 航班 航班号 航班編號 航班编号 航班號",
        "train": "train trainno trainnumber 车次 列车 列车车次 火车车次 車次",
    }
)
COLUMN_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "mode": "mode 交通类型 交通工具 交通方式 出行方式 運輸方式 运输方式",
        "number": "number 班次 车次航班 航班车次 车次航班号 航班号车次 车次或航班号 车牌 车牌号 "
        f"车牌号码 車牌 船名 {' '.join(NUMBER_WORDS_OF_MODE.values())}",
        "service_date": "servicedate traveldate 日期 乘车日期 乘坐日期 乘机日期 出发日期 出行日期 "
        "航班日期 发车日期 开车日期 乘車日期",
        "carriage": "carriage carriageno coach 车厢 车厢号 車廂 車廂號",
        "seat": "seat seats seatno seatnumber 座位 座位号 座号 座次 席位 席位号 铺位 铺位号 座位號 "
        "座號",
        "board": "board 出发站 上车站 乘车站 发站 上车地点 出发机场 起飞机场 登机机场 上車站",
        "alight": "alight 到达站 下车站 到站 下车地点 到达机场 降落机场 下車站",
        "board_time": "boardtime 上车时间 登机时间 起飞时间 发车时间 开车时间 乘车时间 出发时间",
        "alight_time": "alighttime 下车时间 到达时间 抵达时间 降落时间 到站时间",
        "booking": "booking pnr bookingreference recordlocator 订单号 订单编号 订座记录编号",
        "operator": "operator carrier 承运人 承运单位 航空公司 运营单位",
        "id_type": "idtype documenttype doctype 证件类型 证件种类 證件類型",
        "id_number": "idnumber idno documentnumber documentno passportnumber passportno 证件号码 "
        "证件号 证件编号 身份证号 身份证号码 居民身份证号 护照号 护照号码 證件號碼 身份證號碼 "
        "護照號碼",
        "name": "name fullname passengername 姓名 旅客姓名 乘客姓名 乘车人 乘车人姓名 乘机人 "
        "乘机人姓名 汉字姓名 漢字姓名 姓名汉字 姓名漢字",
        "name_latin": "namelatin latinname nameinlatinletters englishname nameinenglish pinyin "
        "namepinyin nameinpinyin passportname romanizedname romanisedname 拼音 姓名拼音 拼音姓名 "
        "英文姓名 英文名 姓名英文 外文姓名 外文名 姓名外文 拼音或外文姓名 姓名拼音或外文 "
        "拼音或外文 护照姓名 護照姓名 英文 english foreignname",
        "case_id": "caseid 病例编号 病例号 个案编号",
        "disease": "disease 病种 疾病 疾病名称",
        "classification": "classification 病例分类",
        "onset_date": "onsetdate dateofonset 发病日期 發病日期",
        "specimen_date": "specimendate 采样日期 标本采集日期",
        "isolated_at": "isolatedat 隔离日期 隔离时间",
        "reported_by": "reportedby 报告单位 上报单位",
        "stop": "stop 站名 车站 停靠站 車站",
        "stop_seq": "stopseq 站序 站序号",
        "arrival": "arrival 到达时间 到站时间",
        "departure": "departure 出发时间 发车时间 开车时间",
        "city": "city 城市 所在城市",
        "exposure_date": "exposuredate 接触日期 末次接触日期 最后接触日期",
        "setting": "setting 接触场所",
        "cleared_on": "clearedon 解除日期 解除隔离日期",
        "reason": "reason 解除原因",
    }
)


@lru_cache(1 << 10)
def heading_form(heading: str) -> str:
    """Return a heading as headings are compared: without case, spaces and punctuation."""
    return _IGNORED.sub("", compact(heading)).lower()


_COLUMNS_OF: dict[str, frozenset[str]] = {}
for _column, _words in COLUMN_WORDS.items():
    for _word in _words.split():
        _COLUMNS_OF[_word] = _COLUMNS_OF.get(_word, frozenset()) | {_column}


def column_named(heading: str, columns: Iterable[str]) -> str | None:
    """Return which of a table's columns a heading names, None where none is named for certain."""
    named = _COLUMNS_OF.get(heading_form(heading), frozenset()) & set(columns)
    return min(named) if len(named) == 1 else None


def is_han_heading(text: str) -> bool:
    """Return whether a text is a known heading in Han: 姓名, 车次."""
    form = heading_form(text)
    return len(form) > 1 and not form.isascii() and form in _COLUMNS_OF
