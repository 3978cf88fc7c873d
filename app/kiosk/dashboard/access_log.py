"""Looks at single people's health data: each with a reason, written before anything is shown.

Threat: an officer looks up whom they please. Limit: no page about a person opens without a reason;
it stands beside the officer's name where administrators, who see no health data, read it.
"""

import secrets
import time

from app.organisations.audit import OrganisationEntry, append_event
from app.records.database import Records
from app.records.health.accesses import HealthAccess, add_access

REASON_MIN_CHARACTERS = 5
REASON_MAX_CHARACTERS = 200
ID_BYTES = 16


class ReasonMissing(ValueError):
    """No reason, one too short to be any, or one too long."""


def require_reason(text: str) -> str:
    """Return a reason without spaces around it. Raises ReasonMissing."""
    reason = " ".join(text.split())
    if not REASON_MIN_CHARACTERS <= len(reason) <= REASON_MAX_CHARACTERS:
        raise ReasonMissing
    if not reason.isprintable():
        raise ReasonMissing
    return reason


def log_access(records: Records, entry: OrganisationEntry, reason: str) -> None:
    """Write who looked, at how many and why; the log of the organisation has the count alone.

    Raises RecordsUnavailable: then nothing is shown.
    """
    now = int(time.time())
    access = HealthAccess(
        id=secrets.token_hex(ID_BYTES),
        organisation=entry.organisation_id,
        at=now,
        actor=entry.actor,
        event=entry.event.value,
        count=entry.count,
        reason=reason,
    )
    with records.writing() as connection:
        add_access(connection, records.cipher, access)
        append_event(connection, records.cipher, entry, now)
