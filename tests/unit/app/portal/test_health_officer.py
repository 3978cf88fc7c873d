"""A health officer belongs to an organisation and sees none of its lists."""

import pytest

from app.organisations.invitations import Invitations, NewInvitation
from app.organisations.roles import Permission, Role
from app.portal import navigation
from app.portal.navigation import add_portal_page


def test_an_administrator_invites_a_health_officer(admin):
    page = admin.press("/members/invite", role="officer")
    assert "Role: Health officer" in page.text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-Hans", "某某工厂 邀请您担任健康管理员。"),
        ("zh-Hant", "某某工厂 邀請您擔任健康管理員。"),
        ("en", "某某工厂 invites you as its health officer."),
    ],
)
def test_the_invitation_says_so(office, language, words):
    new = NewInvitation(Role.OFFICER, "authority")
    token = Invitations(office.services.records).invite(office.organisation.id, new)
    page = office.client_of().get(f"/org/invitations/{token}", query_string={"lang": language})
    assert words in page.text


def test_a_member_made_health_officer_loses_the_lists_at_once(admin, checker):
    admin.press("/members/role", name="checker", role="officer")
    assert 403 == checker.page("/upload").status_code


def test_whoever_has_no_page_is_told_why(officer, monkeypatch):
    monkeypatch.setattr(navigation, "_PAGES", {})
    page = officer.page()
    assert (200, True) == (page.status_code, "no kiosks in use" in page.text)


def test_the_start_leads_to_the_first_page_that_the_role_opens(officer, monkeypatch):
    monkeypatch.setattr(navigation, "_PAGES", {})
    for endpoint, place in (("organisation.show_help", 2), ("organisation.show_audit", 1)):
        add_portal_page(endpoint, "", Permission.MANAGE_ROSTER, place)
    page = officer.page()
    assert (303, True) == (page.status_code, page.location.startswith("/org/log"))


def test_a_page_of_lists_leads_back_to_no_lists(officer):
    page = officer.page("/upload")
    assert (403, True) == (page.status_code, "Back to your first page" in page.text)
