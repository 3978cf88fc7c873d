"""The form of a correction: its fields, judged, and sealed as a message."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace

from exposure_index.identity.document_kinds import find_id_type
from exposure_index.identity.parsing import MAX_FIELD_CHARACTERS, FieldFault, field_faults
from exposure_index.messages.corrections import CONTENT_VERSION
from exposure_index.messages.sealed_messages import CORRECTION, seal

WHAT_IS_WRONG = (
    "never_aboard",
    "other_place",
    "cleared",
    "somebody_else",
    "not_listed",
    "other",
)
# together at most 7,200 bytes of UTF-8, which with JSON's own signs fit the message's 8,192
FIELD_MAX_CHARACTERS: Mapping[str, int] = {
    "id_number": MAX_FIELD_CHARACTERS,
    "name": MAX_FIELD_CHARACTERS,
    "name_latin": MAX_FIELD_CHARACTERS,
    "trip": 100,
    "text": 1_000,
    "contact": 100,
}

BETWEEN_TRIPS = "; "  # of an answer, in one line


@dataclass(frozen=True, slots=True)
class CorrectionForm:
    """The fields as they were sent; what: of WHAT_IS_WRONG.

    One of the names may be "", and trip, text and contact.
    """

    what: str = ""
    id_type: str = ""
    id_number: str = ""
    name: str = ""
    name_latin: str = ""
    trip: str = ""
    text: str = ""
    contact: str = ""

    @classmethod
    def from_fields(cls, form: Mapping[str, str]) -> "CorrectionForm":
        """Return the fields of a form without control characters; absent ones as ""."""
        return cls(**{each.name: _printable(form.get(each.name, "")) for each in fields(cls)})

    @property
    def kind(self) -> str:
        """The kind of document that was chosen, else the one found; "" where it is unclear."""
        return self.id_type or find_id_type(self.id_number)

    def faults(self) -> Mapping[str, FieldFault]:
        """Return every field that cannot be used and why, in the order of the form."""
        faults: dict[str, FieldFault] = {}
        if self.what not in WHAT_IS_WRONG:
            faults["what"] = FieldFault("missing")
        faults |= field_faults(self.kind, self.id_number, self.name, self.name_latin)
        if self.what == "other" and not self.text.strip():
            faults["text"] = FieldFault("missing")
        for field in ("trip", "text", "contact"):
            if len(getattr(self, field)) > FIELD_MAX_CHARACTERS[field]:
                faults[field] = FieldFault("too_long")
        return faults

    def with_whole_trips(self) -> "CorrectionForm":
        """Return it with as many of an answer's trips as the field holds, none of them cut off."""
        trips = self.trip.removesuffix(BETWEEN_TRIPS)
        if len(trips) > FIELD_MAX_CHARACTERS["trip"]:
            reach = FIELD_MAX_CHARACTERS["trip"] + len(BETWEEN_TRIPS)
            trips = trips[:reach].rpartition(BETWEEN_TRIPS)[0] or trips
        return replace(self, trip=trips)

    def printable(self) -> "CorrectionForm":
        """Return the fields as a page may repeat them: not endless."""
        texts = {field: getattr(self, field)[:most] for field, most in FIELD_MAX_CHARACTERS.items()}
        return CorrectionForm(what=self.what[:20], id_type=self.id_type[:20], **texts)

    def seal(self, public_key: bytes) -> bytes:
        """Return the sealed message of a request without faults; key: ``sealed.pub``."""
        content = json.dumps(
            {"version": CONTENT_VERSION, **asdict(self), "id_type": self.kind}, ensure_ascii=False
        )
        return seal(public_key, content.encode(), CORRECTION)


def _printable(text: str) -> str:
    """Return the text in single lines feeds, without other control characters and surrogates."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
