"""Last days of observation for each trip of a label, as far as the label can tell.

A label holds one day for all its trips: the latest. Where they are of one disease it is the day for
all of them. A trip of another disease may have an earlier day, which the label does not hold: it
gets none rather than a wrong one. In words: docs/protocol.md.

Both slots of a label are judged in the same steps, exposure or blank: time tells nothing of them.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from exposure_index.label.codec import ExposureNumbers, LabelNumbers
from exposure_index.label.model import Mode

JOURNEY_DAYS_MAX = 7  # from boarding to alighting; the longest trains take six nights, ships more
RULE_NUMBERS = 256
_DAYS_UNKNOWN = -1
_SHIP = Mode.SHIP.value


class SignedRules(Protocol):
    """Rule sets as a signed manifest describes them."""

    @property
    def rules(self) -> Mapping[str, Any]:
        """The rule sets by name."""

    def rule(self, number: int) -> Mapping[str, Any]:
        """Return one rule set, empty where it is not known."""


class ObservationRules(NamedTuple):
    """Disease and days of observation by rule number; observing: the diseases that ask for some.

    days: 0 where a rule set observes nobody, -1 where it does not say; of_one: whether the day of a
    label is that of any trip under this rule set, since no two diseases of the index ask for days;
    () where two do.
    """

    diseases: tuple[str, ...]
    days: tuple[int, ...]
    observing: frozenset[str]
    of_one: tuple[bool, ...]

    @classmethod
    def of(cls, manifest: SignedRules) -> "ObservationRules":
        """Return the table of a manifest, looked up once."""
        by_number = [manifest.rule(number) for number in range(RULE_NUMBERS)]
        rules = [rule for rule in manifest.rules.values() if isinstance(rule, dict)]
        observing = frozenset(_disease(rule) for rule in rules if _days(rule))
        return cls(
            tuple(_disease(rule) for rule in by_number),
            tuple(_days(rule) for rule in by_number),
            observing,
            tuple(bool(rule) and _days(rule) != 0 for rule in by_number)
            if len(observing) < 2
            else (),
        )


class _Fit(NamedTuple):
    """exact, possible: whether the label's day is, or may be, that of this trip."""

    disease: str
    observing: bool
    exact: bool
    possible: bool


def observed_until(label: LabelNumbers, rules: ObservationRules) -> tuple[int, int]:
    """Return for both slots of a label the last day of observation, 0 where not known.

    Days are counted as the label counts them.
    """
    total, until, first, second = label
    if rules.of_one:  # nearly every index; it depends on nobody
        return until * rules.of_one[first.rule], until * rules.of_one[second.rule]
    count = label.exposure_count
    one = _fit(first, rules, until, count > 0)
    two = _fit(second, rules, until, count > 1)
    same = one.disease == two.disease
    other = not same
    hidden = total > count  # a trip that is counted only may be of any rule set
    several = (one.observing & two.observing & other, len(rules.observing) > 1)[hidden]
    open_ = hidden | (one.possible & two.possible & other)
    one_gave = (one.possible, one.exact)[open_]
    two_gave = (two.possible, two.exact)[open_]
    one_sure = (_of_the_one(one, rules, hidden), one_gave | (same & two_gave))[several]
    two_sure = (_of_the_one(two, rules, hidden), two_gave | (same & one_gave))[several]
    return until * (one.observing & one_sure), until * (two.observing & two_sure)


def _fit(exposure: ExposureNumbers, rules: ObservationRules, until: int, exists: bool) -> _Fit:
    days = rules.days[exposure.rule]
    aboard = until - exposure.day - days
    counts = exists & (days > 0)
    in_time = (aboard <= JOURNEY_DAYS_MAX) | (exposure.mode == _SHIP)
    return _Fit(
        rules.diseases[exposure.rule],
        exists & (days != 0),
        counts & (aboard == 0),
        counts & (aboard >= 0) & in_time,
    )


def _of_the_one(trip: _Fit, rules: ObservationRules, hidden: bool) -> bool:
    """Whether a trip is of the one disease that can have given the day."""
    return (trip.disease in rules.observing) | (not hidden)


def _disease(rule: Mapping[str, Any]) -> str:
    return str(rule.get("disease", ""))


def _days(rule: Mapping[str, Any]) -> int:
    days = rule.get("observation_days")
    return days if isinstance(days, int) else _DAYS_UNKNOWN
