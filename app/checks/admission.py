"""Admits checks against the limits: one, or everybody of a form. Knows no request."""

from app.limits.admission_proof import NOTHING, Means, Shown
from app.limits.checks import CheckLimits
from app.limits.outcomes import ProofNeeded


def admit_check(limits: CheckLimits, network: bytes, shown: Shown = NOTHING) -> None:
    """Count one check of a network: a free one, else one that the admission proof earns.

    Raises ProofNeeded, or LimitReached.
    """
    try:
        limits.admit_network(network)
    except ProofNeeded:
        if shown.means is Means.NOTHING:
            raise
        limits.admit_network(network, shown)


def admit_first(limits: CheckLimits, network: bytes) -> ProofNeeded | None:
    """Count the first check before a form is read; return the demand where none is free.

    Raises LimitReached at a ceiling.
    """
    try:
        limits.admit_network(network)
    except ProofNeeded as demand:
        return demand
    return None


def admit_people(
    limits: CheckLimits, network: bytes, people: int, shown: Shown, demand: ProofNeeded | None
) -> None:
    """Count everybody of a form; the first stands for ``demand`` or was counted already.

    Raises ProofNeeded, or LimitReached at a ceiling.
    """
    if demand is not None:
        if shown.means is Means.NOTHING:
            raise demand
        limits.admit_network(network, shown)
    for _ in range(people - 1):
        admit_check(limits, network, shown)
