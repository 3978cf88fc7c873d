from datetime import date

import pytest

from app.accounts.administration import AccountAdministration, AccountExists, NoSuchAccount
from app.counter.audience import COUNTER
from app.records.accounts.accounts import AccountState

PASSWORD = "four words of a clerk"  # pragma: allowlist secret
DAY, LATER = date(2020, 2, 1), date(2020, 2, 2)


@pytest.fixture
def members(guests, records):
    return lambda organisation=None: AccountAdministration(guests.audience, records, organisation)


def test_an_account_is_added_once_and_then_reset(members, guests):
    secrets = members().add("hr-1", PASSWORD, DAY), members().reset("hr-1", PASSWORD, LATER)
    assert secrets[0] != secrets[1]
    assert [AccountState("hr-1", False, LATER)] == members().list()
    with pytest.raises(AccountExists):
        members().add("hr-1", PASSWORD, DAY)
    assert ["added", "reset"] == [entry.event for entry in guests.entries]


def test_an_account_that_does_not_exist_is_neither_reset_nor_disabled(members, guests):
    with pytest.raises(NoSuchAccount):
        members().reset("hr-1", PASSWORD, DAY)
    with pytest.raises(NoSuchAccount):
        members().disable("hr-1")
    assert ([], []) == (members().list(), guests.entries)


def test_a_disabled_account_is_listed_as_such(members, guests):
    members().add("hr-1", PASSWORD, DAY)
    members().disable("hr-1")
    assert [AccountState("hr-1", True, DAY)] == members().list()
    assert ["added", "disabled"] == [entry.event for entry in guests.entries]


def test_accounts_of_another_organisation_and_audience_are_out_of_reach(members, records):
    members(1).add("hr-1", PASSWORD, DAY)
    for others in (members(), members(2), AccountAdministration(COUNTER, records)):
        assert [] == others.list()
        with pytest.raises(NoSuchAccount):
            others.disable("hr-1")
        with pytest.raises(NoSuchAccount):
            others.reset("hr-1", PASSWORD, DAY)
    assert [AccountState("hr-1", False, DAY)] == members(1).list()
