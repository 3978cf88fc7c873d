import pytest


@pytest.fixture
def done_job(api_house, api_user):
    """The address of a job that is done."""
    address = api_user.job()
    api_house.work()
    return address
