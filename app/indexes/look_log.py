"""The look log: what the looks for newer indexes write to the log, each state of things once."""

from collections.abc import Callable

import structlog

from exposure_index.lookup.result import Missing

AllMissing = tuple[Missing, ...]


class LookLog:
    """Keeps what was logged last."""

    def __init__(self) -> None:
        self._missing: AllMissing = ()
        self._has_shared_keyring = False

    def refusals(self, refusals: tuple[str, ...]) -> None:
        """Log why indexes are not served."""
        for refusal in refusals:
            structlog.get_logger().warning("index_refused", reason=refusal)

    def missing(self, missing: AllMissing, named: Callable[[AllMissing], AllMissing]) -> None:
        """Log what is missing from answers where it is not what was missing before.

        named: gives what has no name the one that operators know.
        """
        if missing != self._missing:
            for one in named(missing):
                structlog.get_logger().warning(
                    "authority_missing", authority=one.authority, reason=one.why
                )
        self._missing = missing

    def shared_keyring(self, unclear: bool) -> None:
        """Log once that keys could not tell who is gone, should the state directory be lost."""
        if unclear and not self._has_shared_keyring:
            structlog.get_logger().warning("authorities_not_named")
        self._has_shared_keyring = unclear
