"""Workers that are renewed serve until their successors do."""

import signal
from types import SimpleNamespace

import pytest

from app.server.connections.connection_counts import ConnectionCounts, ConnectionLoad
from app.server.gunicorn_server import SupervisingArbiter

WANTED = 2


@pytest.fixture
def arbiter(monkeypatch):
    """Return an arbiter of workers that are numbered by age, which are told to end, not ended."""
    made = SupervisingArbiter.__new__(SupervisingArbiter)
    counts = ConnectionCounts(8)
    made.app = SimpleNamespace(evaluator=None, bulk_worker=None, connection_counts=counts)
    made.cfg = SimpleNamespace(enable_backlog_metric=False)
    made.log = SimpleNamespace(debug=lambda *_arguments, **_options: None)
    made._num_workers = WANTED
    made._last_logged_active_worker_count = None
    told = []
    monkeypatch.setattr(made, "kill_worker", lambda pid, sent: told.append((pid, sent)))

    def manage(serving, starting=()):
        told.clear()
        made.WORKERS = {
            number: SimpleNamespace(age=number, row=number) for number in (*serving, *starting)
        }
        for number in range(8):
            counts.of(number).clear()
        for number in serving:
            counts.of(number).note(ConnectionLoad(0))
        made.manage_workers()
        assert {signal.SIGTERM} >= {sent for _, sent in told}
        return sorted(pid for pid, _ in told)

    return manage


def test_the_old_workers_end_when_all_of_the_new_take_connections(arbiter):
    assert [] == arbiter([0, 1], [2, 3])
    assert [] == arbiter([0, 1, 2], [3])
    assert [0, 1] == arbiter([0, 1, 2, 3])


def test_of_several_renewals_only_workers_that_serve_are_kept_for_the_last(arbiter):
    assert [2, 3] == arbiter([0, 1], [2, 3, 4, 5])
    assert [0, 1] == arbiter([0, 1, 2, 3], [4, 5])


def test_one_worker_less_is_one_less_at_once(arbiter):
    assert [0] == arbiter([0, 1, 2])
    assert [] == arbiter([0], [1])
