"""The answer as JSON: of one length, and made in one time, whatever it tells.

Threat: who sees only sizes, or measures time, learns who is listed. Limit: padding, and every
trip that the indexes could list is written, then the blanks among them are left out.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from json.encoder import encode_basestring as quoted
from typing import get_args

from exposure_index.answers import Answer, ListedTrip, Missing, Status
from exposure_index.label import CARRIAGE_NONE, CARRIAGE_OTHER, TOTAL_OR_MORE, Mode, Relation, Tier
from exposure_index.manifest import Manifest

PADDED_BYTES = 4_096
EXPOSURES_RESERVED_BYTES = 2_048  # four exposures of one authority, with room

# by number: an enum's own words cost ten times as much
_TIERS, _MODES, _RELATIONS = (
    tuple(each.word for each in words) for words in (Tier, Mode, Relation)
)
_TOTALS = tuple(b"%d" % total for total in range(TOTAL_OR_MORE + 1))
_BEGINNINGS = {
    status: f'{{"status":"{status}","exposures":['.encode() for status in get_args(Status)
}
_CARRIAGES = tuple(map(str, range(CARRIAGE_OTHER + 1)))
_CARRIAGE_WORDS = ("null", *_CARRIAGES[CARRIAGE_NONE + 1 : CARRIAGE_OTHER], '"other"')


def answer_body(answer: Answer) -> bytes:
    """Return the JSON of an answer, padded with spaces.

    Its length depends on the indexes only, listed or not: a multiple of 4,096 bytes that holds
    them and the most that can be listed. ``missing`` is there while something is, listed or not.
    """
    facts = tuple(map(_facts, answer.indexes))
    index, padded_bytes = _index_part(facts, answer.missing)
    listed = len(answer.exposures)
    written = [exposure_json(trip) for trip in answer.places or answer.exposures]
    told_bytes = tuple(accumulate(map(len, written), initial=0))[listed]
    parts = (
        _BEGINNINGS[answer.status],
        memoryview(b"".join(written))[min(1, listed) : told_bytes],  # from behind the first comma
        b'],"total":',
        _TOTALS[answer.total],
        b',"index":',
        index,
        b"}",
    )
    length = sum(map(len, parts))
    # the same allocations whatever is told: one more, or a larger one, takes longer
    padding = memoryview(_spaces(max(padded_bytes, _whole_units(length))))
    return b"".join((*parts, padding[length:]))


@lru_cache(maxsize=64)
def _spaces(number: int) -> bytes:
    return b" " * number


def exposure_json(trip: ListedTrip) -> bytes:
    """Return a comma and one listed trip with the words and dates of the API.

    carriage: null where none is known, "other" for one without a small number.
    """
    tier, mode, number, day, carriage, relation, rule, until, authority = trip
    until_text = ("null", f'"{(until or day).isoformat()}"')[until is not None]
    return (
        f',{{"tier":"{_TIERS[tier]}","mode":"{_MODES[mode]}","number":{quoted(number)},'
        f'"service_date":"{day.isoformat()}","carriage":{_CARRIAGE_WORDS[carriage]},'
        f'"relation":"{_RELATIONS[relation]}","rule":{quoted(rule)},'
        f'"observe_until":{until_text},"authority":{quoted(authority)}}}'
    ).encode()


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
def _index_part(
    facts: Sequence[tuple[str, str, str, str, str]], missing: Sequence[Missing]
) -> tuple[bytes, int]:
    """Return what every answer tells of the indexes, and the length of the whole body."""
    names = ("authority", "build_id", "built_at", "valid_until", "oldest_source")
    told = [dict(zip(names, values, strict=True)) for values in facts]
    text = _json(told)
    if missing:
        text += f',"missing":{_json([missing_document(one) for one in missing])}'
    part = text.encode()
    return part, _whole_units(len(part) + EXPOSURES_RESERVED_BYTES * len(facts))


def missing_document(one: Missing) -> dict[str, str | None]:
    """Return what the API tells of data that should be here; authority: null where unknown."""
    return {"authority": one.authority or None, "reason": one.why}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _whole_units(length: int) -> int:
    return -(-length // PADDED_BYTES) * PADDED_BYTES
