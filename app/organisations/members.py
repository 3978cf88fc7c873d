"""Members of one organisation: accounts with a role. No function here reaches another one's.

The last administrator who can sign in stays one: an organisation without any could only be helped
by the authority.
"""

import time
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from app.accounts.administration import AccountExists
from app.accounts.one_time_codes import new_secret
from app.accounts.passwords import hash_password
from app.organisations.audience import ORGANISATION
from app.organisations.audit import Event, OrganisationEntry, append_event
from app.organisations.invitations import NewInvitation, issue_invitation
from app.organisations.roles import Permission, Role
from app.records.accounts.accounts import (
    AccountName,
    Secrets,
    account_number,
    disable_account,
    put_account,
)
from app.records.database import Records
from app.records.organisations.invitations import delete_invitations_of
from app.records.organisations.organisations import (
    MemberState,
    Organisation,
    lock_organisation,
    members_of,
    organisation_where,
    organisations,
    put_role,
)


class NoSuchMember(Exception):
    """The organisation has no member of this name."""


class LastAdmin(Exception):
    """Nobody who can manage the organisation would be left."""


@dataclass(frozen=True, slots=True)
class NewMember:
    """Whom to add."""

    name: str
    password: str
    role: Role


@dataclass(frozen=True, slots=True)
class SignedInMember:
    """Who is signed in, for which organisation, and in which role."""

    organisation: Organisation
    name: str
    role: Role

    def may(self, permission: Permission) -> bool:
        """Return whether this member may do something."""
        return self.role.may(permission)


def signed_in_member(records: Records, account: AccountName | None) -> SignedInMember | None:
    """Return the member that an account is; None where it is none, or may not act now.

    Asked at each request: a role that is changed and an organisation that is disabled count at
    once. Raises RecordsUnavailable.
    """
    if account is None or account.organisation is None or account.audience != ORGANISATION.name:
        return None
    with records.reading() as connection:
        found = organisations.c.id == account.organisation
        organisation = organisation_where(connection, found)
        if organisation is None or organisation.disabled:
            return None
        for member in members_of(connection, organisation.id):
            if member.name == account.name and not member.disabled:
                return SignedInMember(organisation, member.name, Role(member.role))
    return None


class Members:
    """Changes the members of one organisation; actor: who does it, for the audit log."""

    def __init__(self, records: Records, organisation_id: int, actor: str) -> None:
        self._records = records
        self._organisation_id = organisation_id
        self._actor = actor

    def list(self) -> list[MemberState]:
        """Return the members in the order of their names. Raises RecordsUnavailable."""
        with self._records.reading() as connection:
            return members_of(connection, self._organisation_id)

    def add(self, new: NewMember, today: date) -> str:
        """Make a member at once; return the secret of its one-time codes, which is not told again.

        Raises AccountExists and RecordsUnavailable.
        """
        cipher = self._records.cipher
        account = self._account(new.name)
        secrets = Secrets(hash_password(ORGANISATION, cipher, new.password), new_secret())
        with self._records.writing() as connection:
            if account_number(connection, account) is not None:
                raise AccountExists
            put_account(connection, cipher, account, secrets, today)
            self._put_role(connection, new.name, new.role)
            self._append(connection, Event.JOINED)
        return secrets.totp

    def set_role(self, name: str, role: Role) -> None:
        """Give a member another role. Raises NoSuchMember, LastAdmin and RecordsUnavailable."""
        with self._records.writing() as connection:
            self._require_admin_left(connection, name, stays=role is Role.ADMIN)
            self._put_role(connection, name, role)
            self._append(connection, Event.ROLE_CHANGED)

    def disable(self, name: str) -> None:
        """Let a member sign in no more; whoever is signed in by it is out.

        Raises NoSuchMember, LastAdmin and RecordsUnavailable.
        """
        with self._records.writing() as connection:
            self._require_admin_left(connection, name, stays=False)
            self._take_away(connection, name)
            self._append(connection, Event.DISABLED)

    def reset(self, name: str, seconds: int) -> str:
        """Take a member's secrets away, and return the token of a link that renews them.

        Whoever is signed in by the old ones is out at once. It lets a disabled member in again.
        Raises NoSuchMember, LastAdmin and RecordsUnavailable.
        """
        cipher, now = self._records.cipher, int(time.time())
        with self._records.writing() as connection:
            role = self._require_admin_left(connection, name, stays=False)
            self._take_away(connection, name)
            new = NewInvitation(role, self._actor, name, seconds)
            token = issue_invitation(connection, cipher, self._organisation_id, new, now)
            self._append(connection, Event.RESET)
        return token

    def _take_away(self, connection: Connection, name: str) -> None:
        disable_account(connection, self._account(name))
        delete_invitations_of(connection, self._organisation_id, name)

    def _require_admin_left(self, connection: Connection, name: str, *, stays: bool) -> Role:
        """Return the role of a member; raise where no administrator would be left; others wait."""
        lock_organisation(connection, self._organisation_id)
        members = members_of(connection, self._organisation_id)
        roles = {member.name: Role(member.role) for member in members}
        if name not in roles:
            raise NoSuchMember
        admins = {m.name for m in members if m.role == Role.ADMIN and not m.disabled}
        if not stays and admins == {name}:
            raise LastAdmin
        return roles[name]

    def _put_role(self, connection: Connection, name: str, role: Role) -> None:
        number = account_number(connection, self._account(name))
        if number is None:
            raise NoSuchMember
        put_role(connection, self._organisation_id, number, role.value)

    def _account(self, name: str) -> AccountName:
        return ORGANISATION.account(name, self._organisation_id)

    def _append(self, connection: Connection, event: Event) -> None:
        entry = OrganisationEntry(self._organisation_id, self._actor, event)
        append_event(connection, self._records.cipher, entry, int(time.time()))
