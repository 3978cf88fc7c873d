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
import sys
import time
from bisect import bisect_left
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
SOFTWARE = "kiosk_terminal.py"
SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
CURVE = ec.SECP256R1()
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # pragma: allowlist secret
WORDS = ("not_checked", "come_in", "wait", "temperature_alone")
USUAL: dict[str, Any] = {"v": 1, "clock": "sure", "direction": "in", "purpose": "entry"}
USUAL |= {"symptoms": [], "override": None, "undoes": None}
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
    session: requests.Session = field(default_factory=requests.Session, repr=False)

    @classmethod
    def enrol(cls, base_url: str, code: str, session: requests.Session | None = None) -> "Terminal":
        """Exchange a code for a kiosk with two fresh key pairs."""
        keys = [ec.generate_private_key(CURVE) for _ in range(2)]
        scalars = [f"{key.private_numbers().private_value:064x}" for key in keys]
        terminal = cls(base_url.rstrip("/"), *scalars, session=session or requests.Session())
        signing, sealing = (b64url(point_of(key)) for key in keys)
        body = {"code": code, "signing_key": signing, "sealing_key": sealing, "software": SOFTWARE}
        url = f"{terminal.base_url}{API}enrolments"
        answer = json.loads(expect(terminal.session.post(url, json=body, timeout=30), 201))
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
            "Content-Type": "application/json",
            "Content-Digest": digest,
            "Signature-Input": f"kiosk={parameters}",
            "Signature": f"kiosk=:{base64.b64encode(raw).decode()}:",
        }
        options: dict[str, Any] = {"data": body, "headers": headers, "timeout": 30}
        return expect(self.session.request(method, f"{self.base_url}{API}{name}", **options), 200)

    def post(self, name: str, document: dict[str, Any]) -> dict[str, Any]:
        """Send a JSON document; return the one of the answer. Raises Refused."""
        answer: dict[str, Any] = json.loads(self.request("POST", name, json_bytes(document)))
        return answer

    def sync(self) -> dict[str, Any]:
        """Tell how the kiosk is; learn settings, keys, and whether there is another table."""
        report: dict[str, Any] = {"waiting": 0, "refused": 0, "battery": None, "charging": None}
        report |= {"clock_offset_ms": None, "software": SOFTWARE}
        report["table"] = self.table[8:24].hex() or None
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
        okm = HKDF(SHA256(), 60, table_id, b"gauge/v1/kiosk/badge").derive(secret)
        entry = find_entry(self.table, okm[:LOCATOR_BYTES])
        if entry is None:
            return unknown
        try:
            decision = AESGCM(okm[16:48]).decrypt(okm[48:], entry[LOCATOR_BYTES:], table_id)
        except InvalidTag:
            return unknown
        valid_until = int.from_bytes(decision[3:11], "big")
        if decision[0] != 1 or valid_until <= (now_ms or int(time.time() * 1000)):
            return unknown
        name = decision[28 : 28 + decision[27]].decode()
        word = WORDS[decision[1]] if decision[1] < len(WORDS) else "not_checked"
        if not self.settings["exposure"]:
            word = "temperature_alone"
        elif word == "temperature_alone":  # of a table from before the setting changed
            word = "not_checked"
        return {"word": word, "roster": decision[11:27].hex(), "name": name}

    def check_visitor(self, person: dict[str, str]) -> dict[str, Any]:
        """Ask the service about a visitor; return word and reason."""
        if not self.settings["exposure"]:
            return {"word": "temperature_alone", "reason": None}
        sealed = self.seal("check", json_bytes(person).ljust(512))
        return self.post("checks", {"id": secrets.token_hex(16), "sealed": sealed})

    def checkin(self, who: dict[str, Any], word: str, celsius: float | None) -> dict[str, Any]:
        """Return one check-in, sealed: keep it until the service has named it taken or known."""
        now = int(time.time() * 1000)
        self.sequence += 1
        readings = [] if celsius is None else [{"celsius": celsius, "source": "typed", "at": now}]
        fever = celsius is not None and celsius > self.settings["fever_celsius"]
        content = USUAL | {
            "id": secrets.token_hex(16),
            "sequence": self.sequence,
            "made_at": now,
            "who": who,
            "temperatures": readings,
            "word": word,
            "reasons": ["fever"] if fever else [],
            "table": self.table[8:24].hex() or None,
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
        point = base64.urlsafe_b64decode(self.checkin_key + "=")  # 65 bytes
        key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        return b64url(SUITE.encrypt(plaintext, key, info=f"gauge/v1/kiosk/{purpose}".encode()))

    def final_word(self, exposure: str, celsius: float) -> str:
        """Return the word for somebody: a fever waits, whatever is known of exposures."""
        if celsius > self.settings["fever_celsius"] or exposure == "wait":
            return "wait"
        return "come_in" if exposure == "temperature_alone" else exposure


def find_entry(table: bytes, locator: bytes) -> bytes | None:
    """Return the entry of a locator by binary search, None where there is none."""

    def entry(number: int) -> bytes:
        start = HEADER_BYTES + number * ENTRY_BYTES
        return table[start : start + ENTRY_BYTES]

    count = int.from_bytes(table[24:28], "big")
    number = bisect_left(range(count), locator, key=lambda place: entry(place)[:LOCATOR_BYTES])
    return entry(number) if entry(number).startswith(locator) else None


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
    return json.dumps(document).encode()


def b64url(content: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


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
    kept = json.loads(options.file.read_text("utf-8"))
    terminal = Terminal(**kept, session=requests.Session())
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
