"""10,000 changed copies of each file of an index and of trust.json: never a wrong answer.

What an open index reads is changed behind the checksum, which no file changed before passes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from exposure_index.crypto.keyed_hash import plain_page_key
from exposure_index.crypto.trust import Trust
from exposure_index.errors import EarlierEdition, IndexDamaged, Refused
from exposure_index.files.manifest import Manifest
from exposure_index.files.plain_index import IndexMalformed, PlainIndex
from exposure_index.files.trip_list import (
    TripList,
    TripListChanged,
    TripListDamaged,
    TripListMalformed,
)
from tests.fixtures.attacked_index import PUBLISHED, Attacked, published_to_attack
from tests.fixtures.mutations import mutations

MUTATIONS = 10_000
SEED = 20_201_129
ENTRY = 80


@pytest.fixture(scope="module")
def attacked(tmp_path_factory) -> Attacked:
    return published_to_attack(tmp_path_factory.mktemp("mutated"))


@contextmanager
def changed_in_place(file: Path) -> Iterator:
    """Yield what writes a file anew, the same file to whoever has it open; put it back at last."""
    right = file.read_bytes()
    file.chmod(0o644)
    with file.open("r+b", buffering=0) as target:

        def write(data: bytes) -> None:
            target.seek(0)
            target.write(data)
            target.truncate(len(data))

        yield write
        write(right)


def entry_or_nothing(index: PlainIndex, locator: bytes) -> bytes | None:
    entry, is_there = index.find(locator)
    return entry if is_there else None


def test_no_changed_plain_index_answers_falsely(attacked):
    file = attacked.build / "plain.idx"
    right = file.read_bytes()
    key = plain_page_key(attacked.keys.bytes("root_plain"), bytes.fromhex(attacked.build.name))
    # one entry of each page, and a locator between two
    entries = [right[at : at + ENTRY] for at in range(4096 + 7 * ENTRY, len(right), 4096)]
    expected = {entry[:16]: entry for entry in entries}
    expected[entries[0][:15] + bytes([entries[0][15] ^ 1])] = None
    wrong = []
    with file.open("rb") as same:
        opened = PlainIndex(same, key)
    with changed_in_place(file) as write:
        for changed in mutations(right, MUTATIONS, SEED):
            write(changed)
            indexes = [opened]
            try:
                with file.open("rb") as same:
                    indexes.append(PlainIndex(same, key))
            except (IndexMalformed, EarlierEdition):
                pass
            for index in indexes:
                for locator, entry in expected.items():
                    try:
                        if entry_or_nothing(index, locator) != entry:
                            wrong.append(changed)
                    except IndexDamaged:
                        continue
    assert [] == wrong


def test_no_changed_trip_list_answers_falsely(attacked):
    file = attacked.build / "trips.idx"
    right = file.read_bytes()
    signed = Manifest.load(attacked.build / "manifest.json").files["trips.idx"]
    wrong = []
    with file.open("rb") as same:
        opened = TripList(same, signed)
    with changed_in_place(file) as write:
        for changed in mutations(right, MUTATIONS, SEED):
            write(changed)
            try:
                if opened.service("train", "G1") != PUBLISHED:
                    wrong.append(changed)
            except TripListDamaged:
                pass
            try:
                with file.open("rb") as same:
                    TripList(same, signed)
                wrong.append(changed)
            except (TripListChanged, TripListMalformed):
                pass
    assert [] == wrong


def test_no_changed_manifest_is_believed(attacked):
    right = (attacked.build / "manifest.json").read_bytes()
    trust, manifest = Trust.load(attacked.folder / "keys"), Manifest.parse(right)
    believed = []
    for changed in mutations(right, MUTATIONS, SEED):
        try:
            other = Manifest.parse(changed)
            trust.check(other.signed_bytes(), other.signatures)
        except Refused:
            continue
        if other.document != manifest.document:
            believed.append(changed)
    assert [] == believed


def test_no_changed_trust_believes_another_signer(attacked, tmp_path):
    right = (attacked.folder / "keys" / "trust.json").read_bytes()
    trust, file = Trust.load(attacked.folder / "keys"), tmp_path / "trust.json"
    file.write_bytes(right)
    others = []
    with changed_in_place(file) as write:
        for changed in mutations(right, MUTATIONS, SEED):
            write(changed)
            try:
                other = Trust.load(file)
            except Refused:
                continue
            if other != trust:
                others.append(changed)
    assert [] == others
