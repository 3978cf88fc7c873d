"""Looks identities up in the present indexes, whoever asks. Knows no request."""

from collections.abc import Sequence

from app.checks.response_body import exposure_json
from app.indexes.snapshot import IndexSnapshot
from app.indexes.store import CannotAnswer, IndexStore
from app.limits.check_limiter import CheckLimits
from app.limits.outcomes import NO_PROOF, AdmissionProof
from exposure_index.errors import IndexDamaged
from exposure_index.identity.canonical import EncodedIdentity
from exposure_index.lookup.check import FormatExposure, NoIndex, listed_exposure, look_up
from exposure_index.lookup.result import FormattedExposure, ListedExposure, LookupResult


def check_for_api(
    store: IndexStore,
    limits: CheckLimits,
    network: bytes,
    identity: EncodedIdentity,
    proof: AdmissionProof = NO_PROOF,
) -> LookupResult[bytes]:
    """Look one identity up, its exposures as JSON for the API; keep nothing.

    The network was counted before (``admission.admit_people``).
    Raises ProofNeeded, LimitReached, or CannotAnswer where there is no index or it fails while
    read.
    """
    snapshot = store.snapshot()
    limits.admit_names(network, (identity,), proof)
    return _look_up(store, snapshot, identity, exposure_json)


def check_admitted(store: IndexStore, identity: EncodedIdentity) -> LookupResult[bytes]:
    """Look up one identity that was counted whole (``CheckLimits.admit_check``), for the API.

    Raises CannotAnswer where there is no index or it fails while read.
    """
    return _look_up(store, store.snapshot(), identity, exposure_json)


def check_household(
    store: IndexStore,
    limits: CheckLimits,
    network: bytes,
    identities: Sequence[EncodedIdentity],
    proof: AdmissionProof = NO_PROOF,
) -> list[LookupResult[ListedExposure]]:
    """Look several identities up in one snapshot of the indexes; keep nothing.

    Everybody is counted before anybody is looked up. Raises as check_for_api does.
    """
    snapshot = store.snapshot()
    limits.admit_names(network, identities, proof)
    return [_look_up(store, snapshot, identity, listed_exposure) for identity in identities]


def check_for_account(store: IndexStore, identity: EncodedIdentity) -> LookupResult[ListedExposure]:
    """Look one identity up for an account, whose quota was counted before. Raises CannotAnswer."""
    return _look_up(store, store.snapshot(), identity, listed_exposure)


def _look_up(
    store: IndexStore,
    snapshot: IndexSnapshot,
    identity: EncodedIdentity,
    tell: FormatExposure[FormattedExposure],
) -> LookupResult[FormattedExposure]:
    """Return the lookup result; stop serving what fails while read."""
    try:
        result = look_up(snapshot.indexes, identity, tell, snapshot.missing)
    except NoIndex:
        raise CannotAnswer(("missing",)) from None
    except IndexDamaged:
        store.quarantine({manifest.build_id for manifest in snapshot.manifests})
        raise CannotAnswer(("damaged",)) from None
    if result.damaged:
        store.quarantine({m.build_id for m in snapshot.manifests if m.authority in result.damaged})
    return result
