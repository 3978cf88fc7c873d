"""Writes the response body: JSON of one length, made in one time, whatever the lookup result.

Threat: who sees only sizes, or measures time, learns who is listed. Limit: padding, and every
trip that the indexes could list is written, and spaces stand in the place of the blanks among them.
"""

import json
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from json.encoder import encode_basestring as quoted
from operator import itemgetter
from typing import get_args

from exposure_index.files.manifest import Manifest
from exposure_index.label.carriages import CARRIAGE_NONE, CARRIAGE_OTHER, EXTRA_SIGN, extra_carriage
from exposure_index.label.codec import (
    TOTAL_OR_MORE,
    PlainExposure,
    date_of,
)
from exposure_index.label.model import Mode, Relation, Tier
from exposure_index.lookup.check import AuthorityIndex
from exposure_index.lookup.result import LookupResult, Missing, Status

PADDED_BYTES = 4_096
EXPOSURE_BYTES = 512  # one exposure, with room
EXPOSURES_RESERVED_BYTES = 6 * EXPOSURE_BYTES  # of one authority, under two names
IndexFacts = tuple[str, str, str, str, str, tuple[str, ...]]
FRAME_BYTES = 128  # status, total and the names around them
_spaces = b"".ljust  # so many
_NOTHING = (b"",)

DAYS_PREPARED = 1 << 13  # until 2041; a later day is written as well, only not from a table

# by number: each word and day as the API writes it, with the names of the fields around it
_TIERS = tuple(f',{{"tier":"{tier.word}","mode":'.encode() for tier in Tier)
_MODES = tuple(f'"{mode.word}","number":'.encode() for mode in Mode)
_RELATIONS = tuple(f'"{relation.word}","rule":'.encode() for relation in Relation)
_TOTALS = tuple(b"%d" % total for total in range(TOTAL_OR_MORE + 1))
_BEGINNINGS = {
    status: f'{{"status":"{status}","exposures":['.encode() for status in get_args(Status)
}


@cache
def _choice(slots: int, listed: int) -> Callable[[tuple[bytes, ...]], tuple[bytes, ...]]:
    """Return what takes the first so many written slots, and blanks of the others, from both.

    Behind them it takes what follows both, twice: of two or more it always makes a tuple.
    """
    end = 2 * slots
    places = [*range(slots, slots + listed), *range(listed, slots), end, end]
    return itemgetter(*places)


def _carriage(number: int) -> bytes:
    extra = extra_carriage(number)
    words = {CARRIAGE_NONE: "null", CARRIAGE_OTHER: '"other"'}
    carriage = words.get(number) or (f'"{EXTRA_SIGN}{extra}"' if extra else str(number))
    return f'"carriage":{carriage},"relation":'.encode()


def _service_date(days: int) -> bytes:
    return f',"service_date":"{date_of(days)}",'.encode()


def _observe_until(days: int) -> bytes:
    until = f'"{date_of(days)}"' if days else "null"
    return f',"observe_until":{until},"authority":'.encode()


_CARRIAGES = tuple(map(_carriage, range(CARRIAGE_OTHER + 1)))
_SERVICE_DATES = tuple(map(_service_date, range(DAYS_PREPARED)))
_OBSERVED_UNTIL = tuple(map(_observe_until, range(DAYS_PREPARED)))


def answer_body(result: LookupResult[bytes]) -> bytes:
    """Return the JSON of a lookup result whose exposures ``exposure_json`` wrote, padded.

    Its length depends on the indexes only, listed or not: a multiple of 4,096 bytes that holds
    them and the most that can be listed. ``missing`` is there while something is, listed or not.
    """
    status, listed, total, indexes, _, missing, slots = result
    index, padded_bytes = _index_part(tuple(map(_facts, indexes)), missing)
    # what is not listed is spaces of its length: as much memory is asked for, and as much copied
    blanks = tuple(map(_spaces, map(len, slots)))
    # not by slices: an empty one is never made, which took a tenth of a microsecond less
    chosen = _choice(len(slots), listed)(blanks + slots + _NOTHING)
    parts = [
        _BEGINNINGS[status],
        b" ",
        b"".join(chosen)[1:],  # from behind the first comma
        b'],"total":',
        _TOTALS[total],
        b',"index":',
        index,
        b"}",
    ]
    length = sum(map(len, parts))
    whole = padded_bytes if length <= padded_bytes else _whole_units(length)
    parts.append(_spaces(whole - length))
    return b"".join(parts)


def exposure_json(exposure: PlainExposure, index: AuthorityIndex) -> bytes:
    """Return a comma and one exposure with the words and dates of the API, padded.

    carriage: null where none is known, "加1" for the extra carriage of that name, "other" for one
    without a small number.
    """
    mode, tier, rule, relation, day, until, carriage, number = exposure
    try:
        service_date, observe_until = _SERVICE_DATES[day], _OBSERVED_UNTIL[until]
    except IndexError:
        service_date, observe_until = _service_date(day), _observe_until(until)
    written = b"".join(
        (
            _TIERS[tier],
            _MODES[mode],
            quoted(number).encode(),
            service_date,
            _CARRIAGES[carriage],
            _RELATIONS[relation],
            quoted(index.rule_names[rule]).encode(),
            observe_until,
            quoted(index.manifest.authority).encode(),
            b"}",
        )
    )
    return written.ljust(EXPOSURE_BYTES)


def _facts(manifest: Manifest) -> IndexFacts:
    signed = manifest.document  # holds the times as text already
    return (
        manifest.authority,
        manifest.build_id,
        signed["built_at"],
        signed["valid_until"],
        signed["oldest_source"],
        manifest.unruled,
    )


@lru_cache(maxsize=64)
def _index_part(facts: Sequence[IndexFacts], missing: Sequence[Missing]) -> tuple[bytes, int]:
    """Return the part that every answer has of its indexes, and the length of the whole body."""
    names = ("authority", "build_id", "built_at", "valid_until", "oldest_source", "unruled")
    items = [dict(zip(names, values, strict=True)) for values in facts]
    text = _json(items)
    if missing:
        text += f',"missing":{_json([missing_document(one) for one in missing])}'
    part = text.encode()
    return part, _whole_units(FRAME_BYTES + len(part) + EXPOSURES_RESERVED_BYTES * len(facts))


def missing_document(one: Missing) -> dict[str, str | None]:
    """Return one item of ``missing`` of the API; authority: null where unknown."""
    return {"authority": one.authority or None, "reason": one.why}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _whole_units(length: int) -> int:
    return -(-length // PADDED_BYTES) * PADDED_BYTES
