"""Webhooks go to servers that prove their name, and to no others."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.bulk.webhooks.addresses import judged_address, parse_endpoint
from app.bulk.webhooks.sending import SendFailed, post

DAY = timedelta(days=1)


def certificate(key, name, *, issuer=None, host=None, age=DAY):
    """Return a certificate; issuer: its name and key, of itself where there is none."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer_name, issuer_key = issuer or (subject, key)
    begins = datetime.now(UTC) - age
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer_name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + 2 * DAY)
        .add_extension(x509.BasicConstraints(ca=host is None, path_length=None), critical=True)
    )
    if host is not None:
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def pem(thing):
    if isinstance(thing, x509.Certificate):
        return thing.public_bytes(serialization.Encoding.PEM)
    form = serialization.PrivateFormat.PKCS8
    return thing.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())


@pytest.fixture
def sent_to(hook, tmp_path, monkeypatch):
    """Send to a server whose certificate is made as said; return the status, or why not."""
    root_key = ec.generate_private_key(ec.SECP256R1())
    root = certificate(root_key, "root of the test")
    (tmp_path / "root.pem").write_bytes(pem(root))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "root.pem"))

    def send(*, trusted=True, host="127.0.0.1", age=DAY):
        key = ec.generate_private_key(ec.SECP256R1())
        issuer = (root.subject, root_key) if trusted else None
        own = certificate(key, "server of the test", issuer=issuer, host=host, age=age)
        (tmp_path / "server.pem").write_bytes(pem(own) + pem(key))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tmp_path / "server.pem")
        hook.socket = context.wrap_socket(hook.socket, server_side=True)
        endpoint = parse_endpoint(hook.url.replace("http:", "https:"), by_authority=True)
        address = judged_address(endpoint, by_authority=True)
        try:
            return post(endpoint, address, {}, b"{}")
        except SendFailed as error:
            return error.code

    return send


def test_a_message_goes_to_a_server_that_proves_its_name(sent_to, hook):
    assert 204 == sent_to()
    assert 1 == len(hook.requests)


@pytest.mark.parametrize("fault", [{"trusted": False}, {"host": "127.0.0.2"}, {"age": 5 * DAY}])
def test_a_server_that_does_not_prove_its_name_is_sent_nothing(sent_to, hook, fault):
    assert "certificate" == sent_to(**fault)
    assert [] == hook.requests
