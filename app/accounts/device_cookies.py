"""Device cookies: a browser in which an account has signed in before is known again.

Threat: attempts of others use up what an account may try, and lock its owner out. Limit: attempts
from a browser that is known are counted apart, so that no others reach them. The cookie is signed,
bound to audience and account, names nobody, and signs nobody in: stolen, it is worth as many
attempts as a browser has. Source: OWASP, "Slow Down Online Guessing Attacks with Device Cookies".
"""

import base64
import binascii
import hmac
import secrets
import struct
import time
from collections.abc import Callable, Iterator

from app.accounts.audience import Audience
from app.accounts.lockout import STRANGER
from app.records.accounts.accounts import AccountName

DEVICE_BYTES = 9
TAG_BYTES = 15
TOKEN = struct.Struct(f">{DEVICE_BYTES}sI{TAG_BYTES}s")  # device, when it was made, tag
SEPARATOR = "."
TOKENS_MAX = 5  # accounts of one browser, say of a counter where clerks take turns
GOOD_FOR_SECONDS = 180 * 86_400


class DeviceCookies:
    """Makes and recognises the device cookies of one audience; key: the key ``session``."""

    def __init__(
        self, audience: Audience, key: bytes, clock: Callable[[], float] = time.time
    ) -> None:
        self._audience = audience.name
        self._key = key
        self._clock = clock

    def device(self, account: AccountName, cookie: str | None) -> bytes:
        """Return the number of the device that an account is known in, STRANGER for none."""
        for token in _tokens(cookie):
            device, made_at, _tag = TOKEN.unpack(token)
            if self._is_of(account, token) and 0 <= self._clock() - made_at < GOOD_FOR_SECONDS:
                return bytes(device)
        return STRANGER

    def renew(self, account: AccountName, cookie: str | None) -> str:
        """Return the cookie's value once an account has signed in; other accounts stay known."""
        device, made_at = secrets.token_bytes(DEVICE_BYTES), int(self._clock())
        tag = self._tag(account, device, made_at)
        others = [token for token in _tokens(cookie) if not self._is_of(account, token)]
        tokens = [TOKEN.pack(device, made_at, tag), *others][:TOKENS_MAX]
        return SEPARATOR.join(
            base64.urlsafe_b64encode(token).decode().rstrip("=") for token in tokens
        )

    def _is_of(self, account: AccountName, token: bytes) -> bool:
        device, made_at, tag = TOKEN.unpack(token)
        return hmac.compare_digest(tag, self._tag(account, device, made_at))

    def _tag(self, account: AccountName, device: bytes, made_at: int) -> bytes:
        organisation = "" if account.organisation is None else str(account.organisation)
        whose = "\x00".join(("gauge/v1/device", self._audience, organisation, account.name))
        content = whose.encode() + b"\x00" + TOKEN.pack(device, made_at, bytes(TAG_BYTES))
        return hmac.digest(self._key, content, "sha256")[:TAG_BYTES]


def _tokens(cookie: str | None) -> Iterator[bytes]:
    for text in (cookie or "").split(SEPARATOR)[:TOKENS_MAX]:
        try:
            token = base64.b64decode(f"{text}==", altchars=b"-_", validate=False)
        except (binascii.Error, ValueError):
            continue
        if len(token) == TOKEN.size:
            yield token
