import threading

import pytest

from app.accounts.administration import AccountExists
from app.counter.audience import COUNTER
from app.organisations.audience import ORGANISATION
from app.organisations.audit import newest_lines
from app.organisations.members import (
    LastAdmin,
    Members,
    NewMember,
    NoSuchMember,
    signed_in_member,
)
from app.organisations.roles import Permission, Role

PASSWORD = "four words of a member"  # pragma: allowlist secret


def roles_of(members):
    return {member.name: member.role for member in members.list() if not member.disabled}


def test_a_member_is_added_with_a_role(members_of, steelworks):
    members = members_of(steelworks, ("hr-2", Role.VIEWER))
    assert {"hr-1": "admin", "hr-2": "viewer"} == roles_of(members)


def test_a_name_is_one_within_its_organisation(records, members_of, steelworks, school, today):
    members_of(steelworks)
    members = members_of(school)
    with pytest.raises(AccountExists):
        members.add(NewMember("hr-1", PASSWORD, Role.VIEWER), today)


def test_what_is_done_to_a_member_is_not_done_to_a_namesake(members_of, steelworks, school):
    mine, theirs = (
        members_of(organisation, ("hr-2", Role.CHECKER)) for organisation in (steelworks, school)
    )
    mine.set_role("hr-2", Role.ADMIN)
    mine.disable("hr-1")
    assert {"hr-2": "admin"} == roles_of(mine)
    assert {"hr-1": "admin", "hr-2": "checker"} == roles_of(theirs)


def test_a_member_of_another_organisation_is_none_of_this_one(members_of, steelworks, school):
    members_of(steelworks, ("hr-2", Role.CHECKER))
    members = members_of(school)
    for change in (lambda: members.disable("hr-2"), lambda: members.set_role("hr-2", Role.ADMIN)):
        with pytest.raises(NoSuchMember):
            change()


def test_the_last_administrator_stays_one(members_of, steelworks):
    members = members_of(steelworks, ("hr-2", Role.ADMIN))
    members.disable("hr-2")
    for change in (lambda: members.disable("hr-1"), lambda: members.set_role("hr-1", Role.VIEWER)):
        with pytest.raises(LastAdmin):
            change()
    members.set_role("hr-1", Role.ADMIN)
    assert {"hr-1": "admin"} == roles_of(members)


def test_of_two_administrators_who_remove_each_other_at_once_one_stays(
    open_records, members_of, steelworks
):
    members_of(steelworks, ("hr-2", Role.ADMIN))

    def remove(name):
        try:
            Members(open_records(), steelworks.id, "x").disable(name)
        except LastAdmin:
            refusals.append(name)

    refusals = []
    threads = [threading.Thread(target=remove, args=(name,)) for name in ("hr-1", "hr-2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 == len(refusals)
    assert refusals == list(roles_of(Members(open_records(), steelworks.id, "x")))


def test_a_member_who_is_signed_in_has_the_role_of_now(records, members_of, steelworks):
    members = members_of(steelworks, ("hr-2", Role.CHECKER))
    account = ORGANISATION.account("hr-2", steelworks.id)
    before = signed_in_member(records, account)
    members.set_role("hr-2", Role.VIEWER)
    after = signed_in_member(records, account)
    assert (steelworks, Role.CHECKER) == (before.organisation, before.role)
    assert [True, False] == [each.may(Permission.UPLOAD) for each in (before, after)]


def test_nobody_acts_for_a_disabled_organisation(records, directory, members_of, steelworks):
    members_of(steelworks)
    directory.disable(steelworks.id)
    assert signed_in_member(records, ORGANISATION.account("hr-1", steelworks.id)) is None


@pytest.mark.parametrize("name", ["hr-2", "nobody"])
def test_whoever_is_disabled_or_never_was_is_no_member(records, members_of, steelworks, name):
    members_of(steelworks, ("hr-2", Role.CHECKER)).disable("hr-2")
    assert signed_in_member(records, ORGANISATION.account(name, steelworks.id)) is None


def test_an_account_of_the_counter_is_no_member(records, members_of, steelworks):
    members_of(steelworks)
    assert signed_in_member(records, COUNTER.account("hr-1", steelworks.id)) is None
    assert signed_in_member(records, None) is None


def test_the_audit_tells_who_changed_the_members_and_not_whom(records, members_of, steelworks):
    members = members_of(steelworks, ("hr-2", Role.CHECKER))
    members.set_role("hr-2", Role.VIEWER)
    newest = newest_lines(records, steelworks.id)[0]
    assert ("authority", "role_changed", 0) == (newest.actor, newest.event, newest.count)
