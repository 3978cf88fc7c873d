"""Which role may open which page: every route of the portal stands in the table."""

import pytest

from app.organisations.roles import Role
from tests.fixtures.member_browsers import Browser

READERS = frozenset({Role.ADMIN, Role.CHECKER, Role.VIEWER})
CHECKERS = frozenset({Role.ADMIN, Role.CHECKER})
ADMINS = frozenset({Role.ADMIN})
ROSTER_KEEPERS = frozenset({Role.ADMIN, Role.OFFICER})
PERSON = f"/roster/people/{'0' * 32}"
OFFICERS = frozenset({Role.OFFICER})
LIST = "/lists/AAAAAAAAAAAAAAAA"
KIOSK = "/kiosks/0a0a/revoke"
KEY = "/keys/0a0a/revoke"
INVITATION = "/members/invitations/1/withdraw"
ROUTES = {
    ("GET", "/help"): READERS,
    ("GET", "/template.xlsx"): READERS,
    ("GET", LIST): READERS,
    ("POST", f"{LIST}/rows"): READERS,
    ("GET", f"{LIST}/results.csv"): READERS,
    ("GET", f"{LIST}/receipt.json"): READERS,
    ("GET", "/upload"): CHECKERS,
    ("POST", "/upload"): CHECKERS,
    ("GET", f"{LIST}/reading"): CHECKERS,
    ("POST", f"{LIST}/reading"): CHECKERS,
    ("POST", f"{LIST}/start"): CHECKERS,
    ("POST", f"{LIST}/cancel"): CHECKERS,
    ("GET", "/members"): ADMINS,
    ("POST", "/members/invite"): ADMINS,
    ("GET", INVITATION): ADMINS,
    ("POST", INVITATION): ADMINS,
    ("POST", "/members/role"): ADMINS,
    ("POST", "/members/reset"): ADMINS,
    ("POST", "/members/disable"): ADMINS,
    ("GET", "/keys"): ADMINS,
    ("POST", "/keys"): ADMINS,
    ("GET", KEY): ADMINS,
    ("POST", KEY): ADMINS,
    ("GET", "/log"): ADMINS,
    ("GET", "/settings"): ADMINS,
    ("POST", "/settings"): ADMINS,
    ("GET", "/kiosks"): ADMINS,
    ("POST", "/kiosks"): ADMINS,
    ("POST", "/kiosks/withdraw"): ADMINS,
    ("POST", "/kiosks/rename"): ADMINS,
    ("GET", KIOSK): ADMINS,
    ("POST", KIOSK): ADMINS,
    ("GET", "/kiosks/settings"): ADMINS,
    ("POST", "/kiosks/settings"): ADMINS,
    ("GET", "/roster"): ROSTER_KEEPERS,
    ("POST", "/roster/search"): ROSTER_KEEPERS,
    ("POST", "/roster/remove"): ROSTER_KEEPERS,
    ("POST", "/roster/restore"): ROSTER_KEEPERS,
    ("POST", "/roster/reissue"): ROSTER_KEEPERS,
    ("POST", "/roster/badges"): ROSTER_KEEPERS,
    ("GET", "/roster/add"): ROSTER_KEEPERS,
    ("POST", "/roster/add"): ROSTER_KEEPERS,
    ("POST", "/roster/list"): ROSTER_KEEPERS,
    ("GET", "/roster/template.xlsx"): ROSTER_KEEPERS,
    ("GET", PERSON): ROSTER_KEEPERS,
    ("GET", "/door"): ROSTER_KEEPERS,
    ("GET", "/door/poster.pdf"): ROSTER_KEEPERS,
    ("GET", "/health"): OFFICERS,
    ("POST", "/health/alarms"): OFFICERS,
    ("GET", "/health/people"): OFFICERS,
    ("POST", "/health/people"): OFFICERS,
    ("POST", "/health/people/hours"): OFFICERS,
    ("GET", "/health/export"): OFFICERS,
    ("POST", "/health/export"): OFFICERS,
    ("GET", "/health/log"): OFFICERS,
    ("POST", "/health/log"): OFFICERS,
    ("POST", "/health/log/link"): OFFICERS,
    ("POST", "/health/log/close"): OFFICERS,
    ("POST", "/health/log/reopen"): OFFICERS,
    ("GET", "/health/accesses"): ADMINS,
}
WITHOUT_SESSION = {"/org", "/org/sign-in", "/org/sign-out", "/org/invitations/<token>"}


def ask(browser: Browser, method: str, path: str):
    return browser.page(path) if method == "GET" else browser.press(path)


@pytest.mark.parametrize("role", Role)
def test_a_page_opens_for_the_roles_of_its_permission_alone(office, role):
    browser = office.member(role, f"{role.value}-2")
    refused = {route for route in ROUTES if ask(browser, *route).status_code == 403}
    assert {route for route, roles in ROUTES.items() if role not in roles} == refused


def test_whoever_is_not_signed_in_sees_the_sign_in_everywhere(office):
    nobody = Browser(office.client_of(), "", "")
    answers = {route: ask(nobody, *route) for route in ROUTES}
    assert {} == {
        route: page.status_code
        for route, page in answers.items()
        if page.status_code not in (401, 403) or 'name="code"' not in page.text
    }


def test_every_route_of_the_portal_stands_in_the_table(office):
    rules = {
        (method, rule.rule)
        for rule in office.client_of().application.url_map.iter_rules()
        if rule.endpoint.startswith("organisation.") and rule.rule not in WITHOUT_SESSION
        for method in set(rule.methods) & {"GET", "POST"}
    }
    written = {
        (
            method,
            f"/org{path}".replace(LIST, "/lists/<job_id>").replace(
                PERSON, "/roster/people/<person_id>"
            ),
        )
        for method, path in ROUTES
    }
    written = {
        (
            method,
            path.replace("results.csv", "results.<any(csv, xlsx):kind>")
            .replace(KIOSK, "/kiosks/<kiosk_id>/revoke")
            .replace(KEY, "/keys/<key_id>/revoke")
            .replace(INVITATION, "/members/invitations/<int:invitation_id>/withdraw"),
        )
        for method, path in written
    }
    assert written == rules


def test_nothing_of_the_portal_is_kept_by_a_browser(admin):
    pages = [admin.page(path) for method, path in ROUTES if method == "GET"]
    assert all("no-store" in page.headers["Cache-Control"] for page in pages)
