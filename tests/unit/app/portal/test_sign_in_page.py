import pytest

from app.organisations.directory import OrganisationDirectory
from app.organisations.roles import Role


def test_whoever_is_not_signed_in_sees_the_sign_in(client):
    page = client.get("/org?lang=en")
    assert (200, True) == (page.status_code, 'name="code"' in page.text)
    assert "no-store" in page.headers["Cache-Control"]


def test_there_is_no_portal_where_it_is_off(client_of):
    client = client_of(organisations="off")
    assert 404 == client.get("/org").status_code
    assert "/org" not in client.get("/").text


@pytest.mark.parametrize("changed", [{"password": "wrong"}, {"account": "checker"}, {"code": "0"}])
def test_what_was_wrong_is_not_told(checker, office, changed):
    checker.client = office.client_of()
    page = checker.sign_in(**changed)
    assert (422, True) == (page.status_code, "You are not signed in" in page.text)


def test_whoever_signs_out_is_out(checker):
    assert 303 == checker.press("/sign-out").status_code
    assert 'name="code"' in checker.page().text


def test_members_of_a_disabled_organisation_are_out(checker, office):
    OrganisationDirectory(office.services.records).disable(office.organisation.id)
    assert 'name="code"' in checker.page().text


def test_a_form_sent_when_the_session_is_over_says_that_nothing_was_done(admin):
    admin.client.delete_cookie("organisation", path="/org")
    page = admin.press("/members/invite", role="viewer")
    assert (403, True) == (page.status_code, "Your last action was not carried out" in page.text)


def test_a_form_of_another_session_is_refused(office, admin):
    other = office.member(Role.ADMIN, "other")
    page = admin.press("/members/invite", role="viewer", form=other.form_code())
    assert 403 == page.status_code
