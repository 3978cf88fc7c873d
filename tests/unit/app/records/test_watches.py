from datetime import timedelta

import pytest

from app.records import watches
from app.records.purging import purge
from app.records.retention import kept_days
from app.records.watches import add_watch, count_watches, sealed_watches, stop_watch
from app.settings import read_settings


@pytest.fixture
def kept(records, today):
    with records.writing() as connection:
        for number in range(5):
            add_watch(connection, bytes([number]) * 32, b"sealed %d" % number, today)
    return records


def exported(records):
    with records.reading() as connection:
        return list(sealed_watches(connection))


def test_every_watch_is_exported_once_however_many_at_once(kept, monkeypatch):
    expected = [b"sealed %d" % number for number in range(5)]
    assert expected == exported(kept)
    monkeypatch.setattr(watches, "ROWS_AT_ONCE", 2)
    assert expected == exported(kept)


def test_a_watch_that_was_stopped_is_gone(kept):
    with kept.writing() as connection:
        stop_watch(connection, bytes([3]) * 32)
        stop_watch(connection, b"of nobody")
    assert b"sealed 3" not in exported(kept)
    assert 4 == len(exported(kept))


@pytest.mark.parametrize(("days", "left"), [(-1, 5), (0, 0), (1, 0)])
def test_a_watch_is_deleted_on_its_day(kept, today, days, left):
    purge(kept, kept_days(read_settings()), today + timedelta(days=days))
    with kept.reading() as connection:
        assert left == count_watches(connection)[0]
