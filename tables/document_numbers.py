"""The document numbers that a cell of a table holds: every one of them, or none.

A form refuses what it cannot read and says so; a table cannot, and whoever a wrong number stands
for is told "not found". So a cell is read whole or not at all: a number, known words around it,
several numbers with a separator between them. Whatever a spreadsheet or a mask has destroyed, and
whatever stands beside a number and is not understood, makes the number unknown.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Literal, NamedTuple
from unicodedata import category, normalize

from stdnum.cn.ric import calc_check_digit

from exposure_index.identity.document import DOCUMENT_MIN_CHARACTERS, canonical_document
from exposure_index.identity.name_words import holds_mask
from exposure_index.identity.parsing import MAX_FIELD_CHARACTERS
from exposure_index.identity.tables import LOOKALIKES
from tables.document_cells import is_filler
from tables.document_words import (
    COUNTRIES,
    MRZ_BEGINNING,
    OTHER_SCRIPTS,
    PREFIXES,
    says_nothing,
    without_glued_word,
)

Fault = Literal["blank", "destroyed", "not_understood"]
_CELLS_KEPT = 1 << 12
_GROUPS_MAX_CHARACTERS = 20  # of a number written in groups; longer ones are several things
_CHECKED_CHARACTERS = 18
_MASK_RUN = re.compile(r"X{4}|[0-9]{6}X{2}")
_MASKED_RESIDENT = re.compile("[0-9X]*X[0-9X]+")
_SIGN_RUN = re.compile(r"([-_.·•~=])\1|(?<=[A-Z0-9])_|_(?=[A-Z0-9])")
_SCIENTIFIC = re.compile(r"[0-9][.,][0-9]+E[-+]?[0-9]|[0-9]E[-+][0-9]")
_OF_SPREADSHEET = re.compile(r"(?<![A-Z0-9.,])([0-9]{4,})\.0+(?![A-Z0-9.,])")
_DECIMALS = re.compile(r"[0-9]\.0+(?![A-Z0-9])")
_CROSSES = "×╳☓✕✖✗✘⨯🗙🗴🗶*"
_CROSS_AT_END = re.compile(f"(?<![A-Z0-9])([0-9]{{17}}) ?[{re.escape(_CROSSES)}](?![A-Z0-9*])")
_NUMERO = re.compile("№|[Nn][º°]")
_NUMBER_SIGN = re.compile(r"(?:(?<=PASSPORT)|(?<=NO)|(?<=NUMBER)|(?<=ID)|(?<=DOCUMENT)) ?# ?")
_DATE = re.compile(
    "(?<![0-9])(?:19|20)[0-9]{2}([-./年 ])(?:0?[1-9]|1[0-2])[-./月 ](?:[12][0-9]|3[01]|0?[1-9])"
    "(?![0-9])"
    "|(?<![0-9])(?:0?[1-9]|[12][0-9]|3[01])([-./ ])(?:0?[1-9]|1[0-2])\\2(?:19|20)[0-9]{2}(?![0-9])"
)
_AROUND_BIRTH = re.compile("[0-9]{6} [0-9]{3}[0-9X]")  # in a resident number
_SURE_SEPARATOR = re.compile(
    r"[;|&]|(?<=[A-Z0-9])\s*\+\s*(?=[A-Z0-9])|(?<![A-Z0-9])AND(?![A-Z0-9])|[和及与與跟]"
)
_SEPARATOR = re.compile(r"[,/、\\\n]")
_DIGIT = re.compile("[0-9]")
_TOKEN = re.compile("[A-Z0-9]+")
_PASSED_OVER = frozenset("-.:'\"`´·•‧∙⋅・~=<>。′″˗‐‑−")
_BRACKETED_LETTER = re.compile(r"[(\[]\s*[A-Z]\s*[)\]]\s*$")
_BEHIND_MAX = 2  # characters that may stand apart behind digits: a check digit, renewals
_BEFORE_MAX = 6  # digits that may stand apart before the longest group: 880101-1234567
_PREFIX_MAX = 2  # letters that may stand apart before it
_WHOLE_DIGITS_MIN = 6
_WHOLE_OF_SEVERAL = re.compile("(?=(?:.*[0-9]){4})[A-Z0-9]{6,}")
_SHORT_NUMBER = re.compile("[A-Z]{1,2}[0-9]{4,}")
# of Hong Kong's identity cards A123456(7), and permits with their renewals H12345678-01
_LETTERED_IN_GROUPS = re.compile("[A-Z]{1,2}[0-9]{6} [0-9A-Z]|[HM][0-9]{8} [0-9]{2}")
_SEX = frozenset("MF")
_LETTERS = {ord(c): meant for c, meant in LOOKALIKES.items() if category(c)[0] in "LN"}


class DocumentNumbers(NamedTuple):
    """numbers: A–Z 0–9, each of another document of the same person; fault: why there is none."""

    numbers: tuple[str, ...]
    fault: Fault | None = None


_BLANK, _DESTROYED, _NOT_UNDERSTOOD = (
    DocumentNumbers((), "blank"),
    DocumentNumbers((), "destroyed"),
    DocumentNumbers((), "not_understood"),
)


class _Refused(ValueError):
    """A part of a cell is not understood, or destroyed."""

    def __init__(self, result: DocumentNumbers = _NOT_UNDERSTOOD) -> None:
        super().__init__(result.fault)
        self.result = result


@lru_cache(_CELLS_KEPT)
def document_numbers(text: str) -> DocumentNumbers:
    """Return the document numbers of a cell, or why it names none; fillers are blank.

    Of a number written as A–Z 0–9 alone nothing is taken away but a known word before it.
    """
    if len(text) > MAX_FIELD_CHARACTERS:
        return _NOT_UNDERSTOOD
    try:
        if text.isascii() and text.isalnum():
            numbers = [_one_number(text.upper())]
        else:
            numbers = _numbers_of(_folded(text))
    except _Refused as error:
        return error.result
    named = tuple(dict.fromkeys(number for number in numbers if not is_filler(number)))
    if len(named) > 1 and not all(map(_WHOLE_OF_SEVERAL.fullmatch, named)):
        return _NOT_UNDERSTOOD
    return DocumentNumbers(named) if named else _BLANK


def documents_in(text: str, id_type: str) -> tuple[str, ...]:
    """Return the canonical documents of a cell, of a kind of the data dictionary."""
    every = (canonical_document(number, id_type) for number in document_numbers(text).numbers)
    return tuple(dict.fromkeys(every))


def _folded(text: str) -> str:
    """Return a text in NFKC, upper case, dashes alike, lines kept, what shows nothing gone."""
    plain = normalize("NFKC", _NUMERO.sub(" NO ", text)).upper().strip()
    return "".join(map(_plain_character, plain))


def _plain_character(character: str) -> str:
    if character.isascii():
        return " " if character != "\n" and character < " " else character
    kind = category(character)
    if kind == "Cf" or 0xFE00 <= ord(character) < 0xFE10:
        return ""
    if kind in ("Pd", "Pc"):
        return "-" if kind == "Pd" else "_"
    return " " if kind[0] in "ZC" and kind != "Co" else character


def _numbers_of(folded: str) -> list[str]:
    """Return every number of a folded cell. Raises _Refused."""
    text = _NUMBER_SIGN.sub(" ", OTHER_SCRIPTS.sub(" ", folded)).translate(_LETTERS)
    text = _CROSS_AT_END.sub(_with_check_letter, text)
    if holds_mask(text) or _SIGN_RUN.search(text) or _SCIENTIFIC.search(text):
        raise _Refused(_DESTROYED)
    if not _DIGIT.search(text):
        return []
    text = MRZ_BEGINNING.sub(_without_country, text)
    text = _OF_SPREADSHEET.sub(_without_decimals, text)
    if _DECIMALS.search(text) or _is_dated(text):
        raise _Refused
    return list(chain.from_iterable(map(_separated, _SURE_SEPARATOR.split(text))))


def _separated(text: str) -> list[str]:
    """Return the numbers between separators that may also stand within a number: 12/345/678."""
    parts = _SEPARATOR.split(text)
    if len(parts) == 1:
        return _numbers_apart(text)
    numbers, unclear = [], False
    for part in parts:
        try:
            numbers += _numbers_apart(part)
        except _Refused as error:
            if error.result is _DESTROYED:
                raise
            unclear = True
    whole = [number for number in numbers if _WHOLE_OF_SEVERAL.fullmatch(number)]
    if not unclear and (len(numbers) <= 1 or len(whole) == len(numbers)):
        return numbers
    if whole:
        raise _Refused
    return _numbers_apart(_SEPARATOR.sub(" ", text))


def _numbers_apart(text: str) -> list[str]:
    """Return the number of a text, or several with spaces between; [] for known words alone."""
    unread = "".join(c for c in _TOKEN.sub("", text) if c not in _PASSED_OVER and not c.isspace())
    if _without_brackets(unread):
        raise _Refused
    every = _TOKEN.findall(text)
    tokens = [
        token
        for place, token in enumerate(every)
        if not says_nothing(token, alone=0 < place == len(every) - 1)
    ]
    if len(tokens) > 1 and tokens[0] in PREFIXES and not tokens[1].isdigit():
        tokens = tokens[1:]
    tokens = [without_glued_word(token) for token in tokens]
    if not tokens:
        return []
    if len(tokens) == 1:
        return [_one_number(tokens[0])]
    joined = "".join(tokens)
    if _is_resident_number(joined):
        return [joined]
    if all(map(_is_whole, tokens)) or all(map(_SHORT_NUMBER.fullmatch, tokens)):
        return [_one_number(token) for token in tokens]
    if not _is_grouped(tokens, bracketed=bool(_BRACKETED_LETTER.search(text))):
        raise _Refused
    return [_one_number(joined)]


def _without_brackets(signs: str) -> str:
    return "".join(c for c in signs if category(c) not in {"Ps", "Pe", "Pi", "Pf"})


def _is_grouped(tokens: Sequence[str], *, bracketed: bool) -> bool:
    """Whether runs apart are the groups of one number: E 12345678, 990101 1980 0101."""
    if any(token.isalpha() and len(token) > _PREFIX_MAX for token in tokens):
        return False
    if tokens[-1].isalpha() and not _ends_as_number(tokens, bracketed=bracketed):
        return False
    joined = "".join(tokens)
    whole = [place for place, token in enumerate(tokens) if _is_whole(token)]
    if len(joined) > _GROUPS_MAX_CHARACTERS or len(whole) > 1:
        return False
    if not whole or _looks_resident(joined):
        return True
    before, behind = tokens[: whole[0]], tokens[whole[0] + 1 :]
    if not tokens[whole[0]].isdigit():
        return _LETTERED_IN_GROUPS.fullmatch(" ".join(tokens)) is not None
    return len("".join(behind)) <= _BEHIND_MAX and all(len(one) <= _BEFORE_MAX for one in before)


def _ends_as_number(tokens: Sequence[str], *, bracketed: bool) -> bool:
    """Whether a last letter may be one of the number: of digits, and no word for a sex."""
    of_digits = "".join(tokens[:-1]).isdigit()
    return len(tokens[-1]) == 1 and tokens[-1] not in _SEX and (bracketed or of_digits)


def _is_whole(token: str) -> bool:
    """Whether a run of A–Z 0–9 is as long as a number, and hardly a group of one."""
    digits = sum(map(str.isdigit, token))
    return digits > _WHOLE_DIGITS_MIN or (digits == _WHOLE_DIGITS_MIN and len(token) > digits)


def _one_number(token: str) -> str:
    """Return a run of A–Z 0–9 that is a number, as it is. Raises _Refused."""
    number = without_glued_word(token)
    if _MASK_RUN.search(number):
        raise _Refused(_DESTROYED)
    if is_filler(number):
        return number
    digits = sum(map(str.isdigit, number))
    if not digits or len(number) < DOCUMENT_MIN_CHARACTERS:
        raise _Refused
    if len(number) == _CHECKED_CHARACTERS:
        rounded = number.isdigit() and number.endswith("000") and not _is_resident_number(number)
        if rounded or (_MASKED_RESIDENT.fullmatch(number) and digits > len(number) // 2):
            raise _Refused(_DESTROYED)
    return number


def _looks_resident(number: str) -> bool:
    return len(number) == _CHECKED_CHARACTERS and (number[:-1] + "0").isdigit()


def _is_resident_number(number: str) -> bool:
    return (
        _looks_resident(number)
        and number[-1] in "0123456789X"
        and calc_check_digit(number) == number[-1]
    )


def _with_check_letter(found: re.Match[str]) -> str:
    """Return 17 digits and a cross as the number that they are where its check digit is X."""
    number = f"{found[1]}X"
    if not _is_resident_number(number):
        raise _Refused(_DESTROYED)
    return number


def _without_country(found: re.Match[str]) -> str:
    if found[1] and found[1] not in COUNTRIES:
        raise _Refused
    return " "


def _without_decimals(found: re.Match[str]) -> str:
    """Return a whole number that a spreadsheet has written with decimals: 12345678.0."""
    number = found[1]
    if len(number) == _CHECKED_CHARACTERS and (
        number.endswith("000") or not _is_resident_number(number)
    ):
        raise _Refused(_DESTROYED)
    return number


def _is_dated(text: str) -> bool:
    """Whether a date stands in a text: of birth, of expiry; that within a number is none."""
    found = _DATE.search(text)
    if not found:
        return False
    before, behind = text[: found.start()], text[found.end() :]
    around = ("".join(_TOKEN.findall(before)), "".join(_TOKEN.findall(behind)))
    return _AROUND_BIRTH.fullmatch(" ".join(around)) is None
