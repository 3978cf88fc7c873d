"""Lookup of many identities at a time, in the order of the index: each page is proven once.

For lists whose owner sees every answer: who measures time learns nothing more. It says of each what
``look_up`` says, and reads nothing differently; only the order and the sharing of pages differ.
"""

from collections.abc import Sequence
from typing import NamedTuple

from exposure_index.errors import IndexDamaged
from exposure_index.label.codec import ExposureNumbers, LabelNumbers
from exposure_index.label.model import Tier
from exposure_index.lookup.check import NoIndex
from exposure_index.lookup.open_index import OpenIndex

_NUMBERS_WORST_FIRST = {Tier.CLOSE.value: 1, Tier.GENERAL.value: 2, Tier.NONE.value: 3}


class BuildDamaged(IndexDamaged):
    """A build failed a check while it was read; there is no answer about anybody."""

    def __init__(self, build_id: str) -> None:
        super().__init__("a build fails a check")
        self.build_id = build_id


class WorstExposure(NamedTuple):
    """What a list is answered with about somebody: the worst tier, and the longest observation.

    observe_until: days since DAY_ZERO, the latest of all exposures; 0 where none is observed.
    """

    tier: int
    observe_until: int

    def worse_of(self, other: "WorstExposure") -> "WorstExposure":
        """Return the worse tier and the longer observation of both."""
        tier = min(self.tier, other.tier, key=_NUMBERS_WORST_FIRST.__getitem__)
        return WorstExposure(tier, max(self.observe_until, other.observe_until))


def look_up_encoded(
    indexes: Sequence[OpenIndex], encoded: Sequence[bytes], owners: Sequence[int]
) -> dict[int, WorstExposure]:
    """Look encoded identities up in all indexes; return what is listed, by the owner of each.

    owners: whom each is of; several of one owner are merged. Who is not in the answer is "not
    found" only where no index is missing: that is the caller's to know.
    Raises NoIndex without any index, or BuildDamaged: then there is no answer about anybody.
    """
    if not indexes:
        raise NoIndex
    worst: dict[int, WorstExposure] = {}
    for index in indexes:
        try:
            labels = index.find_labels(encoded)
        except IndexDamaged as error:
            raise BuildDamaged(index.manifest.build_id) from error
        for at, label in labels:
            found = _worst(label)
            if found is not None:
                worst[owners[at]] = worst.get(owners[at], found).worse_of(found)
    return worst


def _worst(label: LabelNumbers) -> WorstExposure | None:
    worst = None
    for exposure in (label.first, label.second):
        if not exposure.is_blank:
            one = _of_exposure(exposure)
            worst = one if worst is None else worst.worse_of(one)
    return worst


def _of_exposure(exposure: ExposureNumbers) -> WorstExposure:
    return WorstExposure(exposure.tier, exposure.observe_until)
