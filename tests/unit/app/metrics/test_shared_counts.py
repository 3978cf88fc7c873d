"""Counters shared by forked workers."""

import os
from concurrent.futures import ThreadPoolExecutor

from app.metrics.shared_counts import LAG_BOUNDS, SharedCounts


def test_rows_are_summed():
    counts = SharedCounts(3)
    for row in range(3):
        counts.row(row).count("check_api", "answered", 0.002)
    assert 3 == counts.totals().requests["check_api", "answered"]


def test_no_count_is_lost_between_threads():
    counts = SharedCounts(1)
    row = counts.row(0)

    def count_many(_: int) -> None:
        for _ in range(2_000):
            row.count("check_page", "answered", 0.01)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count_many, range(8)))
    assert 16_000 == counts.totals().requests["check_page", "answered"]
    assert 16_000 == sum(counts.totals().latency)


def test_what_a_forked_process_counts_is_seen_here():
    counts = SharedCounts(2)
    child = os.fork()
    if child == 0:
        counts.row(1).count("trips", "limited", 0.1)
        os._exit(0)
    os.waitpid(child, 0)
    assert 1 == counts.totals().requests["trips", "limited"]


def test_only_answered_checks_have_a_time():
    counts = SharedCounts(1)
    counts.row(0).count("check_api", "limited", 1.0)
    counts.row(0).count("other", "answered", 1.0)
    assert (0, 0.0) == (sum(counts.totals().latency), counts.totals().seconds)


def test_the_lag_of_every_loop_is_summed_by_bound():
    counts = SharedCounts(2)
    counts.row(0).note_lag(0.0)
    counts.row(1).note_lag(0.3)
    counts.row(1).note_lag(60.0)
    totals = counts.totals()
    places = dict(zip((*LAG_BOUNDS, None), totals.lag, strict=True))
    assert (1, 1, 1) == (places[0.005], places[0.5], places[None])
    assert (3, 60.3) == (sum(totals.lag), totals.lag_seconds)
