"""What is audited of organisations: who, when, what and how many; never whom.

The organisation reads its own lines; the authority all of them, with the chain proven.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from app.accounts.audience import AccountEvent, AuditEntry
from app.records.audit_chain import NOBODY
from app.records.database import Records
from app.records.encrypted_fields import FieldCipher
from app.records.organisations.organisation_audit import (
    ACTOR_MAX_CHARACTERS,
    OrganisationLine,
    append_organisation_line,
    newest_lines_of,
)

AUTHORITY = "authority"  # whoever runs `gauge org`
KIOSK = "kiosk"  # what a kiosk did by itself: it enrolled
SERVICE = "service"  # what expires or is purged by itself
NO_ORGANISATION = 0  # of a sign-in at an organisation that there is not
LINES_MAX = 1_000


class Event(StrEnum):
    """What is audited; of uploads, results and purges with a number."""

    CREATED = "created"
    INVITED = "invited"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    JOINED = "joined"
    ROLE_CHANGED = "role_changed"
    DISABLED = "disabled"
    ENABLED = "enabled"
    RESET = "reset"  # somebody's secrets were taken away; a link renews them
    RENEWED = "renewed"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    REFUSED = "refused"  # a wrong sign-in
    KEY_ISSUED = "key_issued"
    KEY_REVOKED = "key_revoked"
    UPLOAD = "upload"
    LIST_REFUSED = "list_refused"  # it came in, and was not taken
    JOB_STARTED = "job_started"
    JOB_DONE = "job_done"
    RESULTS_DOWNLOADED = "results_downloaded"
    CANCELLED = "cancelled"
    PURGED = "purged"
    QUOTA_CHANGED = "quota_changed"
    POLICY_INDIVIDUALS = "policy_individuals"
    POLICY_COUNTS = "policy_counts"
    WEBHOOK_CHANGED = "webhook_changed"
    KIOSK_ADDED = "kiosk_added"
    KIOSK_ENROLLED = "kiosk_enrolled"
    KIOSK_REVOKED = "kiosk_revoked"
    KIOSK_SETTINGS_CHANGED = "kiosk_settings_changed"
    ROSTER_ADDED = "roster_added"
    ROSTER_REMOVED = "roster_removed"
    ROSTER_RESTORED = "roster_restored"
    BADGES_PRINTED = "badges_printed"
    BADGE_REISSUED = "badge_reissued"
    OBSERVATION_BEGUN = "observation_begun"
    OBSERVATION_CLOSED = "observation_closed"
    OBSERVATION_REOPENED = "observation_reopened"
    HEALTH_LINK_RENEWED = "health_link_renewed"
    ALARM_RESOLVED = "alarm_resolved"
    ALARM_REOPENED = "alarm_reopened"
    PERSON_SEEN = "health_person_seen"  # somebody's check-ins and temperatures
    SHARED_HOURS_SEEN = "shared_hours_seen"  # who was in while somebody was
    CHECKINS_EXPORTED = "checkins_exported"


EVENT_OF_ACCOUNT = {AccountEvent.ADDED: Event.JOINED}  # all others have one word for both


@dataclass(frozen=True, slots=True)
class OrganisationEntry:
    """One thing to be audited.

    actor: an account's name, ``key:<id>``, AUTHORITY or SERVICE; count: how many people or rows.
    """

    organisation_id: int
    actor: str
    event: Event
    count: int = 0


def append_event(
    connection: Connection, cipher: FieldCipher, entry: OrganisationEntry, now: int
) -> None:
    """Append one line; the last statement of a transaction, since others wait for it."""
    values: dict[str, str | int] = {
        "organisation": entry.organisation_id,
        "actor": entry.actor[:ACTOR_MAX_CHARACTERS],
        "event": entry.event.value,
        "count": entry.count,
    }
    append_organisation_line(connection, cipher, now, values)


def append_account_entry(connection: Connection, cipher: FieldCipher, entry: AuditEntry) -> None:
    """Append what happened to an account, as the line of its organisation."""
    account = entry.account
    organisation_id = (account and account.organisation) or NO_ORGANISATION
    event = EVENT_OF_ACCOUNT.get(entry.event) or Event(entry.event.value)
    line = OrganisationEntry(organisation_id, account.name if account else NOBODY, event)
    append_event(connection, cipher, line, entry.at)


def newest_lines(
    records: Records, organisation_id: int, limit: int = LINES_MAX
) -> list[OrganisationLine]:
    """Return the lines of one organisation, the newest first. Raises RecordsUnavailable."""
    with records.reading() as connection:
        return newest_lines_of(connection, organisation_id, limit)
