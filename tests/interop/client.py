"""A private check written from the protocol's description alone, importing nothing of this project.

python client.py URL TRUST.json TABLES < people.csv
TABLES: the folder of fold.tsv, latin.tsv, lookalikes.tsv and identity_vectors.json; people.csv: the
columns id_type, id_number, name and perhaps name_latin; more of them pass.

Prints id_number, status and tier of each row. Whatever cannot be verified ends the program with 3.
Group and VOPRF: RFC 9496 and RFC 9497 (ristretto255-SHA512, mode 1), in plain arithmetic: slow,
easy to compare with the texts, and not made for secrets. Which identity is meant by what somebody
typed stands in identity_rules.py; whoever writes a client of their own reads both whole.
"""

import csv
import hashlib
import hmac
import json
import secrets
import struct
import sys
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

sys.path.insert(0, str(Path(__file__).parent))
from identity_rules import Refused, Tables, claim, encodings

# --- RFC 9496: the group ------------------------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


class CannotAnswer(Exception):
    """Something is not as it should be: there is no answer, least of all "not found"."""


def negative(e):
    return e % P & 1


def absolute(e):
    e %= P
    return P - e if e & 1 else e


def sqrt_ratio(u, v):
    """SQRT_RATIO_M1 of section 4.2."""
    r = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    check = v * r * r % P
    correct, flipped, flipped_i = check == u % P, check == -u % P, check == -u * SQRT_M1 % P
    if flipped or flipped_i:
        r = r * SQRT_M1 % P
    return correct or flipped, absolute(r)


_, INVSQRT_A_MINUS_D = sqrt_ratio(1, -1 - D)
# of its two roots the one that the text gives
SQRT_AD_MINUS_ONE = 25063068953384623474111414158702152701244531502492656460079210482610430750235
ONE_MINUS_D_SQ = (1 - D * D) % P
D_MINUS_ONE_SQ = pow(D - 1, 2, P)
assert pow(SQRT_AD_MINUS_ONE, 2, P) == (-D - 1) % P


def add(p, q):
    """Extended coordinates of edwards25519 (RFC 8032, section 5.1.4)."""
    a = (p[1] - p[0]) * (q[1] - q[0])
    b = (p[1] + p[0]) * (q[1] + q[0])
    c = 2 * p[3] * q[3] * D
    d = 2 * p[2] * q[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def decode(data):
    """Section 4.3.1."""
    s = int.from_bytes(data, "little")
    if len(data) != 32 or s >= P or s & 1:
        raise CannotAnswer("an element is not canonical")
    ss = s * s % P
    u1, u2 = (1 - ss) % P, (1 + ss) % P
    v = (-(D * u1 * u1) - u2 * u2) % P
    square, invsqrt = sqrt_ratio(1, v * u2 * u2)
    den_x = invsqrt * u2 % P
    x = absolute(2 * s * den_x)
    y = u1 * invsqrt * den_x * v % P
    t = x * y % P
    if not square or negative(t) or y == 0 or s == 0:
        raise CannotAnswer("no element, or the identity")
    return x, y, 1, t


def encode(point):
    """Section 4.3.2."""
    x0, y0, z0, t0 = point
    u1, u2 = (z0 + y0) * (z0 - y0) % P, x0 * y0 % P
    _, invsqrt = sqrt_ratio(1, u1 * u2 * u2)
    den1, den2 = invsqrt * u1 % P, invsqrt * u2 % P
    z_inv = den1 * den2 * t0 % P
    if negative(t0 * z_inv):
        x, y, den_inv = y0 * SQRT_M1, x0 * SQRT_M1, den1 * INVSQRT_A_MINUS_D
    else:
        x, y, den_inv = x0, y0, den2
    if negative(x * z_inv):
        y = -y
    return absolute(den_inv * (z0 - y)).to_bytes(32, "little")


def elligator(t):
    """MAP of section 4.3.4."""
    r = SQRT_M1 * t * t % P
    u, v = (r + 1) * ONE_MINUS_D_SQ % P, (-1 - r * D) * (r + D) % P
    square, s = sqrt_ratio(u, v)
    if not square:
        s = -absolute(s * t) % P
    c = -1 if square else r
    n = (c * (r - 1) * D_MINUS_ONE_SQ - v) % P
    w0, w1, w2, w3 = 2 * s * v, n * SQRT_AD_MINUS_ONE, 1 - s * s, 1 + s * s
    return w0 * w3 % P, w2 * w1 % P, w1 * w3 % P, w0 * w2 % P


def generator():
    x, y = (
        15112221349535400772501151409588531511454012693041857206046113283949847762202,
        4 * pow(5, -1, P),
    )
    return x, y % P, 1, x * y % P


# --- RFC 9497: the verifiable oblivious function --------------------------------------------------

CONTEXT = b"OPRFV1-\x01-ristretto255-SHA512"


def prefixed(data):
    return len(data).to_bytes(2, "big") + data


def expand_message(message, tag, length=64):
    """expand_message_xmd with SHA-512 (RFC 9380, section 5.3.1)."""
    tag_prime = tag + bytes([len(tag)])
    first = hashlib.sha512(bytes(128) + message + length.to_bytes(2, "big") + b"\0" + tag_prime)
    return hashlib.sha512(first.digest() + b"\x01" + tag_prime).digest()[:length]


def hash_to_scalar(message):
    return int.from_bytes(expand_message(message, b"HashToScalar-" + CONTEXT), "little") % ORDER


def hash_to_group(message):
    data = expand_message(message, b"HashToGroup-" + CONTEXT)
    halves = (int.from_bytes(data[at : at + 32], "little") % 2**255 for at in (0, 32))
    return add(*(elligator(half) for half in halves))


def finalize(message, blind, evaluated):
    unblinded = encode(multiply(pow(blind, -1, ORDER), evaluated))
    return hashlib.sha512(prefixed(message) + prefixed(unblinded) + b"Finalize").digest()


def proof_holds(public_key, blinded, evaluated, proof):
    """VerifyProof of section 2.2.2, over encoded elements."""
    c, s = (int.from_bytes(proof[at : at + 32], "little") for at in (0, 32))
    if c >= ORDER or s >= ORDER:
        return False
    seed = hashlib.sha512(prefixed(public_key) + prefixed(b"Seed-" + CONTEXT)).digest()
    m = z = (0, 1, 1, 0)
    for number, (mine, theirs) in enumerate(zip(blinded, evaluated, strict=True)):
        weight = hash_to_scalar(
            prefixed(seed)
            + number.to_bytes(2, "big")
            + prefixed(mine)
            + prefixed(theirs)
            + b"Composite"
        )
        m = add(m, multiply(weight, decode(mine)))
        z = add(z, multiply(weight, decode(theirs)))
    t2 = add(multiply(s, generator()), multiply(c, decode(public_key)))
    t3 = add(multiply(s, m), multiply(c, z))
    challenge = b"".join(map(prefixed, [public_key, *map(encode, (m, z, t2, t3))]))
    return c == hash_to_scalar(challenge + b"Challenge")


# --- the check ------------------------------------------------------------------------------------


def expand(y, info, length):
    """HKDF-Expand with SHA-512, up to one block (RFC 5869, section 2.3)."""
    return hmac.digest(y, info + b"\x01", "sha512")[:length]


def fetch(url, body=None):
    headers = {"Content-Type": "application/octet-stream"} if body else {}
    request = urllib.request.Request(url, body, headers)
    try:
        with urllib.request.urlopen(request, timeout=120) as response:
            return response.read()
    except OSError as error:
        raise CannotAnswer("no answer from the server") from error


def verify_manifest(manifest, trust, identity_hash):
    # integers and strings only: sorted keys and no spaces are RFC 8785's form, up to the order of
    # keys outside the Basic Multilingual Plane, which a manifest has none of
    rest = {name: value for name, value in manifest.items() if name != "signatures"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    valid = set()
    for name, signature in manifest["signatures"].items():
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(trust["keys"][name]))
        try:
            key.verify(bytes.fromhex(signature), text)
        except InvalidSignature as error:
            raise CannotAnswer("a signature is wrong") from error
        valid.add(name)
    if len(valid) < trust["threshold"]:
        raise CannotAnswer("too few signatures")
    if "reading" not in manifest:
        raise CannotAnswer("the index is of the first edition: it must be built again")
    if manifest["identity"] != identity_hash:
        raise CannotAnswer("other identity rules")
    if datetime.fromisoformat(manifest["valid_until"]) <= datetime.now(UTC):
        raise CannotAnswer("the manifest has expired")


def evaluate(url, private, inputs):
    """Return y of each of the three inputs."""
    blinds = [secrets.randbelow(ORDER - 1) + 1 for _ in inputs]
    blinded = [
        encode(multiply(blind, hash_to_group(message)))
        for blind, message in zip(blinds, inputs, strict=True)
    ]
    key_id, public_key = bytes.fromhex(private["key_id"]), bytes.fromhex(private["public_key"])
    if hashlib.sha256(public_key).digest()[:8] != key_id:
        raise CannotAnswer("the key has another name")
    request = b"\x02" + key_id + b"".join(blinded)
    response = fetch(f"{url}/api/v1/private/evaluations", request)
    if len(response) != 169 or response[:9] != b"\x02" + key_id:
        raise CannotAnswer("the response has another form")
    evaluated = [response[9:41], response[41:73], response[73:105]]
    if not proof_holds(public_key, blinded, evaluated, response[105:]):
        raise CannotAnswer("the proof is wrong")
    return [
        finalize(message, blind, decode(element))
        for message, blind, element in zip(inputs, blinds, evaluated, strict=True)
    ]


def proven_entries(data, manifest, number):
    private = manifest["private"]
    log2, m = private["log2_buckets"], private["bucket_entries"]
    build_id = bytes.fromhex(manifest["build_id"])
    header = b"GAUGEB01" + build_id + struct.pack(">II", number, m)
    end = len(header) + 80 * m
    if len(data) != end + 32 * log2 or data[: len(header)] != header:
        raise CannotAnswer("the bucket has another length or header")
    reached = hashlib.sha256(b"\x00" + data[:end]).digest()
    for height in range(log2):
        sibling = data[end + 32 * height : end + 32 * (height + 1)]
        pair = sibling + reached if number >> height & 1 else reached + sibling
        reached = hashlib.sha256(b"\x01" + pair).digest()
    if reached.hex() != private["root"]:
        raise CannotAnswer("the bucket is not the one that was signed")
    return [data[at : at + 80] for at in range(len(header), end, 80)]


def exposures(label):
    """Return the exposures of a label of 48 bytes, as its 23 bytes each: none, one or two."""
    if len(label) != 48 or label[0] != 2:
        raise CannotAnswer("a label of another version")
    count = min(label[1], 2)
    if any(label[2 + 23 * count :]):
        raise CannotAnswer("a label holds more than it says")
    found = [label[2 + 23 * number : 25 + 23 * number] for number in range(count)]
    for mode_and_tier, _, relation, *_ in found:
        if not (mode_and_tier >> 4 < 8 and 1 <= mode_and_tier & 15 <= 2 and relation < 8):
            raise CannotAnswer("a label holds what none can")
    for exposure in found:
        number = exposure[8:].rstrip(b"\0")
        try:
            number.decode()
        except UnicodeDecodeError as error:
            raise CannotAnswer("a label's service is no text") from error
        if b"\0" in number:
            raise CannotAnswer("a label's service is no text")
    return found


def worst_first(exposure):
    """Order exposures: tier, then the longest observation, then the latest boarding."""
    day, until = struct.unpack(">HH", exposure[3:7])
    return exposure[0] & 15, -max(day, until), -day


def check(url, manifest, document, names):
    """Return the exposures under which one authority lists a claim."""
    build_id = bytes.fromhex(manifest["build_id"])
    inputs = encodings(document, names)
    inputs += [secrets.token_bytes(64) for _ in range(3 - len(inputs))]
    outputs = evaluate(url, manifest["private"], inputs)
    place = int.from_bytes(expand(outputs[0], b"gauge/v1/bucket", 4), "big")
    number = place >> (32 - manifest["private"]["log2_buckets"])
    data = fetch(f"{url}/b/{manifest['build_id']}/{number:08x}")
    entries = {entry[:16]: entry[16:] for entry in proven_entries(data, manifest, number)}
    found = []
    for y in outputs:
        okm = expand(y, b"gauge/v1/entry\x00" + build_id, 60)
        if okm[:16] not in entries:
            continue
        try:
            opened = ChaCha20Poly1305(okm[16:48]).decrypt(okm[48:], entries[okm[:16]], build_id)
        except InvalidTag as error:
            raise CannotAnswer("an entry does not open") from error
        found += exposures(opened)
    return found


def status_and_tier(found, complete):
    if not found:
        return ("not_found" if complete else "incomplete"), ""
    return "exposed", ("", "close", "general")[min(found, key=worst_first)[0] & 15]


def main(url, trust_file, tables_folder):
    trust = json.loads(Path(trust_file).read_bytes())
    tables = Tables(tables_folder)
    listed = json.loads(fetch(f"{url}/api/v1/index"))
    manifests = listed["manifests"]
    if not manifests:
        raise CannotAnswer("there is no index")
    for manifest in manifests:
        verify_manifest(manifest, trust, tables.hash)
    out = csv.writer(sys.stdout)
    out.writerow(["id_number", "status", "tier"])
    for row in csv.DictReader(sys.stdin):
        fields = (row[name] for name in ("id_type", "id_number", "name"))
        try:
            document, names = claim(tables, *fields, row.get("name_latin", ""))
        except Refused:
            out.writerow([row["id_number"], "invalid", ""])
            continue
        found = [each for m in manifests for each in check(url, m, document, names)]
        out.writerow([row["id_number"], *status_and_tier(found, not listed.get("missing"))])


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except CannotAnswer as fault:
        sys.stderr.write(f"cannot answer: {fault}\n")
        sys.exit(3)
