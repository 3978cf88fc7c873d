"""A queue that is away fills no log: its first failure is told, and then ever fewer."""

from structlog.testing import capture_logs

from app.bulk.workers.queue_outage import LONGEST_SECONDS, QueueOutage


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def events_of(seconds, *, back=False):
    """What is logged where the queue is away for so many seconds, asked for once in each."""
    clock = Clock()
    outage = QueueOutage(clock)
    with capture_logs() as logs:
        for clock.now in map(float, range(seconds)):
            outage.note(ConnectionError())
        if back:
            outage.end()
    return [line["event"] for line in logs]


def test_the_first_failure_is_logged():
    assert ["bulk_queue_away"] == events_of(1)


def test_failures_of_an_hour_are_few_lines():
    assert len(events_of(3_600)) < 3_600 / LONGEST_SECONDS + 10


def test_the_end_is_logged_once():
    assert ["bulk_queue_away", "bulk_queue_back"] == events_of(1, back=True)


def test_a_queue_that_was_never_away_is_not_told_of():
    assert [] == events_of(0, back=True)
