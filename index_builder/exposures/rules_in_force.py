"""Rule sets that a build uses outside the dates on which they were in force."""

from dataclasses import dataclass
from datetime import date

from index_builder.exposures.case_legs import CaseLegs
from index_builder.exposures.cases import Cases
from index_builder.exposures.find_exposures import rule_sets
from index_builder.rules.rule_set import RuleSet
from index_builder.sources.build_context import BuildContext


@dataclass(frozen=True, slots=True)
class RuleSetNotInForce:
    """A rule set, its dates, and the first and last day on which it is used outside them.

    Dates as YYYY-MM-DD; in_force_to: "" where the set is in force until now.
    """

    rule: str
    in_force_from: str
    in_force_to: str
    first: str
    last: str

    @property
    def remark(self) -> str:
        """One sentence for the summary."""
        until = f"to {self.in_force_to}" if self.in_force_to else "on"
        return (
            f"{self.rule} was in force from {self.in_force_from} {until}; it is used for trips or "
            f"data of {self.first} to {self.last}"
        )


def rule_sets_not_in_force(
    context: BuildContext, cases: Cases, case_legs: CaseLegs, as_of: date | None
) -> list[RuleSetNotInForce]:
    """Return each rule set of the build that is used outside its dates.

    Judged by the boarding dates of the cases' trips in their infectious period, and by as_of, the
    day to which the data reach, where it was given.
    """
    legs = case_legs.table
    days = legs.select("rule", "service_date").distinct().to_pyarrow().to_pylist()
    found = []
    for rule_set in rule_sets(context, cases):
        used = [row["service_date"] for row in days if row["rule"] == rule_set.number]
        used += [as_of] if as_of else []
        if outside := [day for day in used if not _in_force(rule_set, day)]:
            end = rule_set.in_force_to
            found.append(
                RuleSetNotInForce(
                    rule=rule_set.name,
                    in_force_from=rule_set.in_force_from.isoformat(),
                    in_force_to=end.isoformat() if end else "",
                    first=min(outside).isoformat(),
                    last=max(outside).isoformat(),
                )
            )
    return found


def _in_force(rule_set: RuleSet, day: date) -> bool:
    return rule_set.in_force_from <= day <= (rule_set.in_force_to or date.max)
