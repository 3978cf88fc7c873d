#!/usr/bin/env python3
"""A kiosk in Python, after docs/kiosk-protocol.md, with `requests` and `cryptography` alone.

    python3 kiosk_terminal.py enrol http://127.0.0.1:8000 4F7K-…   # a code of the portal
    python3 kiosk_terminal.py badge --celsius 36.5 < badge.txt      # what a badge's QR code says
    python3 kiosk_terminal.py visitor --celsius 36.5 < person.json  # id_type, id_number, name

Prints the word: come_in, wait or not_checked. Identities are read from standard input, never from
arguments, which others on the machine can read. What the kiosk is lies in kiosk.json (mode 0600):
a product keeps its keys where they cannot be copied, and check-ins that could not be sent.
"""

import argparse
import base64
import hashlib
import json
import os
import secrets
import struct
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

API = "/api/v1/kiosk/"
SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
CURVE = ec.SECP256R1()
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # pragma: allowlist secret
WORDS = ("not_checked", "come_in", "wait", "temperature_alone")
HEADER_BYTES, ENTRY_BYTES, LOCATOR_BYTES = 36, 128, 16


class Refused(Exception):
    """The service refused; code: why, for programs."""

    def __init__(self, response: requests.Response) -> None:
        problem = response.json() if "json" in response.headers.get("Content-Type", "") else {}
        self.code = problem.get("code", str(response.status_code))
        super().__init__(problem.get("detail") or problem.get("title") or self.code)


class NotABadge(Exception):
    """The text is no badge, or was misread: its check letters are wrong."""


@dataclass
class Terminal:
    """A kiosk that was enrolled; private keys are scalars as hexadecimal text."""

    base_url: str
    signing_key: str
    sealing_key: str
    kiosk: str = ""
    organisation: str = ""
    sequence: int = 0
    checkin_key: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    table: bytes = b""
    session: requests.Session = field(default_factory=requests.Session)

    @classmethod
    def enrol(cls, base_url: str, code: str, session: requests.Session | None = None) -> "Terminal":
        """Exchange a code for a kiosk with two fresh key pairs."""
        keys = [ec.generate_private_key(CURVE) for _ in range(2)]
        scalars = [f"{key.private_numbers().private_value:064x}" for key in keys]
        terminal = cls(base_url.rstrip("/"), *scalars, session=session or requests.Session())
        body = {
            "code": code,
            "signing_key": b64url(point_of(keys[0])),
            "sealing_key": b64url(point_of(keys[1])),
            "software": "kiosk_terminal.py",
        }
        response = terminal.session.post(
            f"{terminal.base_url}{API}enrolments", json=body, timeout=30
        )
        answer = json.loads(expect(response, 201))
        terminal.kiosk, terminal.organisation = answer["kiosk"], answer["organisation"]["id"]
        return terminal

    def request(self, method: str, name: str, body: bytes = b"", **headers: str) -> bytes:
        """Send one signed request; return the body of the answer. Raises Refused."""
        digest = f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
        parameters = (
            f'("@method" "@path" "content-digest");created={int(time.time())}'
            f';keyid="{self.kiosk}";alg="ecdsa-p256-sha256"'
        )
        base = (
            f'"@method": {method}\n"@path": {API}{name}\n"content-digest": {digest}\n'
            f'"@signature-params": {parameters}'
        )
        signature = private_key(self.signing_key).sign(base.encode(), ec.ECDSA(SHA256()))
        raw = b"".join(part.to_bytes(32, "big") for part in decode_dss_signature(signature))
        headers |= {
            "Content-Digest": digest,
            "Signature-Input": f"kiosk={parameters}",
            "Signature": f"kiosk=:{base64.b64encode(raw).decode()}:",
        }
        if body:
            headers["Content-Type"] = "application/json"
        url = f"{self.base_url}{API}{name}"
        return expect(
            self.session.request(method, url, data=body, headers=headers, timeout=30), 200
        )

    def post(self, name: str, document: dict[str, Any]) -> dict[str, Any]:
        """Send a JSON document; return the one of the answer. Raises Refused."""
        answer: dict[str, Any] = json.loads(self.request("POST", name, json_bytes(document)))
        return answer

    def sync(self) -> dict[str, Any]:
        """Tell how the kiosk is; learn settings, keys, and whether there is another table."""
        report = {
            "waiting": 0,
            "refused": 0,
            "battery": None,
            "charging": None,
            "clock_offset_ms": 0,
            "table": self.table[8:24].hex() or None,
            "software": "kiosk_terminal.py",
        }
        answer = self.post("sync", report)
        self.checkin_key, self.settings = answer["checkin_key"], answer["settings"]
        if answer["table"] is None:
            self.table = b""
        elif answer["table"]["id"] != report["table"]:
            self.table = self.request("GET", "roster")
        return answer

    def decide_badge(self, text: str, now_ms: int | None = None) -> dict[str, Any]:
        """Return what the table says of a badge: its word, the person's roster id and name.

        Without a table that is good now, or without an entry, the word is not_checked.
        """
        secret = badge_secret(text, self.organisation)
        unknown = {"word": "not_checked", "roster": None, "name": ""}
        if not self.table:
            return unknown
        table_id = self.table[8:24]
        count, _ = struct.unpack(">IQ", self.table[24:HEADER_BYTES])
        hkdf = HKDF(SHA256(), 60, salt=table_id, info=b"gauge/v1/kiosk/badge")
        okm = hkdf.derive(secret)
        entry = find_entry(self.table, count, okm[:LOCATOR_BYTES])
        if entry is None:
            return unknown
        try:
            decision = AESGCM(okm[16:48]).decrypt(okm[48:], entry[LOCATOR_BYTES:], table_id)
        except InvalidTag:
            return unknown
        (valid_until,) = struct.unpack(">Q", decision[3:11])
        if decision[0] != 1 or valid_until <= (now_ms or int(time.time() * 1000)):
            return unknown
        name = decision[28 : 28 + decision[27]].decode()
        return {"word": WORDS[decision[1]], "roster": decision[11:27].hex(), "name": name}

    def check_visitor(self, person: dict[str, str]) -> dict[str, Any]:
        """Ask the service about a visitor; return word and reason."""
        sealed = self.seal("check", json_bytes(person).ljust(512))
        return self.post("checks", {"id": secrets.token_hex(16), "sealed": sealed})

    def checkin(self, who: dict[str, Any], word: str, celsius: float | None) -> dict[str, Any]:
        """Return one check-in, sealed: keep it until the service has named it taken or known."""
        now = int(time.time() * 1000)
        self.sequence += 1
        readings = [] if celsius is None else [{"celsius": celsius, "source": "typed", "at": now}]
        fever = celsius is not None and celsius > self.settings["fever_celsius"]
        content = {
            "v": 1,
            "id": secrets.token_hex(16),
            "sequence": self.sequence,
            "made_at": now,
            "clock": "sure",
            "direction": "in",
            "purpose": "entry",
            "who": who,
            "temperatures": readings,
            "symptoms": [],
            "word": word,
            "reasons": ["fever"] if fever else [],
            "override": None,
            "table": self.table[8:24].hex() or None,
            "undoes": None,
        }
        plaintext = json_bytes(content)
        padded = plaintext.ljust(-(-len(plaintext) // 512) * 512)
        sealed = self.seal("checkin", padded)
        return {"id": content["id"], "sequence": self.sequence, "sealed": sealed}

    def send(self, checkins: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Send up to 200 check-ins; return what became of each."""
        outcomes: list[dict[str, Any]] = self.post("checkins", {"checkins": checkins})["checkins"]
        return outcomes

    def seal(self, purpose: str, plaintext: bytes) -> str:
        """Return a plaintext sealed to the organisation, base64url."""
        point = from_b64url(self.checkin_key)
        key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        return b64url(SUITE.encrypt(plaintext, key, info=f"gauge/v1/kiosk/{purpose}".encode()))

    def final_word(self, exposure: str, celsius: float) -> str:
        """Return the word for somebody: a fever waits, whatever is known of exposures."""
        if celsius > self.settings["fever_celsius"] or exposure == "wait":
            return "wait"
        return "come_in" if exposure == "temperature_alone" else exposure


def find_entry(table: bytes, count: int, locator: bytes) -> bytes | None:
    """Return the entry of a locator by binary search, None where there is none."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        start = HEADER_BYTES + middle * ENTRY_BYTES
        found = table[start : start + LOCATOR_BYTES]
        if found == locator:
            return table[start : start + ENTRY_BYTES]
        low, high = (middle + 1, high) if found < locator else (low, middle)
    return None


def badge_secret(text: str, organisation: str) -> bytes:
    """Return the 20 secret bytes of a badge of this organisation. Raises NotABadge."""
    folded = "".join(text.upper().split())
    parts = folded.split(":")
    if len(parts) != 4 or parts[0] != "CG1" or len(parts[2]) != 32:
        raise NotABadge
    owner, letters, check = (part.translate(str.maketrans("ILO", "110")) for part in parts[1:])
    if owner != organisation or not set(letters) <= set(CROCKFORD):
        raise NotABadge
    digest = hashlib.sha256(f"CG1:{owner}:{letters}".encode()).digest()
    bits = int.from_bytes(digest[:3], "big") >> 4
    if check != "".join(CROCKFORD[bits >> shift & 31] for shift in (15, 10, 5, 0)):
        raise NotABadge
    value = 0
    for letter in letters:
        value = value << 5 | CROCKFORD.index(letter)
    return value.to_bytes(20, "big")


def private_key(scalar: str) -> ec.EllipticCurvePrivateKey:
    """Return the private key of a scalar as hexadecimal text."""
    return ec.derive_private_key(int(scalar, 16), CURVE)


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the public key as an uncompressed point, 65 bytes."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def json_bytes(document: dict[str, Any]) -> bytes:
    """Return a document as JSON in UTF-8."""
    return json.dumps(document, ensure_ascii=False).encode()


def b64url(content: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def from_b64url(text: str) -> bytes:
    """Return the bytes of base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def expect(response: requests.Response, status: int) -> bytes:
    """Return the body of an answer of this status. Raises Refused."""
    if response.status_code != status:
        raise Refused(response)
    return response.content


def save(terminal: Terminal, file: Path) -> None:
    """Keep what the kiosk is, for this user alone."""
    names = ("base_url", "signing_key", "sealing_key", "kiosk", "organisation", "sequence")
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump({name: getattr(terminal, name) for name in names}, out)


def main() -> int:
    """Run one command; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--file", type=Path, default=Path("kiosk.json"))
    commands = parser.add_subparsers(dest="command", required=True)
    enrol = commands.add_parser("enrol", help="exchange a code for a kiosk")
    enrol.add_argument("base_url")
    enrol.add_argument("code")
    for name in ("badge", "visitor"):
        commands.add_parser(name).add_argument("--celsius", type=float, required=True)
    options = parser.parse_args()
    try:
        if options.command == "enrol":
            save(Terminal.enrol(options.base_url, options.code), options.file)
            return 0
        return check_in(options)
    except (Refused, NotABadge, requests.RequestException) as error:
        print(str(error) or type(error).__name__, file=sys.stderr)
        return 1


def check_in(options: argparse.Namespace) -> int:
    """Read who stands at the door, print the word, and send the check-in."""
    terminal = Terminal(**json.loads(options.file.read_text("utf-8")))
    terminal.sync()
    if options.command == "badge":
        found = terminal.decide_badge(sys.stdin.read())
        who = {"badge": found["roster"]} if found["roster"] else {"nobody": True}
    else:
        person = json.load(sys.stdin)
        found, who = terminal.check_visitor(person), {"visitor": person}
    word = terminal.final_word(found["word"], options.celsius)
    print(word)
    [outcome] = terminal.send([terminal.checkin(who, word, options.celsius)])
    save(terminal, options.file)
    print(f"check-in {outcome['state']}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
