"""What an organisation learns of its people, set by the authority: individuals, or counts only.

Threat: two lists that differ by one person are sent in, and the difference of the counts is that
person's result. Limit: where counts are all that is told, a list has at least 50 people, every
count is rounded to 5, and an organisation gets one job for each build.
"""

from collections.abc import Mapping
from enum import StrEnum

LEAST_PEOPLE_FOR_COUNTS = 50
ROUNDED_TO = 5


class Policy(StrEnum):
    """What an organisation learns: the result of each person, or how many of each state."""

    INDIVIDUALS = "individuals"
    COUNTS = "counts"


def least_people(policy: str) -> int:
    """Return how many distinct people a list must have under a policy."""
    return LEAST_PEOPLE_FOR_COUNTS if policy == Policy.COUNTS else 1


def tells_individuals(policy: str) -> bool:
    """Return whether the results of each person are told; of an unknown word they are not."""
    return policy == Policy.INDIVIDUALS


def one_job_a_build(policy: str) -> bool:
    """Return whether an organisation may have one job answered from each set of builds only."""
    return policy != Policy.INDIVIDUALS


def round_counts(policy: str, counts: Mapping[str, int]) -> dict[str, int]:
    """Return the counts as they are told under a policy: exact, or to the nearest multiple of 5.

    Rounded counts need not add up to the rows: a sum that did would undo the rounding of one.
    """
    if tells_individuals(policy):
        return dict(counts)
    return {state: round_count(number) for state, number in counts.items()}


def round_count(number: int) -> int:
    """Return the nearest multiple of 5; halves do not occur."""
    return (number + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO
