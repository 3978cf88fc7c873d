"""Writes the workbook that an organisation fills in: headings, kinds of document, text for numbers.

What it writes is read as a list without people. There is no row of an example, which somebody would
leave in: what to put where stands in the notes of the cells.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

TEMPLATE_ROWS = 20_000
"""Rows that have the drop-down; further ones are filled in without it."""
_MADE_ON = datetime(2020, 2, 10, tzinfo=UTC)  # the same bytes every time


@dataclass(frozen=True, slots=True)
class TemplateWords:
    """The words of a template in one language.

    headings: of name, kind, number, Latin name and the organisation's own column; hints: the same,
    for whoever selects a cell; kinds: of the drop-down, as `document_kinds` reads them.
    """

    sheet: str
    note: str
    headings: tuple[str, str, str, str, str]
    hints: tuple[str, str, str, str, str]
    kinds: tuple[str, ...]


WORDS: Mapping[str, TemplateWords] = {
    "zh_Hans": TemplateWords(
        "人员名单",
        "每人一行，从第3行起填写。证件号码请按文本填写，不要改成数字格式。可以在右侧增加本单位自己的列，结果会原样带回。",
        ("姓名", "证件类型", "证件号码", "拼音或外文姓名", "部门"),
        (
            "与证件上的姓名一致，写全名。",
            "从下拉列表中选择。不填时按证件号码判断。",
            "此列已设为文本。数字格式会丢失第15位以后的数字。",
            "护照、外国人永久居留身份证必填，与证件上的拼写一致。",
            "本单位自己的列，可改名、可不填，不参与核对。",
        ),
        (
            *("居民身份证", "护照", "港澳居民来往内地通行证", "台湾居民来往大陆通行证"),
            *("外国人永久居留身份证", "其他"),
        ),
    ),
    "zh_Hant": TemplateWords(
        "人員名單",
        "每人一列，由第3列起填寫。證件號碼請以文字格式填寫，不要改成數值格式。可在右邊加入貴單位自己的欄位，結果會原樣帶回。",
        ("姓名", "證件類型", "證件號碼", "拼音或外文姓名", "部門"),
        (
            "與證件上的姓名一致，請寫全名。",
            "由下拉式選單選取。留空時依證件號碼判斷。",
            "此欄已設為文字格式。數值格式會遺失第15位以後的數字。",
            "護照、外國人永久居留身分證必填，與證件上的拼寫一致。",
            "貴單位自己的欄位，可改名、可留空，不用於核對。",
        ),
        (
            *("居民身分證", "護照", "港澳居民來往內地通行證", "台灣居民來往大陸通行證"),
            *("外國人永久居留身分證", "其他"),
        ),
    ),
    "en": TemplateWords(
        "Staff list",
        "One person a row, from row 3. Keep document numbers as text, never as numbers. "
        "You may add columns of your own at the right: they come back unchanged with the results.",
        ("Name", "ID type", "ID number", "Name in Latin letters", "Department"),
        (
            "The full name, as in the document.",
            "Choose from the list. Without it the number decides where it can.",
            "This column is text. As a number it would lose its digits after the 15th.",
            "Needed for passports and foreigners' permits, spelled as in the document.",
            "A column of your own: rename it or leave it blank. It is not checked.",
        ),
        (
            "Resident identity card",
            "Passport",
            "Mainland Travel Permit for Hong Kong and Macao Residents",
            "Mainland Travel Permit for Taiwan Residents",
            "Foreign Permanent Resident ID Card",
            "Other",
        ),
    ),
}
"""Language, as the pages name it → words."""
_TEXT = 49  # the format @ of every spreadsheet program
_WIDTHS = (16, 28, 26, 30, 18)
_KIND_AT, _LAST = 1, 4
_HEADER_ROW = 1


def staff_list_template(language: str) -> bytes:
    """Return an XLSX workbook to fill in, the same bytes each time. Raises KeyError.

    language: zh_Hans, zh_Hant or en.
    """
    words = WORDS[language]
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE_ON})
        text = book.add_format({"num_format": _TEXT})
        strong = book.add_format({"bold": True, "bottom": 1, "num_format": _TEXT})
        note = book.add_format({"text_wrap": True, "valign": "top", "num_format": _TEXT})
        sheet = book.add_worksheet(words.sheet)
        sheet.merge_range(0, 0, 0, _LAST, words.note, note)
        sheet.set_row(0, 48)
        rows = (_HEADER_ROW + 1, _HEADER_ROW + TEMPLATE_ROWS)
        for place, (heading, hint) in enumerate(zip(words.headings, words.hints, strict=True)):
            sheet.set_column(place, place, _WIDTHS[place], text)
            sheet.write_string(_HEADER_ROW, place, heading, strong)
            rule: dict[str, Any] = {"input_title": heading, "input_message": hint}
            if place == _KIND_AT:
                rule |= {"validate": "list", "source": list(words.kinds), "error_type": "warning"}
            else:
                rule["validate"] = "any"
            sheet.data_validation(rows[0], place, rows[1], place, rule)
        sheet.freeze_panes(_HEADER_ROW + 1, 0)
    return file.getvalue()
