"""Private checks of a service over the network: the module for an organisation's own program.

    from pathlib import Path
    from exposure_index.identity.parsing import parse_identity
    from exposure_index.remote.service import PrivateService, Trusted

    trusted = Trusted.from_file(Path("trust.json"))
    service = PrivateService.at("https://check.example.org", trusted)
    print(service.check(parse_identity("passport", "X00000017", "Ana Silva")).status)

For each person and authority the service sees one evaluation of two blinded elements and one
bucket, whatever the result. Everything is verified before anybody is asked about; whatever is not
as signed ends in CannotAnswer, never in "not found".
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from exposure_index.crypto.trust import Trust
from exposure_index.errors import (
    ExitCode,
    Expired,
    ForeseenError,
    IdentityTableRefused,
    KeyRefused,
    Malformed,
    Refused,
)
from exposure_index.files.manifest import Manifest
from exposure_index.identity.canonical import IDENTITY_HASH, Identity
from exposure_index.label.codec import NOBODY, LabelNumbers
from exposure_index.label.model import Label
from exposure_index.lookup.check import look_up_exposures
from exposure_index.lookup.observation import RULE_NUMBERS, ObservationRules
from exposure_index.lookup.result import ListedExposure, LookupResult, Missing
from exposure_index.private.bucket import BucketRefused, PrivateIndex
from exposure_index.private.client import BlindedIdentity, Outputs, ResponseRefused
from exposure_index.private.evaluation import key_id
from exposure_index.private.open_buckets import private_index
from exposure_index.remote.http_transport import HttpTransport, ServiceSilent
from exposure_index.remote.known_authorities import SeenAuthorities

Clock = Callable[[], datetime]

TIMEOUT_SECONDS = 30.0
FAULTS = {BucketRefused: "bucket", ResponseRefused: "evaluation"}
EVALUATIONS = "/api/v1/private/evaluations"


def utc_now() -> datetime:
    """Return the present time, UTC."""
    return datetime.now(UTC)


class CannotAnswer(ForeseenError):
    """Something is not as signed, or does not answer; the message tells what, never of whom."""

    exit_code = ExitCode.REFUSED


class ServiceUnreachable(CannotAnswer):
    """Nothing, or an error, answers."""

    exit_code = ExitCode.UNAVAILABLE


class Transport(Protocol):
    """How a service is asked."""

    def get(self, path: str) -> bytes:
        """Return what stands there. Raises ServiceSilent."""
        ...

    def post(self, path: str, body: bytes) -> bytes:
        """Return the answer to a body. Raises ServiceSilent."""
        ...


@dataclass(frozen=True, slots=True)
class Trusted:
    """Whom to trust, and what was seen before."""

    trust: Trust
    seen: SeenAuthorities = field(default_factory=lambda: SeenAuthorities(None))

    @classmethod
    def from_file(cls, trust: Path, seen: Path | None = None) -> "Trusted":
        """Return the trust of a trust.json; seen: file that remembers seq and public keys.

        Raises Malformed.
        """
        return cls(Trust.load(trust), SeenAuthorities(seen))


@dataclass(frozen=True, slots=True)
class RemoteIndex:
    """One authority's index, of which only buckets are ever fetched."""

    manifest: Manifest
    index: PrivateIndex
    rule_names: tuple[str, ...]
    observation: ObservationRules
    _transport: Transport
    _clock: Clock = utc_now

    @classmethod
    def of(cls, manifest: Manifest, transport: Transport, clock: Clock = utc_now) -> "RemoteIndex":
        """Return the index of a verified manifest. Raises CannotAnswer without private check."""
        index = private_index(manifest)
        if index is None:
            raise CannotAnswer(f"{manifest.authority} offers no private check")
        names = tuple(map(manifest.rule_name, range(RULE_NUMBERS)))
        return cls(manifest, index, names, ObservationRules.of(manifest), transport, clock)

    def both_labels(self, identity: Identity) -> tuple[LabelNumbers, LabelNumbers]:
        """Return the label of the identity and of its document alone, nobody's where none is.

        Raises CannotAnswer.
        """
        try:
            outputs = self._outputs(identity)
            path = f"/b/{self.manifest.build_id}/{outputs.bucket(self.index):08x}"
            bucket = self._transport.get(path)
            named, nameless = outputs.both_labels(self.index, bucket)
        except ServiceSilent as error:
            raise ServiceUnreachable(str(error)) from error
        except (BucketRefused, ResponseRefused) as error:
            raise CannotAnswer(f"{FAULTS[type(error)]}: {error}") from error
        if self.manifest.expired(self._clock()):  # buckets may lie in a cache for long
            raise CannotAnswer(f"the index of {self.manifest.authority} has expired meanwhile")
        return _numbers(named), _numbers(nameless)

    def _outputs(self, identity: Identity) -> Outputs:
        facts = self.manifest.private
        if facts is None:  # not so: `of` would have refused it
            raise CannotAnswer("no private check")
        blinded = BlindedIdentity.blind(identity, facts.key_id)
        response = self._transport.post(EVALUATIONS, blinded.request)
        return blinded.finalize(response, facts.public_key)


def _numbers(label: Label | None) -> LabelNumbers:
    return NOBODY if label is None else label.numbers()


@dataclass(frozen=True, slots=True)
class PrivateService:
    """A service whose manifests were verified."""

    indexes: tuple[RemoteIndex, ...]
    missing: tuple[Missing, ...]

    @classmethod
    def at(
        cls, url: str, trusted: Trusted, timeout_seconds: float = TIMEOUT_SECONDS
    ) -> "PrivateService":
        """Return the service at an address. Raises CannotAnswer, ValueError for no address."""
        return cls.over(HttpTransport(url, timeout_seconds), trusted)

    @classmethod
    def over(
        cls,
        transport: Transport,
        trusted: Trusted,
        clock: Clock = utc_now,
    ) -> "PrivateService":
        """Return the service behind a transport, after verifying every manifest.

        Raises CannotAnswer.
        """
        try:
            listed = json.loads(transport.get("/api/v1/index"))
            manifests = _manifests(listed, trusted, clock())
        except ServiceSilent as error:
            raise ServiceUnreachable(str(error)) from error
        except Refused as error:
            raise CannotAnswer(f"manifest: {error}") from error
        except (ValueError, RecursionError) as error:
            raise CannotAnswer("the list of indexes is not JSON") from error
        indexes = tuple(RemoteIndex.of(manifest, transport, clock) for manifest in manifests)
        present = {manifest.authority for manifest in manifests}
        gone = [name for name in trusted.seen.known if name not in present]
        trusted.seen.remember(manifests)
        missing = _missing(listed) | {Missing(name, "absent") for name in gone}
        return cls(indexes, tuple(sorted(missing)))

    def through(self, transport: Transport) -> "PrivateService":
        """Return the same verified service asked through another transport, for another thread."""
        indexes = tuple(replace(index, _transport=transport) for index in self.indexes)
        return PrivateService(indexes, self.missing)

    def check(self, identity: Identity) -> LookupResult[ListedExposure]:
        """Return the merged answer of every authority. Raises CannotAnswer.

        An authority seen before and gone now makes it `incomplete` for whoever is not listed.
        """
        return look_up_exposures(self.indexes, identity, missing=self.missing)


def _manifests(listed: Any, trusted: Trusted, now: datetime) -> list[Manifest]:  # noqa: ANN401 - as it came
    documents = listed.get("manifests") if isinstance(listed, dict) else None
    if not isinstance(documents, list) or not documents:
        raise Malformed("the service names no index")
    return [_verified(document, trusted, now) for document in documents]


def _missing(listed: Any) -> set[Missing]:  # noqa: ANN401
    """Return what the service says is missing; whatever shape it has, it is not nothing."""
    told = listed.get("missing") or []
    entries = told if isinstance(told, list) else [None]
    return {
        Missing(str(entry.get("authority") or "") if isinstance(entry, dict) else "", "absent")
        for entry in entries
    }


def _verified(document: Any, trusted: Trusted, now: datetime) -> Manifest:  # noqa: ANN401
    """Return a manifest that is signed, in force, no older than seen. Raises a Refused."""
    if not isinstance(document, dict):
        raise Malformed("a manifest is no object")
    manifest = Manifest.from_document(document)
    trusted.trust.check(manifest.signed_bytes(), manifest.signatures)
    if manifest.expired(now):
        raise Expired(f"the index of {manifest.authority} is past its valid_until")
    if manifest.identity != IDENTITY_HASH:
        raise IdentityTableRefused("made with other identity rules than this program's")
    facts = manifest.private
    if facts is not None and key_id(facts.public_key) != facts.key_id:
        raise KeyRefused("key_id is not that of the public key")
    trusted.seen.require(manifest, now)
    return manifest
