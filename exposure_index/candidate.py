"""Writes a candidate: a whole, verified, unsigned build beside the published ones."""

import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import Any

from exposure_index.canonical_json import canonical
from exposure_index.chain import head_of
from exposure_index.durable import (
    READ_ONLY,
    held_directory,
    in_use,
    only_writer,
    sync_directory,
    write_whole,
)
from exposure_index.identity import IDENTITY_HASH
from exposure_index.keyed_hash import BUILD_ID_BYTES, ENTRY_BYTES, key_id, plain_build_key
from exposure_index.keys import KeyRing
from exposure_index.label import Label
from exposure_index.manifest import MANIFEST_FILE, Manifest, size_class, utc_text
from exposure_index.opened import PLAIN_FILE, OpenIndex, canary_identity, canary_label
from exposure_index.plain_index import Header, write_plain_index
from exposure_index.sealing import Sealing, packed_listed
from exposure_index.sorted_entries import SortedEntries

BLOCK_ENTRIES = 1000
DOCUMENT_NAME = re.compile(r"[a-z]+\.[a-z]+")
_PARTIAL = ".partial"
_SPILL = "spill"


@dataclass(frozen=True)
class BuildFacts:
    """What a manifest tells of a build. Times are aware; valid_for is 48 hours by default.

    documents: asked, once the entries are written, for the files to lie beside the index, by
    name: given the build_id and the number of entries. Their checksums are signed with the rest.
    """

    authority: str
    built_at: datetime
    valid_for: timedelta
    oldest_source: datetime
    rules: dict[str, Any]
    coverage: list[dict[str, Any]]
    documents: Callable[[str, int], Mapping[str, bytes]] | None = None


def write_candidate(
    out: Path,
    entries: Iterable[tuple[bytes, Label]],
    facts: BuildFacts,
    keys: KeyRing,
    progress: Callable[[int], None] | None = None,
) -> str:
    """Write OUT/<build_id>/ of entries, sealed one by one: (x0 or xd, label), each x once.

    Returns and raises as write_sealed_candidate does, and UnlistedLabel or LabelInvalid.
    """

    def blocks(sealing: Sealing) -> Iterator[bytes]:
        every = ((encoded, packed_listed(label)) for encoded, label in entries)
        while held := list(islice(every, BLOCK_ENTRIES)):
            yield sealing.block(held)

    return write_sealed_candidate(out, blocks, facts, keys, progress)


def write_sealed_candidate(
    out: Path,
    blocks: Callable[[Sealing], Iterable[bytes]],
    facts: BuildFacts,
    keys: KeyRing,
    progress: Callable[[int], None] | None = None,
) -> str:
    """Write OUT/<build_id>/ whole, verified and unsigned; return the build_id in hex.

    blocks: given the build's key, yields sealed entries of 80 bytes, several in a block, in any
    order, each x once; both canaries are added here. progress is told the number of entries
    sealed so far.
    Raises EqualLocators, a KeyFault, a Refused where the result fails its own checks, OSError, or
    what `blocks` raises; then nothing is left.
    """
    root = keys.bytes("root_plain")
    build_id = secrets.token_bytes(BUILD_ID_BYTES)
    name = build_id.hex()
    partial = out / f".{name}{_PARTIAL}"
    out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        with only_writer(out):
            _remove_stale(out)
            seq, previous = head_of(out)
            partial.mkdir(mode=0o755)
            held.enter_context(held_directory(partial))
        try:
            spill = partial / _SPILL
            spill.mkdir(mode=0o700)
            gathered = SortedEntries(spill)
            sealing = Sealing(plain_build_key(root, build_id), build_id)
            gathered.add(_counted(chain(_canaries(sealing, facts), blocks(sealing)), progress))
            header = Header(build_id, key_id(root), gathered.count)
            checksum = _write_plain(partial / PLAIN_FILE, header, gathered)
            shutil.rmtree(spill)
            files = {PLAIN_FILE: checksum}
            if facts.documents:
                files |= _write_documents(partial, facts.documents(name, gathered.count))
            document = _document(facts, header, seq + 1, previous, files)
            write_whole(partial / MANIFEST_FILE, canonical(document))
            _verify(partial, keys)
            partial.rename(out / name)
            sync_directory(out)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
    return name


def _remove_stale(out: Path) -> None:
    """Remove what a killed build left; a living one holds its directory."""
    for left in out.glob(f".*{_PARTIAL}"):
        if left.is_dir() and not in_use(left):
            shutil.rmtree(left)


def _canaries(sealing: Sealing, facts: BuildFacts) -> Iterator[bytes]:
    canary = canary_identity(sealing.build_id.hex())
    label = canary_label(facts.built_at).packed()
    yield sealing.block([(canary.encoded(), label), (canary.document_encoded(), label)])


def _counted(blocks: Iterable[bytes], progress: Callable[[int], None] | None) -> Iterator[bytes]:
    count = 0
    for block in blocks:
        yield block
        count += len(block) // ENTRY_BYTES
        if progress:
            progress(count)


def _write_plain(path: Path, header: Header, entries: Iterable[bytes]) -> str:
    with path.open("xb") as file:
        checksum = write_plain_index(file, header, entries)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(READ_ONLY)
    return checksum


def _write_documents(build: Path, documents: Mapping[str, bytes]) -> dict[str, str]:
    """Write each document; return its SHA-256 by name."""
    for name, data in documents.items():
        if not DOCUMENT_NAME.fullmatch(name) or name in {PLAIN_FILE, MANIFEST_FILE}:
            raise ValueError("no name for a document")
        write_whole(build / name, data)
    return {name: sha256(data).hexdigest() for name, data in documents.items()}


def _document(
    facts: BuildFacts, header: Header, seq: int, previous: str, files: dict[str, str]
) -> dict[str, Any]:
    return {
        "authority": facts.authority,
        "seq": seq,
        "build_id": header.build_id.hex(),
        "built_at": utc_text(facts.built_at),
        "valid_until": utc_text(facts.built_at + facts.valid_for),
        "oldest_source": utc_text(facts.oldest_source),
        "rules": facts.rules,
        "coverage": facts.coverage,
        "size_class": size_class(header.count),
        "identity": IDENTITY_HASH,
        "key_id": header.key_id.hex(),
        "files": files,
        "previous": previous,
        "signatures": {},
    }


def _verify(build: Path, keys: KeyRing) -> None:
    index = OpenIndex.open_unsigned(build, Manifest.load(build / MANIFEST_FILE), keys)
    try:
        index.check_pages()
    finally:
        index.close()
