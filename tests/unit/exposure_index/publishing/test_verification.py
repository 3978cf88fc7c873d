import json
from hashlib import sha256

import pytest

from exposure_index import errors
from exposure_index.crypto.canonical_json import canonical_bytes
from exposure_index.crypto.trust import Signer
from exposure_index.files.manifest import Manifest
from exposure_index.publishing import build_facts
from exposure_index.publishing.verification import verify


def test_verifying_tells_what_was_checked(published_once):
    lines = verify(published_once.out, published_once.keys, published_once.trust)
    assert "signatures: 1, 1 needed" in lines
    assert "plain.idx: 122 entries, every page checked" in lines
    assert "canary: found" in lines


def test_verifying_without_keys_says_what_was_not_checked(published_once):
    lines = verify(published_once.out, None, None)
    assert "signatures: not checked, no trust.json" in lines
    assert "canary: not checked, no keys" in lines
    assert "plain.idx: checksum as signed" in lines
    assert "plain.idx: its pages were not checked, no keys" in lines


def test_verifying_refuses_a_signed_file_whose_pages_are_wrong(copied):
    build = (copied.out / "current").resolve()
    data = bytearray((build / "plain.idx").read_bytes())
    data[4096 + 20] ^= 1
    (build / "plain.idx").unlink()
    (build / "plain.idx").write_bytes(data)
    document = json.loads((build / "manifest.json").read_bytes())
    document["files"]["plain.idx"] = sha256(data).hexdigest()
    signer = Signer(copied.keys.bytes("signing"))
    message = Manifest.from_document(document).signed_bytes()
    document["signatures"] = {signer.id: signer.signature(message)}
    (build / "manifest.json").unlink()
    (build / "manifest.json").write_bytes(canonical_bytes(document))
    with pytest.raises((errors.ChecksumRefused, errors.CanaryRefused)):  # a canary may stand there
        verify(copied.out, copied.keys, copied.trust)


def test_verifying_refuses_another_reading_of_trip_numbers(site, monkeypatch):
    monkeypatch.setattr(build_facts, "READING_HASH", "00" * 32)
    build_id = site.candidate()
    with pytest.raises(errors.ReadingRefused):
        verify(site.out / build_id, site.keys, None)
