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
