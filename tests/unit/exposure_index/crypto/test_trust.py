import json

import pytest

from exposure_index.crypto.trust import Signer, Trust
from exposure_index.errors import Malformed, SignatureRefused

ANA, BEN, EVE = (Signer(bytes([n]) * 32) for n in (1, 2, 3))
TRUST = Trust(2, {signer.id: signer.public_key for signer in (ANA, BEN)})


def test_trust_survives_its_file(tmp_path):
    (tmp_path / "trust.json").write_text(json.dumps(TRUST.as_document()))
    assert TRUST == Trust.load(tmp_path)
    assert TRUST == Trust.load(tmp_path / "trust.json")


@pytest.mark.parametrize(
    "changes",
    [
        {"threshold": 0},
        {"threshold": 3},
        {"threshold": True},
        {"threshold": "2"},
        {"threshold": None},
        {"keys": {}},
        {"keys": []},
        {"keys": {"00" * 8: ANA.public_key.hex(), BEN.id: BEN.public_key.hex()}},
        {"keys": {ANA.id: ANA.public_key.hex().upper(), BEN.id: BEN.public_key.hex()}},
        {"keys": {ANA.id: 5, BEN.id: BEN.public_key.hex()}},
    ],
)
def test_another_shape_is_refused(tmp_path, changes):
    (tmp_path / "trust.json").write_text(json.dumps({**TRUST.as_document(), **changes}))
    with pytest.raises(Malformed):
        Trust.load(tmp_path)


@pytest.mark.parametrize(
    "text", ["", "[]", "{", "\xff", '{"threshold": 1, "threshold": 2, "keys": {}}']
)
def test_what_is_no_json_object_is_refused(tmp_path, text):
    (tmp_path / "trust.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(Malformed):
        Trust.load(tmp_path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(Malformed):
        Trust.load(tmp_path / "trust.json")


def test_enough_right_signatures_are_counted():
    signatures = {signer.id: signer.signature(b"text") for signer in (ANA, BEN)}
    assert 2 == TRUST.check(b"text", signatures)


def test_too_few_signatures_are_refused():
    with pytest.raises(SignatureRefused, match="1 of 2"):
        TRUST.check(b"text", {ANA.id: ANA.signature(b"text")})
    assert 1 == TRUST.check_each(b"text", {ANA.id: ANA.signature(b"text")})


@pytest.mark.parametrize(
    "wrong",
    [
        {BEN.id: ANA.signature(b"text")},
        {BEN.id: BEN.signature(b"other")},
        {BEN.id: "00" * 64},
        {BEN.id: "zz"},
        {EVE.id: EVE.signature(b"text")},
    ],
)
def test_one_wrong_signature_spoils_the_rest(wrong):
    with pytest.raises(SignatureRefused):
        TRUST.check_each(b"text", {ANA.id: ANA.signature(b"text"), **wrong})
