"""Which rule set holds for which disease in one build."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index_builder.rules.rule_set import RuleSet, load_rule_set


class RulesRefused(ValueError):
    """The rules named do not fit the cases; the message says what to give instead."""


@dataclass(frozen=True, slots=True)
class RuleAssignment:
    """One rule set for every disease, or one for each named disease."""

    default: RuleSet | None
    by_disease: Mapping[str, RuleSet]

    def for_disease(self, disease: str) -> RuleSet:
        """Return the rule set of a disease. Raises RulesRefused where none was named."""
        rule_set = self.by_disease.get(disease, self.default)
        if rule_set is None:
            message = "no rule set named for a disease of the cases: add DISEASE=NAME"
            raise RulesRefused(message)
        return rule_set

    def used_for(self, diseases: Iterable[str]) -> dict[str, tuple[RuleSet, str]]:
        """Return rule set and disease by rule-set name, for the diseases of the cases."""
        return {self.for_disease(name).name: (self.for_disease(name), name) for name in diseases}


def parse_rules(text: str) -> RuleAssignment:
    """Return the assignment written as one name, or as `disease=name,disease=name`.

    Raises RuleSetUnknown for a name that is not shipped, RulesRefused for a malformed text.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) == 1 and "=" not in parts[0]:
        return RuleAssignment(load_rule_set(parts[0]), {})
    by_disease: dict[str, RuleSet] = {}
    for part in parts:
        disease, sign, name = (piece.strip() for piece in part.partition("="))
        if not (disease and sign and name) or disease in by_disease:
            message = "--rules takes one NAME, or DISEASE=NAME,DISEASE=NAME with each disease once"
            raise RulesRefused(message)
        by_disease[disease.lower()] = load_rule_set(name)
    if not by_disease:
        message = "--rules names no rule set"
        raise RulesRefused(message)
    return RuleAssignment(None, by_disease)
