"""Canonical JSON (RFC 8785), and a parser as strict as signatures need."""

import json
from typing import Any

import rfc8785


class NotCanonical(ValueError):
    """No JSON object, a name twice in one object, or a number that is no integer."""


def canonical_bytes(document: dict[str, Any]) -> bytes:
    """Return the RFC 8785 form of a JSON object.

    Raises NotCanonical for what it cannot hold, or a float.
    """
    try:
        _refuse_floats(document)
        return rfc8785.dumps(document)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise NotCanonical("not representable") from error


def parse_json(data: bytes) -> dict[str, Any]:
    """Parse a JSON object in UTF-8. Raises NotCanonical."""
    try:
        document = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_without_duplicates,
            parse_float=_no_float,
            parse_constant=_no_float,
        )
    except (ValueError, RecursionError) as error:
        raise NotCanonical("not JSON") from error
    if not isinstance(document, dict):
        raise NotCanonical("not an object")
    return document


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise NotCanonical("a name stands twice")
    return document


def _no_float(_: str) -> Any:  # noqa: ANN401 - never returns
    raise NotCanonical("a number that is no integer")


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise NotCanonical("a number that is no integer")
    if isinstance(value, dict):
        for inner in value.values():
            _refuse_floats(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_floats(inner)
