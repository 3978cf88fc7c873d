"""What pages say of a list that is refused as a whole, or that did not come in.

The codes of refusals are those of `tables` (REFUSALS), besides those of uploads and jobs.
"""

from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext


@dataclass(frozen=True, slots=True)
class RefusalText:
    """What is wrong with a list as a whole, and what to do about it."""

    words: LazyString
    advice: LazyString


_SAVE_AGAIN = lazy_gettext(
    "Open it in Excel or a similar program, save it as CSV or XLSX and upload it again."
)
_EXPORT_AGAIN = lazy_gettext("Export the list again and make sure that it is whole.")
_TEMPLATE = lazy_gettext("Compare it with our template, or fill the template in.")
_WRONG_TYPE = RefusalText(
    lazy_gettext("The file is neither CSV nor XLSX, whatever its name says."), _SAVE_AGAIN
)
_SEND_AGAIN = lazy_gettext("Upload it again.")

REFUSAL_TEXTS: dict[str, RefusalText] = {
    "locked": RefusalText(
        lazy_gettext("The file is protected by a password, so it cannot be read."),
        lazy_gettext(
            "In Excel: File, Info, Protect Workbook, Encrypt with Password; delete the "
            "password, save and upload it again."
        ),
    ),
    "legacy_xls": RefusalText(
        lazy_gettext("This is an old Excel file (.xls)."),
        lazy_gettext("Open it in Excel and save it as “Excel Workbook (.xlsx)”."),
    ),
    "damaged": RefusalText(
        lazy_gettext("The file is damaged, or part of it is missing."), _SAVE_AGAIN
    ),
    "wrong_type": _WRONG_TYPE,
    "media_type": _WRONG_TYPE,
    "not_a_workbook": _WRONG_TYPE,
    "workbook_as_text": _WRONG_TYPE,
    "not_text": _WRONG_TYPE,
    "too_large": RefusalText(
        lazy_gettext("The file is too large, or becomes too large when it is opened."),
        lazy_gettext("Delete sheets, pictures and columns that are not needed, or split the list."),
    ),
    "endless_line": RefusalText(
        lazy_gettext("A line of the file is too long for a list of people."), _EXPORT_AGAIN
    ),
    "cut_off": RefusalText(
        lazy_gettext(
            "The list ends exactly at the last row that a spreadsheet can hold: people after it"
            " are probably missing."
        ),
        lazy_gettext("Export it again as CSV, or in parts of fewer than 65,536 rows."),
    ),
    "cut_row": RefusalText(
        lazy_gettext("The list ends in the middle of a row: people after it are probably missing."),
        _EXPORT_AGAIN,
    ),
    "empty": RefusalText(lazy_gettext("The file is empty."), _EXPORT_AGAIN),
    "no_people": RefusalText(lazy_gettext("There is no person in the list."), _TEMPLATE),
    "one_column": RefusalText(
        lazy_gettext("The list has one column only; names and numbers need one each."), _TEMPLATE
    ),
    "formulas": RefusalText(
        lazy_gettext("The list holds formulas without results, and it is not certain where."),
        lazy_gettext(
            "Open it in Excel, save it again so that all formulas are calculated, and upload it."
        ),
    ),
    "several_tables": RefusalText(
        lazy_gettext("There are several tables below one another."),
        lazy_gettext("Put each into a file of its own, with one heading row."),
    ),
    "encoding": RefusalText(
        lazy_gettext("It is not certain in which encoding the file was saved."),
        lazy_gettext("Save it as “CSV UTF-8” or XLSX, or say which encoding it is."),
    ),
    "several_sheets": RefusalText(
        lazy_gettext("Several sheets look like a list of people."),
        lazy_gettext("Say which one is meant, or upload each by itself."),
    ),
    "no_such_sheet": RefusalText(
        lazy_gettext("The sheet that was chosen is not in the file."), _SEND_AGAIN
    ),
    "columns_unclear": RefusalText(
        lazy_gettext("It is not certain which column holds names and which holds numbers."),
        lazy_gettext("Choose what each of these is; leave out what the list does not have."),
    ),
    "list_lost": RefusalText(
        lazy_gettext("The list can no longer be read: part of it is damaged or missing."),
        _SEND_AGAIN,
    ),
    "internal": RefusalText(
        lazy_gettext("Something went wrong on our side while the list was being checked."),
        lazy_gettext("Upload it again; if it happens again, call us."),
    ),
    "disk_full": RefusalText(
        lazy_gettext("There was no room for the list."),
        lazy_gettext("Please try again in a few minutes."),
    ),
    "draft_expired": RefusalText(lazy_gettext("The check was not started in time."), _SEND_AGAIN),
    "too_few_people": RefusalText(
        lazy_gettext("The list has fewer people than your organisation may check at once."),
        lazy_gettext("The numbers of a small list would show who is meant."),
    ),
    "organisation_disabled": RefusalText(
        lazy_gettext("Your organisation was disabled while the list was being checked."),
        _SEND_AGAIN,
    ),
    "one_job_a_build": RefusalText(
        lazy_gettext("Your organisation has already checked a list against today’s data."),
        lazy_gettext(
            "Two lists could be compared to single somebody out, even where one was stopped. "
            "Try again when new data are available."
        ),
    ),
}
UPLOAD_TEXTS: dict[str, RefusalText] = {
    "cut_off": RefusalText(
        lazy_gettext("The file did not arrive complete. No part of it was kept."), _SEND_AGAIN
    ),
    "too_slow": RefusalText(
        lazy_gettext("The upload took too long. No part of it was kept."), _SEND_AGAIN
    ),
    "no_file": RefusalText(lazy_gettext("Choose a file first"), lazy_gettext("CSV or XLSX.")),
    "too_large": RefusalText(
        lazy_gettext("The file is too large. No part of it was kept."),
        lazy_gettext("Delete sheets, pictures and columns that are not needed, or split the list."),
    ),
    "disk_full": RefusalText(
        lazy_gettext("There is no room for the list at the moment. No part of it was kept."),
        lazy_gettext("Please try again in a few minutes."),
    ),
    "busy": RefusalText(
        lazy_gettext("Too many lists are being uploaded at the moment. No part of it was kept."),
        lazy_gettext("Please try again in a few minutes."),
    ),
    "key_conflict": RefusalText(
        lazy_gettext("This form has already been used for another list."), _SEND_AGAIN
    ),
}
"""Words for uploads of which nothing was taken, where they differ from those of a list."""
UNKNOWN_REFUSAL = RefusalText(lazy_gettext("The list cannot be read as it stands."), _TEMPLATE)


def refusal_text(code: str) -> RefusalText:
    """Return the words for a refusal's code; general ones for a code that has none of its own."""
    return REFUSAL_TEXTS.get(code, UNKNOWN_REFUSAL)


def upload_text(code: str) -> RefusalText:
    """Return the words for an upload that was not taken."""
    return UPLOAD_TEXTS.get(code) or refusal_text(code)
