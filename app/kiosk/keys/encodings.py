"""Bytes in JSON: base64url without padding, in the one form that each has."""

import base64
import binascii
import re

BASE64URL = re.compile(r"[A-Za-z0-9_-]*")


class NotBase64Url(ValueError):
    """Not base64url without padding, or not in its one form."""


def to_base64url(content: bytes) -> str:
    """Return bytes as base64url without padding (RFC 4648, section 5)."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def from_base64url(text: str) -> bytes:
    """Return the bytes of a text. Raises NotBase64Url, also where unused bits are set."""
    if not BASE64URL.fullmatch(text):
        raise NotBase64Url
    try:
        content = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        raise NotBase64Url from None
    if to_base64url(content) != text:
        raise NotBase64Url
    return content
