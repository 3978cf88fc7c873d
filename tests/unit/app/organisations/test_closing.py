import pytest

from app.organisations.closing import destroy_holdings, holdings
from app.records.kiosks.enrolments import KioskEnrolment, add_enrolment
from app.records.kiosks.settings import organisation_code
from app.records.organisations.organisation_keys import (
    KeyPurpose,
    OrganisationKey,
    add_organisation_key,
)
from tests.fixtures.kiosk_records import POINT, keep_checkin, keep_kiosk

KIOSK_KINDS = ("kiosks", "enrolments", "kiosk keys", "kiosk settings", "check-ins")


@pytest.fixture
def with_kiosks(records, steelworks):
    """An organisation of which one of each thing of kiosks is held."""
    keep_kiosk(records)
    keep_checkin(records)
    with records.writing() as connection:
        cipher = records.cipher
        add_enrolment(connection, cipher, KioskEnrolment(b"d", steelworks.id, "0e" * 16, "n", 9))
        key = OrganisationKey(steelworks.id, KeyPurpose.DOOR, "01020304", POINT, b"k", 1)
        add_organisation_key(connection, cipher, key)
        organisation_code(connection, cipher, steelworks.id)
    return steelworks


def test_what_is_held_of_kiosks_is_counted(records, with_kiosks):
    held = holdings(records, with_kiosks.id)
    assert dict.fromkeys(KIOSK_KINDS, 1) == {kind: held[kind] for kind in KIOSK_KINDS}


def test_what_is_held_of_kiosks_is_destroyed(records, with_kiosks):
    destroy_holdings(records, with_kiosks.id)
    left = holdings(records, with_kiosks.id)
    assert dict.fromkeys(KIOSK_KINDS, 0) == {kind: left[kind] for kind in KIOSK_KINDS}
