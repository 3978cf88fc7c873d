"""Invitations: a link by which somebody becomes a member, or a member renews their secrets.

Threat: the link is guessed, used twice, or read by somebody else on its way. Limit: 256 random
bits, kept as a digest; good once and for some days. Whoever uses it first is in: the page names
the organisation, the log says who invited and who joined, and an administrator can disable.
"""

import secrets
import time
from dataclasses import dataclass

from sqlalchemy import Connection

from app.organisations.audience import ORGANISATION
from app.organisations.audit import Event, OrganisationEntry, append_event
from app.organisations.directory import require_enabled
from app.organisations.roles import Role
from app.records.database import Records
from app.records.encrypted_fields import FieldCipher
from app.records.organisations.invitations import (
    InvitationRow,
    add_invitation,
    delete_invitation,
    invitation_of_digest,
    invitations_of,
)
from app.records.organisations.organisations import Organisation, organisation_where, organisations

TOKEN_BYTES = 32
PURPOSE = "organisation invitation"
PATH = f"{ORGANISATION.path}/invitations"  # the token follows
DAY_SECONDS = 86_400


class InvitationGone(Exception):
    """There is no such invitation: used, withdrawn, expired, or never made."""


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """Whom to invite: as what, by whom; account: whose secrets are renewed, None for a new member.

    seconds: how long the link is good.
    """

    role: Role
    inviter: str
    account: str | None = None
    seconds: int = 7 * DAY_SECONDS


@dataclass(frozen=True, slots=True)
class Invitation:
    """What whoever holds a link is told; account: whose secrets it renews, None of a new member."""

    organisation: Organisation
    role: Role
    account: str | None
    expires_at: int


def invitation_digest(cipher: FieldCipher, token: str) -> bytes:
    """Return what is kept of a token, 32 bytes."""
    return cipher.digest(PURPOSE, token.encode(errors="replace"))


def issue_invitation(
    connection: Connection, cipher: FieldCipher, organisation_id: int, new: NewInvitation, now: int
) -> str:
    """Keep an invitation in the caller's transaction; return its token, which is not told again."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = InvitationRow(
        id=0,
        digest=invitation_digest(cipher, token),
        organisation=organisation_id,
        role=new.role.value,
        account=new.account,
        inviter=new.inviter,
        expires_at=now + new.seconds,
    )
    add_invitation(connection, row)
    return token


def open_invitation(connection: Connection, digest: bytes) -> Invitation:
    """Return the invitation of a token's digest that may be used now. Raises InvitationGone."""
    row = invitation_of_digest(connection, digest, int(time.time()))
    if row is None:
        raise InvitationGone
    organisation = organisation_where(connection, organisations.c.id == row.organisation)
    if organisation is None or organisation.disabled:
        raise InvitationGone
    return Invitation(organisation, Role(row.role), row.account, row.expires_at)


class Invitations:
    """Makes, lists and withdraws the invitations of organisations, and reads one."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def invite(self, organisation_id: int, new: NewInvitation) -> str:
        """Make an invitation; return its token, which is not told again.

        Raises OrganisationDisabled and OrganisationPurged.
        """
        now, cipher = int(time.time()), self._records.cipher
        with self._records.writing() as connection:
            require_enabled(connection, organisation_id)
            token = issue_invitation(connection, cipher, organisation_id, new, now)
            entry = OrganisationEntry(organisation_id, new.inviter, Event.INVITED)
            append_event(connection, cipher, entry, now)
        return token

    def list(self, organisation_id: int) -> list[InvitationRow]:
        """Return the invitations of an organisation that nobody has used yet."""
        with self._records.reading() as connection:
            return invitations_of(connection, organisation_id, int(time.time()))

    def withdraw(self, organisation_id: int, actor: str, invitation_id: int) -> bool:
        """Let a link lead nowhere; return whether the organisation had such an invitation."""
        entry = OrganisationEntry(organisation_id, actor, Event.INVITATION_WITHDRAWN)
        with self._records.writing() as connection:
            found = delete_invitation(connection, organisation_id, invitation_id)
            if found:
                append_event(connection, self._records.cipher, entry, int(time.time()))
        return found

    def view(self, token: str) -> Invitation:
        """Return what a link is for. Raises InvitationGone and RecordsUnavailable."""
        with self._records.reading() as connection:
            digest = invitation_digest(self._records.cipher, token)
            return open_invitation(connection, digest)
