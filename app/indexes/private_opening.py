"""Opening a build for private checks: its buckets whole, its key there, its canary found."""

from dataclasses import dataclass, replace

from app.indexes.private_discovery import SignedBuild
from exposure_index.errors import ChecksumRefused, Refused
from exposure_index.identity.canonical import IDENTITY_HASH
from exposure_index.private.evaluation import Evaluator, EvaluatorGone
from exposure_index.private.open_buckets import OpenBuckets

DAMAGED = "private_checksum"
EVALUATOR_GONE = "private_evaluator"
OTHER_IDENTITIES = "private_identity_table"


@dataclass(frozen=True, slots=True)
class PrivateBuild:
    """A signed build; buckets: open; fault: why it is not served, "" where it is."""

    signed: SignedBuild
    buckets: OpenBuckets | None = None
    fault: str = ""

    def with_fault(self, fault: str) -> "PrivateBuild":
        """Return the build as one that is served no more, and why."""
        return replace(self, buckets=None, fault=fault)


def open_private_build(build: PrivateBuild, evaluator: Evaluator | None) -> PrivateBuild:
    """Return a build with its buckets checked and its canary found, or with its fault.

    Also of a build that is served already: a canary that is lost ends its service at once.
    build: as it was served before, if it was; evaluator: None where it is silent.
    """
    signed, buckets = build.signed, build.buckets
    if signed.manifest.identity != IDENTITY_HASH:
        return replace(build, fault=OTHER_IDENTITIES)
    if buckets is None:
        try:
            buckets = OpenBuckets.of(signed.folder, signed.manifest)
        except ChecksumRefused:
            return replace(build, fault=DAMAGED)
    if evaluator is None:  # no bucket is any worse for it
        return replace(build, buckets=buckets, fault=EVALUATOR_GONE)
    fault = canary_fault(replace(build, buckets=buckets), evaluator)
    whole = fault in ("", EVALUATOR_GONE)
    return replace(build, buckets=buckets if whole else None, fault=fault)


def canary_fault(build: PrivateBuild, evaluator: Evaluator) -> str:
    """Return why the canary of a build is not found as a client finds it, "" where it is."""
    if build.buckets is None:
        return build.fault
    try:
        build.buckets.require_canary(evaluator)
    except EvaluatorGone:
        return EVALUATOR_GONE
    except Refused as error:
        return f"private_{error.reason}"
    return ""
