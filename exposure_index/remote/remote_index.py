"""An authority's index at a service: each lookup is one private check over a transport."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from exposure_index.errors import ExitCode, ForeseenError
from exposure_index.files.manifest import Manifest
from exposure_index.identity.canonical import EncodedIdentity
from exposure_index.label.codec import NOBODY, RULE_NUMBERS, LabelNumbers
from exposure_index.label.model import Label
from exposure_index.private.bucket import BucketRefused, PrivateIndex
from exposure_index.private.client import BlindedIdentity, Outputs, ResponseRefused
from exposure_index.private.open_buckets import private_index
from exposure_index.remote.http_transport import ServiceSilent

Clock = Callable[[], datetime]

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
    """Requests to one service."""

    def get(self, path: str) -> bytes:
        """Return the body of a path. Raises ServiceSilent."""
        ...

    def post(self, path: str, body: bytes) -> bytes:
        """Send a body and return that of the answer. Raises ServiceSilent."""
        ...


@dataclass(frozen=True, slots=True)
class RemoteIndex:
    """One authority's index, of which only buckets are ever fetched."""

    manifest: Manifest
    index: PrivateIndex
    rule_names: tuple[str, ...]
    _transport: Transport
    _clock: Clock = utc_now

    @classmethod
    def of(cls, manifest: Manifest, transport: Transport, clock: Clock = utc_now) -> "RemoteIndex":
        """Return the index of a verified manifest. Raises CannotAnswer without private check."""
        index = private_index(manifest)
        if index is None:
            raise CannotAnswer(f"{manifest.authority} offers no private check")
        names = tuple(map(manifest.rule_name, range(RULE_NUMBERS)))
        return cls(manifest, index, names, transport, clock)

    def entry_labels(self, identity: EncodedIdentity) -> tuple[LabelNumbers, ...]:
        """Return the labels under each of two names, and under the document alone, which is last.

        Nobody's label stands for each that is not there or was not given. Raises CannotAnswer.
        """
        try:
            outputs = self._outputs(identity)
            path = f"/b/{self.manifest.build_id}/{outputs.bucket(self.index):08x}"
            bucket = self._transport.get(path)
            labels = outputs.each_label(self.index, bucket)
        except ServiceSilent as error:
            raise ServiceUnreachable(str(error)) from error
        except (BucketRefused, ResponseRefused) as error:
            raise CannotAnswer(f"{FAULTS[type(error)]}: {error}") from error
        if self.manifest.expired(self._clock()):  # buckets may lie in a cache for long
            raise CannotAnswer(f"the index of {self.manifest.authority} has expired meanwhile")
        return tuple(map(_numbers, labels))

    def _outputs(self, identity: EncodedIdentity) -> Outputs:
        facts = self.manifest.private
        if facts is None:  # not so: `of` would have refused it
            raise CannotAnswer("no private check")
        blinded = BlindedIdentity.blind(identity, facts.key_id)
        response = self._transport.post(EVALUATIONS, blinded.request)
        return blinded.finalize(response, facts.public_key)


def _numbers(label: Label | None) -> LabelNumbers:
    return NOBODY if label is None else label.numbers()
