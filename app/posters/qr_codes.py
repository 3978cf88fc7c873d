"""Signs and verifies QR codes of posters: which channel and issuer a poster came from.

Threat: a poster of somebody else leads people to a false page that looks like ours. Limit: the
page behind /q/ tells a forged code; posters tell how to see the true address.
Code: base64url of version u8=1 ‖ channel (length u8, UTF-8) ‖ issuer (the same) ‖ HMAC-SHA-256
of what stands before it, cut to 96 bits.
"""

import base64
import binascii
import hmac
from dataclasses import dataclass

VERSION = b"\x01"
TAG_BYTES = 12
FIELD_MAX_BYTES = 40
CODE_MAX_CHARACTERS = 160


class ForgedQrCode(Exception):
    """The code was not signed with our key."""


class FieldTooLong(ValueError):
    """A channel or issuer is empty or longer than 40 bytes of UTF-8."""


@dataclass(frozen=True, slots=True)
class QrOrigin:
    """Where a QR code came from.

    channel: where a poster hangs (airport, clinic…); issuer: who put it up.
    """

    channel: str
    issuer: str


class QrCodes:
    """Signs and verifies codes with the key ``qr``."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def sign(self, origin: QrOrigin) -> str:
        """Return the URL-safe code of an origin. Raises FieldTooLong."""
        content = VERSION + _framed(origin.channel) + _framed(origin.issuer)
        return base64.urlsafe_b64encode(content + self._tag(content)).rstrip(b"=").decode()

    def verify(self, code: str) -> QrOrigin:
        """Return the origin of a code. Raises ForgedQrCode for anything not signed here."""
        if len(code) > CODE_MAX_CHARACTERS:
            raise ForgedQrCode
        try:
            raw = base64.b64decode(code + "=" * (-len(code) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            raise ForgedQrCode from None
        content, tag = raw[:-TAG_BYTES], raw[-TAG_BYTES:]
        if content[:1] != VERSION or not hmac.compare_digest(tag, self._tag(content)):
            raise ForgedQrCode
        channel_end = 2 + content[1]
        return QrOrigin(content[2:channel_end].decode(), content[channel_end + 1 :].decode())

    def _tag(self, content: bytes) -> bytes:
        return hmac.digest(self._key, b"gauge/v1/qr\x00" + content, "sha256")[:TAG_BYTES]


def _framed(text: str) -> bytes:
    data = text.encode()
    if not 1 <= len(data) <= FIELD_MAX_BYTES:
        message = f"1 to {FIELD_MAX_BYTES} bytes of UTF-8"
        raise FieldTooLong(message)
    return bytes([len(data)]) + data
