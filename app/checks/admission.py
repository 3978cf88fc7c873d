"""Admits checks against the limits: one, or everybody of a form. Knows no request."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.limits.check_limiter import CheckLimits
from app.limits.outcomes import AdmissionProof, ProofNeeded
from exposure_index.identity.canonical import EncodedIdentity


def admit_first(limits: CheckLimits, network: bytes) -> ProofNeeded | None:
    """Count the first check before its body is read; return the demand where none is free.

    Raises LimitReached at a ceiling.
    """
    try:
        limits.admit_network(network)
    except ProofNeeded as demand:
        return demand
    return None


def count_names(identities: Iterable[EncodedIdentity]) -> list[int]:
    """Return how many names each person has that nobody before has, with their document."""
    seen: set[bytes] = set()
    counts = []
    for identity in identities:
        names = set(identity.encode_names()) - seen
        counts.append(len(names))
        seen |= names
    return counts


def admit_people(
    limits: CheckLimits,
    network: bytes,
    names: Sequence[int],
    proof: AdmissionProof,
    demand: ProofNeeded | None,
) -> AdmissionProof:
    """Count everybody: free checks as far as they go, and every name past them against the proof.

    names: how many each person has; the first stands for ``demand`` or was counted already.
    Returns the proof with what the network took of it. Raises ProofNeeded, for everybody, where it
    does not pay for that many names; LimitReached at a ceiling.
    """
    due = names[0] if demand is not None else 0
    for number in names[1:]:
        if demand is None:
            demand = admit_first(limits, network)
        if demand is not None:
            due += number
    if demand is None:
        return proof
    due = max(1, due)
    if proof.names < due:
        raise demand.of_names(max(1, sum(names)))
    limits.admit_network(network, proof, due)
    return replace(proof, of_network=due)
