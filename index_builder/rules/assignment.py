"""The rule set of each disease in one build."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from exposure_index.errors import ExitCode, ForeseenError
from index_builder.rules.rule_files import load_rule_set
from index_builder.rules.rule_set import RuleSet


class RulesRefused(ForeseenError, ValueError):
    """The rules named do not fit the cases; the message says what to give instead."""

    exit_code = ExitCode.USAGE


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
        """Return each rule set by its name, with the diseases of the cases that it holds for."""
        used: dict[str, tuple[RuleSet, str]] = {}
        for disease in sorted(diseases):
            rule_set = self.for_disease(disease)
            before = used.get(rule_set.name)
            used[rule_set.name] = (rule_set, f"{before[1]}, {disease}" if before else disease)
        return used


def parse_rules(text: str) -> RuleAssignment:
    """Return the assignment written as one name, or as `disease=name,disease=name`.

    A name is that of a shipped rule set, or the path of a file that ends in `.toml`. Raises
    RuleSetUnknown or RuleFileRefused for a set that cannot be read, RulesRefused for a malformed
    text and for two sets that go by one number or name.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) == 1 and "=" not in parts[0]:
        return RuleAssignment(load_rule_set(parts[0]), {})
    by_disease: dict[str, RuleSet] = {}
    for part in parts:
        disease, sign, name = (piece.strip() for piece in part.partition("="))
        if not (disease and sign and name) or disease.lower() in by_disease:
            message = "--rules takes one NAME, or DISEASE=NAME,DISEASE=NAME with each disease once"
            raise RulesRefused(message)
        by_disease[disease.lower()] = load_rule_set(name)
    if not by_disease:
        message = "--rules names no rule set"
        raise RulesRefused(message)
    _refuse_two_of_one_number(list(by_disease.values()))
    return RuleAssignment(None, by_disease)


def _refuse_two_of_one_number(rule_sets: list[RuleSet]) -> None:
    """The index tells sets apart by number, the manifest by name: neither may stand for two."""
    for rule_set in rule_sets:
        for other in rule_sets:
            same = (rule_set.number == other.number, rule_set.name == other.name)
            if rule_set != other and any(same):
                message = (
                    f"two rule sets named by --rules have the {'number' if same[0] else 'name'} "
                    f"{other.number if same[0] else other.name}: give one of them another"
                )
                raise RulesRefused(message)
