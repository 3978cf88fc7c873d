"""Telephone numbers as people write them, brought to E.164."""

import re
import unicodedata

from exposure_index.trip_text.folding import plain_marks

E164 = re.compile(r"\+[1-9][0-9]{6,14}")
MAINLAND_MOBILE = re.compile(r"1[3-9][0-9]{9}")
MAINLAND = "+86"
BETWEEN = frozenset("-./")
BETWEEN_CATEGORIES = frozenset(("Zs", "Zl", "Zp", "Ps", "Pe"))
MAX_CHARACTERS = 40


class InvalidPhone(ValueError):
    """No telephone number that a message can reach; the text is not quoted."""


def canonical_phone(text: str) -> str:
    """Return a telephone number in E.164; one without country is a mainland mobile's.

    Spaces, dashes, dots, brackets, marks that are not seen (an address book copies them along),
    full-width digits and a leading 00 are forgiven. A number of +86 must be a mobile's, eleven
    digits from 13 to 19. Raises InvalidPhone. Source: ITU-T E.164.
    """
    if len(text) > MAX_CHARACTERS:
        raise InvalidPhone
    number = "".join(c for c in plain_marks(text) if not _stands_between(c))
    if number.startswith("00"):
        number = f"+{number[2:]}"
    if not number.startswith("+"):
        number = f"{MAINLAND}{number[2:] if re.fullmatch(r'86[0-9]{11}', number) else number}"
    if not E164.fullmatch(number):
        raise InvalidPhone
    if number.startswith(MAINLAND) and not MAINLAND_MOBILE.fullmatch(number[len(MAINLAND) :]):
        raise InvalidPhone
    return number


def _stands_between(character: str) -> bool:
    return (
        character in BETWEEN
        or character.isspace()
        or unicodedata.category(character) in BETWEEN_CATEGORIES
    )
