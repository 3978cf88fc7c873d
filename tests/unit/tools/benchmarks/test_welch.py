import random

import pytest

from tools.benchmarks.welch import THRESHOLD, largest_t, welch_t


def series(seed: int, mean: float, number: int = 5_000) -> list[float]:
    lots = random.Random(seed)  # noqa: S311 - not for secrets
    return [lots.gauss(mean, 1.0) + (50 if lots.random() < 0.01 else 0) for _ in range(number)]


def test_two_series_of_one_kind_do_not_differ():
    assert abs(largest_t(series(1, 10.0), series(2, 10.0))) < THRESHOLD


@pytest.mark.parametrize("more", [0.2, -0.2])
def test_a_small_difference_is_seen_through_outliers(more):
    t = largest_t(series(1, 10.0), series(2, 10.0 + more))
    assert abs(t) > THRESHOLD
    assert (t < 0) == (more > 0)


def test_what_never_varies_does_not_differ():
    assert 0 == welch_t([1.0, 1.0], [1.0, 1.0])
