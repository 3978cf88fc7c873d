"""What a check-in says once it is opened: its fields, their limits, and why one is refused."""

import json
from enum import StrEnum
from typing import Annotated, Any, Literal, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from app.kiosk.settings.kiosk_settings import Symptom

TEXT_MAX_CHARACTERS = 200
MILLISECONDS_MAX = 1 << 53  # what JSON's numbers hold exactly
CELSIUS_LOWEST, CELSIUS_HIGHEST = 25.0, 45.0
TEMPERATURES_MAX = 8

Part = TypeVar("Part", bound=BaseModel)
Hex16 = Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
Count = Annotated[int, Field(ge=0, lt=MILLISECONDS_MAX)]
Text = Annotated[str, Field(max_length=TEXT_MAX_CHARACTERS)]
Word = Literal["come_in", "wait", "not_checked"]
Reason = Literal[
    "exposure",
    "fever",
    "symptoms",
    "cold",
    "no_decision",
    "expired",
    "foreign_badge",
    "unreadable_code",
    "code_expired",
    "code_reused",
    "offline",
    "clock",
    "quota",
    "incomplete",
    "no_index",
    "invalid_person",
    "busy",
]


class Refusal(StrEnum):
    """Why a check-in is not taken."""

    UNREADABLE = "unreadable"
    MALFORMED = "malformed"
    MISMATCH = "mismatch"
    FUTURE = "future"
    TOO_OLD = "too_old"
    TEMPERATURE = "temperature"
    ID_REUSED = "id_reused"
    KIOSK_REVOKED = "kiosk_revoked"


class CheckinRefused(Exception):
    """One check-in is not taken; says why and quotes nothing of it."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)


class Badge(_Part):
    """A person of the roster."""

    badge: Hex16


class Person(_Part):
    """What a visitor stated of themself."""

    id_type: Text
    id_number: Text
    name: Text
    name_latin: Text = ""


class Visitor(_Part):
    """A person who is not of the roster."""

    visitor: Person


class Nobody(_Part):
    """Somebody of whom nothing could be read."""

    nobody: Literal[True]


class Temperature(_Part):
    """One reading; at: milliseconds since 1970, by the kiosk's clock."""

    celsius: float = Field(allow_inf_nan=False)
    source: Literal["typed", "wedge", "serial", "bluetooth"]
    at: Count


class Override(_Part):
    """What the guard decided against the kiosk's word, and why."""

    word: Word
    reason: Text


class CheckinContent(_Part):
    """A check-in as a kiosk sealed it; times in milliseconds since 1970."""

    v: Literal[1]
    id: Hex16
    sequence: Count
    made_at: Count
    clock: Literal["sure", "unsure"]
    direction: Literal["in", "out"]
    purpose: Literal["entry", "log"]
    who: Badge | Visitor | Nobody
    temperatures: Annotated[list[Temperature], Field(max_length=TEMPERATURES_MAX)]
    symptoms: Annotated[list[Symptom], Field(max_length=5)]
    word: Word
    reasons: Annotated[list[Reason], Field(max_length=17)]
    override: Override | None
    table: Hex16 | None
    undoes: Hex16 | None


def read_content(plaintext: bytes) -> CheckinContent:
    """Return the content of a check-in, JSON in UTF-8 padded with spaces. Raises CheckinRefused."""
    content = _read(CheckinContent, plaintext)
    for reading in content.temperatures:
        if not CELSIUS_LOWEST <= reading.celsius <= CELSIUS_HIGHEST:
            raise CheckinRefused(Refusal.TEMPERATURE)
    return content


def read_person(plaintext: bytes) -> Person:
    """Return a visitor about whom a kiosk asks, in the same form. Raises CheckinRefused."""
    return _read(Person, plaintext)


def _read(model: type[Part], plaintext: bytes) -> Part:
    """Return a plaintext as its type; a name twice in an object is malformed.

    Readers would not agree on its value.
    """
    try:
        document = json.loads(
            plaintext.decode(), object_pairs_hook=_distinct, parse_constant=_no_number
        )
        return model.model_validate(document)
    except (ValueError, RecursionError):  # ValidationError is a ValueError
        raise CheckinRefused(Refusal.MALFORMED) from None


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) < len(pairs):
        raise ValueError
    return names


def _no_number(_text: str) -> NoReturn:
    """Refuse NaN and Infinity, which are no JSON."""
    raise ValueError
