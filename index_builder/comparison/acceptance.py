"""Refuses a build that changes so much that somebody must say they have seen it.

What is signed is compared: report.json and coverage of the build that is current, and of the
candidate; and, where the casework has digests of both, who exactly would no longer be listed: other
people in the place of as many would show in no count. A wrong table that lists half the people is
the usual way to a false "not found".
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exposure_index.errors import EarlierEdition, Refused
from exposure_index.files.manifest import MANIFEST_FILE, Manifest
from index_builder.comparison import CHANGE_MAX_SHARE
from index_builder.comparison.build_comparison import compare_builds
from index_builder.report.report_json import signed_report
from index_builder.report.suppression import SMALLEST_COUNT
from index_builder.runtime.casework import Casework

CHANGE_MIN_PEOPLE = SMALLEST_COUNT
"""Fewer are the comings and goings of one compartment, and a report does not tell them."""


class ChangeNotAccepted(Refused):
    """The build changes more than may pass unseen; the message says what, and how to accept it."""

    reason = "change"


@dataclass(frozen=True, slots=True)
class ChangeLimit:
    """How much a build may change unseen. share: of the people listed now, from 0.

    accepted: somebody has seen the change; casework: where digests of the people may be.
    """

    casework: Casework
    share: float = CHANGE_MAX_SHARE
    accepted: bool = False

    def __call__(self, current: Path, candidate: Path) -> None:
        """Compare two build directories. Raises ChangeNotAccepted."""
        if self.accepted:
            return
        try:
            changes = _authority_changed(current, candidate)
        except EarlierEdition as error:
            message = (
                "what is published was made by an earlier edition and cannot be compared; it "
                "stays. If report.html of the new build is right, publish it with --accept-change"
            )
            raise ChangeNotAccepted(message) from error
        changes += large_changes(current, candidate, self.share)
        if changes := [*changes, *self._people_lost(current, candidate)]:
            message = (
                f"{'; '.join(changes)}. What is published stays. See it with `index-builder diff "
                f"{current} {candidate}`; if it is right, publish again with --accept-change"
            )
            raise ChangeNotAccepted(message)

    def _people_lost(self, current: Path, candidate: Path) -> list[str]:
        """Return a sentence where too many would no longer be listed, without a clearance."""
        comparison = compare_builds(current, candidate, self.casework)
        if comparison.people is None:
            return []
        listed = comparison.people.listed[0]
        lost = comparison.people.totals["gone"] - comparison.people.gone["cleared"]
        if lost < CHANGE_MIN_PEOPLE or lost <= self.share * listed:
            return []
        return [
            f"{lost:,} of the {listed:,} people listed now would no longer be, without a clearance "
            f"({lost / listed:.0%}; limit {self.share:.0%})"
        ]


def _authority_changed(current: Path, candidate: Path) -> list[str]:
    """Return a sentence where the authority changes: the service would miss the one before."""
    old, new = (Manifest.load(each / MANIFEST_FILE).authority for each in (current, candidate))
    return [f"the index would be by “{new}”, it is by “{old}” now (--authority)"] * (old != new)


def large_changes(current: Path, candidate: Path, share: float = CHANGE_MAX_SHARE) -> list[str]:
    """Return what changes more than may pass unseen, as sentences; none where it is little."""
    old, new = signed_report(current), signed_report(candidate)
    if old is None or new is None:
        return [f"build {(current if old is None else candidate).name} has no report to compare"]
    return [*_people_changed(old, new, share), *_vanished(old, new)]


def _people_changed(old: dict[str, Any], new: dict[str, Any], share: float) -> list[str]:
    then, now = old["key_figures"]["listed"], new["key_figures"]["listed"]
    # A count that is not told is from 1 to 4: the one further away decides.
    least, most = 1, SMALLEST_COUNT - 1
    before = then if then is not None else (least if (now or 0) > most else most)
    after = now if now is not None else (least if before > most else most)
    change = abs(after - before)
    if change < CHANGE_MIN_PEOPLE or change <= share * before:
        return []
    counts = [f"{count:,}" if count is not None else "1 to 4" for count in (then, now)]
    percent = f"{(after - before) / before:+.0%}" if before else "from none"
    return [
        f"{counts[1]} people would be listed, {counts[0]} are now ({percent}; limit {share:.0%})"
    ]


def _vanished(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    lost = [f"table {name} is gone" for name in _lost("table", old["tables"], new["tables"])]
    covered = [
        {(row["mode"], row["operator"]) for row in report["coverage"] if row["legs"]}
        for report in (old, new)
    ]
    lost += [
        f"no manifests of {mode} by {operator or 'an operator not named'} any more"
        for mode, operator in sorted(covered[0] - covered[1])
    ]
    left_out = [{row["disease"] for row in report.get("unruled", ())} for report in (old, new)]
    lost += [
        f"cases of {disease} are left out, as no rule set is for it (--unruled)"
        for disease in sorted(left_out[1] - left_out[0])
    ]
    listed = [
        [row for row in report["by_mode_and_rule"] if row["close"] != 0 or row["general"] != 0]
        for report in (old, new)
    ]
    return lost + [f"nobody met by {mode} any more" for mode in _lost("mode", *listed)]


def _lost(key: str, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[str]:
    return sorted({row[key] for row in old} - {row[key] for row in new})
