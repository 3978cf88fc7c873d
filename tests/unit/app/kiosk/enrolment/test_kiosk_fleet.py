import pytest

from app.kiosk.enrolment.kiosk_enrolments import NameInvalid
from app.kiosk.enrolment.kiosk_fleet import KioskFleet, NoSuchKiosk
from app.kiosk.keys.organisation_keypairs import door_key
from app.organisations.audit import newest_lines
from tests.fixtures.kiosk_records import KIOSK_ID, keep_kiosk, keep_organisation

NOW = 5_000


@pytest.fixture
def fleet(records):
    keep_organisation(records)
    keep_kiosk(records)
    return KioskFleet(records)


def test_a_kiosk_is_revoked_at_a_moment(fleet):
    fleet.revoke(1, KIOSK_ID, "hr-1", NOW)
    assert [NOW] == [kiosk.revoked_at for kiosk in fleet.list(1)]


def test_a_revocation_makes_a_new_door_key(records, fleet):
    before = door_key(records, 1, NOW)
    fleet.revoke(1, KIOSK_ID, "hr-1", NOW)
    assert before.id != door_key(records, 1, NOW).id


def test_a_revocation_is_audited(records, fleet):
    fleet.revoke(1, KIOSK_ID, "hr-1", NOW)
    line = newest_lines(records, 1)[0]
    assert ("kiosk_revoked", "hr-1", 1) == (line.event, line.actor, line.count)


@pytest.mark.parametrize("organisation", [1, 2])
def test_what_was_revoked_or_is_anothers_is_not_revoked(records, fleet, organisation):
    if organisation == 1:
        fleet.revoke(1, KIOSK_ID, "hr-1", NOW)
    key = door_key(records, 1, NOW)
    with pytest.raises(NoSuchKiosk):
        fleet.revoke(organisation, KIOSK_ID, "hr-1", NOW)
    assert key.id == door_key(records, 1, NOW).id


def test_a_kiosk_is_renamed(fleet):
    fleet.rename(1, KIOSK_ID, " 北门 ")
    assert ["北门"] == [kiosk.name for kiosk in fleet.list(1)]


def test_a_kiosk_of_another_organisation_is_not_renamed(fleet):
    with pytest.raises(NoSuchKiosk):
        fleet.rename(2, KIOSK_ID, "北门")


def test_a_name_of_nothing_is_refused(fleet):
    with pytest.raises(NameInvalid):
        fleet.rename(1, KIOSK_ID, " ")
