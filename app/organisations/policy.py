"""What an organisation learns of its people, set by the authority: individuals, or counts only.

Threat: two lists that differ by one person are sent in, and the difference of the counts is that
person's result. Limit: where counts are all that is told, a list has at least 50 people, every
count is rounded to 5 and told at the end of its job alone, and an organisation gets one job for
each set of builds.
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


def told_counts(policy: str, counts: Mapping[str, int], *, done: bool) -> dict[str, int]:
    """Return the counts of a job as they are told under a policy: exact, or multiples of 5.

    done: whether the job is; where counts are all that is told they are 0 before, and stay so
    where it was cancelled or failed. Whoever sent the list in knows how many of its people were
    looked up: how many of them are not listed is told as what the rounded number of those who are
    leaves of it, and tells nothing more. Rounded by itself, it would tell one of 53 from none.
    """
    if tells_individuals(policy):
        return dict(counts)
    if not done:
        return dict.fromkeys(counts, 0)
    numbers = {state: round_count(number) for state, number in counts.items()}
    unlisted = "incomplete" if counts.get("incomplete") else "not_found"
    if unlisted in counts:
        looked_up = sum(counts.get(state, 0) for state in ("exposed", "not_found", "incomplete"))
        numbers[unlisted] = round_count(looked_up) - numbers.get("exposed", 0)
    return numbers


def range_of(number: int) -> tuple[int, int]:
    """Return the least and the greatest count that is told as this number."""
    return max(0, number - ROUNDED_TO // 2), number + ROUNDED_TO // 2


def round_count(number: int) -> int:
    """Return the nearest multiple of 5; halves do not occur."""
    return (number + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO
