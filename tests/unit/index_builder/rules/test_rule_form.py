"""Whatever a rule set's file holds, it is a rule set or refused by key; never a bug."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from index_builder.rules.rule_files import rule_set_text
from index_builder.rules.rule_form import FormFault, rule_set_of
from index_builder.rules.rule_set import RuleSet

WHOLE = tomllib.loads(rule_set_text("nhc-2020-03"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=4,
)
ZONE_KEYS = sorted({key for zone in WHOLE["zones"] for key in zone} | {"minutes_min", "rest"})


def accepted(data):
    try:
        return isinstance(rule_set_of(data, 200), RuleSet)
    except FormFault:
        return False


@given(st.sampled_from(sorted(WHOLE)) | st.text(), VALUES)
def test_any_value_of_any_key_is_taken_or_refused_by_its_key(key, value):
    accepted({**WHOLE, key: value})


@given(st.sampled_from(ZONE_KEYS), VALUES, st.integers(0, len(WHOLE["zones"]) - 1))
def test_any_value_in_a_zone_is_taken_or_refused_by_its_key(key, value, place):
    zones = [dict(zone) for zone in WHOLE["zones"]]
    zones[place][key] = value
    accepted({**WHOLE, "zones": zones})


@given(st.dictionaries(st.text(), VALUES))
def test_a_file_of_something_else_is_refused(data):
    assert not accepted(data)


def test_the_shipped_file_is_accepted():
    assert accepted(WHOLE)
