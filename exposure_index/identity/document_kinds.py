"""The kind of a document, found from the form of its number, so that nobody needs to choose it.

A kind says how a number is judged and which names are needed. Where a wrong one would look up
another number, none is found and somebody must choose: of 10 digits a permit for Taiwan residents
loses the last two, other documents do not. A number that is nearly a resident's is judged as one,
so that a digit left out is told and not looked up. Why: decisions/0053.
"""

import re

from exposure_index.identity.document import ANY_TYPE, UnusableDocument, letters_and_digits

UNCLEAR = ""
_PROVINCE = "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])"
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("[HM][0-9]{8}(?:[0-9]{2})?"), "hk_mo_permit"),
    (re.compile("[0-9]{8}"), "tw_permit"),
    (re.compile("[0-9]{10}"), UNCLEAR),
    # cards of before 2023: country and 12 digits; since then 9, province, country, birthday
    (re.compile(f"[A-Z]{{3}}[0-9]{{12}}|9{_PROVINCE}[0-9]{{14}}[0-9X]"), "foreign_pr"),
    (re.compile("(?=(?:[0-9]*[A-Z]){0,2}[0-9]*$)[A-Z0-9]{11,}"), "resident"),
    # ICAO 9303-3: up to nine characters; those of digits alone are of other documents too
    (re.compile("[0-9]{9}|(?=[0-9]*[A-Z])[A-Z0-9]{6,9}"), "passport"),
)


def find_id_type(id_number: str) -> str:
    """Return the kind that a document number has by its form; "" where somebody must choose.

    ``other`` for forms of no kind, and for what is no number.
    """
    try:
        number = letters_and_digits(id_number)
    except UnusableDocument:
        return ANY_TYPE
    return next((kind for form, kind in _FORMS if form.fullmatch(number)), ANY_TYPE)
