"""Joining by an invitation: name and password are chosen, one-time codes scanned and confirmed.

Threat: the secret of the one-time codes stays with whoever read the link before; or a code that was
scanned wrong locks its owner out. Limit: each showing of the page has a secret of its own, sealed
into the form for this link alone, and only the one that a one-time code confirmed is kept.
"""

import base64
import binascii
import time
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from app.accounts.one_time_codes import app_address, new_secret, step_of_code
from app.accounts.passwords import (
    PASSWORD_MAX_CHARACTERS,
    PASSWORD_MIN_CHARACTERS,
    hash_password,
)
from app.organisations.audience import ORGANISATION
from app.organisations.audit import Event, OrganisationEntry, append_event
from app.organisations.invitations import (
    Invitation,
    InvitationGone,
    invitation_digest,
    open_invitation,
)
from app.records.accounts.accounts import (
    NAME,
    AccountName,
    Secrets,
    account_number,
    claim_step,
    put_account,
)
from app.records.database import Records
from app.records.encrypted_fields import FieldUnreadable, Place
from app.records.organisations.invitations import spend_invitation
from app.records.organisations.organisations import lock_organisation, put_role

ISSUER = "Contact Gauge"


class JoinRefused(ValueError):
    """Somebody could not join; ``field`` is account, password or code.

    fault: ``invalid`` or ``in_use`` (a name), ``length`` (a password), ``wrong`` (a code).
    """

    def __init__(self, field: str, fault: str) -> None:
        super().__init__(field, fault)
        self.field = field
        self.fault = fault


@dataclass(frozen=True, slots=True, repr=False)
class Enrolment:
    """The secret of one-time codes for one showing of the page.

    sealed: goes into a hidden field and comes back; address: what the QR code says.
    """

    secret: str
    sealed: str

    def address(self, account: str) -> str:
        """Return the ``otpauth:`` address that an authenticator app scans."""
        return app_address(self.secret, account, ISSUER)


@dataclass(frozen=True, slots=True, repr=False)
class JoinForm:
    """What somebody sent to join; account: counts for nothing where secrets are renewed."""

    account: str
    password: str
    sealed: str
    code: str


class Joining:
    """For whoever holds a link."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def new_enrolment(self, token: str) -> Enrolment:
        """Return a fresh secret for one showing of the page."""
        secret = new_secret()
        sealed = self._records.cipher.encrypt(self._sealing_place(token), secret)
        return Enrolment(secret, base64.urlsafe_b64encode(sealed).decode())

    def same_enrolment(self, token: str, sealed: str) -> Enrolment:
        """Return the secret that was scanned already, a fresh one where it is not this link's."""
        try:
            field = base64.urlsafe_b64decode(sealed.encode("ascii"))
            return Enrolment(
                self._records.cipher.decrypt(self._sealing_place(token), field), sealed
            )
        except (FieldUnreadable, binascii.Error, ValueError):
            return self.new_enrolment(token)

    def join(self, token: str, form: JoinForm, today: date) -> AccountName:
        """Make the member, or renew their secrets, and spend the link; return the account.

        Raises InvitationGone, JoinRefused with the first fault, and RecordsUnavailable.
        """
        with self._records.reading() as connection:
            invitation = open_invitation(connection, self._digest(token))
        name = invitation.account or form.account.strip().lower()
        if not NAME.fullmatch(name):
            raise JoinRefused("account", "invalid")
        if not PASSWORD_MIN_CHARACTERS <= len(form.password) <= PASSWORD_MAX_CHARACTERS:
            raise JoinRefused("password", "length")
        now = int(time.time())
        secret = self.same_enrolment(token, form.sealed).secret
        step = step_of_code(secret, form.code, now)
        if step is None:
            raise JoinRefused("code", "wrong")
        cipher = self._records.cipher
        kept = Secrets(hash_password(ORGANISATION, cipher, form.password), secret)
        account = ORGANISATION.account(name, invitation.organisation.id)
        with self._records.writing() as connection:
            self._spend(connection, token, invitation, account)
            put_account(connection, cipher, account, kept, today)
            claim_step(connection, account, step)  # the code that was shown here signs nobody in
            number = account_number(connection, account)
            if invitation.account is None and number is not None:
                put_role(connection, invitation.organisation.id, number, invitation.role.value)
            event = Event.JOINED if invitation.account is None else Event.RENEWED
            entry = OrganisationEntry(invitation.organisation.id, name, event)
            append_event(connection, cipher, entry, now)
        return account

    def _spend(
        self, connection: Connection, token: str, invitation: Invitation, account: AccountName
    ) -> None:
        """Spend a link within a transaction; whoever raises here leaves it unspent."""
        lock_organisation(connection, invitation.organisation.id)
        digest = self._digest(token)
        if open_invitation(connection, digest) != invitation:
            raise InvitationGone
        exists = account_number(connection, account) is not None
        if exists and invitation.account is None:
            raise JoinRefused("account", "in_use")
        if not exists and invitation.account is not None:
            raise InvitationGone
        if not spend_invitation(connection, digest, int(time.time())):
            raise InvitationGone

    def _digest(self, token: str) -> bytes:
        return invitation_digest(self._records.cipher, token)

    def _sealing_place(self, token: str) -> Place:
        return Place("invitations", "totp", self._digest(token).hex())
