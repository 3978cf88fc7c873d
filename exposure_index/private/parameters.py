"""Parameters of buckets: how many a build has, and how many entries each of them holds."""

import math
from dataclasses import dataclass

from exposure_index.files.manifest import SIZE_CLASSES

# 2^9 up to 150 k entries, 2^12 up to 1.5 M, 2^14 up to 15 M, 2^17 above
LOG2_BUCKETS = (9, 12, 14, 17)
# the size classes, and between them: a bucket is what a phone on a slow network waits for
CAPACITY_BOUNDS = (
    *(5_000, 15_000, 50_000, 150_000, 500_000),
    *(1_500_000, 5_000_000, 15_000_000, 50_000_000, 150_000_000),
)
OVERFLOW_CHANCE = 1e-6
MULTIPLE_OF_ENTRIES = 16
NEGLIGIBLE = 1e-18


@dataclass(frozen=True, slots=True)
class BucketParameters:
    """log2_buckets: k of 2^k buckets; bucket_entries: M, entries and random ones in each."""

    log2_buckets: int
    bucket_entries: int

    @property
    def buckets(self) -> int:
        """The number of buckets."""
        return 1 << self.log2_buckets


def parameters_for(log2: int, bound: int, clump: float, fullest: int) -> BucketParameters:
    """Choose the parameters of a build of 2^log2 buckets.

    bound: of the number of entries (``capacity_bound``), not the number itself, which M would
    tell; clump: mean number of entries that an entry shares its document with, itself included
    (a document's entries lie in one bucket); fullest: entries of the fullest bucket, never cut.
    """
    needed = least_capacity(bound / (1 << log2), clump, OVERFLOW_CHANCE / (1 << log2))
    return BucketParameters(log2, _whole(max(needed, fullest)))


def capacity_bound(entries: int) -> int:
    """Return the bound of the number of entries that M is made for, and all that M tells of it."""
    return next((bound for bound in CAPACITY_BOUNDS if entries <= bound), CAPACITY_BOUNDS[-1])


def log2_buckets(size_class: int) -> int:
    """Return k for a size class; never below 9, so that a bucket never stands for few people."""
    for bound, log2 in zip(SIZE_CLASSES, LOG2_BUCKETS, strict=True):
        if size_class <= bound:
            return log2
    return LOG2_BUCKETS[-1]


def least_capacity(mean: float, clump: float, chance: float) -> int:
    """Return the fewest entries that one bucket exceeds with less than that chance.

    mean: expected entries of a bucket. Entries come in clumps, whose number is nearly Poisson's:
    many documents, each in one of many buckets (the binomial's limit, from above).
    """
    clumps = mean / clump
    most = math.ceil(clumps)
    while _poisson_above(most, clumps) >= chance:
        most += 1
    return math.ceil(most * clump)


def _poisson_above(most: int, mean: float) -> float:
    """Return P(X > most) for a Poisson variable X."""
    term = math.exp(-mean + (most + 1) * math.log(mean) - math.lgamma(most + 2))
    total, number = 0.0, most + 1
    while term > NEGLIGIBLE * max(total, NEGLIGIBLE):
        total += term
        number += 1
        term *= mean / number
    return total


def _whole(entries: int) -> int:
    return -(-entries // MULTIPLE_OF_ENTRIES) * MULTIPLE_OF_ENTRIES
