"""Golden bytes of every format; hex with spaces, so that it looks like no key."""

import io
import json

import pytest

from exposure_index.crypto.keyed_hash import (
    entry_hmac,
    entry_material,
    key_id,
    plain_build_key,
    plain_page_key,
    seal_entry,
)
from exposure_index.files.plain_index import Header, write_plain_index
from exposure_index.identity.canonical import IDENTITY_HASH
from exposure_index.trip_text.reading import READING_HASH

HEADER = """
    47 41 55 47 45 49 30 32 00 00 00 02
    00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f
    30 cc 8f 85 0d 6f 67 bd 00 00 00 00 00 00 00 33
"""
FIRST_TRAILER = """
    00 00 00 00 00 00 00 00 00 32 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
    00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 33 33 33 33 33 33 33 33 33 33 33 33 33 33 33 33
"""
LAST_TRAILER = """
    00 00 00 00 00 00 00 01 00 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
    32 32 32 32 32 32 32 32 32 32 32 32 32 32 32 32 ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff
"""


@pytest.fixture(scope="module")
def golden(frozen):
    return {
        name: bytes.fromhex(part) for name, part in json.loads(frozen.GOLDEN.read_text()).items()
    }


@pytest.fixture(scope="module")
def root_plain(frozen):
    return frozen.invented_bytes("root_plain", 64)


@pytest.fixture(scope="module")
def two_pages(frozen, golden):
    """A file of 51 entries, and its checksum in hex."""
    target = io.BytesIO()
    header = Header(frozen.BUILD_ID, golden["key_id"], 51)
    entries = [bytes([n]) * 80 for n in range(1, 52)]
    sha256 = write_plain_index(target, header, entries, golden["page_key"])
    return target.getvalue(), sha256


def test_a_label(frozen, golden):
    assert golden["label"] == frozen.LABEL.pack()


def test_an_encoded_identity(frozen, golden):
    assert golden["x0"] == frozen.LISTED[0].encode()
    assert golden["xd"] == frozen.LISTED[0].encode_document()


def test_a_key_id(root_plain, golden):
    assert golden["key_id"] == key_id(root_plain)


def test_the_material_and_the_entry_of_an_identity(frozen, root_plain, golden):
    keyed = entry_hmac(plain_build_key(root_plain, frozen.BUILD_ID))
    material = entry_material(keyed, golden["x0"])
    assert golden["material"] == material
    assert golden["entry"] == seal_entry(material, golden["label"], frozen.BUILD_ID)


def test_a_page_key(frozen, root_plain, golden):
    assert golden["page_key"] == plain_page_key(root_plain, frozen.BUILD_ID)


def test_the_fields_of_a_file_of_two_pages(golden, two_pages):
    data, _ = two_pages
    assert 3 * 4096 == len(data)
    assert bytes.fromhex(HEADER) == golden["header"] == data[:44]
    assert bytes([50]) * 80 == data[4096 + 49 * 80 : 4096 + 50 * 80]
    assert bytes.fromhex(FIRST_TRAILER) == data[8192 - 96 : 8192 - 32]
    assert bytes([51]) * 80 + bytes(49 * 80) == data[8192:-96]
    assert bytes.fromhex(LAST_TRAILER) == data[-96:-32]


def test_the_proofs_of_a_file_of_two_pages(golden, two_pages):
    data, sha256 = two_pages
    assert golden["header_proof"] == data[4096 - 32 : 4096]
    assert golden["first_trailer"] == data[8192 - 96 : 8192]
    assert golden["last_trailer"] == data[-96:]
    assert golden["file_sha256"] == bytes.fromhex(sha256)


def test_the_fields_of_a_manifest(golden, frozen_index):
    manifest = json.loads((frozen_index / "current" / "manifest.json").read_bytes())
    assert {
        "authority": "Contract Test",
        "seq": 1,
        "build_id": bytes(range(16)).hex(),
        "built_at": "2020-02-10T08:00:00Z",
        "valid_until": "2020-02-12T08:00:00Z",
        "oldest_source": "2020-02-09T08:00:00Z",
        "size_class": 150000,
        "identity": IDENTITY_HASH,
        "reading": READING_HASH,
        "key_id": golden["key_id"].hex(),
        "previous": "",
    } == {
        name: value
        for name, value in manifest.items()
        if name not in {"rules", "coverage", "files", "signatures"}
    }
    assert ["plain.idx"] == list(manifest["files"])
    assert 1 == len(manifest["signatures"])
