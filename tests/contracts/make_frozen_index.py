"""Makes the frozen files of the formats: a small published index, and the golden bytes.

Both come out byte for byte the same. Run it once for a new format, never to make a test pass: an
index published yesterday must be read today. From the checkout:

    .venv/bin/python tests/contracts/make_frozen_index.py

People and trips are invented; the keys come out of fixed words, so that none stands in the
repository and everyone can see that they protect nothing.
"""

import io
import json
import tarfile
import tempfile
from datetime import UTC, date, datetime, timedelta
from hashlib import sha512
from pathlib import Path
from unittest import mock

from exposure_index.crypto.canonical_json import canonical_bytes
from exposure_index.crypto.keyed_hash import (
    entry_hmac,
    entry_material,
    key_id,
    plain_build_key,
    plain_page_key,
    seal_entry,
)
from exposure_index.crypto.keys import KeyRing
from exposure_index.crypto.trust import Signer, Trust
from exposure_index.files.plain_index import PAGE_BYTES, PROOF_BYTES, Header, write_plain_index
from exposure_index.identity.canonical import Identity
from exposure_index.label.model import Exposure, Label, Mode, Relation, Tier
from exposure_index.publishing.build_facts import BuildFacts
from exposure_index.publishing.candidate import write_candidate
from exposure_index.publishing.publication import publish

ARCHIVE = Path(__file__).with_name("index_v2.tar.xz")
GOLDEN = Path(__file__).with_name("golden_v2.json")
HEADER_BYTES = 44
TRAILER_BYTES = 96
GOLDEN_ENTRIES = [bytes([number]) * 80 for number in range(1, 52)]
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


def golden_bytes() -> dict[str, str]:
    """Return the bytes of each part of the formats, in hex with spaces, by name."""
    root = invented_bytes("root_plain", 64)
    material = entry_material(entry_hmac(plain_build_key(root, BUILD_ID)), LISTED[0].encode())
    file = io.BytesIO()
    header = Header(BUILD_ID, key_id(root), len(GOLDEN_ENTRIES))
    checksum = write_plain_index(file, header, GOLDEN_ENTRIES, plain_page_key(root, BUILD_ID))
    data = file.getvalue()
    parts = {
        "label": LABEL.pack(),
        "x0": LISTED[0].encode(),
        "xd": LISTED[0].encode_document(),
        "key_id": key_id(root),
        "material": material,
        "entry": seal_entry(material, LABEL.pack(), BUILD_ID),
        "page_key": plain_page_key(root, BUILD_ID),
        "header": data[:HEADER_BYTES],
        "header_proof": data[PAGE_BYTES - PROOF_BYTES : PAGE_BYTES],
        "first_trailer": data[2 * PAGE_BYTES - TRAILER_BYTES : 2 * PAGE_BYTES],
        "last_trailer": data[-TRAILER_BYTES:],
        "file_sha256": bytes.fromhex(checksum),
    }
    return {name: part.hex(" ") for name, part in parts.items()}


def main() -> None:
    """Write the archive and the golden bytes."""
    with tempfile.TemporaryDirectory() as folder:
        keys, _ = place_keys(Path(folder, "keys"))
        make_index(Path(folder, "out"), keys)
        with tarfile.open(ARCHIVE, "w:xz") as archive:
            archive.add(Path(folder, "out"), "out", filter=_without_owner)
    GOLDEN.write_text(json.dumps(golden_bytes(), indent=2) + "\n")


def _without_owner(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = member.mtime = 0
    member.uname = member.gname = ""
    return member


if __name__ == "__main__":
    main()
