"""Worklists: open inquiries of one department with columns for replies, as CSV or a workbook."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from index_builder.data_dictionary.classification import DEPARTMENTS
from index_builder.inquiries.ledger import Inquiry
from index_builder.replies.inquiry_kinds import KINDS

SHEET = "replies"
_CONTEXT = {
    "inquiry_id": "协查编号",
    "question": "问题",
    "requesters": "提出单位",
    "cases": "病例数",
    "first_asked": "首次提出日期",
    "reminder": "催办次数",
}
_SUBJECT = {
    "about": "所询证件号码",
    "mode": "交通方式",
    "number": "车次/航班号",
    "plate": "车牌号",
    "service_date": "日期",
    "window_from": "时段起",
    "window_to": "时段止",
    "carriage": "车厢",
    "seat": "座位",
    "board": "上车站",
    "alight": "下车站",
    "role": "身份",
    "id_type": "证件类型",
    "name": "姓名",
    "passengers": "人数",
}
_ABOUT_REPLY = {"answered_by": "答复单位", "answered_on": "答复日期", "not_known": "无法查明填 yes"}
_REPLY = {
    "service_date": "乘车日期",
    "carriage": "车厢",
    "seat": "座位",
    "board": "上车站",
    "alight": "下车站",
    "board_time": "上车时间",
    "alight_time": "下车时间",
    "role": "身份 passenger/crew/infant",
    "booking": "订单号",
    "from_time": "出车时间",
    "to_time": "收车时间",
    "id_type": "证件类型",
    "id_number": "证件号码",
    "name": "姓名",
    "operator": "承运单位",
}
_ASKED_PREFIX = "asked_"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Worklist:
    """The open inquiries of one department as rows of text; reply_columns are blank."""

    department: str
    inquiry_columns: tuple[str, ...]
    reply_columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def worklist(department: str, inquiries: Sequence[Inquiry]) -> Worklist:
    """Return the worklist of a department, with the columns of subjects that any inquiry fills."""
    needed = [name for name in _SUBJECT if any(one.subject.get(name) for one in inquiries)]
    kinds = {one.kind for one in inquiries}
    from_reply = {name for kind in kinds for name in KINDS[kind].from_reply}
    rows = tuple(
        (
            one.id,
            KINDS[one.kind].english + " / " + KINDS[one.kind].chinese,
            "; ".join(who or "(not named)" for who in one.requesters),
            str(sum(one.requesters.values())),
            one.first_asked.isoformat(),
            _reminder(one),
            *(one.subject.get(name, "") for name in needed),
        )
        for one in inquiries
    )
    answer = (*_ABOUT_REPLY, *(name for name in _REPLY if name in from_reply))
    return Worklist(
        department, (*_CONTEXT, *(_ASKED_PREFIX + name for name in needed)), answer, rows
    )


def as_csv(work: Worklist) -> bytes:
    """Return a worklist as CSV that spreadsheets open as UTF-8; no cell of it is a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*work.inquiry_columns, *work.reply_columns])
    blank = [""] * len(work.reply_columns)
    for row in work.rows:
        writer.writerow([*(_harmless(cell) for cell in row), *blank])
    return text.getvalue().encode("utf-8-sig")


def as_workbook(work: Worklist) -> bytes:
    """Return a worklist as an XLSX workbook: title, Chinese headings, columns, then the rows."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(SHEET)
        bold = book.add_format({"bold": True})
        fill_in = book.add_format({"bg_color": "#FFF2CC", "num_format": "@"})
        english, chinese = DEPARTMENTS[work.department]
        sheet.write_string(0, 0, f"Inquiries: {english} / 协查单：{chinese}", bold)
        columns = [*work.inquiry_columns, *work.reply_columns]
        for place, name in enumerate(columns):
            sheet.write_string(
                1, place, _heading(name, of_inquiry=place < len(work.inquiry_columns))
            )
            sheet.write_string(2, place, name, bold)
        # Text, so that no document number becomes a number and loses digits.
        sheet.set_column(0, len(work.inquiry_columns) - 1, 22)
        sheet.set_column(len(work.inquiry_columns), len(columns) - 1, 20, fill_in)
        for number, row in enumerate(work.rows, 3):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell)
        sheet.freeze_panes(3, 1)
    return data.getvalue()


def _reminder(one: Inquiry) -> str:
    """Return how often an inquiry was exported before, and whether a reply has left it open."""
    again = "; answered, not resolved / 已答复但仍未解决" if one.reopened else ""
    return f"{one.exports}{again}" if one.exports else ""


def _heading(name: str, *, of_inquiry: bool) -> str:
    if of_inquiry:
        return _CONTEXT.get(name) or _SUBJECT[name.removeprefix(_ASKED_PREFIX)]
    return _ABOUT_REPLY.get(name) or _REPLY[name]


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
