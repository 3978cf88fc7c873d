from datetime import date

from app.records.citizens.corrections import add_correction, correction_of
from app.records.database import Records, open_records, records_url
from app.records.retention import RETENTIONS, PurgeThread
from app.settings import read_settings


def test_the_days_of_retention_are_those_of_the_settings():
    settings = read_settings(corrections_days=7, counter_audit_days=8, organisation_audit_days=9)
    days = {name: retention.days(settings) for name, retention in RETENTIONS.items()}
    expected = {
        "corrections": 7,
        "counter_audit": 8,
        "organisation_audit": 9,
        "health_accesses": 9,
        "api_keys": 90,
        "bulk_receipts": 730,
        "invitations": 0,
        "kiosk_enrolments": 7,
        "quota_sketches": 14,
        "removed_people": 1,
        "webhook_deliveries": 14,
        "watches": 0,
    }
    assert expected == days


def test_the_running_service_deletes_what_is_past_its_days(published, tmp_path):
    settings = read_settings(state_dir=str(tmp_path), keys_dir=str(published.web_keys))
    records = open_records(settings)
    with records.writing() as connection:
        add_correction(connection, b"d", b"sealed", date(2020, 1, 1))
    PurgeThread(records, settings).purge_now()
    with records.reading() as connection:
        assert correction_of(connection, b"d") is None


def test_a_purge_without_records_is_tried_again_later(tmp_path):
    nowhere = Records(records_url("postgresql://nobody@127.0.0.1:9/nothing", tmp_path), None)
    PurgeThread(nowhere, read_settings()).purge_now()
