"""Buckets of one build on disk, beside its manifest: found whole, verified, canary looked up."""

from dataclasses import dataclass
from pathlib import Path

from exposure_index.errors import CanaryRefused, ChecksumRefused, KeyRefused
from exposure_index.files.manifest import Manifest
from exposure_index.lookup.canary import canary_identity, canary_label
from exposure_index.private.bucket import BucketRefused, PrivateIndex, verify_bucket
from exposure_index.private.bucket_files import bucket_path
from exposure_index.private.client import BlindedIdentity, ResponseRefused
from exposure_index.private.evaluation import Evaluator, KeyUnknown
from exposure_index.private.parameters import BucketParameters
from exposure_index.regular_files import read_regular


@dataclass(frozen=True, slots=True)
class OpenBuckets:
    """The buckets in the directory of a build; manifest: theirs, with `private`."""

    build: Path
    manifest: Manifest
    index: PrivateIndex

    @classmethod
    def of(cls, build: Path, manifest: Manifest) -> "OpenBuckets | None":
        """Open the buckets of a build, None where it has no private check.

        Every one of them is there, in its length. Raises ChecksumRefused.
        """
        index = private_index(manifest)
        if index is None:
            return None
        buckets = cls(build, manifest, index)
        for number in range(index.parameters.buckets):
            buckets._require_length(number)
        return buckets

    def check_every_bucket(self) -> int:
        """Verify every bucket; return how many there are. Raises ChecksumRefused."""
        for number in range(self.index.parameters.buckets):
            try:
                verify_bucket(self.index, number, self._read(number))
            except BucketRefused as error:
                raise ChecksumRefused(f"bucket {number:08x}: {error}") from error
        return self.index.parameters.buckets

    def require_canary(self, evaluator: Evaluator) -> None:
        """Look the canary up as a client does.

        Raises KeyRefused, CanaryRefused or ChecksumRefused.
        """
        facts = self.manifest.private
        if facts is None or evaluator.public_keys().get(facts.key_id) != facts.public_key:
            raise KeyRefused("the buckets were made with another private key")
        expected = canary_label(self.manifest.built_at)
        blinded = BlindedIdentity.blind(canary_identity(self.manifest.build_id), facts.key_id)
        try:
            outputs = blinded.finalize(evaluator.evaluate(blinded.request), facts.public_key)
            labels = outputs.labels(self.index, self._read(outputs.bucket(self.index)))
        except (BucketRefused, KeyUnknown, ResponseRefused) as error:
            raise CanaryRefused("the private check of the canary fails") from error
        if labels != (expected, expected):
            raise CanaryRefused("the private check does not find the canary")

    def _require_length(self, number: int) -> None:
        try:
            length = bucket_path(self.build, number).stat().st_size
        except OSError as error:
            raise ChecksumRefused(f"bucket {number:08x} cannot be read") from error
        if length != self.index.file_bytes:
            raise ChecksumRefused(f"bucket {number:08x} has another length")

    def _read(self, number: int) -> bytes:
        try:
            return read_regular(bucket_path(self.build, number), self.index.file_bytes)
        except OSError as error:
            raise ChecksumRefused(f"bucket {number:08x} cannot be read") from error


def private_index(manifest: Manifest) -> PrivateIndex | None:
    """Return what a manifest tells of its buckets, None where it has none."""
    facts = manifest.private
    if facts is None:
        return None
    parameters = BucketParameters(facts.log2_buckets, facts.bucket_entries)
    return PrivateIndex(bytes.fromhex(manifest.build_id), parameters, facts.root)
