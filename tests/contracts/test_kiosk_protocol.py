"""The worked example of docs/kiosk-protocol.md: what another maker checks a terminal against."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.kiosk.badges.badge_text import badge_text
from app.kiosk.checkins.content import read_content
from app.kiosk.keys.encodings import from_base64url, to_base64url
from app.kiosk.keys.hpke import SealPurpose, open_sealed, private_key_of
from app.kiosk.signatures.http_signature import SignatureHeaders, read_signature
from tests.fixtures.kiosk_terminals import example

DOCUMENT = (Path(__file__).parents[2] / "docs" / "kiosk-protocol.md").read_text("utf-8")
EXAMPLE = DOCUMENT[DOCUMENT.index("## Worked example") :]
BLOCKS = re.findall(r"```\n(.*?)\n```", EXAMPLE, re.DOTALL)
VALUES = dict(line.split(": ", 1) for line in BLOCKS[0].splitlines())
ORGANISATION = "7Q2M4K9T"


def body() -> bytes:
    return VALUES["body"].replace("SEALED", VALUES["sealed check-in"]).encode()


def plaintext_of(scalar: str, purpose: SealPurpose, sealed: str) -> bytes:
    key = private_key_of(bytes.fromhex(VALUES[scalar]))
    return open_sealed(key, purpose, from_base64url(VALUES[sealed]))


@pytest.mark.parametrize("name", ["signing", "sealing", "check-in", "door"])
def test_each_point_is_that_of_its_scalar(name):
    key = private_key_of(bytes.fromhex(VALUES[f"{name} scalar"])).public_key()
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    assert VALUES[f"{name} point"] == to_base64url(point)


def test_the_sealed_checkin_opens_to_the_one_that_is_printed():
    plaintext = plaintext_of("check-in scalar", SealPurpose.CHECKIN, "sealed check-in")
    assert 512 == len(plaintext)
    assert VALUES["check-in"] == plaintext.decode().rstrip(" ")
    assert json.loads(VALUES["check-in"]) == read_content(plaintext).model_dump()


def test_the_signature_is_that_of_the_kiosk_over_the_printed_base():
    headers = SignatureHeaders(
        VALUES["Content-Digest"], VALUES["Signature-Input"], VALUES["Signature"]
    )
    message = read_signature("POST", "/api/v1/kiosk/checkins", headers)
    assert (VALUES["kiosk"], BLOCKS[1]) == (message.kiosk, message.base.decode())
    message.verify_head(from_base64url(VALUES["signing point"]))
    message.verify_body(body())


def test_the_kiosk_opens_the_door_key():
    scalar = plaintext_of("sealing scalar", SealPurpose.DOOR_KEY, "sealed door scalar")
    assert VALUES["door scalar"] == scalar.hex()


def test_the_badge_is_that_of_its_secret():
    secret = bytes.fromhex(VALUES["badge bytes"])
    assert VALUES["badge"] == badge_text(ORGANISATION, secret)
    assert secret == example.badge_secret(VALUES["badge"], ORGANISATION)
    before, check = VALUES["badge"].rsplit(":", 1)
    bits = int.from_bytes(hashlib.sha256(before.encode()).digest()[:3], "big") >> 4
    letters = "".join(example.CROCKFORD[bits >> shift & 31] for shift in (15, 10, 5, 0))
    assert letters == check


def test_the_entry_opens_to_the_decision_that_is_printed():
    table, entry = bytes.fromhex(VALUES["table"]), bytes.fromhex(VALUES["entry"])
    hkdf = HKDF(SHA256(), 60, salt=table, info=b"gauge/v1/kiosk/badge")
    okm = hkdf.derive(bytes.fromhex(VALUES["badge bytes"]))
    assert (VALUES["okm"], 128, okm[:16]) == (okm.hex(), len(entry), entry[:16])
    decision = AESGCM(okm[16:48]).decrypt(okm[48:], entry[16:], table)
    version, word, reason = decision[:3]
    until = int.from_bytes(decision[3:11], "big")
    name = decision[28 : 28 + decision[27]].decode()
    printed = (
        f"version {version}, word {word}, reason {reason}, valid_until {until}, "
        f"roster id `{decision[11:27].hex()}`, name {name}."
    )
    assert printed in EXAMPLE
