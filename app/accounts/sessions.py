"""Sessions of one audience: a random token in a signed cookie, its digest in the records.

Threat: a cookie is guessed, made up, another audience's, or outlives its account. Limit: 128
random bits under an HMAC of the key ``session`` that is judged before the database is asked, and
names the audience; the server forgets a session after a time without use, after a working day,
at signing out, and when an account changes.
"""

import base64
import binascii
import hmac
import re
import secrets
import time

from app.accounts.audience import AccountEvent, Audience, AuditEntry
from app.records.accounts.accounts import AccountName, account_number, account_of_number
from app.records.accounts.sessions import (
    begin_session,
    end_session,
    open_form,
    spend_form,
    use_session,
)
from app.records.database import Records, RecordsUnavailable
from app.settings import Settings

TOKEN_BYTES = 16
TAG_BYTES = 16
FORM = re.compile("[A-Za-z0-9_-]{22}")


class AccountUnknown(ValueError):
    """A session was to begin for an account that this audience does not have (any more)."""


class Sessions:
    """Begins, recognises and ends the sessions of one audience; key: the key ``session``."""

    def __init__(
        self, audience: Audience, key: bytes | None, records: Records, settings: Settings
    ) -> None:
        """Raise RecordsUnavailable where the key is missing."""
        if key is None:
            raise RecordsUnavailable
        self._audience = audience
        self._key = key
        self._records = records
        self._length = audience.session_length(settings)

    def begin(self, account: AccountName) -> str:
        """Return the cookie's value of a new session.

        Raises AccountUnknown for another audience's account too, and RecordsUnavailable.
        """
        token = secrets.token_bytes(TOKEN_BYTES)
        audience = self._audience.name
        with self._records.writing() as connection:
            number = account_number(connection, account)
            if number is None or account.audience != audience:
                raise AccountUnknown
            begin_session(connection, self._digest(token), audience, number, int(time.time()))
        return base64.urlsafe_b64encode(token + self._tag(token)).decode().rstrip("=")

    def account(self, cookie: str | None) -> AccountName | None:
        """Return who is signed in, and note that they are here. Raises RecordsUnavailable."""
        token = self._token(cookie)
        if token is None:
            return None
        with self._records.writing() as connection:
            digest, now = self._digest(token), int(time.time())
            number = use_session(connection, digest, self._audience.name, self._length, now)
            if number is None:
                return None
            return account_of_number(connection, number, self._audience.name)

    def new_form(self, cookie: str | None) -> str:
        """Return the code of a form that may be sent once, instead of any opened before.

        Threat: the browser's way back sends the last person's form again, and shows their answer
        to the next. Limit: a form that was sent is spent. Raises RecordsUnavailable.
        """
        form = secrets.token_urlsafe(TOKEN_BYTES)
        token = self._token(cookie)
        if token is not None:
            with self._records.writing() as connection:
                open_form(connection, self._digest(token), form)
        return form

    def spend_form(self, cookie: str | None, form: str) -> bool:
        """Return whether a form may be sent, the first time only. Raises RecordsUnavailable."""
        token = self._token(cookie)
        if token is None or not FORM.fullmatch(form):
            return False
        with self._records.writing() as connection:
            return spend_form(connection, self._digest(token), form)

    def sign_out(self, cookie: str | None) -> None:
        """Audit that an account signed out, and forget its session. Raises RecordsUnavailable."""
        account, token = self.account(cookie), self._token(cookie)
        if account is None or token is None:
            return
        entry = AuditEntry(account, AccountEvent.SIGNED_OUT, int(time.time()))
        with self._records.writing() as connection:
            self._audience.append_audit(connection, self._records.cipher, entry)
            end_session(connection, self._digest(token))

    def _token(self, cookie: str | None) -> bytes | None:
        try:
            raw = base64.b64decode(f"{cookie or ''}==", altchars=b"-_", validate=False)
        except (binascii.Error, ValueError):
            return None
        token, tag = raw[:TOKEN_BYTES], raw[TOKEN_BYTES:]
        ours = len(token) == TOKEN_BYTES and hmac.compare_digest(tag, self._tag(token))
        return token if ours else None

    def _tag(self, token: bytes) -> bytes:
        context = b"gauge/v1/" + self._audience.purposes.sessions.encode() + b"\x00"
        return hmac.digest(self._key, context + token, "sha256")[:TAG_BYTES]

    def _digest(self, token: bytes) -> bytes:
        return self._records.cipher.digest(self._audience.purposes.sessions, token)
