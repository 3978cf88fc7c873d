"""Decisions of correction requests: each reason belongs to one, here and beside the service."""

from collections.abc import Mapping

ACCEPTED = "accepted"
DECLINED = "declined"
TAKEN_OFF = "taken_off"

DECISION_OF_REASON: Mapping[str, str] = {
    TAKEN_OFF: ACCEPTED,
    "added": ACCEPTED,
    "place_changed": ACCEPTED,
    "confirmed": DECLINED,
    "unclear": DECLINED,
    "duplicate": DECLINED,
    "call": DECLINED,
}
DECISIONS = (ACCEPTED, DECLINED)


def reasons_of(decision: str) -> tuple[str, ...]:
    """Return the reasons that a decision may be given, in the order of the table."""
    return tuple(reason for reason, of in DECISION_OF_REASON.items() if of == decision)
