"""The independent client's own arithmetic, against RFC 9497, appendix A.1.2."""

from pathlib import Path

import pytest

SKS_SEED_PUBLIC_KEY = bytes.fromhex(
    "c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e"  # pragma: allowlist secret
)
BLIND = (
    "64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706"  # pragma: allowlist secret
)
BLINDED = (
    "863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945"  # pragma: allowlist secret
)
EVALUATED = (
    "aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e"  # pragma: allowlist secret
)
PROOF = (
    "ddef93772692e535d1a53903db24367355cc2cc78de93b3be5a8ffcc6985dd06"  # pragma: allowlist secret
    "6d4346421d17bf5117a2a1ff0fcb2a759f58a539dfbe857a40bce4cf49ec600d"  # pragma: allowlist secret
)
OUTPUT = (
    "b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7d"  # pragma: allowlist secret
    "a4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c"  # pragma: allowlist secret
)


def test_it_blinds_as_the_rfc(client):
    blind = int.from_bytes(bytes.fromhex(BLIND), "little")
    assert BLINDED == client.encode(client.multiply(blind, client.hash_to_group(b"\0"))).hex()


def test_it_finalizes_as_the_rfc(client):
    blind = int.from_bytes(bytes.fromhex(BLIND), "little")
    element = client.decode(bytes.fromhex(EVALUATED))
    assert OUTPUT == client.finalize(b"\0", blind, element).hex()


@pytest.mark.parametrize("place", [None, 0, 31, 32, 63])
def test_it_believes_the_rfc_s_proof_and_no_other(client, place):
    proof = bytearray.fromhex(PROOF)
    if place is not None:
        proof[place] ^= 1
    blinded, evaluated = [bytes.fromhex(BLINDED)], [bytes.fromhex(EVALUATED)]
    holds = client.proof_holds(SKS_SEED_PUBLIC_KEY, blinded, evaluated, bytes(proof))
    assert holds == (place is None)


@pytest.mark.parametrize("name", ["client.py", "identity_rules.py"])
def test_it_imports_nothing_of_this_project(name):
    text = Path(__file__).with_name(name).read_text("utf-8")
    for package in ("app", "exposure_index", "index_builder", "tables", "tests", "voprf"):
        assert f"import {package}" not in text
        assert f"from {package}" not in text
