"""Self-checks: count them, look them up, tell what the indexes know. Knows no request."""

from collections.abc import Sequence

from app.checks.response_body import exposure_json
from app.indexes.store import CannotAnswer, CurrentIndex, Serving
from app.limits.admission_proof import NOTHING, Means, Shown
from app.limits.checks import CheckLimits
from app.limits.outcomes import ProofNeeded
from exposure_index.files.plain_index import IndexDamaged
from exposure_index.identity.canonical import Identity
from exposure_index.lookup.check import FormatExposure, NoIndex, listed_exposure, look_up
from exposure_index.lookup.result import FormattedExposure, ListedExposure, LookupResult


def count_check(limits: CheckLimits, network: bytes, shown: Shown = NOTHING) -> None:
    """Count one check of a network: a free one, else one that ``shown`` earns.

    Raises ProofNeeded, or LimitReached.
    """
    try:
        limits.admit_network(network)
    except ProofNeeded:
        if shown.means is Means.NOTHING:
            raise
        limits.admit_network(network, shown)


def self_check(
    index: CurrentIndex,
    limits: CheckLimits,
    network: bytes,
    identity: Identity,
    shown: Shown = NOTHING,
) -> LookupResult[bytes]:
    """Return the answer to one identity as the API tells it; keep nothing. shown: what was earned.

    The network was counted before the identity was read (``count_check``).
    Raises ProofNeeded, LimitReached, or CannotAnswer where there is no index or it fails while
    read.
    """
    serving = index.serving()
    limits.admit_identity(network, identity, shown)
    return _found(index, serving, identity, exposure_json)


def self_checks(
    index: CurrentIndex,
    limits: CheckLimits,
    network: bytes,
    identities: Sequence[Identity],
    shown: Shown = NOTHING,
) -> list[LookupResult[ListedExposure]]:
    """Return the answers to several identities, all from the same builds; keep nothing.

    Everybody is counted before anybody is answered. Raises as self_check does.
    """
    serving = index.serving()
    for identity in identities:
        limits.admit_identity(network, identity, shown)
    return [_found(index, serving, identity, listed_exposure) for identity in identities]


def check_at_counter(index: CurrentIndex, identity: Identity) -> LookupResult[ListedExposure]:
    """Return the answer for a clerk, whose own quota was counted before. Raises CannotAnswer."""
    return _found(index, index.serving(), identity, listed_exposure)


def _found(
    index: CurrentIndex,
    serving: Serving,
    identity: Identity,
    tell: FormatExposure[FormattedExposure],
) -> LookupResult[FormattedExposure]:
    try:
        found = look_up(serving.indexes, identity, tell, serving.missing)
    except NoIndex:
        raise CannotAnswer(("missing",)) from None
    except IndexDamaged:
        index.put_aside({manifest.build_id for manifest in serving.manifests})
        raise CannotAnswer(("damaged",)) from None
    if found.damaged:
        index.put_aside({m.build_id for m in serving.manifests if m.authority in found.damaged})
    return found
