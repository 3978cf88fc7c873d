"""Publishing: signatures until there are enough, then one switch of `current`.

Killed at any moment, `current` names a whole, signed build; running the command again
finishes what was begun.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from exposure_index.atomic_files import only_writer, switch_link, sync_directory, write_whole
from exposure_index.crypto.keys import KeyFault, KeyRing
from exposure_index.crypto.trust import Signer, Trust
from exposure_index.errors import (
    Expired,
    KeyRefused,
    Malformed,
    RolledBack,
    SignatureRefused,
)
from exposure_index.files.index_directory import CURRENT_LINK, build_directory
from exposure_index.files.manifest import MANIFEST_FILE, Manifest, utc_text
from exposure_index.publishing.manifest_log import append_manifest, log_head, log_path
from exposure_index.publishing.verification import verify_build

NEXT_MANIFEST_FILE = "manifest.next.json"
VALID_FOR = timedelta(hours=48)
_BUILD_ID = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class PublishOutcome:
    """How far publishing came: signatures there, how many are needed, whether it is current."""

    switched: bool
    signatures: int
    threshold: int
    seq: int


def publish(
    out: Path,
    build_id: str,
    keys: KeyRing,
    *,
    now: datetime | None = None,
    approve: Callable[[Path, Path], None] = lambda _current, _candidate: None,
) -> PublishOutcome:
    """Add this signer's signature to a candidate; with enough of them, make it current.

    An unsigned candidate is chained to the manifest published last; one that carries
    signatures and is no longer the next of the chain is refused. approve is given the
    directories of the build that is current, if any, and of the verified candidate, and raises a
    Refused where this signer must not sign.
    Raises a Refused; then nothing has changed.
    """
    build = _build(out, build_id)
    trust, signer = _trust(keys), _signer(keys)
    with only_writer(out):
        manifest = Manifest.load(build / MANIFEST_FILE)
        trust.check_each(manifest.signed_bytes(), manifest.signatures)
        if _is_published(out, manifest, build / MANIFEST_FILE):
            return _finish(out, build, trust, manifest.file_bytes())
        seq, previous = log_head(out)
        if not manifest.signatures:
            manifest = _changed(manifest, seq=seq + 1, previous=previous)
        elif (manifest.seq, manifest.previous) != (seq + 1, previous):
            raise RolledBack("another build was published since this one was signed; build again")
        if manifest.expired(now or datetime.now(UTC)):
            raise Expired("the candidate is past its valid_until; build again")
        verify_build(build, manifest, keys)
        if (out / CURRENT_LINK).exists():
            approve(build_directory(out), build)
        manifest = _signed(manifest, signer, trust)
        data = manifest.file_bytes()
        write_whole(build / MANIFEST_FILE, data)
        return _finish(out, build, trust, data)


def republish(out: Path, build_id: str, keys: KeyRing, now: datetime) -> PublishOutcome:
    """Make a build current again that was published before, under a higher seq.

    It keeps its built_at and its oldest_source, so that its age stays visible, and is valid
    for 48 hours from now. With several signers the new manifest gathers signatures beside the
    old one. Raises a Refused; then nothing has changed.
    """
    build = _build(out, build_id)
    trust, signer = _trust(keys), _signer(keys)
    waiting = build / NEXT_MANIFEST_FILE
    with only_writer(out):
        old = Manifest.load(build / MANIFEST_FILE)
        trust.check(old.signed_bytes(), old.signatures)
        manifest = _waiting(out, waiting, trust, now) or _changed(
            old,
            seq=log_head(out)[0] + 1,
            previous=log_head(out)[1],
            valid_until=utc_text(now + VALID_FOR),
        )
        if not _is_published(out, manifest, waiting):
            verify_build(build, manifest, keys)
            manifest = _signed(manifest, signer, trust)
            write_whole(waiting, manifest.file_bytes())
        outcome = _finish(out, build, trust, manifest.file_bytes())
        if outcome.switched:
            waiting.unlink()
            sync_directory(build)
        return outcome


def require_signer(keys: KeyRing) -> None:
    """Raise a Refused where these keys can sign no build: before hours of work for one."""
    _require_named(_signer(keys), _trust(keys))


def _build(out: Path, build_id: str) -> Path:
    if not _BUILD_ID.fullmatch(build_id) or not (out / build_id).is_dir():
        raise Malformed(f"{build_id}: there is no such build in {out}")
    return out / build_id


def _trust(keys: KeyRing) -> Trust:
    if keys.directory is None:
        raise Malformed("signing needs the keys directory that holds trust.json")
    return Trust.load(keys.directory)


def _signer(keys: KeyRing) -> Signer:
    if not keys.can_sign:
        place = "" if keys.directory is None else f" in {keys.directory}"
        raise KeyRefused(f"no signing key can be read{place}")
    try:
        return Signer(keys.bytes("signing"))
    except KeyFault as error:
        raise KeyRefused(str(error)) from error


def _changed(manifest: Manifest, **fields: str | int) -> Manifest:
    """Return the manifest with other fields, and so without signatures."""
    return Manifest.from_document({**manifest.document, **fields, "signatures": {}})


def _signed(manifest: Manifest, signer: Signer, trust: Trust) -> Manifest:
    """Return the manifest with one signature more; the same signer counts once."""
    _require_named(signer, trust)
    signatures: Mapping[str, str] = {
        **manifest.signatures,
        signer.id: signer.signature(manifest.signed_bytes()),
    }
    return Manifest.from_document({**manifest.document, "signatures": dict(signatures)})


def _require_named(signer: Signer, trust: Trust) -> None:
    if signer.id not in trust.keys:
        raise SignatureRefused("trust.json does not name this signing key")


def _is_published(out: Path, manifest: Manifest, file: Path) -> bool:
    """Return whether this very manifest heads the chain already (then a switch may be due).

    Raises RolledBack where it stands further back: that is what `republish` is for.
    """
    path = log_path(out, manifest.seq)
    if not path.exists() or path.read_bytes() != file.read_bytes():
        return False
    if log_head(out)[0] != manifest.seq:
        raise RolledBack("published before; a later build is current, use republish")
    return True


def _waiting(out: Path, file: Path, trust: Trust, now: datetime) -> Manifest | None:
    """Return the manifest that waits for more signatures, unless the chain went past it."""
    if not file.exists():
        return None
    manifest = Manifest.load(file)
    trust.check_each(manifest.signed_bytes(), manifest.signatures)
    seq, previous = log_head(out)
    unpublished = (manifest.seq, manifest.previous) == (seq + 1, previous)
    finishing = log_path(out, seq).exists() and log_path(out, seq).read_bytes() == file.read_bytes()
    return manifest if (unpublished or finishing) and not manifest.expired(now) else None


def _finish(out: Path, build: Path, trust: Trust, data: bytes) -> PublishOutcome:
    """Chain, place and switch to a manifest that has enough signatures."""
    manifest = Manifest.parse(data)
    enough = len(manifest.signatures) >= trust.threshold
    if enough:
        append_manifest(out, manifest.seq, data)
        if (build / MANIFEST_FILE).read_bytes() != data:
            write_whole(build / MANIFEST_FILE, data)
        switch_link(out / CURRENT_LINK, build.name)
    return PublishOutcome(enough, len(manifest.signatures), trust.threshold, manifest.seq)
