import pytest

from app.kiosk.keys.hpke import (
    SealPurpose,
    new_key_pair,
    open_sealed,
    private_key_of,
)
from app.kiosk.keys.organisation_keypairs import (
    checkin_key,
    door_key,
    renew_door_key,
    sealed_for_kiosk,
)
from tests.fixtures.kiosk_records import keep_organisation

NOW = 1_000


@pytest.fixture
def works(records):
    return keep_organisation(records)


def test_a_key_is_made_once(records, works):
    for key_of in (checkin_key, door_key):
        assert key_of(records, works, NOW).id == key_of(records, works, NOW + 1).id


def test_the_keys_of_two_organisations_are_not_the_same(records, works):
    other = keep_organisation(records, "school", "某某小学")
    keys = {checkin_key(records, number, NOW).private_key for number in (works, other)}
    assert 2 == len(keys)


def test_a_new_door_key_takes_the_place_of_the_one_before(records, works):
    before, checkins_before = door_key(records, works, NOW), checkin_key(records, works, NOW)
    with records.writing() as connection:
        renew_door_key(connection, records.cipher, works, NOW)
    after = door_key(records, works, NOW)
    assert {before.id, before.public_key}.isdisjoint({after.id, after.public_key})
    assert checkins_before.id == checkin_key(records, works, NOW).id


def test_a_kiosk_opens_the_door_key_that_was_sealed_to_it(records, works):
    scalar, point = new_key_pair()
    key = door_key(records, works, NOW)
    sealed = sealed_for_kiosk(key, point)
    assert key.private_key == open_sealed(private_key_of(scalar), SealPurpose.DOOR_KEY, sealed)
