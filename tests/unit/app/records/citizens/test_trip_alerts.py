from datetime import timedelta

import pytest

from app.records.citizens import trip_alerts
from app.records.citizens.trip_alerts import (
    add_trip_alert,
    count_trip_alerts,
    sealed_trip_alerts,
    stop_trip_alert,
)
from app.records.retention import purge
from app.settings import read_settings


@pytest.fixture
def alerts(records, today):
    with records.writing() as connection:
        for number in range(5):
            add_trip_alert(connection, bytes([number]) * 32, b"sealed %d" % number, today)
    return records


def exported(records):
    with records.reading() as connection:
        return list(sealed_trip_alerts(connection))


def test_every_trip_alert_is_exported_once_however_many_at_once(alerts, monkeypatch):
    expected = [b"sealed %d" % number for number in range(5)]
    assert expected == exported(alerts)
    monkeypatch.setattr(trip_alerts, "ROWS_AT_ONCE", 2)
    assert expected == exported(alerts)


def test_a_trip_alert_that_was_stopped_is_gone(alerts):
    with alerts.writing() as connection:
        stop_trip_alert(connection, bytes([3]) * 32)
        stop_trip_alert(connection, b"of nobody")
    assert b"sealed 3" not in exported(alerts)
    assert 4 == len(exported(alerts))


@pytest.mark.parametrize(("days", "left"), [(-1, 5), (0, 0), (1, 0)])
def test_a_trip_alert_is_deleted_on_its_day(alerts, today, days, left):
    purge(alerts, read_settings(), today + timedelta(days=days))
    with alerts.reading() as connection:
        assert left == count_trip_alerts(connection)[0]
