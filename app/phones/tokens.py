"""Make and read signed tokens of a telephone: one awaits its one-time code, one is verified.

The number itself is in neither: only its HMAC under a key of the day, so that the service knows a
telephone again for hours and forgets it by itself.
"""

import base64
import binascii
import hmac
import secrets
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass

DAY_SECONDS = 86_400
CODE_DIGITS = 6
PHONE_BYTES = 16
MAC_BYTES = 16
WAITING, VERIFIED = 1, 2
BODY = struct.Struct(f">BI12s{PHONE_BYTES}s")


class TokenInvalid(Exception):
    """The token is not ours, was changed, is of the other kind, or has expired."""


@dataclass(frozen=True, slots=True)
class Token:
    """kind: WAITING or VERIFIED; expires: seconds since 1970; once: random; phone: pseudonym."""

    kind: int
    expires: int
    once: bytes
    phone: bytes


class PhoneTokens:
    """Makes and reads tokens; key: the key ``session``."""

    def __init__(self, key: bytes, clock: Callable[[], float] = time.time) -> None:
        self._sign = hmac.digest(key, b"gauge/v1/phone/token", "sha256")
        self._codes = hmac.digest(key, b"gauge/v1/phone/code", "sha256")
        self._phones = hmac.digest(key, b"gauge/v1/phone/day", "sha256")
        self._clock = clock

    def phone_pseudonym(self, phone: str) -> bytes:
        """Return the 16-byte pseudonym of a telephone (E.164) today."""
        day = int(self._clock()) // DAY_SECONDS
        today = hmac.digest(self._phones, b"%d" % day, "sha256")
        return hmac.digest(today, phone.encode(), "sha256")[:PHONE_BYTES]

    def make(self, kind: int, phone: bytes, seconds: int) -> str:
        """Return a new token for the pseudonym of a telephone, good for some seconds."""
        expires = int(self._clock()) + seconds
        body = BODY.pack(kind, expires, secrets.token_bytes(12), phone)
        return base64.urlsafe_b64encode(body + self._mac(body)).decode()

    def read(self, text: str, kind: int) -> Token:
        """Return a token of this kind that is still good. Raises TokenInvalid."""
        try:
            raw = base64.urlsafe_b64decode(text.encode("ascii"))
        except (binascii.Error, ValueError):
            raise TokenInvalid from None
        body, mac = raw[: BODY.size], raw[BODY.size :]
        if len(body) != BODY.size or not hmac.compare_digest(mac, self._mac(body)):
            raise TokenInvalid
        token = Token(*BODY.unpack(body))
        if token.kind != kind or token.expires <= self._clock():
            raise TokenInvalid
        return token

    def code_of(self, waiting: Token) -> str:
        """Return the six digits that were sent: computed again, so that none are kept."""
        mac = hmac.digest(self._codes, waiting.once + waiting.phone, "sha256")
        return f"{int.from_bytes(mac[:8], 'big') % 10**CODE_DIGITS:0{CODE_DIGITS}}"

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self._sign, body, "sha256")[:MAC_BYTES]
