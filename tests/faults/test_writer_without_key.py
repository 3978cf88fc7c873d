"""Somebody writes every file of an index and has no key: there is never a false "not found".

Whoever is listed is found, or there is no answer; before the index is opened, and behind it.
"""

import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from io import BytesIO
from pathlib import Path

import pytest

from exposure_index.crypto.keyed_hash import (
    LOCATOR_BYTES,
    entry_hmac,
    entry_material,
    plain_build_key,
    plain_page_key,
)
from exposure_index.crypto.keygen import generate_keys
from exposure_index.crypto.keys import KeyRing
from exposure_index.crypto.trust import Trust
from exposure_index.errors import IndexDamaged, Refused
from exposure_index.files.published_trip import PublishedTrip, ServiceTrips, service_key
from exposure_index.files.trip_list import TripListFacts, write_trip_list
from exposure_index.identity.canonical import Identity
from exposure_index.label.model import Exposure, Label, Mode, Relation, Tier
from exposure_index.lookup.canary import canary_identity
from exposure_index.lookup.check import look_up_exposures
from exposure_index.lookup.open_index import OpenIndex
from exposure_index.lookup.trip import NoTripList, Trip, look_up_trip
from exposure_index.publishing.build_facts import BuildFacts
from exposure_index.publishing.candidate import write_candidate
from exposure_index.publishing.publication import publish
from tests.fixtures.forgeries import DIGESTED, UNDIGESTED, Digest, Forger, keyless_digests

NOW = datetime(2020, 2, 10, 8, 0, tzinfo=UTC)
DAY = date(2020, 2, 1)
LISTED = [Identity(f"XX{number:07}", "AAAILNSV") for number in range(160)]
UNLISTED = [Identity(f"XX{number:07}", "AAAILNSV") for number in range(5000, 5020)]
EXPECTED = {**dict.fromkeys(LISTED, "exposed"), **dict.fromkeys(UNLISTED, "not_found")}
ROOT = Path(__file__).parents[2]
G1 = Trip("train", ("G1",), DAY)
PUBLISHED = ServiceTrips(("G1",), (DAY,), {DAY: (PublishedTrip("train", "G1", DAY),)})


def label() -> Label:
    return Label.of(
        [
            Exposure(
                Mode.TRAIN,
                Tier.CLOSE,
                3,
                Relation.SAME_CARRIAGE,
                DAY,
                8,
                "G1",
                DAY + timedelta(days=14),
            )
        ]
    )


def documents(build_id: str, _entries: int) -> dict[str, bytes]:
    target = BytesIO()
    records = [(service_key("train", "G1"), PUBLISHED.as_json())]
    write_trip_list(target, TripListFacts(build_id, published=True), records)
    return {"trips.idx": target.getvalue()}


def publish_build(out: Path, keys: KeyRing, listed: list[Identity], *, signed: bool = True) -> str:
    facts = BuildFacts(
        "Test City",
        NOW,
        timedelta(hours=48),
        NOW - timedelta(days=1),
        {"nhc-2020-03": {"number": 3, "disease": "covid-19", "observation_days": 14}},
        [],
        documents,
    )
    build_id = write_candidate(out, [(one.encode(), label()) for one in listed], facts, keys, None)
    if signed:
        publish(out, build_id, keys, now=NOW)
    return build_id


class Attacked:
    """An index of 160 people, and an earlier one under the same keys that lists another."""

    def __init__(self, folder: Path, before: str, current: str) -> None:
        self.folder = folder
        self.out = folder / "out"
        self.before, self.build = self.out / before, self.out / current
        self.keys = KeyRing.from_directory(folder / "keys", {})

    def copied(self, folder: Path) -> "Attacked":
        shutil.copytree(self.folder, folder, symlinks=True)
        return Attacked(folder, self.before.name, self.build.name)

    def forger(self, digest: Digest, *, in_place: bool) -> Forger:
        return Forger(self.build, self.before, self.canary_pages(), digest, in_place)

    def digest(self, name: str) -> Digest:
        return keyless_digests((self.build / "plain.idx").read_bytes()[:44])[name]

    def digest_under_the_page_key(self, page: bytes) -> bytes:
        root = self.keys.bytes("root_plain")
        key = plain_page_key(root, bytes.fromhex(self.build.name))
        return blake2b(page, key=key, digest_size=32).digest()

    def canary_pages(self) -> frozenset[int]:
        build_id, root = bytes.fromhex(self.build.name), self.keys.bytes("root_plain")
        keyed = entry_hmac(plain_build_key(root, build_id))
        canary = canary_identity(self.build.name)
        locators = [
            entry_material(keyed, encoded)[:LOCATOR_BYTES]
            for encoded in (canary.encode(), canary.encode_document())
        ]
        data = (self.build / "plain.idx").read_bytes()
        return frozenset(data.index(locator) // 4096 - 1 for locator in locators)

    def open(self) -> OpenIndex:
        trust = Trust.load(self.folder / "keys")
        return OpenIndex.open(self.out, self.keys, trust, now=NOW, minimum_seq=2)


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Attacked:
    folder = tmp_path_factory.mktemp("attacked")
    generate_keys(folder / "keys")
    keys = KeyRing.from_directory(folder / "keys", {})
    before = publish_build(folder / "out", keys, [Identity("XX7000000", "AAAILNSV")])
    return Attacked(folder, before, publish_build(folder / "out", keys, LISTED))


@pytest.fixture
def attacked(published, tmp_path) -> Attacked:
    return published.copied(tmp_path / "copy")


def wrong_answers(index: OpenIndex) -> list[object]:
    """Return whoever is answered falsely, and the published trip where it is."""
    wrong: list[object] = []
    for who, expected in EXPECTED.items():
        try:
            status = look_up_exposures([index], who).status
        except IndexDamaged:
            continue
        if status != expected:
            wrong.append(who)
    try:
        if look_up_trip([index], G1).status != "listed":
            wrong.append(G1)
    except NoTripList:
        pass
    return wrong


def wrong_answers_before_and_behind(attacked: Attacked, forge: Callable[[], None]) -> list[object]:
    """Return who is answered falsely by an index that is open, and by one opened afterwards."""
    index = attacked.open()
    assert [] == wrong_answers(index)
    forge()
    wrong = wrong_answers(index)
    try:
        return wrong + wrong_answers(attacked.open())
    except Refused:
        return wrong


in_place_or_not = pytest.mark.parametrize(
    "in_place", [True, False], ids=["in place", "renamed over"]
)


@in_place_or_not
@pytest.mark.parametrize("digest", keyless_digests(bytes(44)))
@pytest.mark.parametrize("forgery", DIGESTED, ids=lambda forgery: forgery.__name__)
def test_nobody_is_falsely_not_found_in_forged_pages(attacked, forgery, digest, in_place):
    forger = attacked.forger(attacked.digest(digest), in_place=in_place)
    assert [] == wrong_answers_before_and_behind(attacked, lambda: forgery(forger))


@in_place_or_not
@pytest.mark.parametrize("forgery", UNDIGESTED, ids=lambda forgery: forgery.__name__)
def test_nobody_is_falsely_not_found_where_files_were_cut_or_changed(attacked, forgery, in_place):
    forger = attacked.forger(attacked.digest("without a key"), in_place=in_place)
    assert [] == wrong_answers_before_and_behind(attacked, lambda: forgery(forger))


@pytest.mark.parametrize(
    "forgery", [Forger.empty_pages, Forger.move_entries], ids=lambda forgery: forgery.__name__
)
def test_the_same_forgery_under_the_page_key_would_lose_people(attacked, forgery):
    """So good are the forgeries: only the key is what they lack."""
    index = attacked.open()
    forgery(attacked.forger(attacked.digest_under_the_page_key, in_place=True))
    assert len(LISTED) // 3 < len(wrong_answers(index))


@pytest.mark.parametrize("kind", ["earlier build", "unsigned build", "copy with another name"])
def test_a_moved_link_leads_to_no_other_index(attacked, kind):
    target = attacked.before
    if kind == "unsigned build":
        publish_build(attacked.out, attacked.keys, [], signed=False)
        known = (attacked.before, attacked.build)
        target = next(
            path.parent for path in attacked.out.glob("*/plain.idx") if path.parent not in known
        )
    elif kind == "copy with another name":
        target = attacked.out / "ab" / "cd"
        shutil.copytree(attacked.before, target)
        shutil.copy(attacked.build / "manifest.json", target / "forged")
        (target / "forged").replace(target / "manifest.json")
    (attacked.out / "current").unlink()
    (attacked.out / "current").symlink_to(target)
    with pytest.raises(Refused):
        attacked.open()


READER = """
    import sys
    sys.path.insert(0, sys.argv[3])
    from pathlib import Path
    from tests.faults.test_writer_without_key import Attacked, wrong_answers
    index = Attacked(Path(sys.argv[1]), sys.argv[2], sys.argv[2]).open()
    for line in sys.stdin:
        print(len(wrong_answers(index)), flush=True)
"""


def test_a_file_cut_short_in_place_kills_no_reader_and_makes_nobody_not_found(attacked):
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(READER), attacked.folder, attacked.build.name, ROOT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as reader:
        for length in (None, 4096 * 3 + 5, 4096 + 1, 0):
            if length is not None:
                for name in ("plain.idx", "trips.idx"):
                    (attacked.build / name).chmod(0o644)
                    with (attacked.build / name).open("r+b") as file:
                        file.truncate(min(length, (attacked.build / name).stat().st_size))
            reader.stdin.write("\n")
            reader.stdin.flush()
            assert "0\n" == reader.stdout.readline()
        reader.stdin.close()
        assert 0 == reader.wait()
