"""Makes tests/contracts/index_v1.tar.xz: a small published index, byte for byte the same.

Run it once for a new format, never to make a test pass: an index published yesterday must be
read today. From the checkout:

    .venv/bin/python tests/contracts/make_frozen_index.py tests/contracts/index_v1.tar.xz

People and trips are invented; the keys come out of fixed words, so that none stands in the
repository and everyone can see that they protect nothing.
"""

import sys
import tarfile
import tempfile
from datetime import UTC, date, datetime, timedelta
from hashlib import sha512
from pathlib import Path
from unittest import mock

from exposure_index.crypto.canonical_json import canonical_bytes
from exposure_index.crypto.keys import KeyRing
from exposure_index.crypto.trust import Signer, Trust
from exposure_index.identity.canonical import Identity
from exposure_index.label.model import Exposure, Label, Mode, Relation, Tier
from exposure_index.publishing.build_facts import BuildFacts
from exposure_index.publishing.candidate import write_candidate
from exposure_index.publishing.publication import publish

BUILD_ID = bytes(range(16))
NOW = datetime(2020, 2, 10, 8, 0, tzinfo=UTC)
RULES = {"nhc-2020-03": {"number": 3, "disease": "covid-19", "observation_days": 14}}
COVERAGE = [{"mode": "flight", "operator": "XX", "from": "2020-01-20", "to": "2020-02-08"}]
FACTS = BuildFacts(
    "Contract Test", NOW, timedelta(hours=48), NOW - timedelta(days=1), RULES, COVERAGE
)
LABEL = Label.of(
    [
        Exposure(
            Mode.TRAIN,
            Tier.GENERAL,
            3,
            Relation.SAME_VEHICLE,
            date(2020, 2, 3),
            201,
            "豫K1234",
            date(2020, 2, 17),
        ),
        Exposure(
            Mode.FLIGHT,
            Tier.CLOSE,
            3,
            Relation.NEIGHBOURING,
            date(2020, 2, 1),
            0,
            "XX1234",
            date(2020, 2, 15),
        ),
    ]
)
LISTED = [Identity(f"XX{number:07}", "AAAILNSV") for number in range(118)]
NAMELESS = Identity("XX9000000", "")


def invented_bytes(word: str, length: int) -> bytes:
    """Return bytes that everyone can derive."""
    return sha512(f"contact gauge, contract tests, {word}".encode()).digest()[:length]


def place_keys(folder: Path) -> tuple[KeyRing, Trust]:
    """Write the invented keys."""
    folder.mkdir()
    signer = Signer(invented_bytes("signing", 32))
    trust = Trust(1, {signer.id: signer.public_key})
    (folder / "root_plain").write_text(invented_bytes("root_plain", 64).hex())
    (folder / "signing").write_text(signer.seed.hex())
    (folder / "trust.json").write_bytes(canonical_bytes(trust.as_document()))
    return KeyRing.from_directory(folder, {}), trust


def make_index(out: Path, keys: KeyRing) -> None:
    """Publish the index; with the build_id fixed, every byte of it is."""
    entries = [(identity.encode(), LABEL) for identity in LISTED]
    entries.append((NAMELESS.encode_document(), LABEL))
    with mock.patch(
        "exposure_index.publishing.candidate.secrets.token_bytes", return_value=BUILD_ID
    ):
        build_id = write_candidate(out, entries, FACTS, keys, None)
    publish(out, build_id, keys, now=NOW)
    (out / ".lock").unlink()


def main() -> None:
    """Write the archive."""
    with tempfile.TemporaryDirectory() as folder:
        keys, _ = place_keys(Path(folder, "keys"))
        make_index(Path(folder, "out"), keys)
        with tarfile.open(sys.argv[1], "w:xz") as archive:
            archive.add(Path(folder, "out"), "out", filter=_without_owner)


def _without_owner(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = member.mtime = 0
    member.uname = member.gname = ""
    return member


if __name__ == "__main__":
    main()
