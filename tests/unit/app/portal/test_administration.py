"""Members, invitations, keys and log, as an administrator uses them."""

import html
import re
import time

import pyotp
import pytest

from app.organisations.api_keys import ApiKeys, KeyRefused, Scope
from app.organisations.invitations import Invitations
from app.organisations.roles import Role
from tests.fixtures.distinct_codes import WRONG_CODE
from tests.fixtures.member_browsers import PASSWORD, Browser

LINK = re.compile(r"/org/invitations/[A-Za-z0-9_-]+")
SECRET = re.compile(r"data-secret>([A-Z2-7]{32})<")
SEALED = re.compile(r'name="sealed" value="([^"]+)"')


def link_of(page):
    found = LINK.search(page.text)
    assert found, page.text
    return found[0]


def join(client, link, **changed):
    """Open a link and send its form; return the secret that it showed, and the answer."""
    page = client.get(link, query_string={"lang": "en"})
    secret = SECRET.search(page.text)[1]
    form = {
        "account": "new.member",
        "password": PASSWORD,
        "sealed": html.unescape(SEALED.search(page.text)[1]),
        "code": pyotp.TOTP(secret).at(time.time()),
        **changed,
    }
    return secret, client.post(f"{link}?lang=en", data=form)


def test_whoever_is_invited_joins_and_signs_in_by_a_later_code(admin, office, monkeypatch):
    link = link_of(admin.press("/members/invite", role="checker"))
    secret, page = join(office.client_of(), link)
    assert (200, True) == (page.status_code, "new.member@works" in page.text)
    now = time.time() + 30
    monkeypatch.setattr(time, "time", lambda: now)
    browser = Browser(office.client_of(), "new.member@works", secret)
    assert 303 == browser.sign_in().status_code
    assert "/org/upload" in browser.page().text
    assert 403 == browser.page("/members").status_code


def test_a_link_is_good_once(admin, office):
    link = link_of(admin.press("/members/invite", role="checker"))
    join(office.client_of(), link)
    page = office.client_of().get(f"{link}?lang=en")
    assert (404, True) == (page.status_code, "no longer valid" in page.text)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"account": "x"}, "2 to 40 lower-case letters"),
        ({"account": "admin"}, "This name is in use"),
        ({"password": "short"}, "too short"),
        ({"code": WRONG_CODE}, "This code is not correct"),
    ],
)
def test_a_mistake_leaves_the_link_and_the_secret_that_was_scanned(admin, office, changed, words):
    link = link_of(admin.press("/members/invite", role="checker"))
    secret, page = join(office.client_of(), link, **changed)
    assert (422, True) == (page.status_code, words in page.text)
    assert secret == SECRET.search(page.text)[1]
    assert 200 == office.client_of().get(link).status_code


def test_a_reset_ends_the_session_and_leads_to_new_secrets(admin, checker, office):
    link = link_of(admin.press("/members/reset", name="checker"))
    assert 'name="code"' in checker.page().text
    _, page = join(office.client_of(), link)
    assert (200, True) == (page.status_code, "checker@works" in page.text)


def test_pages_of_a_renewal_invite_nobody(admin, checker, office):
    shown = admin.press("/members/reset", name="checker")
    opened = office.client_of().get(link_of(shown), query_string={"lang": "en"})
    _, done = join(office.client_of(), link_of(shown))
    assert "Link to renew sign-in details" in shown.text
    assert "whoever uses the account checker," in shown.text
    assert "Renew your sign-in details" in opened.text
    assert "Save the new sign-in details" in opened.text
    assert "Your sign-in details are renewed" in done.text
    for page in (shown, opened, done):
        assert not re.search("invite|account is ready|Create my account", page.text)


def test_a_disabled_member_is_out(admin, checker):
    assert 303 == admin.press("/members/disable", name="checker").status_code
    assert 'name="code"' in checker.page().text


def test_a_changed_role_counts_at_once(admin, checker):
    admin.press("/members/role", name="checker", role="viewer")
    assert 403 == checker.page("/upload").status_code


@pytest.mark.parametrize("deed", ["disable", "role", "reset"])
def test_the_last_administrator_stays(admin, deed):
    page = admin.press(f"/members/{deed}", name="admin", role="viewer")
    assert (422, True) == (page.status_code, "At least one administrator must" in page.text)
    assert 200 == admin.page("/members").status_code


def test_a_member_of_another_organisation_cannot_be_named(admin, office):
    office.member(Role.CHECKER, "theirs", office.another())
    for deed in ("disable", "reset", "role"):
        page = admin.press(f"/members/{deed}", name="theirs", role="viewer")
        assert (422, True) == (page.status_code, "no such member" in page.text)


def test_several_members_have_no_id_in_common(admin, checker, viewer, office):
    for _ in range(2):
        join(office.client_of(), link_of(admin.press("/members/invite", role="checker")))
    ids = re.findall(r' id="([^"]+)"', admin.page("/members").text)
    assert sorted(set(ids)) == sorted(ids)


def key_of(page):
    return re.search(r"data-key>(cgk_[^<]+)<", page.text)[1]


def test_a_key_is_shown_once_and_works(admin, office):
    page = admin.press("/keys", label="night", days="30", **{Scope.JOBS_READ.value: "on"})
    text = key_of(page)
    caller = ApiKeys(office.services.records, office.services.settings).authenticate(text)
    assert {Scope.JOBS_READ} == set(caller.scopes)
    listed = admin.page("/keys").text
    assert ("night" in listed, text in listed) == (True, False)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"days": "30", "jobs:read": "on"}, "Say what the key is for"),
        ({"label": "night", "days": "30"}, "Choose at least one"),
        ({"label": "night", "days": "366", "jobs:read": "on"}, "from 1 to 365"),
        ({"label": "night", "days": "many", "jobs:read": "on"}, "from 1 to 365"),
    ],
)
def test_a_key_that_cannot_be_made_says_why(admin, fields, words):
    page = admin.press("/keys", **fields)
    assert (422, True) == (page.status_code, words in page.text)


def test_a_key_is_revoked_once_that_is_confirmed(admin, office):
    text = key_of(admin.press("/keys", label="night", days="30", **{"jobs:read": "on"}))
    keys = ApiKeys(office.services.records, office.services.settings)
    path = f"/keys/{text.split('_')[1]}/revoke"
    assert f'href="/org{path}?' in admin.page("/keys").text
    page = admin.page(path).text
    assert "Revoke the key night?" in page
    assert "cannot be undone" in page
    keys.authenticate(text)
    assert 303 == admin.press(path).status_code
    assert "Revoked." in admin.page("/keys").text
    with pytest.raises(KeyRefused):
        keys.authenticate(text)
    assert 303 == admin.page(path).status_code  # nothing is left to be asked


def test_a_key_of_another_organisation_is_not_revoked(admin, office):
    keys = ApiKeys(office.services.records, office.services.settings)
    text, theirs = keys.issue(office.another().id, "theirs", "night", frozenset(Scope))
    assert 303 == admin.page(f"/keys/{theirs.id}/revoke").status_code
    admin.press(f"/keys/{theirs.id}/revoke")
    assert theirs.id == keys.authenticate(text).key_id


def test_the_log_says_who_did_what_and_never_of_another_organisation(admin, office):
    office.member(Role.ADMIN, "theirs", office.another())
    admin.press("/members/invite", role="viewer")
    log = admin.page("/log").text
    assert "invitation created" in log
    assert "health authority" in log
    assert "theirs" not in log


LANGUAGE_LINK = re.compile(r'<a href="([^"]+)" lang="zh-Hans"')


@pytest.mark.parametrize(
    ("path", "form", "back"),
    [
        ("/members/invite", {"role": "checker"}, "/org/members"),
        ("/members/role", {}, "/org/members"),
        ("/keys", {"label": ""}, "/org/keys"),
        ("/settings", {"url": "nowhere"}, "/org/settings"),
        ("/lists/nothing/rows", {"search": "李"}, "/org/lists/nothing"),
    ],
)
def test_another_language_leads_from_what_was_posted_to_the_page_of_its_form(
    admin, path, form, back
):
    page = admin.press(path, **form)
    assert f"{back}?lang=zh-Hans" == LANGUAGE_LINK.search(page.text)[1]


@pytest.mark.parametrize(
    ("path", "status"), [("/org/lists/some/rows", 405), ("/org/nope", 404), ("/org/nope/", 404)]
)
def test_an_address_that_is_no_page_leads_a_clerk_back_to_the_organisation(admin, path, status):
    page = admin.client.get(f"{path}?lang=en")
    assert (status, True) == (page.status_code, "Back to your first page" in page.text)
    assert "Go to the check" not in page.text


def test_an_address_outside_the_organisation_leads_to_the_check(admin):
    page = admin.client.get("/orgs?lang=en")
    assert (404, True) == (page.status_code, "Go to the check" in page.text)


ONCE = re.compile(r'name="once" value="([^"]*)"')


def once_of(browser, path):
    return ONCE.search(browser.page(path).text)[1]


def test_the_form_of_a_key_that_is_sent_again_makes_no_second_key(admin, office):
    form = {"label": "payroll", "days": "30", "jobs:read": "on", "once": once_of(admin, "/keys")}
    pages = [admin.press("/keys", **form) for _ in range(3)]
    assert [200, 409, 409] == [page.status_code for page in pages]
    assert "Nothing was created this time" in pages[1].text
    keys = ApiKeys(office.services.records, office.services.settings)
    assert ["payroll"] == [key.label for key in keys.list(office.organisation.id)]
    assert 200 == admin.press("/keys", **form | {"once": once_of(admin, "/keys")}).status_code


def test_the_form_of_an_invitation_that_is_sent_again_makes_no_second_one(admin, office):
    form = {"role": "checker", "once": once_of(admin, "/members")}
    link = link_of(admin.press("/members/invite", **form))
    again = admin.press("/members/invite", **form)
    join(office.client_of(), link)
    after_use = admin.press("/members/invite", **form)
    assert [409, 409] == [again.status_code, after_use.status_code]
    assert not LINK.search(again.text + after_use.text)
    assert [] == Invitations(office.services.records).list(office.organisation.id)


def test_a_form_that_was_refused_can_be_sent_again(admin):
    form = {"label": "", "days": "30", "jobs:read": "on", "once": once_of(admin, "/keys")}
    refused = admin.press("/keys", **form)
    mended = form | {"label": "payroll", "once": ONCE.search(refused.text)[1]}
    assert [422, 200] == [refused.status_code, admin.press("/keys", **mended).status_code]


WITHDRAW = re.compile(r"/members/invitations/\d+/withdraw")


def test_an_open_invitation_is_listed_without_its_link_and_withdrawn(admin, office):
    link = link_of(admin.press("/members/invite", role="checker"))
    listed = admin.page("/members").text
    assert "Created by admin. It can be used until" in listed
    assert not LINK.search(listed)
    path = WITHDRAW.search(listed)[0]
    confirmation = admin.page(path).text
    assert ("Withdraw this invitation?" in confirmation, LINK.search(confirmation)) == (True, None)
    assert 200 == office.client_of().get(link).status_code
    assert admin.press(path).location.startswith("/org/members?done=withdrawn&")
    assert 404 == office.client_of().get(link).status_code
    page = admin.page("/members").text
    assert not WITHDRAW.search(page)
    assert "invitation withdrawn" in admin.page("/log").text


def test_whoever_withdraws_an_invitation_that_was_used_is_told_so(admin, office):
    link = link_of(admin.press("/members/invite", role="checker"))
    path = WITHDRAW.search(admin.page("/members").text)[0]
    join(office.client_of(), link)
    for answer in (admin.press(path), admin.page(path)):
        assert (303, True) == (answer.status_code, "done=gone" in answer.location)
    notice = admin.client.get("/org/members?lang=en&done=gone").text
    assert "had been used or withdrawn already" in notice
    assert "invitation withdrawn" not in admin.page("/log").text


def test_an_invitation_of_another_organisation_is_neither_shown_nor_withdrawn(admin, office):
    other = office.member(Role.ADMIN, organisation=office.another())
    link = link_of(other.press("/members/invite", role="checker"))
    path = WITHDRAW.search(other.page("/members").text)[0]
    assert not WITHDRAW.search(admin.page("/members").text)
    assert [303, 303] == [admin.page(path).status_code, admin.press(path).status_code]
    assert 200 == office.client_of().get(link).status_code
