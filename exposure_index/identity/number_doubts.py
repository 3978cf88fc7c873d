"""Numbers in a form that are perhaps not the document's: several, with words, a letter for a digit.

They are numbers, and somebody's may be so: a form asks, and takes them as another document's. A
letter for a digit is asked about only while the kind of document was found: some kind has it.
Unasked, most of them end in a false "not found". The browser asks by the same rules
(frontend/scripts/private/number_doubts.ts).
"""

import re
from unicodedata import normalize

from exposure_index.identity.document import (
    ANY_TYPE,
    UnusableDocument,
    fold_number,
    letters_and_digits,
)
from exposure_index.identity.document_kinds import find_id_type

NUMBER_DOUBTS = frozenset({"several_numbers", "words", "letter_for_digit"})
_KIND_FOUND = ""
_WORD = re.compile(
    "(?:^|[^A-Z0-9])(?:NO|NR|NUM|NUMBER|ID|PASS|PERMIT|CARD|DOC|DOCUMENT)(?![A-Z0-9])|PASSPORT"
)
# digits behind two letters at most: hardly any country puts an O or I among them
_LETTER_FOR_DIGIT = re.compile("[A-HJ-NP-Z]{0,2}(?=[0-9]*[IO])[0-9IO]{6,}")

_MONTH_AND_DAY = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
# however it is parted: residents', permits with their renewals, cards of permanent residents
_LONG_NUMBER = re.compile(
    f"[0-9]{{6}}(?:(?:19|20)[0-9]{{2}}{_MONTH_AND_DAY}[0-9]{{3}}[0-9X]"
    f"|[0-9]{{2}}{_MONTH_AND_DAY}[0-9]{{3}})"
    "|[HM][0-9]{10}|[A-Z]{3}[0-9]{12}"
)
_CHECKED_LATER = re.compile("[0-9]{17}[0-9X]")
_CHARACTERS_MAX = 12  # passports have 9, permits 11; the invented ones of a demo 12
_PASSPORT_CHARACTERS_MAX = 9  # ICAO 9303-3
_LETTERS_OF_WORD = re.compile("[A-Z]{3}")  # NOE12345678, E12345678CHN

_RUN = re.compile("[A-Z0-9]+")
# a run that is hardly a group of one: people write E 1234 5678, 110101 19900101 1237, 12 34 567890
_WHOLE = re.compile("(?=[0-9]*[A-Z])(?=(?:[A-Z]*[0-9]){5})[A-Z0-9]{6,}|[0-9]{7,}")
# what stands between numbers rather than within one, and makes its groups one part
_BETWEEN = re.compile(
    r"[/\\|;,\u3001=<>()\[\]{}\n]| [-\u2010-\u2015\u2212]+ |[^A-Z0-9](?:OR|AND)(?![A-Z0-9])"
)
_TWICE = re.compile("(?=[0-9]*[A-Z])(?=[A-Z]*[0-9])([A-Z0-9]{4,})\\1+|([0-9]{6,})\\2+")
_NO_GROUP = re.compile("(?=[0-9]*[A-Z])(?=[A-Z]*[0-9])[A-Z0-9]{4,}|[0-9]{6,}")
_DATE = (
    "(?:(?:19|20)[0-9]{2}([-./ ])[01]?[0-9]\\1[0-3]?[0-9]"
    "|[0-3]?[0-9]([-./ ])[0-3]?[0-9]\\2(?:19|20)[0-9]{2}"
    "|[0-3]?[0-9]([-./])[0-3]?[0-9]\\3[0-9]{2})"
)
_DATE_BEHIND = re.compile(f"[^A-Z0-9]{_DATE}[^A-Z0-9]*\\Z")
_DATE_BEFORE = re.compile(f"\\A[^A-Z0-9]*{_DATE}[^A-Z0-9]")


def number_doubt(text: str, id_type: str = _KIND_FOUND) -> str | None:
    """Return why a usable number may not be the document's; None where it looks so, and for none.

    One of NUMBER_DOUBTS. id_type: the kind that was chosen, "" where it is found from the number;
    of ``other`` any number may be.
    """
    if id_type == ANY_TYPE:
        return None
    try:
        number = letters_and_digits(text)
    except UnusableDocument:
        return None
    is_one = _LONG_NUMBER.fullmatch(number) is not None
    if not is_one and _holds_several(fold_number(text), number):
        return "several_numbers"
    if _WORD.search(normalize("NFKC", text).upper()) or (not is_one and _holds_word(number)):
        return "words"
    if not is_one and _is_too_long(text, number, id_type):
        return "several_numbers"
    is_misread = id_type == _KIND_FOUND and _LETTER_FOR_DIGIT.fullmatch(number)
    return "letter_for_digit" if is_misread else None


def _holds_several(folded: str, number: str) -> bool:
    """Whether a number stands there twice, beside another one, or beside a date."""
    runs = _RUN.findall(folded)
    again = [run for run in runs if runs.count(run) > 1]
    parts = ["".join(_RUN.findall(part)) for part in _BETWEEN.split(folded)]
    return (
        _TWICE.fullmatch(number) is not None
        or any(map(_NO_GROUP.fullmatch, again))
        or max(len(list(filter(_WHOLE.fullmatch, each))) for each in (runs, parts)) > 1
        or any(_stands_beside(date, folded) for date in (_DATE_BEHIND, _DATE_BEFORE))
    )


def _stands_beside(date: re.Pattern[str], folded: str) -> bool:
    rest = date.sub("", folded, count=1)
    return rest != folded and _WHOLE.fullmatch("".join(_RUN.findall(rest))) is not None


def _holds_word(number: str) -> bool:
    """Whether a number that is longer than a passport's has as many letters as a word."""
    return len(number) > _PASSPORT_CHARACTERS_MAX and _LETTERS_OF_WORD.search(number) is not None


def _is_too_long(text: str, number: str, id_type: str) -> bool:
    """Whether a number is longer than any document's; what is judged as a resident's is no more."""
    if len(number) <= _CHARACTERS_MAX or _CHECKED_LATER.fullmatch(number):
        return False
    return not (id_type in (_KIND_FOUND, "resident") and find_id_type(text) == "resident")
