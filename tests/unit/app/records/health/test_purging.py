"""What the health officer reads is deleted in time, and stands in no file of the database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.records.database import Records, records_url
from app.records.encrypted_fields import FieldCipher
from app.records.health.accesses import HealthAccess, add_access
from app.records.health.alarms import Alarm, add_alarms, health_alarms
from app.records.health.observations import Observation, add_observation, link_digest, observations
from app.records.health.purging import RETENTION_DAYS, RETENTION_DAYS_MAX, purge_health
from app.records.health.readings import HealthReading, add_reading, health_readings
from app.records.kiosks.checkins import checkins
from app.records.kiosks.settings import put_settings
from app.records.retention import purge
from app.settings import read_settings
from tests.fixtures.kiosk_checkins import content_of
from tests.fixtures.kiosk_records import KIOSK_ID, keep_checkin, keep_organisation

DAY = date(2020, 2, 3)
MADE_AT = 1_580_688_000_000  # at midnight of that day, UTC
NAME, NUMBER, TOKEN, NOTE = "林晓岚", "990000198001011234", "a-token-of-a-link", "已复测体温"
CELSIUS = 38.412345678  # of more digits than ciphertext holds by chance
VISITOR = {"id_type": "resident", "id_number": NUMBER, "name": NAME, "name_latin": ""}
TABLES = (checkins, health_readings, health_alarms, observations)
KINDS = tuple(table.name for table in TABLES)


def keep_everything(records: Records) -> int:
    """Keep one of each thing of the same day; return the organisation."""
    organisation = keep_organisation(records)
    content = content_of(who={"visitor": VISITOR}, symptoms=["cough"])
    keep_checkin(records, b"p" * 32, organisation=organisation, made_at=MADE_AT, content=content)
    observation = Observation("0c" * 16, organisation, NAME, "", None, MADE_AT, DAY)
    reading = HealthReading(
        "0d" * 16, organisation, observation.id, MADE_AT, CELSIUS, (), "morning"
    )
    alarm = Alarm("0e" * 16, organisation, KIOSK_ID, "01" * 16, MADE_AT, ("fever",))
    access = HealthAccess("0f" * 16, organisation, 1, "guan.li", "health_person_seen", 1, NOTE)
    with records.writing() as connection:
        cipher = records.cipher
        add_observation(connection, cipher, observation, link_digest(cipher, TOKEN))
        add_reading(connection, cipher, reading)
        add_alarms(connection, cipher, [replace(alarm, note=NOTE, resolver="guan.li")])
        add_access(connection, cipher, access)
    return organisation


def purge_on(records, today, cipher=None):
    with records.writing() as connection:
        return purge_health(connection, cipher or records.cipher, today)


def files_of(folder):
    """Return every byte of the database, its log of writes too."""
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("records.sqlite*")))


def test_nothing_is_deleted_before_its_days_are_over(records):
    keep_everything(records)
    assert dict.fromkeys(KINDS, 0) == purge_on(records, DAY + timedelta(days=RETENTION_DAYS))


def test_everything_is_deleted_once_its_days_are_over(records):
    keep_everything(records)
    assert dict.fromkeys(KINDS, 1) == purge_on(records, DAY + timedelta(days=RETENTION_DAYS + 1))
    with records.reading() as connection:
        assert [[]] * 4 == [connection.execute(select(table)).all() for table in TABLES]


@pytest.mark.parametrize(("days", "deleted"), [(3, 0), (4, 1)])
def test_the_days_are_those_of_the_organisation(records, days, deleted):
    organisation = keep_everything(records)
    with records.writing() as connection:
        put_settings(connection, records.cipher, organisation, {"retention_days": 3})
    assert dict.fromkeys(KINDS, deleted) == purge_on(records, DAY + timedelta(days=days))


def test_where_nobody_can_read_the_days_the_longest_count(records):
    organisation = keep_everything(records)
    with records.writing() as connection:
        put_settings(connection, records.cipher, organisation, {"retention_days": 3})
    wrong = FieldCipher(b"another key, say a mistaken one.")
    last = DAY + timedelta(days=RETENTION_DAYS_MAX)
    assert dict.fromkeys(KINDS, 0) == purge_on(records, last, wrong)
    assert dict.fromkeys(KINDS, 1) == purge_on(records, last + timedelta(days=1), wrong)


def test_the_purge_of_everything_deletes_it_without_the_key_too(records, open_records, tmp_path):
    keep_everything(records)
    keyless = Records(records._engine.url, None)
    late = DAY + timedelta(days=RETENTION_DAYS_MAX + 1)
    deleted = purge(keyless, read_settings(), late)
    keyless.close()
    assert dict.fromkeys(KINDS, 1) == {kind: deleted[kind] for kind in KINDS}


@pytest.fixture
def on_disk(tmp_path):
    """Records in files that a test may read."""
    made = Records(records_url(None, tmp_path), bytes(32))
    yield made, tmp_path
    made.close()


@pytest.mark.parametrize("text", [NAME, NUMBER, TOKEN, NOTE, str(CELSIUS), "cough", "fever"])
def test_the_database_holds_no_name_number_link_or_temperature(on_disk, text):
    records, folder = on_disk
    keep_everything(records)
    content = files_of(folder)
    assert b"checkins" in content
    assert text.encode() not in content
    assert text.encode("utf-16-le") not in content


def test_not_even_ciphertext_is_left_of_what_was_deleted(on_disk):
    records, folder = on_disk
    keep_everything(records)
    with records.reading() as connection:
        fields = [connection.execute(select(table.c.content)).scalar_one() for table in TABLES]
    assert all(field in files_of(folder) for field in fields)
    purge_on(records, DAY + timedelta(days=RETENTION_DAYS + 1))
    records.close()  # the last connection empties the log of writes
    assert not [field for field in fields if field in files_of(folder)]
