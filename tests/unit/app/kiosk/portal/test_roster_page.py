"""The pages of the roster, as whoever keeps it uses them."""

import io
import re
from dataclasses import replace

import pytest
import zxingcpp

from app.kiosk.badges import badge_files
from app.kiosk.portal import badges_page, roster_page
from app.kiosk.roster.people import Roster
from app.organisations.roles import Role
from app.posters.fonts import FontMissing
from app.records.organisations.organisations import update_organisation
from tests.fixtures.bulk import staff_csv
from tests.fixtures.people import CLOSE, GENERAL, UNLISTED
from tests.unit.app.posters.test_pdf_pages import pictures_of


def add(browser, person, **fields):
    form = {**person.as_form(), "agreed": "on", **fields}
    return browser.press("/roster/add", **form)


def upload(browser, content, name="staff.csv", **fields):
    form = {"form": browser.form_code(), "agreed": "on", **fields}
    file = (io.BytesIO(content), name, "application/octet-stream")
    return browser.client.post("/org/roster/list?lang=en", data={**form, "file": file})


def people(office):
    return Roster(office.services.records, office.organisation.id, "test").people()


def badges_of(answer):
    assert (200, "application/pdf") == (answer.status_code, answer.content_type)
    pages = pictures_of(answer.data)
    return [code.text for page in pages for code in zxingcpp.read_barcodes(page.convert("L"))]


def test_an_empty_roster_says_what_to_do_first(keeper):
    page = keeper.page("/roster").text
    assert "three steps to the first ones" in page
    assert "Print badges" not in page


def test_somebody_who_agreed_is_added(office, keeper):
    page = add(keeper, CLOSE, department="仓库")
    assert (200, True) == (page.status_code, "1 person was added." in page.text)
    (person,) = people(office)
    assert (CLOSE.name, "resident", "仓库") == (person.name, person.id_type, person.department)
    assert office.services.settings.today() == person.agreed_on


def test_a_passport_may_have_a_latin_name_alone(office, keeper):
    add(keeper, replace(GENERAL, name=""), name_latin=GENERAL.name)
    page = keeper.page("/roster").text
    assert "Ana Müller-Silva" in page


def test_nobody_is_added_without_the_declaration(office, keeper):
    page = add(keeper, CLOSE, agreed="")
    assert (422, True) == (page.status_code, "Confirm that each of them agreed" in page.text)
    assert [] == people(office)
    assert CLOSE.id_number in page.text  # what was typed stays


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"id_number": "990000198001011239"}, "last"),
        ({"name": ""}, "name"),
        ({"name": "张某某"}, "name"),
    ],
)
def test_what_is_wrong_stands_beside_the_field(office, keeper, fields, words):
    page = add(keeper, CLOSE, **fields)
    assert 422 == page.status_code
    assert "Correction needed:" in page.text
    assert words in page.text
    assert [] == people(office)


def test_a_document_that_is_there_is_not_added_twice(office, keeper):
    add(keeper, CLOSE)
    page = add(keeper, CLOSE)
    assert (422, True) == (page.status_code, "on the roster already" in page.text)
    assert 1 == len(people(office))


def test_a_list_adds_everybody_who_can_be_read_and_says_who_cannot(office, keeper):
    add(keeper, UNLISTED)
    hidden = replace(CLOSE, name="张某某")
    page = upload(keeper, staff_csv(CLOSE, GENERAL, UNLISTED, hidden))
    assert "2 people were added." in page.text
    assert "row 4" in page.text
    assert "Why 1 row was not added" in page.text
    assert "row 5" in page.text
    assert 3 == len(people(office))


def test_a_list_needs_the_declaration_too(office, keeper):
    page = upload(keeper, staff_csv(CLOSE), agreed="")
    assert (422, True) == (page.status_code, "Confirm that each of them agreed" in page.text)
    assert [] == people(office)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "staff.csv"),
        (b"PK\x03\x04", "staff.csv"),
        (b"%PDF-1.4", "staff.xlsx"),
        (b"a,b\n1,2\n", "x.csv"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(office, keeper, content, name):
    page = upload(keeper, content, name)
    assert 422 == page.status_code
    assert 'id="file-error"' in page.text
    assert [] == people(office)


def test_a_list_of_another_site_is_refused(office, keeper):
    page = upload(keeper, staff_csv(CLOSE), form="another")
    assert 403 == page.status_code
    assert [] == people(office)


@pytest.fixture
def short_roster(monkeypatch):
    monkeypatch.setenv("GAUGE_ROSTER_PEOPLE", "1")


def test_a_roster_has_a_limit(short_roster, office, keeper):
    page = upload(keeper, staff_csv(CLOSE, GENERAL))
    assert "1 people at most" in page.text
    assert [] == people(office)


def test_people_are_found_without_their_names_in_the_address(keeper):
    upload(keeper, staff_csv(CLOSE, GENERAL))
    page = keeper.press("/roster/search", search="müller")
    assert "1 person found." in page.text
    assert GENERAL.name in page.text
    assert CLOSE.name not in page.text


def test_a_long_roster_has_pages(keeper, monkeypatch):
    monkeypatch.setattr(roster_page, "PEOPLE_A_PAGE", 1)
    upload(keeper, staff_csv(CLOSE, GENERAL))
    first, second = (keeper.press("/roster/search", page=number).text for number in ("1", "2"))
    assert (True, False) == ("Next people" in first, "Previous people" in first)
    assert (False, True) == ("Next people" in second, "Previous people" in second)
    assert ("1" == keeper.press("/roster/search", page="-").text.count("") and "") or "1"


def test_one_person_is_shown_with_everything_that_is_kept(office, keeper):
    add(keeper, CLOSE, department="仓库")
    page = keeper.page(f"/roster/people/{people(office)[0].id}").text
    for text in (CLOSE.name, CLOSE.id_number, "Resident identity card", "仓库", "never printed"):
        assert text in page


def test_a_removal_is_undone_by_one_press(office, keeper):
    add(keeper, CLOSE)
    (person,) = people(office)
    page = keeper.press("/roster/remove", person=person.id)
    assert f"{CLOSE.name} was removed" in page.text
    assert [] == people(office)
    page = keeper.press("/roster/restore", person=person.id)
    assert "is back, with the same badge" in page.text
    assert [person] == people(office)


@pytest.mark.parametrize("path", ["/roster/remove", "/roster/restore", "/roster/reissue"])
def test_whoever_is_not_there_is_not_touched(keeper, path):
    page = keeper.press(path, person="0" * 32)
    assert (409, True) == (page.status_code, "not on the roster any more" in page.text)


def test_a_roster_of_another_organisation_is_not_there(office, keeper):
    add(keeper, CLOSE)
    (person,) = people(office)
    stranger = office.member(Role.OFFICER, "stranger", office.another())
    assert CLOSE.name not in stranger.page("/roster").text
    assert 404 == stranger.page(f"/roster/people/{person.id}").status_code
    assert 409 == stranger.press("/roster/remove", person=person.id).status_code
    assert 422 == stranger.press("/roster/badges", which="all").status_code
    assert [person] == people(office)


def test_badges_are_printed_once_as_new(keeper):
    upload(keeper, staff_csv(CLOSE, GENERAL))
    assert 2 == len(set(badges_of(keeper.press("/roster/badges", which="new"))))
    assert 422 == keeper.press("/roster/badges", which="new").status_code
    assert 2 == len(badges_of(keeper.press("/roster/badges", which="all")))
    assert "never printed" not in keeper.page("/roster").text


def test_the_chosen_badges_are_printed(office, keeper):
    upload(keeper, staff_csv(CLOSE, GENERAL))
    one = people(office)[0]
    form = {"which": "chosen", f"person-{one.id}": "on"}
    assert 1 == len(badges_of(keeper.press("/roster/badges", **form)))


def test_nobody_chosen_is_said(keeper):
    add(keeper, CLOSE)
    page = keeper.press("/roster/badges", which="chosen")
    assert (422, True) == (page.status_code, "Choose whose badges to print" in page.text)


def test_a_reissued_badge_is_another_one_and_new(office, keeper):
    add(keeper, CLOSE)
    (before,) = badges_of(keeper.press("/roster/badges", which="new"))
    page = keeper.press("/roster/reissue", person=people(office)[0].id)
    assert "Print the new one" in page.text
    (after,) = badges_of(keeper.press("/roster/badges", which="new"))
    assert before.split(":")[1] == after.split(":")[1]
    assert before.split(":")[2] != after.split(":")[2]


def test_all_badges_of_a_long_roster_fill_several_files(keeper, monkeypatch):
    monkeypatch.setattr(roster_page, "BADGES_A_FILE", 1)
    monkeypatch.setattr(badge_files, "BADGES_A_FILE", 1)
    upload(keeper, staff_csv(CLOSE, GENERAL))
    assert ["0", "1"] == re.findall(r'<option value="(\d)">', keeper.page("/roster").text)
    first, second = (
        badges_of(keeper.press("/roster/badges", which="all", first=place)) for place in "01"
    )
    assert first != second


def test_a_server_without_fonts_says_so(keeper, monkeypatch):
    def without_font(*_):
        raise FontMissing("no font")

    monkeypatch.setattr(badges_page, "badge_file", without_font)
    add(keeper, CLOSE)
    page = keeper.press("/roster/badges", which="new")
    assert (503, True) == (page.status_code, "no font with Chinese characters" in page.text)
    assert "never printed" in keeper.page("/roster").text


def test_people_past_the_quota_are_told_of(office, keeper):
    upload(keeper, staff_csv(CLOSE, GENERAL))
    with office.services.records.writing() as connection:
        update_organisation(connection, office.organisation.id, quota=1)
    assert "1 person is more than your organisation may check." in keeper.page("/roster").text


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_the_template_is_read_as_a_list(keeper, language):
    answer = keeper.client.get("/org/roster/template.xlsx", query_string={"lang": language})
    page = upload(keeper, answer.data, "roster.xlsx")
    assert (422, True) == (page.status_code, "no person in the list" in page.text)
