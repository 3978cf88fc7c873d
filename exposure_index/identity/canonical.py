"""Canonical identity: one document number and one name, however they are typed.

The rules are spelled out in docs/protocol.md. The browser follows the same ones with the same
`fold.tsv` and passes the same `identity_vectors.json`; a manifest names both by their hash.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from unicodedata import category, normalize

from stdnum.cn.ric import calc_check_digit

ID_TYPES: tuple[str, ...] = (
    "resident",
    "passport",
    "hk_mo_permit",
    "tw_permit",
    "foreign_pr",
    "other",
)
ANY_TYPE = "other"
MAX_FIELD_CHARACTERS = 200
TITLES = frozenset({"MR", "MRS", "MS", "MISS", "MSTR", "CHD", "INF", "DR"})
FIELD_MAX_BYTES = 0xFFFF

_FOLD_PATH = Path(__file__).parents[1] / "fold.tsv"
_VECTORS_PATH = Path(__file__).parents[1] / "identity_vectors.json"
IDENTITY_HASH: str = sha256(_FOLD_PATH.read_bytes() + _VECTORS_PATH.read_bytes()).hexdigest()

_FOLD = str.maketrans(dict(line.split("\t") for line in _FOLD_PATH.read_text("utf-8").splitlines()))
HAN = re.compile("[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_LATIN_WORD = re.compile("[A-Z]+")
_LATIN_PAIRS = str.maketrans(
    {
        "Ø": "O",
        "Æ": "A",
        "Œ": "O",
        "ß": "SS",
        "ẞ": "SS",
        "Þ": "TH",
        "Ł": "L",
        "Đ": "D",
        "Ð": "D",
        "ı": "I",
    }
)
_NOT_DOCUMENT = re.compile("[^A-Z0-9]+")
_OLD_NUMBER = re.compile("[0-9]{15}")
_RESIDENT_NUMBER = re.compile("[0-9]{17}[0-9X]")


class InvalidIdentity(ValueError):
    """What was typed is no identity: which field and why, never the value.

    field: id_type, id_number or name; reason: missing, unknown_type, too_long, empty, length
    or check_digit.
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class FieldTooLong(ValueError):
    """A canonical field passes the 65,535 bytes that its length prefix can tell."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A canonical identity: document [A-Z0-9]+; name "" for a row without one."""

    document: str
    name: str

    def encoded(self) -> bytes:
        """Return x0: the document and the name. Raises FieldTooLong."""
        return identity_encoding(self.document, self.name)

    def document_encoded(self) -> bytes:
        """Return xd: the document alone, "name unknown". Raises FieldTooLong."""
        return b"\x02" + _prefixed(self.document)


def document_encoding(encoded: bytes) -> bytes:
    """Return xd of the document within an encoded identity, x0 or xd."""
    length = int.from_bytes(encoded[1:3], "big")
    return b"\x02" + encoded[1 : 3 + length]


def identity_encoding(document: str, name: str) -> bytes:
    """Return x0 of a canonical document and name. Raises FieldTooLong."""
    return b"\x01" + _prefixed(document) + _prefixed(name)


def canonical_document(text: str) -> str:
    """Return the document number as A–Z 0–9, 15-digit resident numbers as 18; "" if empty."""
    if text.isascii() and text.isalnum():  # nearly always, and then nothing needs removing
        document = text.upper()
    else:
        document = _NOT_DOCUMENT.sub("", normalize("NFKC", text).upper())
    if len(document) == 15 and _OLD_NUMBER.fullmatch(document):
        return _eighteen_digits(document)
    return document


def canonical_name(text: str) -> str:
    """Return the name in the form that order, spacing, case and script variants share.

    Han folded character by character; else the sorted letters A–Z without titles and E; else
    the letters of the other script in order. "" when nothing remains.
    """
    if not text.isascii():
        text = normalize("NFKC", text)
        if han := HAN.findall(text):
            return folded_han("".join(han))
    if words := latin_words(text):
        letters = "".join([word for word in words if word not in TITLES] or words)
        return "".join(sorted(letters.replace("E", "") or letters))
    return "".join([letter for letter in text if category(letter)[0] == "L"]).upper()


def folded_han(text: str) -> str:
    """Return a text that is Han throughout with each character's representative."""
    return text.translate(_FOLD)


def latin_words(text: str) -> list[str]:
    """Return the runs of A–Z that Latin folding leaves of a text without Han, titles included."""
    if not text.isascii():
        unmarked = [c for c in normalize("NFKD", text) if category(c)[0] != "M"]
        text = "".join(unmarked).upper().translate(_LATIN_PAIRS)
    else:
        text = text.upper()
    return _LATIN_WORD.findall(text)


def resident_number_fault(document: str) -> str | None:
    """Return "length" or "check_digit" for a wrong canonical resident number, else None.

    Judged by ISO 7064 MOD 11-2 alone, never by region: published region lists refuse real
    citizens.
    """
    if not _RESIDENT_NUMBER.fullmatch(document):
        return "length"
    return None if calc_check_digit(document) == document[-1] else "check_digit"


def identity_typed(id_type: str, id_number: str, name: str) -> Identity:
    """Return the identity that a person typed in a form or sent to the API.

    Raises InvalidIdentity for the first wrong field, in the order of the arguments; a form
    that tells every error asks `document_typed` and `name_typed` apart.
    """
    return Identity(document_typed(id_type, id_number), name_typed(name))


def document_typed(id_type: str, id_number: str) -> str:
    """Return the canonical document of typed fields. Raises InvalidIdentity."""
    if id_type not in ID_TYPES:
        raise InvalidIdentity("id_type", "unknown_type" if id_type.strip() else "missing")
    document = canonical_document(_typed("id_number", id_number))
    if not document:
        raise InvalidIdentity("id_number", "empty")
    if id_type == "resident" and (fault := resident_number_fault(document)):
        raise InvalidIdentity("id_number", fault)
    return document


def name_typed(name: str) -> str:
    """Return the canonical name of a typed field. Raises InvalidIdentity."""
    canonical = canonical_name(_typed("name", name))
    if not canonical:
        raise InvalidIdentity("name", "empty")
    return canonical


def faults_typed(id_type: str, id_number: str, name: str) -> dict[str, str]:
    """Return every typed field that cannot be used and why, in the order of a form.

    Where the kind of document is missing, its number is judged as one of any kind.
    """
    found: dict[str, str] = {}

    def judge(canonical: Callable[[], str]) -> None:
        try:
            canonical()
        except InvalidIdentity as error:
            found[error.field] = error.reason

    judge(lambda: document_typed(id_type, id_number))
    if "id_type" in found:
        judge(lambda: document_typed(ANY_TYPE, id_number))
    judge(lambda: name_typed(name))
    return found


def _typed(field: str, text: str) -> str:
    if len(text) > MAX_FIELD_CHARACTERS:
        raise InvalidIdentity(field, "too_long")
    if not text or text.isspace():
        raise InvalidIdentity(field, "missing")
    return text


def _prefixed(text: str) -> bytes:
    data = text.encode()
    if len(data) > FIELD_MAX_BYTES:
        raise FieldTooLong
    return len(data).to_bytes(2, "big") + data


def _eighteen_digits(document: str) -> str:
    """Return the 18-character form where the 7th to 12th digits are a real date of 19YY."""
    try:
        date(1900 + int(document[6:8]), int(document[8:10]), int(document[10:12]))
    except ValueError:
        return document
    longer = document[:6] + "19" + document[6:]
    return longer + calc_check_digit(longer + "0")
