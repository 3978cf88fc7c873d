"""Sessions of the counter: a random token in a signed cookie, its digest in the records.

Threat: a cookie is guessed, made up, or outlives its clerk. Limit: 128 random bits under an HMAC
of the key ``session`` that is judged before the database is asked; the server forgets a session
after a time without use, after a working day, at signing out, and when an account changes.
"""

import base64
import binascii
import hmac
import re
import secrets
import time

from app.records.clerks import (
    Lasting,
    begin_session,
    clerk_of_session,
    end_session,
    open_form,
    spend_form,
)
from app.records.database import Records

TOKEN_BYTES = 16
TAG_BYTES = 16
FORM = re.compile("[A-Za-z0-9_-]{22}")
PURPOSE = "counter session"
PATH = "/counter"


class CounterSessions:
    """Begins, recognises and ends sessions."""

    def __init__(self, key: bytes, records: Records, lasting: Lasting) -> None:
        self._key = key
        self._records = records
        self._lasting = lasting

    def begin(self, clerk: str) -> str:
        """Return the cookie's value of a new session. Raises RecordsUnavailable."""
        token = secrets.token_bytes(TOKEN_BYTES)
        with self._records.writing() as connection:
            begin_session(connection, self._digest(token), clerk, int(time.time()))
        return base64.urlsafe_b64encode(token + self._tag(token)).decode().rstrip("=")

    def clerk(self, cookie: str | None) -> str | None:
        """Return who is signed in, and that they are here. Raises RecordsUnavailable."""
        token = self._token(cookie)
        if token is None:
            return None
        with self._records.writing() as connection:
            now = int(time.time())
            return clerk_of_session(connection, self._digest(token), self._lasting, now)

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
        """Return whether a form may be sent; it may not a second time."""
        token = self._token(cookie)
        if token is None or not FORM.fullmatch(form):
            return False
        with self._records.writing() as connection:
            return spend_form(connection, self._digest(token), form)

    def end(self, cookie: str | None) -> None:
        """Forget a session. Raises RecordsUnavailable."""
        token = self._token(cookie)
        if token is not None:
            with self._records.writing() as connection:
                end_session(connection, self._digest(token))

    def _token(self, cookie: str | None) -> bytes | None:
        try:
            raw = base64.b64decode(f"{cookie or ''}==", altchars=b"-_", validate=False)
        except (binascii.Error, ValueError):
            return None
        token, tag = raw[:TOKEN_BYTES], raw[TOKEN_BYTES:]
        fits = len(token) == TOKEN_BYTES and hmac.compare_digest(tag, self._tag(token))
        return token if fits else None

    def _tag(self, token: bytes) -> bytes:
        tag = hmac.digest(self._key, b"gauge/v1/counter session\x00" + token, "sha256")
        return tag[:TAG_BYTES]

    def _digest(self, token: bytes) -> bytes:
        return self._records.cipher.digest(PURPOSE, token)
