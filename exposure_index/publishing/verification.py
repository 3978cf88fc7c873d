"""Verification of a build: every file, page, bucket, signature and canary."""

from pathlib import Path

from exposure_index.crypto.keys import KeyFault, KeyRing
from exposure_index.crypto.trust import Trust
from exposure_index.errors import (
    ChecksumRefused,
    IdentityTableRefused,
    IndexDamaged,
    KeyRefused,
    ReadingRefused,
)
from exposure_index.files.build_files import check_all_trips, check_build_files
from exposure_index.files.index_directory import build_directory
from exposure_index.files.manifest import MANIFEST_FILE, Manifest
from exposure_index.identity.canonical import IDENTITY_HASH
from exposure_index.lookup.open_index import OpenIndex
from exposure_index.private.evaluation import LocalEvaluator, private_keys
from exposure_index.private.open_buckets import OpenBuckets
from exposure_index.trip_text.reading import READING_HASH


def verify(path: Path, keys: KeyRing | None, trust: Trust | None) -> list[str]:
    """Check every file, page, signature and canary of OUT (then `current`) or one build.

    Without trust no signature, without keys neither page, key nor canary can be checked; the
    lines returned say what was. Raises a Refused.
    """
    build = build_directory(path)
    manifest = Manifest.load(build / MANIFEST_FILE)
    lines = [f"manifest: {manifest.authority}, seq {manifest.seq}, build {manifest.build_id}"]
    if trust is None:
        lines.append("signatures: not checked, no trust.json")
    else:
        count = trust.check(manifest.signed_bytes(), manifest.signatures)
        lines.append(f"signatures: {count}, {trust.threshold} needed")
    lines.extend(verify_build(build, manifest, keys))
    return lines


def verify_build(build: Path, manifest: Manifest, keys: KeyRing | None) -> list[str]:
    """Check files, buckets and (with keys) pages and canaries; return what was checked, in lines.

    Raises a Refused.
    """
    if manifest.identity != IDENTITY_HASH:
        raise IdentityTableRefused("made with other identity rules")
    if manifest.reading != READING_HASH:
        raise ReadingRefused("its trip numbers were read by other rules")
    entries: int | None = None
    try:
        if keys is None:
            trip_list = check_build_files(build, manifest)
            trips, canary = check_all_trips(trip_list), "not checked, no keys"
        else:
            index = OpenIndex.open_unsigned(build, manifest, keys)
            (entries, trips), canary = index.check_all(), "found"
            index.close()
    except IndexDamaged as error:
        raise ChecksumRefused(str(error)) from error
    lines = [f"{name}: checksum as signed" for name in manifest.files]
    if entries is None:
        lines.append("plain.idx: its pages were not checked, no keys")
    else:
        lines.append(f"plain.idx: {entries} entries, every page checked")
    if trips is not None:
        lines.append(f"trips.idx: {trips} records, every block checked")
    return [*lines, *_verify_buckets(build, manifest, keys), f"canary: {canary}"]


def _verify_buckets(build: Path, manifest: Manifest, keys: KeyRing | None) -> list[str]:
    buckets = OpenBuckets.of(build, manifest)
    if buckets is None:
        return []
    count = buckets.check_every_bucket()
    if keys is None:
        return [f"private check: {count} buckets, every one proven; its key was not checked"]
    try:
        buckets.require_canary(LocalEvaluator(private_keys(keys)))
    except KeyFault as error:
        raise KeyRefused(str(error)) from error
    return [f"private check: {count} buckets, every one proven, canary found"]
