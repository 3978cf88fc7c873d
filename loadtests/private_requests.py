"""What a private check asks, about nobody: the manifest, evaluations, buckets."""

import json
from collections.abc import Mapping
from typing import Any

from voprf import ristretto

from loadtests.http_requests import OCTETS, BenchFailed, HttpRequest, answer_to, get, post

EVALUATIONS = "/api/v1/private/evaluations"
INPUTS = 3  # of one evaluation
INDEX = get("/api/v1/index")


def private_manifest(address: str) -> dict[str, Any]:
    """Return the first manifest that has a private check. Raises BenchFailed."""
    for manifest in json.loads(answer_to(INDEX, address))["manifests"]:
        if "private" in manifest:
            return dict(manifest)
    message = "the demo has no private check; remove var/demo and run make setup"
    raise BenchFailed(message)


def evaluation_body(manifest: Mapping[str, Any], number: int) -> bytes:
    """Return a request of 105 bytes about nobody; number: whom, so that each is another."""
    inputs = (f"{number} {place}".encode() for place in range(INPUTS))
    blinded = [bytes(ristretto.Client.blind(text)[1].serialize()) for text in inputs]
    return b"\x02" + bytes.fromhex(manifest["private"]["key_id"]) + b"".join(blinded)


def evaluation(manifest: Mapping[str, Any], number: int) -> HttpRequest:
    """Return the request for an evaluation."""
    return post(EVALUATIONS, OCTETS, evaluation_body(manifest, number))


def bucket(manifest: Mapping[str, Any], number: int) -> HttpRequest:
    """Return the request for a bucket; number: any, counted round."""
    place = number % (1 << manifest["private"]["log2_buckets"])
    return get(f"/b/{manifest['build_id']}/{place:08x}")
