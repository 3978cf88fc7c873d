"""Numbers in a form that are perhaps not the document's: with words, or a letter for a digit.

They are numbers, and somebody's may be so: a form asks while the kind of document was found, and
takes them where somebody chose it. Unasked, most of them end in a false "not found". The browser
asks by the same rules (frontend/scripts/private/number_doubts.ts).
"""

import re
from unicodedata import normalize

from exposure_index.identity.document import UnusableDocument, letters_and_digits

NUMBER_DOUBTS = frozenset({"words", "letter_for_digit"})
_WORD = re.compile(
    "(?:^|[^A-Z0-9])(?:NO|NR|NUM|NUMBER|ID|PASS|PERMIT|CARD|DOC|DOCUMENT)(?![A-Z0-9])|PASSPORT"
)
# digits behind two letters at most: hardly any country puts an O or I among them
_LETTER_FOR_DIGIT = re.compile("[A-HJ-NP-Z]{0,2}(?=[0-9]*[IO])[0-9IO]{6,}")


def number_doubt(text: str) -> str | None:
    """Return why a usable number may not be the document's; None where it looks so, and for none.

    One of NUMBER_DOUBTS.
    """
    try:
        number = letters_and_digits(text)
    except UnusableDocument:
        return None
    if _WORD.search(normalize("NFKC", text).upper()):
        return "words"
    return "letter_for_digit" if _LETTER_FOR_DIGIT.fullmatch(number) else None
