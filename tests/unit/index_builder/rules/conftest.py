"""A department's own rule set, to be changed by each test."""

import pytest

OWN = """
name = "our-trains"
number = 200
title = "Our trains"
disease = "covid-19"
source = "Our department, order 7"
in_force_from = 2020-02-01
lookback_days = 2
observation_days = 14

[words.train]
en = "Trains: the carriage, until the terminus."
zh-Hans = "火车：同车厢，直至终点。"
zh-Hant = "火車：同車廂，直至終點。"

[[zones]]
mode = "train"
extent = "carriage"
tier = "close"
crew = "area"
until_terminus = "general"
"""


@pytest.fixture
def own(tmp_path):
    """Write the own rule set with a change, and return the path of its file."""

    def own(old="", new="", name="own.toml"):
        assert old in OWN
        path = tmp_path / name
        path.write_text(OWN.replace(old, new) if old else OWN, encoding="utf-8")
        return str(path)

    return own
