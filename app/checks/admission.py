"""Admits checks against the limits: one, or everybody of a form. Knows no request."""

from app.limits.check_limiter import CheckLimits
from app.limits.outcomes import NO_PROOF, AdmissionProof, ProofKind, ProofNeeded


def admit_check(limits: CheckLimits, network: bytes, proof: AdmissionProof = NO_PROOF) -> None:
    """Count one check of a network: a free one, else one that the admission proof earns.

    Raises ProofNeeded, or LimitReached.
    """
    try:
        limits.admit_network(network)
    except ProofNeeded:
        if proof.kind is ProofKind.NONE:
            raise
        limits.admit_network(network, proof)


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
    limits: CheckLimits,
    network: bytes,
    people: int,
    proof: AdmissionProof,
    demand: ProofNeeded | None,
) -> None:
    """Count everybody of a form; the first stands for ``demand`` or was counted already.

    Raises ProofNeeded, or LimitReached at a ceiling.
    """
    if demand is not None:
        if proof.kind is ProofKind.NONE:
            raise demand
        limits.admit_network(network, proof)
    for _ in range(people - 1):
        admit_check(limits, network, proof)
