"""What pages say of what is odd in a list that is read all the same (codes REMARKS of `tables`)."""

from collections.abc import Callable

from flask_babel import LazyString, gettext, lazy_gettext

from app.portal.formats import number_words
from app.portal.row_numbers import BETWEEN_PLACES
from tables.staff_lists.staff_list import Remark

UNKNOWN_REMARK = lazy_gettext("Something in the file is unusual; please check the rows below.")
PLAIN: dict[str, LazyString] = {
    "headings_by_meaning": lazy_gettext("The headings are unusual but were understood."),
    "external_links": lazy_gettext("The workbook refers to other files; they are not opened."),
    "list_hidden": lazy_gettext("The sheet of the list is hidden in the file; it was read."),
    "macros": lazy_gettext("The workbook holds macros; they are not run."),
}
PLACED: dict[str, Callable[[str], str]] = {
    "encoding": lambda at: gettext("The file was read in the encoding %(name)s.", name=at),
    "delimiter": lambda at: gettext("Cells are separated by: %(name)s", name=at),
    "titles_above": lambda at: gettext(
        "Above the headings, not read as people: row %(at)s.", at=at
    ),
    "notes": lambda at: gettext("Read as notes or totals, not as people: row %(at)s.", at=at),
    "repeated_headers": lambda at: gettext("Repeated headings, left out: row %(at)s.", at=at),
    "blank_rows": lambda at: gettext("Blank, left out: row %(at)s.", at=at),
    "nameless_columns": lambda at: gettext("Without a heading: column %(at)s.", at=at),
    "hidden_rows": lambda at: gettext("Hidden in the file, but read: row %(at)s.", at=at),
    "hidden_columns": lambda at: gettext("Hidden in the file, but read: column %(at)s.", at=at),
    "hidden_sheets": lambda at: gettext("Hidden in the file: sheet %(at)s.", at=at),
    "other_sheets": lambda at: gettext("Not read: sheet %(at)s.", at=at),
    "merged_filled": lambda at: gettext(
        "Merged cells, read as the same in each of their rows: row %(at)s.", at=at
    ),
    "formulas": lambda at: gettext("Formulas, of which the result was read: column %(at)s.", at=at),
    "formulas_without_result": lambda at: gettext("Formulas without a result: row %(at)s.", at=at),
    "error_cells": lambda at: gettext("Cells with an error such as #N/A: row %(at)s.", at=at),
}


def remark_words(remark: Remark) -> str:
    """Return a remark in words, with the places that it is about."""
    if remark.code == "rounded_numbers":
        return str(
            gettext(
                "%(rows)s numbers end in 000: a spreadsheet has rounded them, and they are not"
                " checked.",
                rows=number_words(remark.count),
            )
        )
    if remark.code in PLAIN:
        return str(PLAIN[remark.code])
    words = PLACED.get(remark.code)
    return str(words(str(BETWEEN_PLACES).join(remark.places))) if words else str(UNKNOWN_REMARK)
