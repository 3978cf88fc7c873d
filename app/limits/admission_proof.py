"""What a client shows for being admitted beyond what is free: work done, or time waited.

The limits know only what was shown, not how: ``app.proofs`` judges proofs and tickets.
"""

from dataclasses import dataclass
from enum import Enum

from app.limits.outcomes import Purpose


class Means(Enum):
    """How somebody earned a check: not at all, by proof of work, by waiting."""

    NOTHING = "nothing"
    WORK = "work"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Shown:
    """document: the code of the one document that it was earned for, b"" for none."""

    means: Means = Means.NOTHING
    purpose: Purpose = Purpose.NETWORK
    document: bytes = b""

    def covers_document(self, code: bytes) -> bool:
        """Return whether another name of this document was earned."""
        return (
            self.means is not Means.NOTHING
            and self.purpose is Purpose.DOCUMENT
            and self.document == code
        )


NOTHING = Shown()
