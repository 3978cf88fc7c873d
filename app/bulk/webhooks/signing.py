"""Sign a webhook by the scheme of Standard Webhooks (standardwebhooks.com), version v1.

The signature is over ``id.timestamp.body``, so that neither an earlier message nor another body
passes for it.
"""

import base64
import binascii
import hmac
import secrets

SECRET_PREFIX = "whsec_"  # noqa: S105  # pragma: allowlist secret
SECRET_BYTES = 32
SECRET_LENGTHS = range(24, 65)  # bytes, as the scheme asks


class SecretInvalid(ValueError):
    """Not ``whsec_`` and Base64 of 24 to 64 bytes."""


def new_secret() -> str:
    """Return a fresh secret as it is shown and set."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def secret_bytes(text: str) -> bytes:
    """Return the key of a secret. Raises SecretInvalid."""
    try:
        key = base64.b64decode(text.removeprefix(SECRET_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise SecretInvalid from None
    if not text.startswith(SECRET_PREFIX) or len(key) not in SECRET_LENGTHS:
        raise SecretInvalid
    return key


def signed_headers(secret: str, message_id: str, now: int, body: bytes) -> dict[str, str]:
    """Return the three headers of a message; now: seconds since 1970. Raises SecretInvalid."""
    content = f"{message_id}.{now}.".encode() + body
    signature = base64.b64encode(hmac.digest(secret_bytes(secret), content, "sha256")).decode()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(now),
        "webhook-signature": f"v1,{signature}",
    }
