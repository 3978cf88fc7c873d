"""Content encodings of what is the same for everybody: which one a client takes, and the bytes.

Threat: of a compressed answer the length tells what is in it. Limit: only pages and files without
anything of a reader are ever compressed; no answer is.
"""

import gzip
import re

import brotli

BROTLI, GZIP, IDENTITY = "br", "gzip", ""
SMALLEST_FIRST = (BROTLI, GZIP)
BROTLI_QUALITY = 5  # of a page of 10 kB a millisecond; what is built once has the best
GZIP_LEVEL = 6
COMPRESSIBLE = re.compile(r"text/|application/(?:.*\+)?json|application/wasm|image/svg\+xml")
HEADER_MAX_CHARACTERS = 128
REMEMBERED_MAX = 256
_ITEM = re.compile(r"\s*([a-zA-Z*-]+)\s*(?:;\s*[qQ]\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?")

_remembered: dict[str, str] = {}


def choose_encoding(accept_encoding: str) -> str:
    """Return the encoding to answer in, "" for none: the smallest of those most wanted.

    accept_encoding: the header (RFC 9110). What is no such list is answered as it is.
    """
    chosen = _remembered.get(accept_encoding)
    if chosen is not None:
        return chosen
    if len(accept_encoding) > HEADER_MAX_CHARACTERS:  # nobody fills the memory with headers
        return IDENTITY
    chosen = _choose(accept_encoding)
    if len(_remembered) >= REMEMBERED_MAX:
        _remembered.clear()
    _remembered[accept_encoding] = chosen
    return chosen


def compress(body: bytes, content_type: str) -> dict[str, bytes]:
    """Return a body in each encoding, by name, itself under ""; only those that are shorter."""
    bodies = {IDENTITY: body}
    if COMPRESSIBLE.match(content_type):
        bodies[GZIP] = gzip.compress(body, GZIP_LEVEL, mtime=0)
        bodies[BROTLI] = brotli.compress(body, quality=BROTLI_QUALITY)
    return {
        name: each
        for name, each in bodies.items()
        if name == IDENTITY or len(each) < len(bodies[IDENTITY])
    }


def _choose(accept_encoding: str) -> str:
    weights: dict[str, float] = {}
    for item in accept_encoding.split(","):
        match = _ITEM.fullmatch(item)
        if match is not None:
            weights[match[1].lower()] = float(match[2] or 1)
    others = weights.get("*", 0.0)
    wanted = {name: weights.get(name, others) for name in SMALLEST_FIRST}
    most = max(wanted.values())
    if most <= 0 or most < weights.get("identity", 0.0):
        return IDENTITY
    return next(name for name in SMALLEST_FIRST if wanted[name] == most)
