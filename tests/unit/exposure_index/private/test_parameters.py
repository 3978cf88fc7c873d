import itertools
import math

import pytest

from exposure_index.files.manifest import SIZE_CLASSES
from exposure_index.private.parameters import (
    CAPACITY_BOUNDS,
    capacity_bound,
    least_capacity,
    log2_buckets,
    parameters_for,
)


@pytest.mark.parametrize(
    ("log2", "size_class"), [(9, 150_000), (12, 1_500_000), (14, 15_000_000), (17, 150_000_000)]
)
def test_the_number_of_buckets_goes_by_size(log2, size_class):
    assert log2 == log2_buckets(size_class)


def test_capacity_tells_a_bound_of_the_number_of_entries_alone():
    assert parameters_for(9, 150_000, 2.0, 5) == parameters_for(9, 150_000, 2.0, 300)


@pytest.mark.parametrize(
    ("entries", "bound"),
    [(0, 5_000), (5_000, 5_000), (5_001, 15_000), (150_001, 500_000), (10**9, 150_000_000)],
)
def test_the_bound_is_the_next_one_above_the_entries(entries, bound):
    assert bound == capacity_bound(entries)


def test_bounds_lie_no_further_apart_than_tells_the_order_of_the_number():
    steps = [above / below for below, above in itertools.pairwise(CAPACITY_BOUNDS)]
    assert all(3 <= step < 4 for step in steps)
    assert set(SIZE_CLASSES) <= set(CAPACITY_BOUNDS)  # so that no build grows by both at once


def test_a_small_index_has_small_buckets():
    assert 176 >= parameters_for(9, capacity_bound(22_000), 1.2, 0).bucket_entries


def chance_above(most: int, mean: float) -> float:
    return sum(
        math.exp(-mean + k * math.log(mean) - math.lgamma(k + 1)) for k in range(most + 1, 2_000)
    )


@pytest.mark.parametrize("clump", [1.0, 2.0, 3.7, 8.0])
def test_capacity_is_a_multiple_of_16_and_overflows_in_less_than_one_build_of_a_million(clump):
    parameters = parameters_for(9, 150_000, clump, 0)
    assert 0 == parameters.bucket_entries % 16
    most = math.floor(parameters.bucket_entries / clump)
    assert 512 * chance_above(most, 150_000 / 512 / clump) < 1e-6


def test_one_entry_less_would_overflow_more_often():
    chance = 1e-6 / 512
    capacity = least_capacity(293.0, 1.0, chance)
    assert chance_above(capacity, 293.0) < chance <= chance_above(capacity - 1, 293.0)


def test_a_bucket_fuller_than_expected_enlarges_all():
    assert 1008 == parameters_for(9, 150_000, 2.0, 1_000).bucket_entries
