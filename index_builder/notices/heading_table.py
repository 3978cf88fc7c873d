"""What a heading of a published notice names: from the table `notice_headings.tsv`.

A heading may join several names (`航班/火車/船編號`, `车厢/座位等`). It is read whole or not at
all: where one of the names is not known, the column is not read.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from exposure_index.trip_text.modes import MODES
from tables.headings import COLUMN_WORDS, NUMBER_WORDS_OF_MODE, heading_form

TABLE_PATH = Path(__file__).with_name("notice_headings.tsv")
NUMBER_FIELDS = ("number", *MODES)
"""Fields that hold a service number; all but the first say which mode it is of."""

FIELDS = frozenset(
    {
        *NUMBER_FIELDS,
        *("description", "mode", "date", "board_time", "alight_time", "carriage", "seats"),
        *("advice", "board", "alight", "path", "operator", "published", "source"),
    }
)
"""What a column of a notice may hold."""

SIMPLIFIED = str.maketrans(
    "車號機編點終間類種發佈時廂鋪開達離飛艙輛線單來資訊鏈連結處備註區訖錄報運輸啟實數據聞鐵軌動節"
    "參個關該臺灣國際輪與從郵遊轉圍響體確診碼跡",
    "车号机编点终间类种发布时厢铺开达离飞舱辆线单来资讯链连结处备注区讫录报运输启实数据闻铁轨动节"
    "参个关该台湾国际轮与从邮游转围响体确诊码迹",
)
"""Traditional characters that headings are written with, and the simplified ones."""

# What may stand in brackets behind a heading without making it another one; 日期（发布） is one.
_REMARK = re.compile(
    r"\*+$|\((?:s|if known|if any|if available|if applicable|optional|local time|all|approx|"
    r"如已知|如有|若有|如适用|选填|可选|当地时间|北京时间|yyyy[-/]?mm[-/]?dd|dd[-/]mm[-/]yyyy)\)",
    re.IGNORECASE,
)
_MARKS = r"[/\\|、,;&+·•\n→]|-+>?|[–—~]+"
_JOINTS = re.compile(
    rf"\s*(?:{_MARKS}|(?<![A-Za-z])(?:and|or)(?![A-Za-z])|或者|以及|或|及|与|和)\s*", re.IGNORECASE
)
_BETWEEN_SCRIPTS = re.compile(
    r"(?<=[\u3400-\u9fff])\s*(?=[A-Za-z])|(?<=[A-Za-z.])\s*(?=[\u3400-\u9fff])"
)
# Words around a name that leave it what it is: 患者所在车厢号, 座位信息, 出发地点等.
_WHOSE = re.compile(r"^(?:确诊)?(?:患者|病例|病人|个案|感染者|确诊者)(?:所在|乘坐|的)*")
_ABOUT = re.compile(r"(?:信息|资讯|情况|明细)$")
_AND_SO_ON = re.compile(r"等$|\betc\.?$", re.IGNORECASE)
_OF_A_CASE_TOO = frozenset({"carriage", "seats", "board", "alight"})
"""Fields that mean the same with the case named before them; 病例编号 is no service number."""


@dataclass(frozen=True, slots=True)
class HeadingMeaning:
    """The fields that a heading names.

    names: one entry for each name that the heading joins, in its order; two fields of one entry
    are both given the whole value. marks: the marks that part the names. sure: whether the column
    goes before one whose heading is loose.
    """

    names: tuple[tuple[str, ...], ...]
    sure: bool = True
    marks: str = ""


def meaning_of(heading: str) -> HeadingMeaning | None:
    """Return what a heading names, None where it, or a name that it joins, is not known."""
    plain = unicodedata.normalize("NFKC", heading).translate(SIMPLIFIED).strip()
    # As published, marks and all: Departure & arrival is a path, though each name may be a time.
    exact = _MEANINGS_AS_WRITTEN.get(_as_written(plain))
    if exact:
        return exact
    plain = _AND_SO_ON.sub("", _REMARK.sub("", plain).strip())
    marks = "".join(re.findall(_MARKS, plain))
    joined = _joined(_JOINTS.split(plain), marks) or _joined(_BETWEEN_SCRIPTS.split(plain), "")
    meaning = joined or _known(plain) or _known_of_a_case(plain)
    if meaning:
        return meaning
    in_brackets = _joined(re.split(rf"[()]|{_JOINTS.pattern}", plain), "")
    return in_brackets if in_brackets and in_brackets.names[0][0] in NUMBER_FIELDS else None


def _joined(names: Iterable[str], marks: str) -> HeadingMeaning | None:
    meanings = [_known(name) or _known_of_a_case(name) for name in names if heading_form(name)]
    known = [meaning for meaning in meanings if meaning]
    if len(meanings) < 2 or len(known) < len(meanings):
        return None
    sure = all(meaning.sure for meaning in known)
    fields = [field for meaning in known for field in meaning.names]
    if all(len(name) == 1 and name[0] in NUMBER_FIELDS for name in fields):
        modes = {name[0] for name in fields}
        return HeadingMeaning(((modes.pop() if len(modes) == 1 else "number",),), sure)
    if len(set(fields)) == 1:
        return HeadingMeaning((fields[0],), sure)
    if fields == [("board",), ("alight",)]:
        return HeadingMeaning((("path",),), sure)
    alone = {name[0] for name in fields if len(name) == 1}
    # 日期/时间: beside a date, a column that may hold date or time holds the time.
    fields = [tuple(f for f in name if len(name) == 1 or f not in alone) for name in fields]
    merged = _with_one_number([name for name in fields if name])
    flat = [field for name in merged for field in name]
    return HeadingMeaning(tuple(merged), sure, marks) if len(set(flat)) == len(flat) else None


def _with_one_number(fields: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """`车次/航班/日期` holds one number and one date: names of numbers side by side are one."""
    merged: list[tuple[str, ...]] = []
    for name in fields:
        if merged and {merged[-1][0], name[0]} <= set(NUMBER_FIELDS):
            merged[-1] = ("number",)
        else:
            merged.append(name)
    return merged


def _known(name: str) -> HeadingMeaning | None:
    return _MEANINGS.get(heading_form(name))


def _known_of_a_case(name: str) -> HeadingMeaning | None:
    bare = _WHOSE.sub("", _ABOUT.sub("", heading_form(name)))
    meaning = _MEANINGS.get(bare) if bare else None
    return meaning if meaning and set(meaning.names[0]) <= _OF_A_CASE_TOO else None


def _as_written(heading: str) -> str:
    return re.sub(rf"\s*({_MARKS})\s*", r"\1", " ".join(heading.lower().split()))


def _read_table() -> tuple[Mapping[str, HeadingMeaning], Mapping[str, HeadingMeaning]]:
    """Return the meaning of each form of a heading, and of each heading as it is written.

    The words of the data dictionary come first; the table may say otherwise of them.
    """
    column_fields = {"service_date": "date", "seat": "seats"}
    meanings: dict[str, HeadingMeaning] = {}
    as_written: dict[str, HeadingMeaning] = {}
    for column, words in (*COLUMN_WORDS.items(), *NUMBER_WORDS_OF_MODE.items()):
        field = column_fields.get(column, column)
        if field in FIELDS:
            for word in words.split():
                meanings[word.translate(SIMPLIFIED)] = HeadingMeaning(((field,),))
    with TABLE_PATH.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            heading = row["heading"].translate(SIMPLIFIED)
            fields = tuple(row["field"].split())
            meaning = HeadingMeaning((fields,), row["certainty"] == "sure")
            meanings[heading_form(heading)] = as_written[_as_written(heading)] = meaning
    return meanings, as_written


_MEANINGS, _MEANINGS_AS_WRITTEN = _read_table()
