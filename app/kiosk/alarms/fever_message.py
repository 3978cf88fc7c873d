"""The message that rings at an organisation's own server: how many fevers, nobody's name."""

import json
import secrets
from datetime import UTC, datetime

from sqlalchemy import Connection

from app.records.encrypted_fields import FieldCipher
from app.records.organisations.organisations import encrypted_column
from app.records.organisations.webhook_deliveries import Delivery, add_delivery

EVENT = "health.fever"
ID_BYTES = 16
NO_JOB = ""


def keep_fever_message(
    connection: Connection, cipher: FieldCipher, organisation: int, fevers: int, now: int
) -> None:
    """Let an organisation that has a webhook be told of new fevers; now: seconds since 1970.

    It is signed and sent as every webhook is, by whoever sends those.
    """
    if encrypted_column(connection, organisation, "webhook") is None:
        return
    moment = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    body = json.dumps({"type": EVENT, "timestamp": moment, "data": {"fevers": fevers}}).encode()
    message_id = f"msg_{secrets.token_hex(ID_BYTES)}"
    add_delivery(connection, cipher, Delivery(message_id, organisation, NO_JOB, body, 0, now))
