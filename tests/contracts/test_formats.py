"""Golden bytes of every format; hex with spaces, so that it looks like no key."""

import io
import json

from exposure_index.crypto.keyed_hash import (
    entry_hmac,
    entry_material,
    key_id,
    plain_build_key,
    seal_entry,
)
from exposure_index.files.plain_index import Header, write_plain_index
from exposure_index.identity.canonical import IDENTITY_HASH

LABEL = """
    02 02
    11 03 02 01 8c 01 9a 00 58 58 31 32 33 34 00 00 00 00 00 00 00 00 00
    22 03 05 01 8e 01 9c c9 e8 b1 ab 4b 31 32 33 34 00 00 00 00 00 00 00
"""
X0 = "01 00 09 58 58 30 30 30 30 30 30 30 00 08 41 41 41 49 4c 4e 53 56"
KEY_ID = "30 cc 8f 85 0d 6f 67 bd"
MATERIAL = """
    72 b6 a6 24 90 56 e2 aa 80 8b 17 e7 bd f8 3e 4b
    fd 75 e7 2a 2f 51 6a 17 2f f3 85 84 31 8f b2 fd 23 8e 5b bb 5b 43 fa 72 d3 63 2f 52 68 ac f9 b2
    d4 57 96 04 e5 9b 84 63 1f 56 4c eb
"""
ENTRY = """
    72 b6 a6 24 90 56 e2 aa 80 8b 17 e7 bd f8 3e 4b
    2c 66 a6 0a fe de 4d 05 12 e0 63 13 85 33 4a 63 e7 52 82 b7 e7 4e 79 23 4b 0a e5 3f 33 8f d1 85
    fe 76 b3 5c 63 a8 83 2a 2a 2e 38 4f 30 5e 28 ee 89 fa b2 7f 2d 3c ba 63 2a 5d 13 92 f3 7e e0 46
"""
HEADER = """
    47 41 55 47 45 49 30 31 00 00 00 01
    00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f
    30 cc 8f 85 0d 6f 67 bd 00 00 00 00 00 00 00 33
"""
FIRST_TRAILER = """
    00 00 00 00 00 00 00 00 00 32 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
    00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 33 33 33 33 33 33 33 33 33 33 33 33 33 33 33 33
    8b 74 b5 ff f8 d8 e4 e8 8f 15 dd 1e 30 1d ea 04 62 a0 73 3d 8f 69 b3 10 53 ce 12 33 fc 33 08 99
"""
LAST_TRAILER = """
    00 00 00 00 00 00 00 01 00 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
    32 32 32 32 32 32 32 32 32 32 32 32 32 32 32 32 ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff
    31 7f 2d 0e a3 87 b0 98 d0 92 79 57 f6 4c 51 80 53 c4 85 3b f6 d8 67 61 13 d0 b4 85 d6 b6 e5 e4
"""
FILE_SHA256 = """
    42 0b 48 18 99 56 4a 14 4f 00 29 7b e0 ea 1d 08 41 1c 3e b1 3a 16 14 13 d0 5e 13 2a ba a8 ce dd
"""


def bytes_of(golden):
    return bytes.fromhex(golden)


def test_a_label(frozen):
    assert bytes_of(LABEL) == frozen.LABEL.pack()


def test_an_encoded_identity(frozen):
    assert bytes_of(X0) == frozen.LISTED[0].encode()


def test_a_key_id(frozen):
    assert bytes_of(KEY_ID) == key_id(frozen.invented_bytes("root_plain", 64))


def test_the_material_and_the_entry_of_an_identity(frozen):
    keyed = entry_hmac(plain_build_key(frozen.invented_bytes("root_plain", 64), frozen.BUILD_ID))
    material = entry_material(keyed, bytes_of(X0))
    assert bytes_of(MATERIAL) == material
    assert bytes_of(ENTRY) == seal_entry(material, bytes_of(LABEL), frozen.BUILD_ID)


def test_a_file_of_two_pages(frozen):
    target = io.BytesIO()
    header = Header(frozen.BUILD_ID, bytes_of(KEY_ID), 51)
    sha256 = write_plain_index(target, header, [bytes([n]) * 80 for n in range(1, 52)])
    data = target.getvalue()
    assert 3 * 4096 == len(data)
    assert bytes_of(HEADER) == data[:44]
    assert bytes([50]) * 80 == data[4096 + 49 * 80 : 4096 + 50 * 80]
    assert bytes_of(FIRST_TRAILER) == data[8192 - 96 : 8192]
    assert bytes([51]) * 80 + bytes(49 * 80) == data[8192:-96]
    assert bytes_of(LAST_TRAILER) == data[-96:]
    assert bytes_of(FILE_SHA256) == bytes.fromhex(sha256)


def test_the_fields_of_a_manifest(frozen_index):
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
        "key_id": bytes_of(KEY_ID).hex(),
        "previous": "",
    } == {
        name: value
        for name, value in manifest.items()
        if name not in {"rules", "coverage", "files", "signatures"}
    }
    assert ["plain.idx"] == list(manifest["files"])
    assert 1 == len(manifest["signatures"])
