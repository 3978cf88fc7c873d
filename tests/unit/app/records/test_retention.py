from datetime import date

from app.factory import open_records
from app.records.corrections import add_correction, correction_of
from app.records.database import Records, records_url
from app.records.purging import PURGES
from app.records.retention import DailyPurge, kept_days
from app.settings import read_settings


def test_every_kind_of_record_has_a_retention():
    assert set(PURGES) == set(kept_days(read_settings()))


def test_the_running_service_deletes_what_is_past_its_days(published, tmp_path):
    settings = read_settings(state_dir=str(tmp_path), keys_dir=str(published.web_keys))
    records = open_records(settings)
    with records.writing() as connection:
        add_correction(connection, b"d", b"sealed", date(2020, 1, 1))
    DailyPurge(records, settings).purge_now()
    with records.reading() as connection:
        assert correction_of(connection, b"d") is None


def test_a_purge_without_records_is_tried_again_later(tmp_path):
    nowhere = Records(records_url("postgresql://nobody@127.0.0.1:9/nothing", tmp_path), None)
    DailyPurge(nowhere, read_settings()).purge_now()
