"""The prices of docs/threat-model.md are those of the shipped settings."""

import json
from pathlib import Path

import pytest

from tools.threat_prices import ATTACKS, Attack, main, price, rates_of, shipped, tables

DOCUMENT = Path(__file__).parents[3] / "docs" / "threat-model.md"


def test_the_document_shows_what_the_shipped_settings_cost():
    told = DOCUMENT.read_text("utf-8").partition("<!-- prices: ")[2].partition("\n")[2]
    assert tables(shipped()) == told.partition("\n<!-- end of prices -->")[0]


def test_settings_of_this_shell_do_not_change_the_prices(monkeypatch):
    monkeypatch.setenv("GAUGE_NETWORK_CHECKS", "7")
    assert 1_200 == rates_of(shipped()).window_free


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_a_stricter_limit_never_makes_an_attack_cheaper(attack):
    rates = rates_of(shipped())
    stricter = rates_of(
        shipped().model_copy(
            update={"network_checks": 600, "network_checks_proven": 6_000, "proof_hashes": 400_000}
        )
    )
    assert price(attack, rates).dollars <= price(attack, stricter).dollars


def test_more_people_never_cost_less():
    rates = rates_of(shipped())
    dollars = [price(Attack("roll", 10**n), rates).dollars for n in range(12)]
    assert sorted(dollars) == dollars


def test_the_benchmark_is_told_the_rates_as_json(capsys):
    assert 0 == main(["--json"])
    assert 24 == json.loads(capsys.readouterr().out)["names"]
