"""Decoys: labels that list nobody, opened and read where an index is silent about somebody.

Threat: a processor is quicker over what it did a moment ago, so that one label for all who are not
listed would be read faster than the many different ones of those who are. Limit: as many different
decoys, drawn by the keyed hash of who asks, of the shapes and lengths of real ones.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from exposure_index.crypto.keyed_hash import entry_material, seal_entry
from exposure_index.crypto.primed_hmac import PrimedHmac
from exposure_index.files.manifest import Manifest
from exposure_index.label.codec import DAY_ZERO, RULE_NUMBERS
from exposure_index.label.model import Exposure, Label, Mode, Relation, Tier

DECOYS = 61  # a prime, so that they mix; more would fall out of the processor's nearest memory
_DAYS = 61


def sealed_decoys(
    manifest: Manifest, keyed: PrimedHmac, build_id: bytes
) -> tuple[tuple[bytes, bytes], ...]:
    """Seal every decoy; return material and entry of each.

    No identity is encoded as their material is.
    """
    rules = [number for number in range(RULE_NUMBERS) if manifest.rule(number)]
    labels = decoy_labels(manifest.built_at.date(), rules)
    materials = [entry_material(keyed, b"decoy %d" % number) for number in range(len(labels))]
    return tuple(
        (material, seal_entry(material, label.pack(), build_id))
        for material, label in zip(materials, labels, strict=True)
    )


def decoy_labels(built_on: date, rules: Sequence[int]) -> list[Label]:
    """Return DECOYS labels; rules: numbers of the rule sets that real labels may name."""
    last = max(built_on, DAY_ZERO + timedelta(days=_DAYS))
    return [_decoy(number, last, (*rules, 0)) for number in range(DECOYS)]


def _decoy(number: int, built_on: date, rules: Sequence[int]) -> Label:
    day = built_on - timedelta(days=number % _DAYS)
    modes = (Mode.TRAIN, Mode.FLIGHT, Mode.TRAIN, Mode.COACH)
    trips = (f"G{number}", f"CA{1000 + number}", f"D{number % 97}", f"粤B{number:05}")
    exposures = [
        Exposure(
            modes[each % 4],
            Tier.NONE,
            rules[0],
            Relation(each % len(Relation)),
            day,
            each % 20,
            trips[each % 4],
            day + timedelta(days=14),
        )
        for each in (number, number + 1)[: 1 + number % 2]
    ]
    return Label.of(exposures)
