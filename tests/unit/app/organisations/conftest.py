"""Two organisations, each with an administrator of one name, so that what mixes them up shows."""

import pytest
from argon2 import PasswordHasher

from app.organisations.directory import NewOrganisation, OrganisationDirectory
from app.organisations.members import Members, NewMember
from app.organisations.roles import Role

PASSWORD = "four words of a member"  # pragma: allowlist secret
ADMIN = "hr-1"


@pytest.fixture(autouse=True)
def _cheap_passwords(monkeypatch):
    """What a hash costs is tested where it is made."""
    hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr("app.accounts.passwords._HASHER", hasher)


@pytest.fixture
def directory(records):
    return OrganisationDirectory(records)


@pytest.fixture
def steelworks(directory, today):
    return directory.create(NewOrganisation("steelworks", "某某钢铁集团", 12_000), today)


@pytest.fixture
def school(directory, today):
    return directory.create(NewOrganisation("school", "某某小学", 101), today)


@pytest.fixture
def members_of(records, today):
    """Make the members of an organisation, with one administrator."""

    def make(organisation, *others):
        members = Members(records, organisation.id, "authority")
        for name, role in ((ADMIN, Role.ADMIN), *others):
            members.add(NewMember(name, PASSWORD, role), today)
        return members

    return make
