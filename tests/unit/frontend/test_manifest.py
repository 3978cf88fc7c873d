"""Manifests in the browser: signed by enough, of this form, of now; and their canonical JSON."""

import copy
import json

import pytest

from exposure_index.crypto.canonical_json import canonical_bytes
from exposure_index.crypto.trust import Signer, Trust
from exposure_index.files.manifest import signed_bytes
from exposure_index.identity.canonical import IDENTITY_HASH
from exposure_index.private.evaluation import PrivateKey

NOW = "2020-02-10T08:00:00Z"
KEY = PrivateKey.derive(1, bytes(range(32)))
SIGNERS = [Signer(bytes([number]) * 32) for number in range(3)]
UNSIGNED = {
    "authority": "示例市疾病预防控制中心",
    "seq": 7,
    "build_id": "00" * 16,
    "built_at": "2020-02-09T08:00:00Z",
    "valid_until": "2020-02-11T08:00:00Z",
    "oldest_source": "2020-02-08T08:00:00Z",
    "rules": {"nhc-2020-03": {"number": 3, "disease": "covid-19", "words": {"en": 'é\u2028"\\\t'}}},
    "coverage": [{"mode": "train", "gaps": ["2020-02-01"], "operator": "𠮷"}],
    "size_class": 150_000,
    "identity": IDENTITY_HASH,
    "key_id": "00" * 8,
    "files": {"plain.idx": "00" * 32},
    "previous": "",
    "private": {
        "key_id": KEY.key_id.hex(),
        "public_key": KEY.public_key.hex(),
        "log2_buckets": 9,
        "bucket_entries": 480,
        "root": "00" * 32,
    },
}


def trust_of(signers, threshold):
    return Trust(threshold, {signer.id: signer.public_key for signer in signers}).as_document()


def signed(document, *signers):
    message = signed_bytes(document)
    return {**document, "signatures": {one.id: one.signature(message) for one in signers}}


def changed(**fields):
    return {**UNSIGNED, **fields}


def changed_private(**fields):
    return changed(private={**UNSIGNED["private"], **fields})


def test_a_manifest_signed_by_enough_is_read(in_browser):
    call = [signed(UNSIGNED, *SIGNERS[:2]), trust_of(SIGNERS, 2), {"time": NOW}]
    (answer,) = in_browser([("trustedManifest", call)])
    manifest = answer["returned"]
    assert (7, "2020-02-08T08:00:00Z") == (manifest["seq"], manifest["oldestSource"])
    assert {"hex": KEY.public_key.hex()} == manifest["publicKey"]
    assert UNSIGNED["rules"] == manifest["rules"]
    assert [] == manifest["unruled"]


def test_diseases_that_are_left_out_are_read(in_browser):
    call = [signed(changed(unruled=["measles"]), SIGNERS[0]), trust_of(SIGNERS, 1), {"time": NOW}]
    (answer,) = in_browser([("trustedManifest", call)])
    assert ["measles"] == answer["returned"]["unruled"]


@pytest.mark.parametrize("field", [*UNSIGNED, "private.root", "private.public_key"])
def test_no_field_can_be_changed_after_signing(in_browser, field):
    document = copy.deepcopy(signed(UNSIGNED, SIGNERS[0]))
    held, _, name = field.rpartition(".")
    place = document[held] if held else document
    value = place[name]
    place[name] = value + 1 if isinstance(value, int) else type(value)() if value else "00"
    (answer,) = in_browser([("trustedManifest", [document, trust_of(SIGNERS, 1), {"time": NOW}])])
    assert "CannotAnswer" == answer.get("thrown")


def test_signatures_that_do_not_suffice_are_no_answer(in_browser):
    stranger = Signer(b"\x09" * 32)
    good = signed(UNSIGNED, SIGNERS[0])
    (name, hexed) = next(iter(good["signatures"].items()))
    flipped = hexed[:-2] + f"{int(hexed[-2:], 16) ^ 1:02x}"
    cases = [
        (good, trust_of(SIGNERS, 2)),
        (signed(UNSIGNED), trust_of(SIGNERS, 1)),
        (signed(UNSIGNED, stranger), trust_of(SIGNERS, 1)),
        (signed(UNSIGNED, SIGNERS[0], stranger), trust_of(SIGNERS, 1)),
        ({**good, "signatures": {name: flipped}}, trust_of(SIGNERS, 1)),
        ({**good, "signatures": {name: ""}}, trust_of(SIGNERS, 1)),
        ({**good, "signatures": {"constructor": hexed}}, trust_of(SIGNERS, 1)),
        ({**good, "signatures": None}, trust_of(SIGNERS, 1)),
        (good, {"threshold": 0, "keys": {}}),
        (good, {"threshold": 1, "keys": {name: stranger.public_key.hex()}}),
        (None, trust_of(SIGNERS, 1)),
        ([], trust_of(SIGNERS, 1)),
    ]
    answers = in_browser([("trustedManifest", [*case, {"time": NOW}]) for case in cases])
    assert {"CannotAnswer"} == {answer.get("thrown") for answer in answers}


@pytest.mark.parametrize(
    "document",
    [
        changed(identity="00" * 32),
        changed(private=None),
        {name: value for name, value in UNSIGNED.items() if name != "private"},
        changed_private(key_id="00" * 8),
        changed_private(public_key="00" * 31),
        changed_private(log2_buckets=8),
        changed_private(log2_buckets=32),
        changed_private(bucket_entries=0),
        changed_private(bucket_entries=2**21),
        changed_private(root="zz" * 32),
        changed(seq=0),
        changed(build_id="00" * 15),
        changed(valid_until="2020-02-11"),
        changed(valid_until="2020-99-11T08:00:00Z"),
        changed(coverage={}),
        changed(unruled="measles"),
        changed(unruled=[7]),
        changed(authority=""),
    ],
)
def test_what_the_signers_got_wrong_is_no_answer_either(in_browser, document):
    call = [signed(document, SIGNERS[0]), trust_of(SIGNERS, 1), {"time": NOW}]
    (answer,) = in_browser([("trustedManifest", call)])
    assert "CannotAnswer" == answer.get("thrown")


@pytest.mark.parametrize("now", ["2020-02-11T08:00:00Z", "2021-01-01T00:00:00Z"])
def test_an_expired_manifest_is_no_answer(in_browser, now):
    call = [signed(UNSIGNED, SIGNERS[0]), trust_of(SIGNERS, 1), {"time": now}]
    (answer,) = in_browser([("trustedManifest", call)])
    assert "expired: manifest" == answer.get("reason")


@pytest.mark.parametrize(
    "document",
    [
        UNSIGNED,
        {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\x80": 6, "ö": 7},  # RFC 8785
        {"a": [True, False, None, -1, 2**53 - 1, {"b": "\x00\x1f\x7f\u2029"}], "": {}, "z": []},
        {"10": 1, "9": 2, "__proto__": {"x": 1}},
    ],
)
def test_canonical_json_is_that_of_the_signers(in_browser, document):
    (answer,) = in_browser([("canonicalJson", [document])])
    assert canonical_bytes(document).decode() == answer["returned"]


@pytest.mark.parametrize("value", [1.5, 2**53, "\ud800", "x\udfff", {"\udc00": 1}])
def test_what_canonical_json_cannot_hold_is_refused(in_browser, value):
    (answer,) = in_browser([("canonicalJson", [{"a": value}])])
    assert "Error" == answer.get("thrown"), json.dumps(value)
