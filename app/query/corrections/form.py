"""What a correction request says: the fields of the form, judged, and as the sealed message."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from exposure_index.identity.parsing import MAX_FIELD_CHARACTERS, field_faults
from exposure_index.messages.sealed_messages import CORRECTION, seal

WHAT_IS_WRONG = (
    "never_aboard",
    "other_place",
    "cleared",
    "somebody_else",
    "not_listed",
    "other",
)
# together at most 6,400 bytes of UTF-8, which with JSON's own signs fit the message's 8,192
LONGEST: Mapping[str, int] = {
    "id_number": MAX_FIELD_CHARACTERS,
    "name": MAX_FIELD_CHARACTERS,
    "trip": 100,
    "text": 1_000,
    "contact": 100,
}


@dataclass(frozen=True, slots=True)
class CorrectionTyped:
    """The form's fields as typed. what: of WHAT_IS_WRONG; trip, text and contact may be ""."""

    what: str = ""
    id_type: str = "resident"
    id_number: str = ""
    name: str = ""
    trip: str = ""
    text: str = ""
    contact: str = ""

    @classmethod
    def of(cls, form: Mapping[str, str]) -> "CorrectionTyped":
        """Return the fields of a form without control characters; absent ones as ""."""
        return cls(**{each.name: _printable(form.get(each.name, "")) for each in fields(cls)})

    def faults(self) -> dict[str, str]:
        """Return every field that cannot be used and why, in the order of the form."""
        found: dict[str, str] = {}
        if self.what not in WHAT_IS_WRONG:
            found["what"] = "missing"
        found |= field_faults(self.id_type, self.id_number, self.name)
        if self.what == "other" and not self.text.strip():
            found["text"] = "missing"
        for field in ("trip", "text", "contact"):
            if len(getattr(self, field)) > LONGEST[field]:
                found[field] = "too_long"
        return found

    def cut(self) -> "CorrectionTyped":
        """Return it as a page may repeat it: not endless."""
        cut = {field: getattr(self, field)[:longest] for field, longest in LONGEST.items()}
        return CorrectionTyped(what=self.what[:20], id_type=self.id_type[:20], **cut)

    def sealed(self, public_key: bytes) -> bytes:
        """Return the sealed message of a request without faults; key: ``sealed.pub``."""
        content = json.dumps({"version": 1, **asdict(self)}, ensure_ascii=False)
        return seal(public_key, content.encode(), CORRECTION)


def _printable(text: str) -> str:
    """Return the text in single lines feeds, without other control characters and surrogates."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
