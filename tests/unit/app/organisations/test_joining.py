from datetime import date

import pyotp
import pytest

from app.accounts.sign_in import Attempt, sign_in
from app.limits.actions import ActionLimits
from app.organisations import joining
from app.organisations.audience import ORGANISATION
from app.organisations.audit import newest_lines
from app.organisations.invitations import InvitationGone, Invitations, NewInvitation
from app.organisations.joining import JoinForm, Joining, JoinRefused
from app.organisations.members import LastAdmin, signed_in_member
from app.organisations.roles import Role
from app.records.accounts.accounts import account_number
from app.records.accounts.sessions import begin_session
from tests.fixtures.distinct_codes import WRONG_CODE, secret_of_distinct_codes

NOW = 1_600_000_000.0
PASSWORD = "four words of a joiner"  # pragma: allowlist secret
CHECKER = NewInvitation(Role.CHECKER, "hr-1")


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(joining.time, "time", lambda: NOW)
    monkeypatch.setattr(pyotp, "random_base32", lambda: secret_of_distinct_codes(NOW))


@pytest.fixture
def links(records):
    return Invitations(records)


@pytest.fixture
def pages(records):
    return Joining(records)


@pytest.fixture
def token(links, steelworks):
    return links.invite(steelworks.id, CHECKER)


def form(enrolment, account="li-3", password=PASSWORD, code=None):
    code = pyotp.TOTP(enrolment.secret).at(NOW) if code is None else code
    return JoinForm(account, password, enrolment.sealed, code)


def signs_in(records, organisation, enrolment, steps=1, account="li-3"):
    code = pyotp.TOTP(enrolment.secret).at(NOW + 30 * steps)
    attempt = Attempt(account, PASSWORD, code, organisation.id)
    return sign_in(ORGANISATION, records, ActionLimits(None), b"net", attempt) is not None


def test_whoever_joins_is_a_member_with_the_role_of_the_invitation(
    records, pages, token, steelworks, today
):
    account = pages.join(token, form(pages.new_enrolment(token), account=" Li-3 "), today)
    member = signed_in_member(records, account)
    assert ("li-3", Role.CHECKER, steelworks) == (member.name, member.role, member.organisation)
    newest = newest_lines(records, steelworks.id)[0]
    assert ("li-3", "joined") == (newest.actor, newest.event)


def test_the_codes_that_were_confirmed_sign_in_and_each_counts_once(
    records, pages, token, steelworks, today
):
    enrolment = pages.new_enrolment(token)
    pages.join(token, form(enrolment), today)
    assert not signs_in(records, steelworks, enrolment, steps=0)
    assert signs_in(records, steelworks, enrolment, steps=1)


def test_a_link_is_used_once(pages, token, today):
    pages.join(token, form(pages.new_enrolment(token)), today)
    with pytest.raises(InvitationGone):
        pages.join(token, form(pages.new_enrolment(token), account="wang-5"), today)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"account": "x"}, ("account", "invalid")),
        ({"account": "李 四"}, ("account", "invalid")),
        ({"account": "hr-1"}, ("account", "in_use")),
        ({"password": "eleven char"}, ("password", "length")),  # pragma: allowlist secret
        ({"password": "x" * 201}, ("password", "length")),
        ({"code": WRONG_CODE}, ("code", "wrong")),
        ({"code": ""}, ("code", "wrong")),
    ],
)
def test_what_is_wrong_is_told_and_the_link_stays_good(
    pages, token, members_of, steelworks, today, changed, fault
):
    members_of(steelworks)
    enrolment = pages.new_enrolment(token)
    with pytest.raises(JoinRefused) as refusal:
        pages.join(token, form(enrolment, **changed), today)
    assert fault == (refusal.value.field, refusal.value.fault)
    pages.join(token, form(pages.same_enrolment(token, enrolment.sealed)), today)


def test_each_showing_has_a_secret_of_its_own_and_a_shown_one_is_kept(pages, token):
    first, second = (pages.new_enrolment(token) for _ in range(2))
    assert first.secret != second.secret
    assert first == pages.same_enrolment(token, first.sealed)
    assert f"secret={first.secret}" in first.address("li-3")


@pytest.mark.parametrize("sealed", ["", "x", "字", "AAAA" * 20])
def test_a_secret_that_was_not_shown_by_this_link_is_replaced(
    pages, links, token, steelworks, sealed
):
    other = links.invite(steelworks.id, CHECKER)
    of_other = pages.new_enrolment(other)
    assert of_other.secret != pages.same_enrolment(token, of_other.sealed).secret
    assert 32 == len(pages.same_enrolment(token, sealed).secret)


def test_a_reset_takes_the_secrets_away_at_once_and_a_link_renews_them(
    records, pages, links, token, members_of, steelworks, today
):
    before = pages.new_enrolment(token)
    account = pages.join(token, form(before), today)
    members = members_of(steelworks)
    with records.writing() as connection:
        number = account_number(connection, account)
        begin_session(connection, b"digest", ORGANISATION.name, number, int(NOW))
    renewal = members.reset("li-3", 60)
    assert signed_in_member(records, account) is None
    assert not signs_in(records, steelworks, before)
    assert "li-3" == links.view(renewal).account
    after = pages.new_enrolment(renewal)
    assert account == pages.join(renewal, form(after, account="another"), date(2020, 3, 1))
    assert [False, True] == [signs_in(records, steelworks, each, 1) for each in (before, after)]
    assert Role.CHECKER is signed_in_member(records, account).role
    events = [line.event for line in newest_lines(records, steelworks.id)]
    assert {"reset", "renewed", "joined"} <= set(events)


def test_a_second_reset_makes_the_first_link_lead_nowhere(
    pages, links, token, members_of, steelworks, today
):
    pages.join(token, form(pages.new_enrolment(token)), today)
    members = members_of(steelworks)
    first, second = members.reset("li-3", 60), members.reset("li-3", 60)
    with pytest.raises(InvitationGone):
        links.view(first)
    assert "li-3" == links.view(second).account


def test_a_disabled_member_is_not_let_in_by_the_link_of_an_earlier_reset(
    pages, links, token, members_of, steelworks, today
):
    pages.join(token, form(pages.new_enrolment(token)), today)
    members = members_of(steelworks)
    renewal = members.reset("li-3", 60)
    members.disable("li-3")
    with pytest.raises(InvitationGone):
        links.view(renewal)


def test_the_last_administrator_is_not_reset(members_of, steelworks):
    members = members_of(steelworks)
    with pytest.raises(LastAdmin):
        members.reset("hr-1", 60)


def test_the_same_name_joins_two_organisations_apart(
    records, pages, links, token, steelworks, school, today
):
    mine = pages.join(token, form(pages.new_enrolment(token)), today)
    other = links.invite(school.id, CHECKER)
    theirs = pages.join(other, form(pages.new_enrolment(other)), today)
    assert [steelworks.id, school.id] == [account.organisation for account in (mine, theirs)]
