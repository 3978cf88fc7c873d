"""What a kiosk tells of itself, and what it is told."""

import pytest

from app.kiosk.api import sync_api
from app.kiosk.enrolment.kiosk_fleet import KioskFleet
from app.kiosk.keys.encodings import from_base64url
from app.kiosk.keys.hpke import SealPurpose, open_sealed, private_key_of
from app.kiosk.keys.organisation_keypairs import door_key
from app.kiosk.moments import now_ms
from app.kiosk.settings.kiosk_settings import KioskSettings, change_settings
from app.organisations.directory import OrganisationDirectory
from app.organisations.policy import Policy
from tests.fixtures.kiosk_terminals import example

REPORT = {
    "waiting": 3,
    "refused": 1,
    "battery": 80,
    "charging": False,
    "clock_offset_ms": -120.5,
    "table": None,
    "software": "test",
}


@pytest.fixture
def records(kiosk_house):
    return kiosk_house.services.records


@pytest.fixture
def synced(terminal):
    return terminal.post("sync", REPORT)


def test_a_kiosk_is_told_who_and_whose_it_is(kiosk_house, terminal, works, synced):
    title = OrganisationDirectory(kiosk_house.services.records).by_id(works).title
    assert {"id": terminal.kiosk, "name": "东门"} == synced["kiosk"]
    assert {"id": terminal.organisation, "title": title} == synced["organisation"]


def test_what_a_kiosk_reports_is_kept(records, works, synced):
    [kiosk] = KioskFleet(records).list(works)
    assert REPORT == kiosk.report


def test_a_kiosk_opens_the_door_key(records, terminal, works, synced):
    [door] = synced["door_keys"]
    key = private_key_of(bytes.fromhex(terminal.sealing_key))
    sealed = from_base64url(door["sealed_private_key"])
    scalar = open_sealed(key, SealPurpose.DOOR_KEY, sealed)
    kept = door_key(records, works, now_ms())
    assert (kept.private_key, kept.id, kept.public_key) == (
        scalar,
        door["id"],
        from_base64url(door["public_key"]),
    )


def test_a_revocation_retires_the_door_key_at_once(kiosk_house, records, terminal, works, synced):
    other = kiosk_house.terminal(works)
    KioskFleet(records).revoke(works, other.kiosk, "hr-1", now_ms())
    assert synced["door_keys"] != terminal.post("sync", REPORT)["door_keys"]
    with pytest.raises(example.Refused) as refused:
        other.post("sync", REPORT)
    assert "kiosk_revoked" == refused.value.code


def test_a_kiosk_that_is_revoked_meanwhile_is_not_given_the_new_door_key(
    records, terminal, works, monkeypatch
):
    def slow_table(*_services_and_organisation):
        KioskFleet(records).revoke(works, terminal.kiosk, "hr-1", now_ms())

    monkeypatch.setattr(sync_api, "current_table", slow_table)
    with pytest.raises(example.Refused) as refused:
        terminal.post("sync", REPORT)
    assert "kiosk_revoked" == refused.value.code


def test_the_settings_of_the_organisation_are_told(records, terminal, works):
    chosen = KioskSettings(fever_celsius=37.2, direction="both")
    change_settings(records, works, chosen, "hr-1", now_ms())
    assert chosen.model_dump(mode="json") == terminal.post("sync", REPORT)["settings"]


def test_the_policy_of_counts_takes_the_exposures_away(records, terminal, works):
    OrganisationDirectory(records).set_policy(works, Policy.COUNTS)
    assert terminal.post("sync", REPORT)["settings"]["exposure"] is False


def test_there_is_no_table_without_a_roster(synced):
    assert synced["table"] is None


@pytest.mark.parametrize(
    "changes",
    [
        {"waiting": -1},
        {"battery": 101},
        {"battery": True},
        {"table": "x"},
        {"software": "s" * 65},
        {"clock_offset_ms": "0"},
        {"more": 1},
    ],
)
def test_what_is_no_report_is_refused(terminal, changes):
    with pytest.raises(example.Refused) as refused:
        terminal.post("sync", {**REPORT, **changes})
    assert "422" == refused.value.code
