"""Private checks of a service over the network: the module for an organisation's own program.

    from pathlib import Path
    from exposure_index.identity.parsing import parse_identity
    from exposure_index.remote.service import PrivateService, ServiceTrust

    trust = ServiceTrust.from_file(Path("trust.json"))
    service = PrivateService.at("https://check.example.org", trust)
    print(service.check(parse_identity("passport", "X00000017", "Ana Silva")).status)

For each person and authority the service sees one evaluation of three blinded elements and one
bucket, whatever the result. Everything is verified before anybody is asked about; whatever is not
as signed ends in CannotAnswer, never in "not found".
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from exposure_index.crypto.trust import Trust
from exposure_index.errors import (
    Expired,
    IdentityTableRefused,
    KeyRefused,
    Malformed,
    Refused,
)
from exposure_index.files.manifest import Manifest
from exposure_index.identity.canonical import IDENTITY_HASH, EncodedIdentity
from exposure_index.lookup.check import look_up_exposures
from exposure_index.lookup.result import ListedExposure, LookupResult, Missing
from exposure_index.private.evaluation import key_id
from exposure_index.remote.http_transport import HttpTransport, ServiceSilent
from exposure_index.remote.known_authorities import KnownAuthorities
from exposure_index.remote.remote_index import (
    CannotAnswer,
    Clock,
    RemoteIndex,
    ServiceUnreachable,
    Transport,
    utc_now,
)

TIMEOUT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class ServiceTrust:
    """Whose signatures count, and what was seen of each authority before."""

    signers: Trust
    known: KnownAuthorities = field(default_factory=lambda: KnownAuthorities(None))

    @classmethod
    def from_file(cls, trust: Path, known: Path | None = None) -> "ServiceTrust":
        """Load the trust of a trust.json; known: file that remembers seq and public keys.

        Raises Malformed.
        """
        return cls(Trust.load(trust), KnownAuthorities(known))


@dataclass(frozen=True, slots=True)
class PrivateService:
    """A service whose manifests were verified."""

    indexes: tuple[RemoteIndex, ...]
    missing: tuple[Missing, ...]

    @classmethod
    def at(
        cls, url: str, trust: ServiceTrust, timeout_seconds: float = TIMEOUT_SECONDS
    ) -> "PrivateService":
        """Connect to the service at an address. Raises CannotAnswer, AddressInvalid."""
        return cls.over(HttpTransport(url, timeout_seconds), trust)

    @classmethod
    def over(
        cls,
        transport: Transport,
        trust: ServiceTrust,
        clock: Clock = utc_now,
    ) -> "PrivateService":
        """Return the service behind a transport, after verifying every manifest.

        Raises CannotAnswer.
        """
        try:
            listed = json.loads(transport.get("/api/v1/index"))
            manifests = _manifests(listed, trust, clock())
        except ServiceSilent as error:
            raise ServiceUnreachable(str(error)) from error
        except Refused as error:
            raise CannotAnswer(f"manifest: {error}") from error
        except (ValueError, RecursionError) as error:
            raise CannotAnswer("the list of indexes is not JSON") from error
        indexes = tuple(RemoteIndex.of(manifest, transport, clock) for manifest in manifests)
        present = {manifest.authority for manifest in manifests}
        absent = [name for name in trust.known.by_name if name not in present]
        trust.known.remember(manifests)
        missing = _missing(listed) | {Missing(name, "absent") for name in absent}
        return cls(indexes, tuple(sorted(missing)))

    def check(self, identity: EncodedIdentity) -> LookupResult[ListedExposure]:
        """Look an identity up at every authority and merge the results. Raises CannotAnswer.

        An authority seen before and gone now makes it `incomplete` for whoever is not listed.
        """
        return look_up_exposures(self.indexes, identity, missing=self.missing)


def _manifests(listed: Any, trust: ServiceTrust, now: datetime) -> list[Manifest]:  # noqa: ANN401 - as it came
    documents = listed.get("manifests") if isinstance(listed, dict) else None
    if not isinstance(documents, list) or not documents:
        raise Malformed("the service names no index")
    return [_verified(document, trust, now) for document in documents]


def _missing(listed: Any) -> set[Missing]:  # noqa: ANN401
    """Return what the service says is missing; whatever shape it has, it is not nothing."""
    items = listed.get("missing") or []
    entries = items if isinstance(items, list) else [None]
    return {
        Missing(str(entry.get("authority") or "") if isinstance(entry, dict) else "", "absent")
        for entry in entries
    }


def _verified(document: Any, trust: ServiceTrust, now: datetime) -> Manifest:  # noqa: ANN401
    """Verify a manifest: signed, in force, no older than known. Raises a Refused."""
    if not isinstance(document, dict):
        raise Malformed("a manifest is no object")
    manifest = Manifest.from_document(document)
    trust.signers.check(manifest.signed_bytes(), manifest.signatures)
    if manifest.expired(now):
        raise Expired(f"the index of {manifest.authority} is past its valid_until")
    if manifest.identity != IDENTITY_HASH:
        raise IdentityTableRefused("made with other identity rules than this program's")
    facts = manifest.private
    if facts is not None and key_id(facts.public_key) != facts.key_id:
        raise KeyRefused("key_id is not that of the public key")
    trust.known.require(manifest, now)
    return manifest
