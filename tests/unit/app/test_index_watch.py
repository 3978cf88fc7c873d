from datetime import UTC, datetime, timedelta

from app.service import EXTENSION


def test_it_looks_again_and_again_until_it_is_stopped(app_of, own_deployment):
    service = app_of(own_deployment).extensions[EXTENSION]
    newer = own_deployment.publish()
    service.watch.start(0.01)
    deadline = datetime.now(UTC) + timedelta(seconds=10)
    while service.index.held()[0].build_id != newer and datetime.now(UTC) < deadline:
        pass
    service.watch.stop()
    assert newer == service.index.held()[0].build_id


def test_a_look_that_fails_does_not_end_the_looking(app_of, own_deployment, monkeypatch):
    service = app_of(own_deployment).extensions[EXTENSION]
    looks = []

    def fails():
        looks.append(1)
        raise RuntimeError

    monkeypatch.setattr(service.watch, "look", fails)
    service.watch.start(0.001)
    deadline = datetime.now(UTC) + timedelta(seconds=10)
    while len(looks) < 3 and datetime.now(UTC) < deadline:
        pass
    service.watch.stop()
    assert len(looks) >= 3
