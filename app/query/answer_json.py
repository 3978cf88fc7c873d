"""The answer as JSON, padded to one length for whoever sees only sizes."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from exposure_index.answers import Answer, ListedTrip
from exposure_index.label import CARRIAGE_NONE, CARRIAGE_OTHER
from exposure_index.manifest import Manifest

PADDED_BYTES = 4_096
EXPOSURES_RESERVED_BYTES = 2_048  # four exposures of one authority, with room


def answer_body(answer: Answer) -> bytes:
    """Return the JSON of an answer, padded with spaces.

    Its length depends on the indexes only, listed or not: a multiple of 4,096 bytes that holds
    them and the most that can be listed.
    """
    facts = tuple(map(_facts, answer.indexes))
    if not answer.exposures:
        return _unlisted_body(answer.status, facts)
    index = _index_json(facts)
    exposures = _json([exposure_document(trip) for trip in answer.exposures])
    return _padded(answer.status, exposures, answer.total, index, len(facts))


@lru_cache(maxsize=64)
def _unlisted_body(status: str, facts: tuple[tuple[str, str, str, str, str], ...]) -> bytes:
    return _padded(status, "[]", 0, _index_json(facts), len(facts))


def _padded(status: str, exposures: str, total: int, index: str, indexes: int) -> bytes:
    body = (
        f'{{"status":"{status}","exposures":{exposures},"total":{total},"index":{index}}}'
    ).encode()
    most = len(index.encode()) + EXPOSURES_RESERVED_BYTES * indexes
    return body.ljust(_whole_units(max(most, len(body))))


def exposure_document(trip: ListedTrip) -> dict[str, Any]:
    """Return one listed trip with the words and dates of the API."""
    return {
        "tier": trip.tier.word,
        "mode": trip.mode.word,
        "number": trip.number,
        "service_date": trip.service_date.isoformat(),
        "carriage": carriage_document(trip.carriage),
        "relation": trip.relation.word,
        "rule": trip.rule,
        "observe_until": trip.observe_until.isoformat() if trip.observe_until else None,
        "authority": trip.authority,
    }


def carriage_document(carriage: int) -> int | str | None:
    """Return None where no carriage is known, "other" for one without a small number."""
    if carriage == CARRIAGE_NONE:
        return None
    return "other" if carriage == CARRIAGE_OTHER else carriage


def _facts(manifest: Manifest) -> tuple[str, str, str, str, str]:
    signed = manifest.document  # holds the times as text already
    return (
        manifest.authority,
        manifest.build_id,
        signed["built_at"],
        signed["valid_until"],
        signed["oldest_source"],
    )


@lru_cache(maxsize=64)
def _index_json(facts: Sequence[tuple[str, str, str, str, str]]) -> str:
    names = ("authority", "build_id", "built_at", "valid_until", "oldest_source")
    return _json([dict(zip(names, values, strict=True)) for values in facts])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _whole_units(length: int) -> int:
    return -(-length // PADDED_BYTES) * PADDED_BYTES
