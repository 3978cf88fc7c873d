"""HPKE and signatures of the browser against Python's cryptography."""

import base64
import hashlib
import json

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.fixtures.hpke_with_aad import open_with_aad

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
CURVE = ec.SECP256R1()
KEY = ec.derive_private_key(0x99, CURVE)
SCALAR = {"hex": f"{0x99:064x}"}
POINT = {"hex": KEY.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint).hex()}
PLAIN = b'{"id":"00"}   '
PERSON = {"id_type": "passport", "id_number": "X0000001", "name": "Ana Silva", "name_latin": ""}
NOW = 1_700_000_000_000
DOOR = {"organisation": "ABCD2345", "keyId": "0a1b2c3d", "publicKey": POINT}
KIOSK = "ab" * 16
SYMPTOMS = ["fever", "cough", "breath", "throat", "taste"]
ILL = ["fever", "symptoms", "exposure"]


def test_what_the_browser_seals_python_opens(in_kiosk):
    calls = [("sealTo", [POINT, "checkin", {"hex": PLAIN.hex()}])]
    sealed = bytes.fromhex(in_kiosk(calls)[0]["returned"]["hex"])
    assert PLAIN == SUITE.decrypt(sealed, KEY, info=b"gauge/v1/kiosk/checkin")


def test_what_python_seals_the_browser_opens(in_kiosk):
    sealed = SUITE.encrypt(PLAIN, KEY.public_key(), info=b"gauge/v1/kiosk/door-key")
    calls = [("openWith", [SCALAR, POINT, "door-key", {"hex": sealed.hex()}])]
    assert {"hex": PLAIN.hex()} == in_kiosk(calls)[0]["returned"]


def test_what_was_sealed_for_another_purpose_does_not_open(in_kiosk):
    sealed = SUITE.encrypt(PLAIN, KEY.public_key(), info=b"gauge/v1/kiosk/checkin")
    calls = [("openWith", [SCALAR, POINT, "check", {"hex": sealed.hex()}])]
    assert "thrown" in in_kiosk(calls)[0]


@pytest.mark.parametrize(("length", "expected"), [(500, 512), (501, 512), (513, 1024)])
def test_check_ins_are_padded_to_a_multiple(in_kiosk, length, expected):
    text = "a" * (length - 2)  # within quotation marks
    answer = in_kiosk([("paddedJson", [text, 512])])[0]["returned"]
    assert expected == len(bytes.fromhex(answer["hex"]))


def test_the_length_of_a_check_in_does_not_tell_who_is_ill_or_let_in(in_kiosk):
    visitor = {"kind": "visitor", "person": PERSON, "exposure": "wait", "reason": "exposure"}
    override = {"word": "come_in", "reason": "经主管同意，复测后放行"}
    healthy = checkin(subject={"kind": "badge", "roster": KIOSK}, word="come_in")
    ill = checkin(subject=visitor, word="wait", symptoms=SYMPTOMS, reasons=ILL, override=override)
    answers = in_kiosk([("sealCheckinTo", [one, POINT]) for one in (healthy, ill)])
    assert 1 == len({len(one["returned"]["hex"]) for one in answers})


def checkin(**said):
    reading = {"celsius": 38.55, "source": "bluetooth", "at": NOW}
    usual = {"direction": "in", "purpose": "entry", "readings": [reading] * 2}
    return usual | {"symptoms": [], "reasons": [], "override": None} | said


def test_a_visitors_code_is_read_by_the_kiosks_of_the_organisation(in_kiosk):
    [sealed] = in_kiosk([("sealVisitorCode", [PERSON, DOOR, NOW])])
    code = sealed["returned"]
    calls = [("openCode", [code, "ABCD2345", "0a1b2c3d", SCALAR, POINT])]
    assert {"person": PERSON, "madeAt": NOW} == in_kiosk(calls)[0]["returned"]


@pytest.mark.parametrize(
    ("organisation", "key_id"), [("ABCD2346", "0a1b2c3d"), ("ABCD2345", "0a1b2c3e")]
)
def test_a_visitors_code_of_another_door_is_unreadable(in_kiosk, organisation, key_id):
    [sealed] = in_kiosk([("sealVisitorCode", [PERSON, DOOR, NOW])])
    calls = [("openCode", [sealed["returned"], organisation, key_id, SCALAR, POINT])]
    assert in_kiosk(calls)[0]["returned"] is None


def test_a_visitors_code_holds_letters_of_qr_codes_alone_and_one_length(in_kiosk):
    other = {**PERSON, "name": "Bo"}
    answers = in_kiosk([("sealVisitorCode", [one, DOOR, NOW]) for one in (PERSON, other)])
    codes = [one["returned"] for one in answers]
    assert {517} == {len(code) for code in codes}
    assert set("".join(codes)) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def test_what_a_visitors_phone_seals_python_opens(in_kiosk):
    [sealed] = in_kiosk([("sealVisitorCode", [PERSON, DOOR, NOW])])
    [raw] = in_kiosk([("fromBase45", [sealed["returned"].removeprefix("CGV1:")])])
    content = bytes.fromhex(raw["returned"]["hex"])
    assert "0a1b2c3d" == content[:4].hex()
    plain = open_with_aad(KEY, content[4:], b"gauge/v1/kiosk/visitor", b"ABCD2345")
    assert {**PERSON, "made_at": NOW} == json.loads(plain)


@pytest.mark.parametrize(
    ("age_minutes", "fresh"), [(-3, False), (-2, True), (0, True), (12, True), (13, False)]
)
def test_a_visitors_code_is_good_for_ten_minutes_and_two_of_tolerance(in_kiosk, age_minutes, fresh):
    code = {"person": PERSON, "madeAt": NOW}
    [answer] = in_kiosk([("isFresh", [code, NOW + age_minutes * 60_000])])
    assert fresh is answer["returned"]


def test_a_name_that_is_too_long_is_not_sealed_in_part(in_kiosk):
    [answer] = in_kiosk([("sealVisitorCode", [{**PERSON, "name": "A" * 200}, DOOR, NOW])])
    assert "TooLong" == answer["thrown"]


def test_a_doors_address_is_read_whole_or_not_at_all(in_kiosk):
    point = base64.urlsafe_b64encode(bytes.fromhex(POINT["hex"])).decode().rstrip("=")
    keys = [{"id": "0a1b2c3d", "public_key": point}]
    [address] = in_kiosk([("doorAddress", ["https://gauge.example", "ABCD2345", keys])])
    fragment = address["returned"].removeprefix("https://gauge.example/visit")
    whole, cut = in_kiosk([("doorOf", [fragment]), ("doorOf", [fragment[:-1]])])
    assert DOOR == whole["returned"]
    assert cut["returned"] is None


def verify(answer, base):
    point, fields = bytes.fromhex(answer["point"]["hex"]), answer["fields"]
    raw = base64.b64decode(fields["Signature"].removeprefix("kiosk=:").removesuffix(":"))
    whole = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    public_key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    public_key.verify(whole, base.encode(), ec.ECDSA(SHA256()))


def signed(in_kiosk, body):
    path = "/api/v1/kiosk/sync"
    request = {"method": "POST", "path": path, "body": {"hex": body.hex()}, "createdAt": NOW + 999}
    return in_kiosk([("signRequest", [request, KIOSK])])[0]["returned"]


def test_python_verifies_what_the_browser_signs(in_kiosk):
    answer = signed(in_kiosk, b"{}")
    digest = base64.b64encode(hashlib.sha256(b"{}").digest()).decode()
    parameters = (
        '("@method" "@path" "content-digest")'
        f';created=1700000000;keyid="{KIOSK}";alg="ecdsa-p256-sha256"'
    )
    assert f"sha-256=:{digest}:" == answer["fields"]["Content-Digest"]
    assert f"kiosk={parameters}" == answer["fields"]["Signature-Input"]
    verify(
        answer,
        f'"@method": POST\n"@path": /api/v1/kiosk/sync\n"content-digest": sha-256=:{digest}:\n'
        f'"@signature-params": {parameters}',
    )


def test_a_signature_covers_the_content(in_kiosk):
    with pytest.raises(InvalidSignature):
        verify(signed(in_kiosk, b"{}"), '"@method": POST')
