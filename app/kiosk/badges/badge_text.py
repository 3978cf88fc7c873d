"""The text in the QR code of a badge: whose badge it is, its secret, and letters to check both.

Threat: a badge torn, smudged or typed by hand opens somebody else's entry. Limit: 20 bits of a
digest stand at the end, and a wrong secret finds no entry at all.
Text: "CG1:" ‖ code of the organisation ‖ ":" ‖ secret, 32 letters ‖ ":" ‖ check, 4 letters; letters
are those of Crockford's base 32, so that the QR code is one of its alphanumeric kind.
"""

import hashlib
import secrets

from app.records.kiosks.settings import CROCKFORD

PREFIX = "CG1"
SEPARATOR = ":"
SECRET_BYTES = 20
CHECK_LETTERS = 4
LETTER_BITS = 5


def new_secret() -> bytes:
    """Return the secret of a new badge."""
    return secrets.token_bytes(SECRET_BYTES)


def badge_text(organisation_code: str, secret: bytes) -> str:
    """Return the text of a badge. organisation_code: 8 letters; secret: 20 bytes."""
    text = SEPARATOR.join((PREFIX, organisation_code, crockford(secret)))
    check = crockford(hashlib.sha256(text.encode()).digest())[:CHECK_LETTERS]
    return f"{text}{SEPARATOR}{check}"


def crockford(data: bytes) -> str:
    """Return bytes in Crockford's base 32, the first bits first; zeros fill the last letter."""
    bits = len(data) * 8
    letters = -(-bits // LETTER_BITS)
    number = int.from_bytes(data, "big") << (letters * LETTER_BITS - bits)
    places = range((letters - 1) * LETTER_BITS, -1, -LETTER_BITS)
    return "".join(CROCKFORD[number >> place & 31] for place in places)
