"""How a command ends; why an index, a manifest or a signature is refused, or fails a read.

Nothing is ever answered from what is refused or damaged.
"""

from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """How a command of `gauge` or `index-builder` ends; docs/exit-codes.md says what each means.

    Every foreseen error names its own, beside its class.
    """

    DONE = 0
    BUG = 1
    USAGE = 2
    BAD_INPUT = 10
    REFUSED = 11
    UNAVAILABLE = 12


class ForeseenError(Exception):
    """An error that a command tells in its own words and ends with its own code; no bug.

    exit_code: of the command that it ends. Whoever makes a class of it sees to it that neither
    message nor explanation holds a cell, a name, a number of a document or a key.
    """

    exit_code: ClassVar[ExitCode]

    @property
    def explanation(self) -> str:
        """What is told to whoever gave the command: the message, where a class has no other."""
        return str(self)


class Refused(ForeseenError):
    """Refused as a whole. `reason` is a short word for machines; the text names no key."""

    exit_code = ExitCode.REFUSED
    reason = "refused"


class Malformed(Refused):
    """Missing, unreadable, or not of the format."""

    reason = "malformed"


class EarlierEdition(Malformed):
    """Of a format that is written and read no more; the text says what to do."""

    reason = "earlier_edition"

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} was made by an earlier edition: build the index again")


class SignatureRefused(Refused):
    """A wrong signature, an unknown signer, or too few signatures."""

    reason = "signature"


class ChecksumRefused(Refused):
    """A file differs from the one that was signed."""

    reason = "checksum"


class KeyRefused(Refused):
    """No usable key, or the index was made with another one."""

    reason = "key"


class CanaryRefused(Refused):
    """The canary identity was not found by the ordinary lookup."""

    reason = "canary"


class IdentityTableRefused(Refused):
    """Made with another fold table or other identity rules."""

    reason = "identity_table"


class ReadingRefused(Refused):
    """Made with other rules of reading trip numbers."""

    reason = "trip_reading"


class Expired(Refused):
    """Past its valid_until."""

    reason = "expired"


class RolledBack(Refused):
    """A lower seq than one seen before, or no longer the next of the chain."""

    reason = "rollback"


class IndexDamaged(ForeseenError):
    """A page or an entry failed its check after the index was opened: there is no answer."""

    exit_code = ExitCode.REFUSED
