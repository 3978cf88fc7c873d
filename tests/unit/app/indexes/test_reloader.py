"""Reloading in the background, until it is stopped."""

import threading

import pytest

from app.services import EXTENSION
from tests.fixtures.patience import PATIENCE_SECONDS


@pytest.fixture
def reloads(app_of, own_deployment, monkeypatch):
    """Return a function that counts reloads in the background, each ending as a test says."""
    reloader = app_of(own_deployment).extensions[EXTENSION].reloader

    def count(number, reload):
        numbers, reached = iter(range(1, number + 1)), threading.Event()

        def counting():
            if next(numbers, number) == number:
                reached.set()
            reload()

        monkeypatch.setattr(reloader, "reload", counting)
        reloader.start(0.001)
        try:
            return reached.wait(PATIENCE_SECONDS)
        finally:
            reloader.stop()

    return count


def test_it_reloads_again_and_again(reloads):
    assert reloads(3, lambda: None)


def test_a_reload_that_fails_does_not_end_the_reloading(reloads):
    def fails():
        raise RuntimeError

    assert reloads(3, fails)


def test_a_reload_takes_a_newer_build_into_use(app_of, own_deployment):
    services = app_of(own_deployment).extensions[EXTENSION]
    newer = own_deployment.publish()
    services.reloader.reload()
    assert [newer] == [manifest.build_id for manifest in services.indexes.open_manifests()]


class OneLook:
    """Ends the reloading at the second wait; keeps how long was waited, in seconds."""

    def __init__(self):
        self.waits = []

    def wait(self, seconds):
        self.waits.append(seconds)
        return len(self.waits) > 1


def test_workers_that_start_at_once_look_at_moments_of_their_own(
    app_of, own_deployment, monkeypatch
):
    first = []
    for _ in range(3):
        reloader = app_of(own_deployment).extensions[EXTENSION].reloader
        monkeypatch.setattr(reloader, "_stop", stop := OneLook())
        reloader._reload_forever(10.0)
        assert 10.0 == stop.waits[1]
        first.append(stop.waits[0])
    assert (3, True) == (len(set(first)), 0 <= min(first) < max(first) <= 10.0)
