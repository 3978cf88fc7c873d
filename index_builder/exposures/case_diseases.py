"""The diseases of the cases: each has a rule set of its own, is left out as said, or stops a build.

A rule set of another disease looks back other days and draws another zone: whoever met a case of
measles under a set for tuberculosis was told "not found".
"""

from collections import Counter
from collections.abc import Mapping

from index_builder.data_dictionary.table_definitions import DEFAULT_DISEASE
from index_builder.rules.assignment import RuleAssignment, ways_out
from index_builder.rules.diseases import KNOWN_DISEASES, canonical_disease
from index_builder.rules.rule_set import RuleSet
from index_builder.sources.reject_list import RejectList
from index_builder.sources.source import SourceRefused

UNKNOWN_DISEASE = "unknown"


class CaseDiseases:
    """Finds the rule set of each case and notes what no set is for.

    ruled: diseases of the cases that have one.
    """

    def __init__(self, rules: RuleAssignment, rejects: RejectList) -> None:
        self._rules = rules
        self._rejects = rejects
        self._ids: dict[bool, set[str]] = {True: set(), False: set()}
        self._without: dict[str, list[int]] = {}
        self._unruled = Counter[str]()
        self.ruled: set[str] = set()

    @property
    def unruled(self) -> Mapping[str, int]:
        """How many cases were left out, by disease."""
        return dict(sorted(self._unruled.items()))

    def rule_set(self, cell: str, row: int, case_id: str) -> RuleSet | None:
        """Return the rule set for the disease of a case, None where the case cannot count.

        A row that was to be left out is noted so; `check` refuses the others.
        """
        disease = canonical_disease(cell)
        if not disease:
            disease = UNKNOWN_DISEASE if cell else DEFAULT_DISEASE
        rule_set = self._rules.for_disease(disease)
        self._ids[rule_set is not None].add(case_id)
        if rule_set is not None:
            self.ruled.add(disease)
        elif disease in self._rules.unruled:
            self._unruled[disease] += 1
            self._rejects.leave_out("cases", row, "disease", "no rule set is for it (--unruled)")
        else:
            self._without.setdefault(disease, []).append(row)
        return rule_set

    def ids_left_out(self) -> frozenset[str]:
        """Return the ids of cases that were left out, save those that another case has too."""
        return frozenset(self._ids[False] - self._ids[True])

    def check(self) -> None:
        """Raise SourceRefused where no rule set is for a disease, or no case is left."""
        if self._without:
            message = "; ".join(
                _without_rules(disease, rows) for disease, rows in sorted(self._without.items())
            )
            raise SourceRefused(message)
        if self._unruled and not self.ruled:
            message = (
                "cases: disease: every case is of a disease without a rule set (--unruled): an "
                'index built from them would answer "not found" to everyone'
            )
            raise SourceRefused(message)


def _without_rules(disease: str, rows: list[int]) -> str:
    count = f"{len(rows):,} case{'s' if len(rows) > 1 else ''}"
    place = f"cases: row {rows[0]}: disease"
    if disease not in KNOWN_DISEASES:
        # The cell may hold anything; what it should be is said without it.
        return (
            f"{place}: {count} of a disease that no rule set is for; correct the cell, name a rule "
            "set for it (--rules DISEASE=FILE.toml), or say --unruled DISEASE"
        )
    blank = " (a blank cell means that)" if disease == DEFAULT_DISEASE else ""
    return f"{place}: {count} of {disease}{blank}, and no rule set for it: {ways_out(disease)}"
