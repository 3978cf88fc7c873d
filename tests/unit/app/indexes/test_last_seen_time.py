"""The time of the service over restarts, where the machine's clock is set back or forward."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from app.indexes.last_seen_time import TIME_FILE, LastSeenTime
from app.indexes.monotonic_clock import MonotonicClock
from app.indexes.store import CannotAnswer
from app.services import EXTENSION

SIX_HOURS, DAY = timedelta(hours=6), timedelta(days=1)


@pytest.fixture
def started_at(app_of, own_deployment, tmp_path, monkeypatch):
    """Start the service with a machine's clock that tells something; return its parts."""
    state = {"state_dir": str(tmp_path / "state")}

    def start(moment):
        clock = partial(MonotonicClock, moment.timestamp, lambda: 0.0)  # no time passes
        monkeypatch.setattr("app.services.MonotonicClock", clock)
        return app_of(own_deployment, **state).extensions[EXTENSION]

    return start


def build(services):
    return [manifest.build_id for manifest in services.indexes.snapshot().manifests]


def test_a_clock_set_back_before_a_restart_brings_no_expired_index_back(started_at, own_deployment):
    now = datetime.now(UTC)
    services = started_at(now)
    assert build(services)
    late = services.indexes.open_manifests()[0].valid_until + SIX_HOURS
    started_at(late)
    for _ in range(2):
        services = started_at(late - DAY)
        with pytest.raises(CannotAnswer):
            services.indexes.snapshot()
        state = services.reloader.readiness()
        assert (False, ("expired", "clock")) == (state.ready, state.reasons)
    newer = own_deployment.publish(built_at=late)
    services.reloader.reload()
    assert [newer] == build(services)
    assert ("clock",) == services.reloader.readiness().reasons


def test_a_clock_that_was_ahead_for_a_while_is_forgotten_by_whoever_lived_through_it(
    started_at, monkeypatch, tmp_path
):
    now = datetime.now(UTC)
    services = started_at(now)
    for moment in (now + 400 * DAY, now):
        monkeypatch.setattr(services.reloader._clock, "_wall", moment.timestamp)
        services.reloader.reload()
        last_seen = LastSeenTime(tmp_path / "state").read()
        assert abs(last_seen - moment) < timedelta(minutes=1)
    assert build(started_at(now))


def test_a_clock_that_was_ahead_at_a_restart_blocks_until_the_kept_time_is_forgotten(
    started_at, tmp_path
):
    now = datetime.now(UTC)
    started_at(now + 400 * DAY)
    services = started_at(now)
    assert "clock" in services.reloader.readiness().reasons
    with pytest.raises(CannotAnswer):
        services.indexes.snapshot()
    LastSeenTime(tmp_path / "state").forget()
    assert build(started_at(now))


@pytest.mark.parametrize("content", ["", "x", "2020-01-01", "9999-12-31T23:59:59Z", "\xff"])
def test_a_kept_time_that_cannot_be_read_answers_nothing_until_it_is_mended(
    started_at, tmp_path, content
):
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / TIME_FILE).write_text(content, "latin-1")
    services = started_at(datetime.now(UTC))
    assert "state" in services.reloader.readiness().reasons
    with pytest.raises(CannotAnswer):
        services.indexes.snapshot()
    (tmp_path / "state" / TIME_FILE).unlink()
    services.reloader.reload()
    assert build(services)
    assert () == services.reloader.readiness().reasons


def test_the_time_is_written_once_a_minute_at_most(started_at, tmp_path, monkeypatch):
    services = started_at(datetime.now(UTC))
    file = tmp_path / "state" / TIME_FILE
    before = file.stat().st_ino
    services.reloader.reload()
    assert before == file.stat().st_ino
