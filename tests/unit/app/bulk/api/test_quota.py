"""A quota that is used up, at the gate: whom it covers still, and when more are covered."""

import pytest

from app.organisations.directory import OrganisationDirectory
from tests.fixtures.bulk import staff_csv
from tests.fixtures.bulk_api import LIST
from tests.fixtures.people import CLOSE, GENERAL

FORTNIGHT = 14 * 86_400
OTHERS = staff_csv(GENERAL)


@pytest.fixture
def user(api_house, api_user):
    """A program of an organisation that has asked about the two people of its quota."""
    directory = OrganisationDirectory(api_house.services.records)
    directory.set_quota(api_user.organisation.id, 2)
    api_user.job()
    api_house.work()
    return api_user


def test_a_list_of_nobody_whom_it_covers_is_refused_with_when_to_come_back(user):
    response = user.upload(OTHERS)
    assert (429, "quota") == (response.status_code, response.json["code"])
    assert FORTNIGHT - 86_400 < int(response.headers["Retry-After"]) <= FORTNIGHT


def test_nothing_is_left_of_a_list_that_is_refused(api_house, user):
    folder = api_house.services.settings.bulk_directory
    before = sorted(folder.iterdir())
    user.upload(OTHERS)
    assert before == sorted(folder.iterdir())


def test_the_people_asked_about_before_are_free(user, api_house):
    place = user.job(staff_csv(GENERAL, CLOSE))
    api_house.work()
    counts = user.get(place).json["counts"]
    assert (1, 1) == (counts["exposed"], counts["not_checked"])


def test_a_list_that_cannot_be_read_is_a_job_that_says_so(user, api_house):
    place = user.job(b"one,two\n1,2\n")
    api_house.work()
    assert "failed" == user.get(place).json["status"]


def test_the_same_list_again_is_taken(user):
    assert 202 == user.upload(LIST).status_code
