"""What a build did: counts by mode, rule and tier, and everything that was assumed or left out."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import ibis

from exposure_index.label.model import Tier
from index_builder.exposures.pairs import WIDENINGS
from index_builder.inquiries.inquiry_counts import InquiryCounts
from index_builder.runtime.workspace import Workspace


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The facts of one build; counts of rows, legs and people, never an identity.

    exposures: (rule number, mode, tier, distinct people); unresolved: exposed legs without a
    usable document; cleared: exposures that a clearance ended; compared: rows among which
    duplicates were looked for, see repeated_rows.
    """

    build_id: str
    rules: list[str]
    rows: dict[str, int]
    rejected: dict[str, int]
    duplicates: dict[str, int]
    compared: dict[str, int]
    reasons: list[tuple[str, str, str, int]]
    warnings: list[tuple[str, str, str, int]]
    remarks: list[str]
    cases: int
    case_legs: int
    case_legs_from_manifests: int
    case_legs_outside_window: int
    exposures: list[tuple[int, str, str, int]]
    people: int
    entries: int
    cleared: int
    unresolved: int
    widenings: dict[str, int]
    coverage: list[dict[str, Any]]
    oldest_source: datetime
    inquiries: InquiryCounts | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON can hold it."""
        return asdict(self) | {"oldest_source": self.oldest_source.strftime("%Y-%m-%dT%H:%M:%SZ")}


def count_by(exposures: ibis.Table, columns: Sequence[str]) -> list[tuple[int, str, str, int]]:
    """Return how many distinct people are exposed, by rule, mode and tier."""
    counted = (
        exposures.group_by(list(columns))
        .agg(people=exposures.person.nunique())
        .order_by(list(columns))
        .to_pyarrow()
        .to_pylist()
    )
    return [(row["rule"], row["mode"], Tier(row["tier"]).word, row["people"]) for row in counted]


def counted_widenings(work: Workspace) -> dict[str, int]:
    """Return how many exposures each kind of missing datum widened; 0 without manifests."""
    if not work.has("pair_exposures"):
        return dict.fromkeys(WIDENINGS, 0)
    pairs = work.kept("pair_exposures")
    row = (
        pairs.agg(**{name: pairs[name].sum().fill_null(0) for name in WIDENINGS})
        .to_pyarrow()
        .to_pylist()[0]
    )
    return {name: int(row[name]) for name in WIDENINGS}


_IDENTITY_FAULTS = {
    "length": ("id_number", "a resident number of another length; kept"),
    "check_digit": ("id_number", "a resident number with a wrong check digit; kept"),
    "name_too_long": ("name", "longer than anybody can type; listed under the number alone"),
}


def identity_warnings(identities: ibis.Table) -> list[tuple[str, str, str, int]]:
    """Return (table, column, reason, count) of identities that are kept with a fault."""
    faults = identities.filter(identities.fault.isin(list(_IDENTITY_FAULTS)))
    counts = faults.group_by("fault").agg(people=faults.count()).to_pyarrow().to_pylist()
    return [("identities", *_IDENTITY_FAULTS[row["fault"]], row["people"]) for row in counts]
