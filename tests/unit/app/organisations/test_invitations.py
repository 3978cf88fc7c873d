import pytest
from sqlalchemy import text

from app.organisations import invitations
from app.organisations.audit import newest_lines
from app.organisations.invitations import InvitationGone, Invitations, NewInvitation
from app.organisations.roles import Role

NOW = 1_600_000_000.0
CHECKER = NewInvitation(Role.CHECKER, "hr-1", seconds=60)


@pytest.fixture
def links(records, monkeypatch):
    monkeypatch.setattr(invitations.time, "time", lambda: NOW)
    return Invitations(records)


def is_gone(links, token):
    with pytest.raises(InvitationGone):
        links.view(token)
    return True


def test_whoever_holds_a_link_is_told_organisation_and_role(links, steelworks):
    view = links.view(links.invite(steelworks.id, CHECKER))
    assert (steelworks, Role.CHECKER, None) == (view.organisation, view.role, view.account)
    assert NOW + 60 == view.expires_at


@pytest.mark.parametrize("token", ["", "x", "字" * 43, "\x00"])
def test_another_link_leads_nowhere(links, steelworks, token):
    links.invite(steelworks.id, CHECKER)
    assert is_gone(links, token)


def test_a_link_expires(links, steelworks, monkeypatch):
    token = links.invite(steelworks.id, CHECKER)
    monkeypatch.setattr(invitations.time, "time", lambda: NOW + 60)
    assert is_gone(links, token)
    assert [] == links.list(steelworks.id)


def test_an_invitation_is_listed_and_withdrawn_by_its_own_organisation(links, steelworks, school):
    token = links.invite(steelworks.id, CHECKER)
    (row,) = links.list(steelworks.id)
    assert ("checker", "hr-1", []) == (row.role, row.inviter, links.list(school.id))
    assert not links.withdraw(school.id, "hr-2", row.id)
    links.view(token)
    assert links.withdraw(steelworks.id, "hr-1", row.id)
    assert is_gone(links, token)


def test_the_links_of_a_disabled_organisation_lead_nowhere(links, directory, steelworks):
    token = links.invite(steelworks.id, CHECKER)
    directory.disable(steelworks.id)
    assert is_gone(links, token)


def test_the_database_holds_no_token_and_the_log_tells_who_invited(links, records, steelworks):
    token = links.invite(steelworks.id, CHECKER)
    with records.reading() as connection:
        row = connection.execute(text("SELECT * FROM invitations")).one()
    assert not any(token in str(cell) or token.encode() == cell for cell in row)
    newest = newest_lines(records, steelworks.id)[0]
    assert ("hr-1", "invited") == (newest.actor, newest.event)
