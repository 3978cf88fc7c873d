"""The header of a staff list: which of its columns is the number, the name and the rest."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from unicodedata import normalize

from exposure_index.trip_text.folding import spaced
from tables.document_numbers import document_numbers
from tables.headings import column_named, heading_form
from tables.people_csv import ALL_COLUMNS
from tables.row_kinds import RowKinds, is_total
from tables.staff_lists.columns import (
    FORMER_NAME,
    GIVEN_NAME,
    OTHER_NAME,
    PASSPORT_NUMBER,
    STAFF_COLUMNS,
    SURNAME,
    are_enough,
    name_places,
    number_places,
)
from tables.staff_lists.name_parts import is_any_part, is_surely_part, name_parts, parts_of_one_name
from tables.staff_lists.unread_headings import is_of_others, may_be_name, may_be_number, rivals
from tables.table_faults import TableUnreadable
from tables.workbooks.cells import EXACT_BELOW

COLUMNS_MAX = 1_000

_IN_BRACKETS = re.compile(r"[(\[{【〔][^)\]}】〕]*[)\]}】〕]")
_HINTS = re.compile(
    "非必填|必填|必须|必須|必需|必选|选填|選填|可选|可空|请|請|填写|填寫|填|如实|下拉|选择|選擇|列表"
    "|中文|汉字|漢字|外文|英文|拼音|大写|大寫|小写|正楷|全称|全稱|全名|姓名|名称"
    "|居民|有效|身份证明|身份证|身份證|身分證|证件|證件|护照|護照|通行证|通行證|号码|號碼|号|號"
    "|正本|原件|复印件|本人|相同|一致|为准|為準|准|按照|按|与|與|和|或|及|同|以|上|的|等|如|即|勿|无|不含"
    "|数字|數字|文本|文字|格式|字符|位|空格|外国|外國|国内|港澳台|港澳|台湾"
    "|(?<![a-z])(?:required|mandatory|optional|must|please|select|chinese|english|latin|pinyin|roman"
    "|capitals?|letters|block|legal|full|official|text|digits|format|as|in|on|per|the|of|your|same|or"
    "|and|passports?|identity|documents?|cards?|id|no|number|names?|s)(?![a-z])|[0-9]",
    re.IGNORECASE,
)
"""What brackets in a heading may hold and change nothing: how a cell is to be filled in."""
_DOCUMENT = re.compile("[0-9]{15}|[0-9]{17}[0-9X]|[A-Z]{1,3}[0-9]{6,12}")  # no telephone, no day
_SHORT_BELOW, _LONG_FROM = 10**7, 10**9
_SIGNATURE = re.compile(
    r"(?:(?:填表|制表|填报|审核|复核|审批|经办|统计|上报|报送|联系|负责)(?:人|者|员|单位|部门|日期|时间)?"
    r"|(?:单位|部门|主管)?负责人|主管领导|领导签字|签字|签名|签章|盖章|(?:單位|部門)?負責人|製表人|審核人?|聯絡人"
    r"|(?:PREPARED|CHECKED|REVIEWED|APPROVED|REPORTED) BY|SIGNATURE)\W*(?:[:(]|$)"
)
_NOTE = re.compile(
    rf"{_SIGNATURE.pattern.removesuffix('|$)')})"
    r"|\W*(?:注|备注|備註|附注|说明|說明|来源|來源|资料来源|資料來源|数据来源|信息来源|截至|截止|更新)\W*:"
    r"|\W*(?:合计|合計|总计|總計|小计|小計|共计|共計|(?:GRAND |SUB)?TOTAL)\W*(?:[0-9共]|$)"
    r"|\W*(?:NOTES?|SOURCES?|REMARKS?|FOOTNOTES?|UPDATED|AS OF|AS AT)\W*[:0-9]"
    r"|[^(、,]{8,}。$"
)
"""What stands below a list in the column of names and is nobody: it says so, or is a sentence."""
_DIGITS = re.compile("[0-9]{5}")
_TOTAL_BEGINNINGS = frozenset("合总總小共TtGgSs")
_PASSPORT = re.compile("护照|護照|passport")
_OTHER_DOCUMENT = re.compile(
    "身[份分]|证件|證件|idcard|identi|orid|idor|idpassport|passportid|national"
)
_SAYS_NUMBER = re.compile(r"(?:号|號|号码|號碼|编号|編號|\b(?:no|numbers?)\b\W*)$", re.IGNORECASE)
_SAYS_NONE = re.compile(
    "[无無没沒未暂暫缺待补補忘同不请請填]|必|^(?:no|without|missing|unknown|enter)\\b",
    re.IGNORECASE,
)
_PAIR = 2
_WITHIN = {PASSPORT_NUMBER: "id_number", OTHER_NAME: FORMER_NAME}
"""A column of a meaning → the column whose words name it too."""
_LATIN = re.compile("[A-Za-z]")
_IN_HAN = re.compile("(?i:chinese)")
_STAFF_WORDS: Mapping[str, str] = {
    word: column
    for column, words in {
        "id_type": "证件类别 證件類別 證件种类 身份证件类型 身份證件類型 身份证件种类 有效证件类型"
        " 证件名称 證件名稱 typeofdocument documentkind identificationtype typeofid"
        " identitydocumenttype iddocumenttype",
        "id_number": "身份证 身份證 身分證 身份证件号码 身份證件號碼 身份证件号 有效证件号码"
        " 公民身份号码 公民身份證號碼 公民身份证号码 居民身份证号码 身份号码 身分證號碼 身分證字號"
        " 身份證號 身分證號 證件號 證件編號 证件编码 证件id 身份证明号码 身份证编号 护照或身份证号"
        " 身份证或护照号 身份证护照号 证件号码身份证 證件號碼身份證 身份证号护照号 idcardnumber"
        " idcardno idcard identitynumber identityno identitycardnumber identitycardno"
        " identificationnumber identificationno nationalid nationalidnumber passport passportorid"
        " passportid idpassport idpassportno idpassportnumber passportidnumber idorpassport"
        " idorpassportnumber documentid numberofdocument documentnum idnum",
        "name": "员工姓名 員工姓名 职工姓名 職工姓名 人员姓名 人員姓名 学生姓名 學生姓名 教师姓名"
        " 教职工姓名 教職員姓名 中文姓名 中文名 姓名中文 真实姓名 真實姓名 名称姓名 雇员姓名"
        " 僱員姓名 姓名全称 人名 chinesename namechinese nameinchinese employeename staffname"
        " nameofemployee nameofstaff personname studentname membername workername",
        "former_name": "曾用名 曾用姓名 原名 原姓名 别名 別名 又名 formername formernames"
        " previousname previousnames maidenname birthname nameatbirth othername othernames alias"
        " aliases geburtsname",
        "name_latin": "英文名字 拼音名 姓名英 汉语拼音 漢語拼音 姓名汉语拼音 英文全名 護照英文姓名"
        " 护照英文名 英文姓名护照 nameenglish englishfullname nameinlatin passportnameenglish"
        " latin nameaspassport nameasinpassport nameonpassport pinyinname romanname",
    }.items()
    for word in words.split()
}


def staff_column(heading: str) -> str | None:
    """Return which column of a staff list a heading names, None where none for certain.

    Brackets go that say how to fill a cell in; what else they hold makes another column of it:
    姓名（监护人）, Name (first). A heading in two languages must mean the same in both.
    """
    plain = normalize("NFKC", heading) if heading else ""
    text = _IN_BRACKETS.sub(" ", plain)
    if text != plain and not all(map(_is_hint, _IN_BRACKETS.findall(plain))):
        return _named(heading)
    found = _named(text) or _named(heading)
    if found:
        return found
    latin = "".join(c if c.isascii() else " " for c in text)
    han = "".join(c for c in text if not _LATIN.match(c))
    if not _LATIN.search(text) or latin.strip() == text.strip():
        return None
    meanings = {_named(latin), _named(han)}
    return meanings.pop() if len(meanings) == 1 else None


def _is_hint(content: str) -> bool:
    return not any(map(str.isalnum, _HINTS.sub("", content)))


def _named(heading: str) -> str | None:
    form = heading_form(heading)
    return _STAFF_WORDS.get(form) or column_named(heading, ALL_COLUMNS) if form else None


def were_understood(headings: Sequence[str], columns: Mapping[str, int]) -> bool:
    """Whether a column was found by the meaning of its heading, and not by a usual word for it."""
    places = ((_WITHIN.get(column, column), headings[at]) for column, at in columns.items())
    return any(named_columns([text]) and column != _named(text) for column, text in places)


def named_columns(cells: Sequence[str]) -> dict[str, list[int]]:
    """Return column name → the places of the headings that name it."""
    places: dict[str, list[int]] = {}
    for place, cell in enumerate(cells):
        if column := staff_column(cell):
            places.setdefault(column, []).append(place)
    return places


def columns_of(cells: Sequence[str]) -> dict[str, int] | None:
    """Return column name → place for a header, None where number or name is not certain.

    Two columns of one meaning are none, but for numbers of passports beside those of another kind,
    for a name in Han beside one in Latin letters, and for two of former and other names;
    and a name beside a column of a part of it is none, nor is one beside a column of no meaning
    that may be a name or a number too. A surname and a given name are a name.
    """
    found: dict[str, int] = {}
    named = named_columns(cells)
    parts = name_parts(cells, named)
    pair = parts_of_one_name(cells, parts)
    if pair is not None and not all(_says_part_alone(cells[place]) for place in pair):
        return None
    for column, places in named.items():
        if (two_of := _TWO_OF.get(column)) and (two := two_of(cells, named)):
            found.update(two)
        elif column == FORMER_NAME and len(places) == _PAIR:
            found[FORMER_NAME], found[OTHER_NAME] = places
        elif len(places) == 1:
            found[column] = places[0]
        else:
            return None
    if pair is not None:
        found = {column: place for column, place in found.items() if place not in pair}
        if not {"name", "name_latin"} <= set(found):
            found[SURNAME], found[GIVEN_NAME] = pair
    if not are_enough(found) or {found.get("name"), found.get("name_latin")} & parts:
        return None
    known = {place for places in named.values() for place in places} | parts
    return None if rivals(cells, known, beside_parts=SURNAME in found) else found


def _by_script(cells: Sequence[str], named: Mapping[str, Sequence[int]]) -> dict[str, int] | None:
    """Return the columns of two names, one in Han and one in Latin letters: 姓名, Name."""
    places = named["name"]
    if len(places) != _PAIR or "name_latin" in named:
        return None
    in_han = [at for at in places if not _LATIN.search(cells[at]) or _IN_HAN.search(cells[at])]
    in_latin = [at for at in places if cells[at].isascii() and at not in in_han]
    if len(in_han) != 1 or len(in_latin) != 1:
        return None
    return {"name": in_han[0], "name_latin": in_latin[0]}


def _says_part_alone(heading: str) -> bool:
    """Whether brackets in the heading of a part say nothing else: not First Name (preferred)."""
    contents = _IN_BRACKETS.findall(normalize("NFKC", heading))
    return all(_is_hint(content) or is_any_part(content) for content in contents)


def _with_passport(
    cells: Sequence[str], named: Mapping[str, Sequence[int]]
) -> dict[str, int] | None:
    """Return the columns of two numbers, of which one is that of passports and the other is not."""
    places = named["id_number"]
    if len(places) != _PAIR:
        return None
    passports = [at for at in places if _is_of_passports(cells[at])]
    if len(passports) != 1:
        return None
    (other,) = (at for at in places if at not in passports)
    return {"id_number": other, PASSPORT_NUMBER: passports[0]}


def _is_of_passports(heading: str) -> bool:
    """Whether a heading of numbers speaks of passports alone: 护照号, not 护照或身份证号."""
    form = heading_form(normalize("NFKC", heading))
    return bool(_PASSPORT.search(form)) and not _OTHER_DOCUMENT.search(form)


_TWO_OF = {"id_number": _with_passport, "name": _by_script}
"""A column that two headings may mean, and what finds which of them is which."""


def _is_no_number(cell: str) -> bool:
    """Whether a cell of the column of numbers holds something that ends as none does."""
    return not cell[-2:-1].isdigit() and len(cell.strip()) > 1


def _is_number_heading(cell: str) -> bool:
    """Whether a cell is the heading of a column of numbers, and nothing that a clerk puts in one.

    身份证 may stand in the place of a number, and 无身份证号.
    """
    if not _SAYS_NUMBER.search(cell.strip()) or _SAYS_NONE.search(cell):
        return False
    return staff_column(cell) == "id_number" or may_be_number(cell)


def _meaning(cell: str) -> str:
    """Return the column that a heading names, or what else it says of people, "" for nothing."""
    if column := staff_column(cell):
        return column
    if is_of_others(cell):
        return "others"
    return "name" if may_be_name(cell) else ""


def people_above(rows: Sequence[tuple[int, Sequence[str]]], width: int) -> list[int]:
    """Return which rows above the header may be people who were sorted there.

    A title has no number of a document, and leaves columns blank. width: of the header.
    """
    return [row for row, cells in rows if _may_be_person(cells, width)]


def _may_be_person(cells: Sequence[str], width: int) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) > 1 and any(map(_holds_document, filled)):
        return True
    return len(filled) >= width > 1 and any(map(_DIGITS.search, filled))


class StaffRowKinds(RowKinds):
    """Tells rows of people from titles and footnotes, and from lines of signatures below a list."""

    def may_be_note(self, cells: Sequence[str]) -> bool:
        """Return whether a row is no person's, by its cells of the number and the name.

        What stands there is a person's, with whatever brackets and commas, unless it can be none.
        """
        filled = [cell for cell in cells if cell.strip()]
        places = (place for place in self.required if place < len(cells))
        own = [spaced(cells[place]) for place in places if cells[place].strip()]
        return is_total(filled) or all(map(_NOTE.match, own))

    def _suspects(self, records: list[list[str]]) -> set[int]:
        """Return also the places of totals that fill the columns of every person: 合计, 40.

        And of what may be headings of another table: it is no number where numbers stand.
        """
        suspects = super()._suspects(records)
        for at in self.required[:1]:
            suspects.update(
                place for place, record in enumerate(records) if _is_no_number(record[at])
            )
        for at in self.required:
            beginnings = [record[at][:1] for record in records]
            if not _TOTAL_BEGINNINGS.isdisjoint(beginnings):
                suspects.update(
                    place for place, sign in enumerate(beginnings) if sign in _TOTAL_BEGINNINGS
                )
        return suspects

    def _is_data(self, row: int, record: Sequence[str]) -> bool:
        if self._is_other_header(record):
            message = f"row {row} is the header of another table"
            raise TableUnreadable(message)
        filled = [cell for cell in record if cell.strip()]
        return not (is_total(filled) and self.is_note(row, filled)) and super()._is_data(
            row, record
        )

    def _is_other_header(self, record: Sequence[str]) -> bool:
        """Whether a row is a header whose columns are others: 班组, 证件号码, 姓名.

        One that says the same in other words, as in another language, is none.
        """
        if not any(_is_no_number(record[at]) for at in self.required[:1]):
            return False
        if [cell.strip() for cell in record] == [cell.strip() for cell in self.headings]:
            return False
        columns = columns_of(record)
        if columns is not None:
            return (*number_places(columns), *name_places(columns)) != self.required
        meanings = {
            at: meaning
            for at, cell in enumerate(record[: len(self.headings)])
            if (meaning := _meaning(cell))
        }
        others = [at for at, meaning in meanings.items() if meaning != _meaning(self.headings[at])]
        if not others and {*self.required} <= meanings.keys():
            return False
        number_at = self.required[0]
        if record[number_at].strip() == self.headings[number_at].strip():
            return True
        is_of_numbers = any(_is_number_heading(record[at]) for at in self.required)
        return (is_of_numbers and len(meanings) > 1) or any(
            staff_column(record[at]) == "name" for at in others
        )

    def is_note(self, row: int, filled: Sequence[str]) -> bool:
        """Return whether the filled cells of a row are no person's; note it."""
        if super().is_note(row, filled):
            return True
        if not _SIGNATURE.match(spaced(filled[0])) or any(map(_holds_document, filled)):
            return False
        self.notes.append(row)
        return True


def _holds_document(cell: str) -> bool:
    return any(map(_DOCUMENT.fullmatch, document_numbers(cell).numbers))


def lost_digits(number: float) -> bool:
    """Whether a number in a numeric cell is no longer what a document bears.

    Past 15 digits the last are lost; a short one has lost the zeros before it, since no document of
    digits alone is so short, and so may one of ten digits or more: how many it had nobody knows.
    Old resident numbers have 15 and begin with none. One with decimals never was a document.
    """
    is_long = _LONG_FROM <= number < EXACT_BELOW // 10
    return is_long or not _SHORT_BELOW <= number < EXACT_BELOW or number != int(number)


@dataclass(frozen=True, slots=True)
class StaffHeader:
    """The rules by which the header of a staff list is found and read.

    fixed: the columns that somebody chose, column name → place; encoding: the chosen one or "".
    """

    fixed: Mapping[str, int] = field(default_factory=dict)
    encoding: str = ""

    def __call__(self, cells: Sequence[str]) -> list[str]:
        """Return the column of each heading, and headings of no column as they are."""
        names = list(cells)
        for column, place in (self.columns(cells) or {}).items():
            names[place] = column
        return names

    def columns(self, cells: Sequence[str]) -> Mapping[str, int] | None:
        """Return column name → place, None where they are not certain."""
        if not self.fixed:
            return columns_of(cells)
        places = set(self.fixed.values())
        is_whole = are_enough(self.fixed) and set(self.fixed) <= set(STAFF_COLUMNS)
        is_inside = all(0 <= place < len(cells) for place in places)
        if not (is_whole and is_inside and len(places) == len(self.fixed)):
            return None
        names = (self.fixed[column] for column in ("name", "name_latin") if column in self.fixed)
        return None if any(is_surely_part(cells[place]) for place in names) else self.fixed

    def is_header(self, cells: Sequence[str]) -> bool:
        """Return whether a row names number and name."""
        return columns_of(cells) is not None

    def may_be_header(self, cells: Sequence[str]) -> bool:
        """Return whether a row names number and name, be it not certain which is which."""
        named = named_columns(cells)
        return "id_number" in named and ("name" in named or bool(name_parts(cells, named)))

    def known(self, cells: Sequence[str]) -> int:
        """Return how many cells of a row are headings of known columns."""
        return sum(map(len, named_columns(cells).values()))

    def required_places(self, headings: Sequence[str]) -> tuple[int, ...]:
        """Return the places of the columns that every row of data fills."""
        columns = self.columns(headings) or {}
        return (*number_places(columns), *name_places(columns))

    @property
    def holds_names(self) -> bool:
        """Whether a cell may be a name of a person: always."""
        return True

    @property
    def may_hold_notes(self) -> bool:
        """Whether titles and footnotes are told apart from data: always."""
        return True
