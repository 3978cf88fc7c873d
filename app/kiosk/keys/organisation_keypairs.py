"""The key pairs of an organisation: made when they are first needed, door keys anew on revocation.

Threat: a stolen kiosk holds the key by which visitors' codes are read. Limit: a revocation destroys
every door key of the organisation and makes another, which only the kiosks that remain are given.
"""

import secrets

from sqlalchemy import Connection

from app.kiosk.keys.hpke import SealPurpose, new_key_pair, seal
from app.records.database import Records
from app.records.encrypted_fields import FieldCipher
from app.records.organisations.organisation_keys import (
    KeyPurpose,
    OrganisationKey,
    add_organisation_key,
    delete_organisation_keys,
    organisation_keys_of,
)
from app.records.organisations.organisations import lock_organisation

KEY_ID_BYTES = 4


def checkin_key(records: Records, organisation: int, now: int) -> OrganisationKey:
    """Return the key to which kiosks seal, made if there is none. Raises RecordsUnavailable."""
    return _current(records, organisation, KeyPurpose.CHECKIN, now)


def door_key(records: Records, organisation: int, now: int) -> OrganisationKey:
    """Return the key to which visitors seal, made if there is none. Raises RecordsUnavailable."""
    return _current(records, organisation, KeyPurpose.DOOR, now)


def renew_door_key(
    connection: Connection, cipher: FieldCipher, organisation: int, now: int
) -> None:
    """Destroy the door keys of an organisation and make another; now: milliseconds."""
    delete_organisation_keys(connection, organisation, KeyPurpose.DOOR)
    _make(connection, cipher, organisation, KeyPurpose.DOOR, now)


def sealed_for_kiosk(key: OrganisationKey, sealing_key: bytes) -> bytes:
    """Return a door key's scalar sealed to a kiosk's own key, a point of 65 bytes."""
    return seal(sealing_key, SealPurpose.DOOR_KEY, key.private_key)


def _current(records: Records, organisation: int, purpose: KeyPurpose, now: int) -> OrganisationKey:
    with records.reading() as connection:
        keys = organisation_keys_of(connection, records.cipher, organisation, purpose)
    if keys:
        return keys[0]
    with records.writing() as connection:
        lock_organisation(connection, organisation)  # of two at once, one makes it
        keys = organisation_keys_of(connection, records.cipher, organisation, purpose)
        return keys[0] if keys else _make(connection, records.cipher, organisation, purpose, now)


def _make(
    connection: Connection, cipher: FieldCipher, organisation: int, purpose: KeyPurpose, now: int
) -> OrganisationKey:
    scalar, point = new_key_pair()
    key_id = secrets.token_hex(KEY_ID_BYTES)
    key = OrganisationKey(organisation, purpose, key_id, point, scalar, now)
    add_organisation_key(connection, cipher, key)
    return key
