"""GET /b/{build_id}/{bucket}: one bucket, the bytes of its file, for anybody and any cache.

Threat: an address that tells more than the bucket, or answers of different lengths. Limit: no
query string, no other spelling of an address, no cookie, and one length for every bucket.
"""

import os
import re
from http import HTTPStatus
from typing import NamedTuple

from flask import Blueprint, Response, abort, request
from werkzeug.wsgi import wrap_file

from app.indexes.private_builds import (
    BucketFile,
    BucketUnknown,
    PrivateBuilds,
    PrivateCheckUnavailable,
)
from app.openapi.operations import Octets, Operation, PathPart, described
from app.services import current_services
from exposure_index.regular_files import open_regular, read_cached

BUCKET_SECONDS = 172_800  # as long as a manifest is valid
CACHE_CONTROL = f"public, immutable, max-age={BUCKET_SECONDS}, no-transform"
OCTETS_TYPE = "application/octet-stream"
_BUILD_ID = PathPart("build_id", "[0-9a-f]{32}", "Of a manifest that is not expired.")
_NUMBER = PathPart("number", "[0-9a-f]{8}", "Number of the bucket, hexadecimal.")
_ADDRESS = re.compile(f"/b/({_BUILD_ID.pattern})/({_NUMBER.pattern})")
FIRST_SEGMENT = "b"
AT_HAND_MAX_BYTES = 1 << 17  # what is longer is sent in pieces

bp = Blueprint("buckets", __name__)


class AddressUnclear(Exception):
    """An address that the view must judge."""


class BucketAddress(NamedTuple):
    """Which bucket of which build."""

    build_id: str
    number: int


def parse_address(target: str) -> BucketAddress:
    """Return which bucket a path asks for, query included. Raises AddressUnclear."""
    match = _ADDRESS.fullmatch(target)
    if match is None:
        raise AddressUnclear
    return BucketAddress(match[1], int(match[2], 16))


def read_at_hand(private: PrivateBuilds, address: BucketAddress) -> bytes | None:
    """Return the bytes of a bucket that the kernel has in memory; None: the view shall answer.

    It finds, and says, what is wrong.
    """
    bucket_file = private.bucket_at_hand(*address)
    if bucket_file is None or bucket_file.file_bytes > AT_HAND_MAX_BYTES:
        return None
    try:
        return read_cached(bucket_file.path, bucket_file.file_bytes)
    except OSError:
        return None


@bp.get("/b/<build_id>/<number>")
@described(
    Operation(
        "Fetch one bucket of a private check",
        answer=Octets("Header, entries and Merkle path; of one length in a build"),
        path=(_BUILD_ID, _NUMBER),
        refusals=(HTTPStatus.NOT_FOUND,),
    )
)
def bucket(build_id: str, number: str) -> Response:
    """Return the bytes of a bucket; 404 where no valid manifest names it."""
    parts = {_BUILD_ID: build_id, _NUMBER: number}
    if request.query_string or not all(
        re.fullmatch(part.pattern, text) for part, text in parts.items()
    ):
        abort(HTTPStatus.NOT_FOUND)
    private = current_services().private_builds
    try:
        bucket_file = private.bucket(build_id, int(number, 16))
    except BucketUnknown:
        abort(HTTPStatus.NOT_FOUND)
    try:
        return _whole_file(bucket_file)
    except OSError as error:
        private.quarantine(build_id)
        raise PrivateCheckUnavailable from error


def _whole_file(bucket_file: BucketFile) -> Response:
    """Return the file as the server sends it best. Raises OSError, also for another length."""
    file = open_regular(bucket_file.path)
    if os.fstat(file.fileno()).st_size != bucket_file.file_bytes:
        file.close()
        raise OSError
    response = Response(
        wrap_file(request.environ, file), content_type=OCTETS_TYPE, direct_passthrough=True
    )
    response.content_length = bucket_file.file_bytes
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response
