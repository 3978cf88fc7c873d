"""What a lookup returns: listed, not found or incomplete, the exposures, and what is missing."""

from datetime import date
from typing import Generic, Literal, NamedTuple, TypeVar

from exposure_index.files.manifest import Manifest
from exposure_index.label.model import Mode, Relation, Tier

Status = Literal["exposed", "not_found", "incomplete"]
"""Words of the API; `exposed` is what the glossary calls listed."""


class Missing(NamedTuple):
    """Missing data: whose, and why they do not count.

    authority: "" where nobody knows whose; why: absent, expired, stale or damaged.
    """

    authority: str
    why: Literal["absent", "expired", "stale", "damaged"]


class ListedExposure(NamedTuple):
    """One exposure of a lookup result, in words and dates.

    carriage: as in a label (``label.carriages``); rule: name of the rule set; observe_until: None
    where the rule set observes nobody.
    """

    tier: Tier
    mode: Mode
    number: str
    service_date: date
    carriage: int
    relation: Relation
    rule: str
    observe_until: date | None
    authority: str


FormattedExposure = TypeVar("FormattedExposure")


class LookupResult(NamedTuple, Generic[FormattedExposure]):
    """Result of looking one identity up in all indexes.

    listed: how many of the slots hold exposures; total: 255 = 255 or more; damaged: authorities
    whose index failed a check meanwhile; missing: what the answer does not cover, the damaged ones
    included; slots: the exposures, worst first (close, general; then the longest observation; then
    the latest day), at most two a label, and behind them what stands in the place of others that
    could be listed, for whoever must take as long over any answer.
    """

    status: Status
    listed: int
    total: int
    indexes: tuple[Manifest, ...]
    damaged: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    slots: tuple[FormattedExposure, ...] = ()

    @property
    def exposures(self) -> tuple[FormattedExposure, ...]:
        """The exposures alone, worst first."""
        return self.slots[: self.listed]
