"""Why an index, a manifest or a signature is refused, or fails a read once it is open.

Nothing is ever answered from what is refused or damaged.
"""


class Refused(Exception):
    """Refused as a whole. `reason` is a short word for machines; the text names no key."""

    reason = "refused"


class Malformed(Refused):
    """Missing, unreadable, or not of the format."""

    reason = "malformed"


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


class Expired(Refused):
    """Past its valid_until."""

    reason = "expired"


class RolledBack(Refused):
    """A lower seq than one seen before, or no longer the next of the chain."""

    reason = "rollback"


class IndexDamaged(Exception):
    """A page or an entry failed its check after the index was opened: there is no answer."""
