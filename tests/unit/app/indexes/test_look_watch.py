"""After a look that failed, or with none for long, nobody is told that they are not listed."""

from datetime import timedelta

import pytest

from app.indexes.look_watch import LOOK_MAX
from app.services import EXTENSION
from exposure_index.lookup.result import Missing
from tests.unit.app.indexes.conftest import build_ids

UNKNOWN = (Missing("", "absent"),)
FIVE_PERIODS = timedelta(seconds=5)


@pytest.fixture
def looking(store_of, own_deployment):
    """A store that somebody reloads every second."""
    store = store_of(own_deployment)
    store.expect_looks(1.0)
    return store


@pytest.fixture
def failing(looking, monkeypatch):
    """The same, and a function that mends it: each look ends in an error that nobody foresaw."""

    def fails():
        raise RuntimeError

    monkeypatch.setattr(looking._discovery, "discover", fails)
    with pytest.raises(RuntimeError):
        looking.reload()
    return looking, monkeypatch.undo


def test_while_looks_come_to_their_end_nothing_is_missing(looking, clock):
    clock.now += LOOK_MAX + FIVE_PERIODS
    looking.reload()
    assert () == looking.snapshot().missing == looking.readiness().reasons


def test_where_no_look_came_to_its_end_for_long_answers_are_incomplete(looking, clock):
    clock.now += LOOK_MAX + FIVE_PERIODS
    assert UNKNOWN == looking.snapshot().missing
    assert 1 == len(build_ids(looking))


def test_while_a_look_is_overdue_it_is_not_ready_and_says_what_may_be_missing(looking, clock):
    clock.now += LOOK_MAX + FIVE_PERIODS
    state = looking.readiness()
    assert (False, False) == (state.ready, state.complete)
    assert "look_overdue" in state.reasons
    assert ["whatever was published since the last look that came to its end"] == [
        one.authority for one in state.missing
    ]


def test_a_look_that_comes_to_its_end_mends_it(looking, clock):
    clock.now += LOOK_MAX + FIVE_PERIODS
    looking.reload()
    assert () == looking.snapshot().missing
    assert looking.readiness().ready


def test_a_few_periods_without_a_look_are_no_fault(looking, clock):
    clock.now += LOOK_MAX
    assert () == looking.snapshot().missing


def test_where_nobody_reloads_no_look_is_overdue(store_of, own_deployment, clock):
    store = store_of(own_deployment)
    clock.now += LOOK_MAX + FIVE_PERIODS
    assert () == store.snapshot().missing


def test_after_a_look_that_failed_answers_are_incomplete(failing):
    store, _ = failing
    assert UNKNOWN == store.snapshot().missing
    assert "look_failed" in store.readiness().reasons


def test_after_the_next_one_that_does_not_they_are_complete(failing):
    store, mend = failing
    mend()
    store.reload()
    assert () == store.snapshot().missing == store.readiness().reasons


def test_where_the_directories_cannot_be_gone_through_answers_are_incomplete(
    looking, own_deployment
):
    (own_deployment.web_keys / "trust.json").unlink()
    looking.reload()
    assert UNKNOWN == looking.snapshot().missing
    assert {"trust", "authority_missing"} == set(looking.readiness().reasons)


def test_whoever_reloads_in_the_background_is_expected_to(app_of, own_deployment, monkeypatch):
    services = app_of(own_deployment).extensions[EXTENSION]
    periods = []
    monkeypatch.setattr(services.indexes, "expect_looks", periods.append)
    services.reloader.stop()
    services.reloader.start(7.0)
    assert [7.0] == periods


@pytest.mark.parametrize(
    ("part", "method", "reason"),
    [
        ("private_builds", "reload", "private_look_failed"),
        ("manifest_archive", "look", "archive_look_failed"),
    ],
)
def test_a_look_at_something_else_that_fails_does_not_end_the_look_at_indexes(
    app_of, own_deployment, monkeypatch, part, method, reason
):
    services = app_of(own_deployment).extensions[EXTENSION]

    def fails():
        raise RuntimeError

    monkeypatch.setattr(getattr(services.reloader, part), method, fails)
    newer = own_deployment.publish()
    services.reloader.reload()
    assert [newer] == [manifest.build_id for manifest in services.indexes.open_manifests()]
    assert reason in services.reloader.readiness().reasons
