"""The form that says how a list is to be read: which column is which, encoding, sheet, headings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString, gettext, lazy_gettext

from app.bulk.jobs.views import ColumnQuestion
from app.i18n import sentence_gap
from app.portal.list_refusals import refusal_text
from tables.staff_lists.name_parts import is_surely_part
from tables.staff_lists.staff_list import ListChoice

NONE = ""
COLUMNS: dict[str, LazyString] = {
    "name": lazy_gettext("Name"),
    "surname": lazy_gettext("Surname, in a column of its own"),
    "given_name": lazy_gettext("Given name, in a column of its own"),
    "id_number": lazy_gettext("Document number"),
    "passport_number": lazy_gettext("Passport number, in a second column"),
    "id_type": lazy_gettext("Kind of document"),
    "name_latin": lazy_gettext("Name in Latin letters"),
    "former_name": lazy_gettext("Former or other name"),
    "other_name": lazy_gettext("Former or other name, in a second column"),
}
"""Columns that a list may have, as its readers call them."""
PARTS = ("surname", "given_name")
NEEDED = lazy_gettext("Choose a column")
PART_ALONE = lazy_gettext(
    "This column holds only part of a name. Choose surname and given name below"
)
TWICE = lazy_gettext("One column cannot be both")
NOT_OFFERED = lazy_gettext("Choose one of these")
SAME_HEADER = -1  # the headings were found already; which column is which, is put once more
AGAIN = lazy_gettext("Change what was read wrongly; the rest stays as it is.")


@dataclass(frozen=True, slots=True)
class ReadingField:
    """A field of the form; options: what a select of the design system takes."""

    name: str
    words: LazyString
    hint: LazyString | None
    options: list[dict[str, Any]]


class ReadingInvalid(Exception):
    """The form cannot be used as it was sent; faults: field to words."""

    def __init__(self, faults: Mapping[str, LazyString]) -> None:
        super().__init__()
        self.faults = dict(faults)


def question_form(question: ColumnQuestion) -> dict[str, Any]:
    """Return what the template needs to put a question to a person."""
    text = refusal_text(question.code)
    words = AGAIN if question.header_row == SAME_HEADER else text.words
    return {
        "question": f"{words}{sentence_gap()}{text.advice}",
        "columns": [column_label(question, place) for place in range(len(question.headings))],
        "sample": question.samples,
        "choices": _fields(question),
    }


def column_label(question: ColumnQuestion, place: int) -> str:
    """Return a column as a person recognises it: its heading, else what its first cell holds."""
    heading = question.headings[place].strip()
    return heading or str(gettext("Column %(number)s", number=place + 1))


def _fields(question: ColumnQuestion) -> list[ReadingField]:
    if question.code == "encoding":
        options = [{"value": each, "text": each} for each in question.choices]
        hint = lazy_gettext("Choose the one that shows the names correctly in the next step.")
        return [ReadingField("encoding", lazy_gettext("Encoding"), hint, options)]
    if question.code == "several_sheets":
        options = [
            {"value": each, "text": str(gettext("Sheet %(number)s", number=each))}
            for each in question.choices
        ]
        return [ReadingField("sheet", lazy_gettext("Sheet"), None, options)]
    return [
        ReadingField(name, words, None, _column_options(question, name))
        for name, words in COLUMNS.items()
    ]


def _column_options(question: ColumnQuestion, name: str) -> list[dict[str, Any]]:
    chosen = question.suggestion.get(name)
    none = {"value": NONE, "text": str(gettext("Not in the list")), "selected": chosen is None}
    return [
        none,
        *(
            {
                "value": str(place),
                "text": column_label(question, place),
                "selected": place == chosen,
            }
            for place in range(len(question.headings))
        ),
    ]


def choice_of_form(question: ColumnQuestion, form: Mapping[str, str]) -> ListChoice:
    """Return what a person chose. Raises ReadingInvalid."""
    if question.code == "encoding":
        return ListChoice(encoding=_offered(question, form, "encoding"))
    if question.code == "several_sheets":
        return ListChoice(sheet=int(_offered(question, form, "sheet")))
    header_row = None if question.header_row == SAME_HEADER else question.header_row
    return ListChoice(columns=_columns(question, form), header_row=header_row)


def _offered(question: ColumnQuestion, form: Mapping[str, str], field: str) -> str:
    text = form.get(field, "")
    if text not in question.choices:
        raise ReadingInvalid({field: NOT_OFFERED})
    return text


def _columns(question: ColumnQuestion, form: Mapping[str, str]) -> dict[str, int]:
    places = {str(place): place for place in range(len(question.headings))}
    chosen = {
        name: places[form.get(name, NONE)] for name in COLUMNS if form.get(name, NONE) in places
    }
    faults = dict.fromkeys(_missing(chosen), NEEDED)
    for name in ("name", "name_latin"):
        if name in chosen and is_surely_part(question.headings[chosen[name]]):
            faults[name] = PART_ALONE
    seen: set[int] = set()
    for name, place in chosen.items():
        if place in seen:
            faults[name] = TWICE
        seen.add(place)
    if faults:
        raise ReadingInvalid(faults)
    return chosen


def _missing(chosen: Mapping[str, int]) -> list[str]:
    """Return the columns without which nobody is named."""
    number = [] if "id_number" in chosen else ["id_number"]
    parts = [part for part in PARTS if part not in chosen]
    if len(parts) == 1:
        return [*parts, *number]
    return number if "name" in chosen or not parts else ["name", *number]
