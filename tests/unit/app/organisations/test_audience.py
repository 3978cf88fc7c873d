import pytest

from app.organisations.audience import ORGANISATION, parse_address
from app.organisations.audit import NO_ORGANISATION


@pytest.mark.parametrize("address", ["hr-1@steelworks", " HR-1@Steelworks "])
def test_a_member_is_named_by_account_and_organisation(directory, steelworks, address):
    assert ("hr-1", steelworks.id) == parse_address(directory, address)


@pytest.mark.parametrize(
    "address", ["hr-1", "", "@", "hr-1@nobody", "hr-1@steelworks\x00", "字@字"]
)
def test_an_organisation_that_there_is_not_is_none_and_counted_apart(
    directory, steelworks, address
):
    assert (address, NO_ORGANISATION) == parse_address(directory, address)


def test_a_disabled_organisation_is_tried_like_one_that_there_is_not(directory, steelworks):
    directory.disable(steelworks.id)
    assert ("hr-1@steelworks", NO_ORGANISATION) == parse_address(directory, "hr-1@steelworks")


def test_its_cookies_are_for_its_pages_alone():
    assert "/org" == ORGANISATION.cookie(https=True).attributes["path"]
