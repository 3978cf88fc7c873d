"""What leaves a row of a staff list in doubt."""

from exposure_index.identity.parsing import InvalidIdentity


class DoubtfulIdentity(InvalidIdentity):
    """Whom a row is about can be guessed at, and is not certain."""
