"""Writer of candidates: whole, verified, unsigned builds beside the published ones."""

import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from hashlib import file_digest
from itertools import chain, islice
from pathlib import Path

from exposure_index.atomic_files import (
    READ_ONLY,
    directory_in_use,
    in_use,
    only_writer,
    sync_directory,
    write_whole,
)
from exposure_index.crypto.canonical_json import canonical_bytes
from exposure_index.crypto.keyed_hash import BUILD_ID_BYTES, key_id, plain_build_key, plain_page_key
from exposure_index.crypto.keys import KeyRing
from exposure_index.files.build_files import PLAIN_FILE
from exposure_index.files.manifest import MANIFEST_FILE, Manifest, size_class
from exposure_index.files.plain_index import Header, write_plain_index
from exposure_index.files.sorted_entries import SortedEntries
from exposure_index.label.model import Label
from exposure_index.lookup.canary import canary_identity, canary_label
from exposure_index.lookup.open_index import OpenIndex
from exposure_index.private.bucket_files import PLACED_ENTRY_BYTES, write_buckets
from exposure_index.private.evaluation import LocalEvaluator, private_keys
from exposure_index.private.open_buckets import OpenBuckets
from exposure_index.publishing.build_facts import BuildFacts, manifest_document, private_document
from exposure_index.publishing.entry_sealing import (
    PrivateSeed,
    SealedBlock,
    Sealing,
    pack_listed_label,
)
from exposure_index.publishing.manifest_log import log_head

BLOCK_ENTRIES = 1000
DOCUMENT_NAME = re.compile(r"[a-z]+\.[a-z]+")
_PARTIAL = ".partial"
_SPILL = "spill"
_WRITE_BUFFER_BYTES = 1 << 20


class EntriesLost(RuntimeError):
    """Fewer entries were placed in buckets than in plain.idx: a private check would miss people."""


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

    def blocks(sealing: Sealing) -> Iterator[SealedBlock]:
        every = ((encoded, pack_listed_label(label)) for encoded, label in entries)
        while batch := list(islice(every, BLOCK_ENTRIES)):
            yield sealing.seal_block(batch)

    return write_sealed_candidate(out, blocks, facts, keys, progress)


def write_sealed_candidate(
    out: Path,
    blocks: Callable[[Sealing], Iterable[SealedBlock]],
    facts: BuildFacts,
    keys: KeyRing,
    progress: Callable[[int], None] | None = None,
) -> str:
    """Write OUT/<build_id>/ whole, verified and unsigned; return the build_id in hex.

    blocks: given the build's keys, yields sealed entries, several in a block, in any order, each
    x once; both canaries are added here. progress is told the number of entries sealed so far.
    Raises EqualLocators, a KeyFault, a Refused where the result fails its own checks, OSError, or
    what `blocks` raises; then nothing is left.
    """
    root = keys.bytes("root_plain")
    seed = _private_seed(keys) if facts.private else None
    build_id = secrets.token_bytes(BUILD_ID_BYTES)
    name = build_id.hex()
    partial = out / f".{name}{_PARTIAL}"
    out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        with only_writer(out):
            _remove_stale(out)
            seq, previous = log_head(out)
            partial.mkdir(mode=0o755)
            stack.enter_context(directory_in_use(partial))
        beside = stack.enter_context(ThreadPoolExecutor(1))
        try:
            sealing = Sealing(plain_build_key(root, build_id), build_id, seed)
            sealed = _SealedEntries(partial / _SPILL)
            sealed.add(chain(_canaries(sealing, facts), blocks(sealing)), progress)
            header = Header(build_id, key_id(root), sealed.plain.count)
            page_key = plain_page_key(root, build_id)
            checksum = _write_plain(partial / PLAIN_FILE, header, sealed.plain.blocks(), page_key)
            on_disk = beside.submit(_sync, partial / PLAIN_FILE)
            files = {PLAIN_FILE: checksum}
            private = None
            if seed:
                size = size_class(header.count)
                index = write_buckets(partial, build_id, size, lambda: sealed.placed)
                private = private_document(seed, index)
            sealed.remove()
            if facts.documents:
                files |= _write_documents(partial, facts.documents(name, header.count))
            document = manifest_document(facts, header, seq + 1, previous, files)
            if private:
                document["private"] = private
            write_whole(partial / MANIFEST_FILE, canonical_bytes(document))
            _verify(partial, keys)
            on_disk.result()
            partial.rename(out / name)
            sync_directory(out)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
    return name


class _SealedEntries:
    """Sealed entries of a build, sorted for its files; what spills to disk is sealed already."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        plain, placed = folder / "plain", folder / "placed"
        for each in (folder, plain, placed):
            each.mkdir(mode=0o700)
        self.plain = SortedEntries(plain)
        self.placed = SortedEntries(placed, entry_bytes=PLACED_ENTRY_BYTES)

    def add(self, blocks: Iterable[SealedBlock], progress: Callable[[int], None] | None) -> None:
        """Add every block. Raises EntriesLost where the private check would miss some."""
        for block in blocks:
            self.plain.add(block.plain)
            self.placed.add(block.placed)
            if progress:
                progress(self.plain.count)
        if self.placed.count not in (0, self.plain.count):
            raise EntriesLost

    def remove(self) -> None:
        """Remove what spilled."""
        shutil.rmtree(self._folder)


def _remove_stale(out: Path) -> None:
    """Remove what a killed build left; a living one holds its directory."""
    for left in out.glob(f".*{_PARTIAL}"):
        if left.is_dir() and not in_use(left):
            shutil.rmtree(left)


def _canaries(sealing: Sealing, facts: BuildFacts) -> Iterator[SealedBlock]:
    canary = canary_identity(sealing.build_id.hex())
    label = canary_label(facts.built_at).pack()
    yield sealing.seal_block([(canary.encode(), label), (canary.encode_document(), label)])


def _private_seed(keys: KeyRing) -> PrivateSeed:
    """Return the newest key of the private check. Raises a KeyFault."""
    numbers = keys.private_numbers() or [1]  # without any: what is missing is private_1
    return PrivateSeed(numbers[-1], keys.bytes(f"private_{numbers[-1]}"))


def _write_plain(path: Path, header: Header, blocks: Iterable[bytes], page_key: bytes) -> str:
    with path.open("xb", _WRITE_BUFFER_BYTES) as file:
        checksum = write_plain_index(file, header, blocks, page_key)
    path.chmod(READ_ONLY)
    return checksum


def _sync(path: Path) -> None:
    """Return when what was written of a file is on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _write_documents(build: Path, documents: Mapping[str, bytes | Path]) -> dict[str, str]:
    """Put each document in place; return its SHA-256 by name."""
    for name, content in documents.items():
        if not DOCUMENT_NAME.fullmatch(name) or name in {PLAIN_FILE, MANIFEST_FILE}:
            raise ValueError("no name for a document")
        if isinstance(content, bytes):
            write_whole(build / name, content)
        else:
            _copy(content, build / name)
    return {name: _checksum(build / name) for name in documents}


def _copy(file: Path, to: Path) -> None:
    with file.open("rb") as source, to.open("xb") as target:
        shutil.copyfileobj(source, target)
        target.flush()
        os.fsync(target.fileno())
    to.chmod(READ_ONLY)


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _verify(build: Path, keys: KeyRing) -> None:
    manifest = Manifest.load(build / MANIFEST_FILE)
    index = OpenIndex.open_unsigned(build, manifest, keys)
    try:
        index.check_all()
    finally:
        index.close()
    if buckets := OpenBuckets.of(build, manifest):
        buckets.check_every_bucket()
        buckets.require_canary(LocalEvaluator(private_keys(keys)))
