"""The rule set of each disease in one build."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from exposure_index.errors import ExitCode, ForeseenError
from index_builder.rules.diseases import NAME_MAX_CHARACTERS, canonical_disease
from index_builder.rules.rule_files import load_rule_set, rule_sets_for
from index_builder.rules.rule_set import RuleSet


class RulesRefused(ForeseenError, ValueError):
    """The rules are not named as they must be; the message says what to give instead."""

    exit_code = ExitCode.USAGE


class RuleSetOfAnotherDisease(ForeseenError, ValueError):
    """A rule set was assigned to a disease that it is not for; the message names those that are."""

    exit_code = ExitCode.BAD_INPUT


@dataclass(frozen=True, slots=True)
class RuleAssignment:
    """The rule set for each disease, by its canonical name.

    unruled: diseases whose cases are left out, and said to be, because no rule set is for them.
    """

    by_disease: Mapping[str, RuleSet]
    unruled: frozenset[str] = field(default_factory=frozenset)

    def for_disease(self, disease: str) -> RuleSet | None:
        """Return the rule set of a disease, None where none is for it."""
        return self.by_disease.get(disease)

    def used_for(self, diseases: Iterable[str]) -> dict[str, tuple[RuleSet, str]]:
        """Return each rule set by its name, with the diseases of the cases that it holds for."""
        used: dict[str, tuple[RuleSet, str]] = {}
        for disease in sorted(diseases):
            rule_set = self.by_disease[disease]
            before = used.get(rule_set.name)
            used[rule_set.name] = (rule_set, f"{before[1]}, {disease}" if before else disease)
        return used


def parse_rules(text: str, unruled: Iterable[str] = ()) -> RuleAssignment:
    """Return the assignment written as names, or as `disease=name`, with commas between.

    A name is that of a shipped rule set, or the path of a file that ends in `.toml`; without a
    disease before it, the set holds for those that it says it is for. unruled: diseases that may
    go without. Raises RuleSetUnknown or RuleFileRefused for a set that cannot be read,
    RuleSetOfAnotherDisease for one that is not for its disease, RulesRefused for a malformed
    text and for two sets that go by one number or name.
    """
    by_disease: dict[str, RuleSet] = {}
    for part in (part.strip() for part in text.split(",") if part.strip()):
        first, sign, name = (piece.strip() for piece in part.partition("="))
        disease = canonical_disease(first) if sign else ""
        if sign and not (disease and name):
            raise RulesRefused(_FORM)
        rule_set = load_rule_set(name if sign else first)
        if sign:
            _check_disease(rule_set, disease)
        for each in (disease,) if sign else rule_set.diseases:
            if each in by_disease:
                raise RulesRefused(_FORM)
            by_disease[each] = rule_set
    if not by_disease:
        message = "--rules names no rule set"
        raise RulesRefused(message)
    _refuse_two_of_one_number(list(by_disease.values()))
    return RuleAssignment(MappingProxyType(by_disease), _unruled(unruled, by_disease))


_FORM = "--rules takes NAME, or DISEASE=NAME,DISEASE=NAME with each disease once"


def ways_out(disease: str) -> str:
    """Return how a build can go on where no rule set was named for a disease."""
    names = rule_sets_for(disease)
    if names:
        return f"add {disease}={' or '.join(names)} to --rules, or --unruled {disease}"
    return (
        f"none is shipped; add one of your own to --rules ({disease}=FILE.toml), or leave such "
        f"cases out (--unruled {disease})"
    )


def _check_disease(rule_set: RuleSet, disease: str) -> None:
    if disease in rule_set.diseases:
        return
    names = rule_sets_for(disease)
    others = f"for {disease} there is {' or '.join(names)}" if names else "none is shipped"
    message = (
        f"{rule_set.name} is a rule set for {' and '.join(rule_set.diseases)}, not for {disease}; "
        f"{others}, name your own .toml, or --unruled {disease}"
    )
    raise RuleSetOfAnotherDisease(message)


def _unruled(texts: Iterable[str], by_disease: Mapping[str, RuleSet]) -> frozenset[str]:
    names = frozenset(canonical_disease(text) for text in texts)
    if any(not 0 < len(name) <= NAME_MAX_CHARACTERS for name in names):
        message = "--unruled takes the name of one disease"
        raise RulesRefused(message)
    if both := sorted(names & by_disease.keys()):
        message = f"--unruled {both[0]}: --rules names a rule set for it"
        raise RulesRefused(message)
    return names


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
