import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from app.kiosk.keys.hpke import new_key_pair, private_key_of
from app.kiosk.signatures.http_signature import (
    SignatureHeaders,
    Unsigned,
    WrongSignature,
    read_signature,
    signature_base,
)

SCALAR, POINT = new_key_pair()
KIOSK = "0a" * 16
PATH = "/api/v1/kiosk/sync"
BODY = b'{"waiting":0}'
PARAMETERS = (
    '("@method" "@path" "content-digest");created=1580515200'
    f';keyid="{KIOSK}";alg="ecdsa-p256-sha256"'
)

# what `http-message-signatures` 3.0.0, a library of others, makes of method, path and body
OTHERS_POINT = bytes.fromhex(
    "049d98da3bb11faec7bebb112b8c4384fc2e021936c2cddbc1d73350"  # pragma: allowlist secret
    "b2a66b088f1c6d41ca6604c03994c14fc77a0b77c574c9b8195e7be6"  # pragma: allowlist secret
    "91bfef7e21d854a6de"  # pragma: allowlist secret
)
OTHERS_PARAMETERS = PARAMETERS.replace("1580515200", "1795981201")
OTHERS_SIGNATURE = (
    "kiosk=:FrsvPbTpRehK/P2YhdrSuPgOsH9pr4C8Xo7N81v+5t1Pz0Uaj"  # pragma: allowlist secret
    "rN0hXM1frbqIsgiywKqK/SPKM4PPcGMVkcVsw==:"  # pragma: allowlist secret
)
OTHERS_BODY = b'{"a":1}'


def digest_field(body):
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def headers_over(method="POST", path=PATH, body=BODY, parameters=PARAMETERS, scalar=SCALAR):
    """The headers of a request signed by one key."""
    digest = digest_field(body)
    base = signature_base(method, path, digest, parameters)
    r, s = decode_dss_signature(private_key_of(scalar).sign(base, ec.ECDSA(SHA256())))
    raw = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    signature = f"kiosk=:{base64.b64encode(raw).decode()}:"
    return SignatureHeaders(digest, f"kiosk={parameters}", signature)


def verify(headers, method="POST", path=PATH, body=BODY, point=POINT):
    message = read_signature(method, path, headers)
    message.verify_head(point)
    message.verify_body(body)


def test_a_signature_over_the_request_is_verified():
    verify(headers_over())
    message = read_signature("POST", PATH, headers_over())
    assert (KIOSK, 1_580_515_200) == (message.kiosk, message.created)


def test_the_signature_base_is_that_of_the_standard():
    """RFC 9421, section 2.5: a line for each component, then the parameters, no line feed last."""
    expected = (
        '"@method": GET\n'
        '"@path": /api/v1/kiosk/roster\n'
        '"content-digest": sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:\n'
        f'"@signature-params": {PARAMETERS}'
    )
    path = "/api/v1/kiosk/roster"
    assert expected.encode() == signature_base("GET", path, digest_field(b""), PARAMETERS)


def test_the_signature_of_a_library_of_others_is_verified():
    headers = SignatureHeaders(
        digest_field(OTHERS_BODY), f"kiosk={OTHERS_PARAMETERS}", OTHERS_SIGNATURE
    )
    verify(headers, body=OTHERS_BODY, point=OTHERS_POINT)


@pytest.mark.parametrize(
    "change",
    [
        {"method": "GET"},
        {"path": "/api/v1/kiosk/checkins"},
        {"body": BODY + b" "},
        {"point": new_key_pair()[1]},
    ],
)
def test_a_signature_over_something_else_is_wrong(change):
    with pytest.raises(WrongSignature):
        verify(headers_over(), **change)


@pytest.mark.parametrize(
    "raw", [bytes(64), b"\xff" * 64, bytes(32) + b"\x01" * 32], ids=["zero", "large", "zero r"]
)
def test_integers_that_are_no_signature_are_wrong(raw):
    signed = headers_over()
    signature = f"kiosk=:{base64.b64encode(raw).decode()}:"
    with pytest.raises(WrongSignature):
        verify(SignatureHeaders(signed.content_digest, signed.signature_input, signature))


@pytest.mark.parametrize(
    "parameters",
    [
        PARAMETERS.replace('"@path" ', ""),
        PARAMETERS.replace('"@method" "@path"', '"@path" "@method"'),
        PARAMETERS.replace('"@path"', '"@path";req'),
        PARAMETERS.replace("created=", "expires="),
        PARAMETERS.replace("1580515200", "01580515200"),
        PARAMETERS.replace("1580515200", "1580515200.0"),
        PARAMETERS.replace("ecdsa-p256-sha256", "hmac-sha256"),
        PARAMETERS.replace(KIOSK, KIOSK.upper()),
        PARAMETERS + ';nonce="a"',
        PARAMETERS + f", other={PARAMETERS}",
    ],
)
def test_another_form_counts_as_no_signature_although_it_is_good(parameters):
    with pytest.raises(Unsigned):
        read_signature("POST", PATH, headers_over(parameters=parameters))


@pytest.mark.parametrize("name", ["content_digest", "signature_input", "signature"])
@pytest.mark.parametrize("value", [None, "", "kiosk=::", "sha-512=:AA==:"])
def test_a_header_that_is_missing_or_none_is_no_signature(name, value):
    signed = headers_over()
    fields = {
        each: getattr(signed, each) for each in ("content_digest", "signature_input", "signature")
    }
    with pytest.raises(Unsigned):
        read_signature("POST", PATH, SignatureHeaders(**{**fields, name: value}))


@pytest.mark.parametrize(("seconds", "recent"), [(0, True), (300, True), (301, False)])
def test_a_signature_is_recent_for_five_minutes_around_its_time(seconds, recent):
    message = read_signature("POST", PATH, headers_over())
    for now in (message.created - seconds, message.created + seconds):
        assert recent == message.is_recent(now)
