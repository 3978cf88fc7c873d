"""Why a row of a list of people is not read with certainty, and what to do about it."""

from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext


@dataclass(frozen=True, slots=True)
class ReasonText:
    """Why a row is in doubt or cannot be checked: title, a few words; advice: what to do."""

    title: LazyString
    advice: LazyString


_COMPARE = lazy_gettext("Compare it with the document and enter it again.")
_NUMBER_ALONE = lazy_gettext("Put only the number in its cell, without words or remarks.")
_NAME_AS_ON_DOCUMENT = lazy_gettext("Enter the whole name as it stands on the document.")
_NAME_ALONE = lazy_gettext("Put only the name in its cell, as it stands on the document.")
_KIND = lazy_gettext(
    "Add a column with the kind of document, such as resident identity card or passport."
)

REASON_TEXTS: dict[str, ReasonText] = {
    "digits_lost": ReasonText(
        lazy_gettext("The number lost its last digits in the spreadsheet"),
        lazy_gettext(
            "Excel keeps 15 digits only. Format the column as text, then enter the numbers anew"
            " from the documents; formatting alone does not bring them back."
        ),
    ),
    "masked": ReasonText(
        lazy_gettext("Part of the number is hidden by asterisks or the like"),
        lazy_gettext("Use a list with complete document numbers."),
    ),
    "document_missing": ReasonText(
        lazy_gettext("There is no document number"),
        lazy_gettext("Enter the number of the document that the person travels with."),
    ),
    "document_unclear": ReasonText(
        lazy_gettext("The document number could not be read completely"), _NUMBER_ALONE
    ),
    "document_type_missing": ReasonText(
        lazy_gettext("The number may be of several kinds of document"), _KIND
    ),
    "document_type_unclear": ReasonText(
        lazy_gettext("The kind of document is not understood"), _KIND
    ),
    "check_digit": ReasonText(
        lazy_gettext("The identity card number has a mistake"),
        lazy_gettext("Its last character does not fit the others: compare it with the card."),
    ),
    "character": ReasonText(
        lazy_gettext("The number holds a character that no document number has"), _COMPARE
    ),
    "length": ReasonText(
        lazy_gettext("The number is too long or too short for this kind of document"), _COMPARE
    ),
    "too_short": ReasonText(lazy_gettext("The number is too short"), _COMPARE),
    "too_long": ReasonText(lazy_gettext("The number or the name is too long"), _COMPARE),
    "name_missing": ReasonText(
        lazy_gettext("There is no name"),
        lazy_gettext("Enter the name as it stands on the document."),
    ),
    "name_filler": ReasonText(
        lazy_gettext("The name is a placeholder, or part of it is hidden"), _NAME_AS_ON_DOCUMENT
    ),
    "name_partial": ReasonText(
        lazy_gettext("This may be only part of the name"), _NAME_AS_ON_DOCUMENT
    ),
    "name_unclear": ReasonText(lazy_gettext("The name could not be read completely"), _NAME_ALONE),
    "han_name_needed": ReasonText(
        lazy_gettext("The name in Chinese characters is missing"),
        lazy_gettext("A resident identity card is looked up by the name in Chinese characters."),
    ),
    "latin_name_needed": ReasonText(
        lazy_gettext("The name in Latin letters is missing"),
        lazy_gettext(
            "A passport or permit is looked up by the name in Latin letters that it shows."
        ),
    ),
    "too_many_names": ReasonText(lazy_gettext("There are more than two names"), _NAME_ALONE),
    "row_unreadable": ReasonText(
        lazy_gettext("The row has too many or too few cells, or holds bytes that are no text"),
        lazy_gettext("Look at the row in your spreadsheet and save the list again."),
    ),
    "above_header": ReasonText(
        lazy_gettext("The row stands above the headings"),
        lazy_gettext("If it is a person, move the row below the headings."),
    ),
    "cells_merged": ReasonText(
        lazy_gettext("The cell of name or number is merged with that of another row"),
        lazy_gettext("Unmerge the cells and give each person their own."),
    ),
    "formula": ReasonText(
        lazy_gettext("The name or number is a formula without a result"),
        lazy_gettext("Copy the column and paste it as values, then save the list again."),
    ),
    "quota": ReasonText(
        lazy_gettext("The number of people that your organisation may check is used up"),
        lazy_gettext("Wait until earlier lists are two weeks old, or ask the health authority."),
    ),
}
UNKNOWN_REASON = ReasonText(
    lazy_gettext("The row cannot be checked as it stands"),
    lazy_gettext("Compare name and number with the document and upload the row again."),
)


def reason_text(code: str) -> ReasonText:
    """Return the words for a reason's code; general ones for a code that has none of its own."""
    return REASON_TEXTS.get(code, UNKNOWN_REASON)
