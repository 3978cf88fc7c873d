import pytest
from sqlalchemy import select, update

from app.records.encrypted_fields import FieldUnreadable
from app.records.organisations.organisation_keys import (
    KeyPurpose,
    OrganisationKey,
    add_organisation_key,
    delete_organisation_keys,
    organisation_keys,
    organisation_keys_of,
)
from tests.fixtures.kiosk_records import POINT, keep_organisation

DOOR = OrganisationKey(1, KeyPurpose.DOOR, "0a0b0c0d", POINT, b"secret of a door" * 2, 1_000)
CHECKIN = OrganisationKey(1, KeyPurpose.CHECKIN, "01020304", POINT, b"k" * 32, 2_000)


@pytest.fixture
def kept(records):
    keep_organisation(records)
    with records.writing() as connection:
        for key in (DOOR, CHECKIN):
            add_organisation_key(connection, records.cipher, key)
    return records


def keys_for(records, purpose, organisation=1):
    with records.reading() as connection:
        return organisation_keys_of(connection, records.cipher, organisation, purpose)


def test_keys_come_back_by_organisation_and_purpose(kept):
    assert [DOOR] == keys_for(kept, KeyPurpose.DOOR)
    assert [CHECKIN] == keys_for(kept, KeyPurpose.CHECKIN)
    assert [] == keys_for(kept, KeyPurpose.DOOR, 2)


def test_no_private_key_stands_in_the_database_in_clear(kept):
    with kept.reading() as connection:
        fields = connection.execute(select(organisation_keys.c.private_key)).scalars()
        assert not any(b"secret of a door" in field for field in fields)


def test_another_public_key_in_its_row_is_not_believed(kept):
    with kept.writing() as connection:
        connection.execute(update(organisation_keys).values(public_key=b"\x04" + bytes([1] * 64)))
    with pytest.raises(FieldUnreadable):
        keys_for(kept, KeyPurpose.DOOR)


def test_the_repr_of_a_key_tells_nothing():
    assert "secret" not in repr(DOOR)


def test_keys_of_one_purpose_are_destroyed_alone(kept):
    with kept.writing() as connection:
        assert 1 == delete_organisation_keys(connection, 1, KeyPurpose.DOOR)
    assert [CHECKIN] == keys_for(kept, KeyPurpose.CHECKIN)


def test_keys_are_destroyed_with_their_organisation(kept):
    with kept.writing() as connection:
        assert 0 == delete_organisation_keys(connection, 2)
        assert 2 == delete_organisation_keys(connection, 1)
