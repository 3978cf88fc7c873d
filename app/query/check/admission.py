"""Counting the people of one form against what is free, else against what was shown."""

from app.checks.lookup import count_check
from app.limits.admission_proof import Means, Shown
from app.limits.checks import CheckLimits
from app.limits.outcomes import ProofNeeded


def first_count(limits: CheckLimits, network: bytes) -> ProofNeeded | None:
    """Count the first check before the form is read; return the demand where none is free.

    Raises LimitReached at a ceiling.
    """
    try:
        limits.admit_network(network)
    except ProofNeeded as demand:
        return demand
    return None


def count_people(
    limits: CheckLimits, network: bytes, people: int, shown: Shown, demand: ProofNeeded | None
) -> None:
    """Count everybody on the form; the first stands for ``demand`` or was counted already.

    Raises ProofNeeded, or LimitReached at a ceiling.
    """
    if demand is not None:
        if shown.means is Means.NOTHING:
            raise demand
        limits.admit_network(network, shown)
    for _ in range(people - 1):
        count_check(limits, network, shown)
