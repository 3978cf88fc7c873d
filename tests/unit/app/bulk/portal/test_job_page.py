import re
from dataclasses import replace

import pytest

from app.bulk.bulk_jobs import BulkJobs
from app.bulk.jobs.destruction import destroy_overdue
from app.bulk.jobs.job_rows import change_job
from app.bulk.jobs.job_store import JobStore
from app.organisations.directory import OrganisationDirectory
from app.organisations.policy import Policy
from app.organisations.roles import Role
from tests.fixtures.bulk import FOUR, staff_csv
from tests.fixtures.people import CLOSE, NAMELESS, UNLISTED, Person
from tests.unit.app.bulk.portal.test_upload_page import job_path

LOGGED = re.compile(r"<td[^>]*>([^<]*)</td>\s*<td[^>]*--numeric[^>]*>([^<]*)</td>")
UNREADABLE = Person("resident", "9900001980****1231", "甲乙丙")
DOUBTED = replace(CLOSE, name=f"{CLOSE.name}（甲乙）")
UNMAPPED = "A,B,C\n1,甲乙,990000198001011231\n"


@pytest.fixture
def draft(checker, office):
    """Upload a list that a worker has read; return the path of its page."""

    def make(content: bytes, name: str = "staff.csv") -> str:
        path = job_path(checker.upload(content, name))
        office.work()
        return path

    return make


@pytest.fixture
def done(draft, checker, office):
    """Upload and check a list; return the path of its page."""

    def make(content: bytes) -> str:
        path = draft(content)
        checker.press(f"{path}/start")
        office.work()
        return path

    return make


def cells_of_first_list(browser):
    """Return what the first row of the table of lists says behind its link."""
    row = re.search(r"<tbody.*?</tr>", browser.page("").text, re.DOTALL)[0]
    return re.findall(r"<td[^>]*>([^<]*)</td>", row)


def test_the_preview_shows_rows_as_read_and_how_many_can_be_checked(draft, checker):
    page = checker.page(draft(staff_csv(CLOSE, UNREADABLE))).text
    assert "1 row can be checked." in page
    assert "1 row cannot be looked up" in page
    assert CLOSE.name in page
    assert "read as: document number" in page


def test_the_preview_says_when_the_list_is_destroyed(draft, checker):
    page = checker.page(draft(staff_csv(CLOSE))).text
    assert "If it is not started, the list is destroyed on" in page


def test_the_preview_says_why_rows_cannot_be_checked(draft, checker):
    assert "hidden by asterisks" in checker.page(draft(staff_csv(UNREADABLE))).text


def test_preview_and_results_name_the_rows_of_a_reason(draft, checker, office):
    rows = [UNREADABLE, CLOSE, UNREADABLE, UNREADABLE, UNLISTED, *[UNREADABLE, UNLISTED] * 10]
    path = draft(staff_csv(*rows))
    words = "rows 2, 4-5, 7, 9, 11, 13, 15, 17, 19, 21 and 2 more"
    assert words in checker.page(path).text
    checker.press(f"{path}/start")
    office.work()
    assert words in checker.page(path).text


def test_rows_past_the_quota_are_named_in_the_results(checker, office):
    path = job_path(checker.upload(staff_csv(CLOSE, UNLISTED)))
    office.work()
    checker.press(f"{path}/start")
    office.work(admits=lambda _c, _o, digests: [place == 0 for place in range(len(digests))])
    page = checker.page(path).text
    assert "row 3" in page
    assert "may check is used up" in page


def test_a_list_of_which_nobody_can_be_checked_has_no_button(draft, checker):
    page = checker.page(draft(staff_csv(UNREADABLE))).text
    assert "Nobody of this list can be checked" in page
    assert "/start" not in page


def test_a_list_of_rows_in_doubt_is_started_and_says_what_that_means(draft, checker, office):
    path = draft(staff_csv(DOUBTED, UNREADABLE))
    page = checker.page(path).text
    assert "1 row is in doubt: it is looked up all the same" in page
    assert "Nobody of this list" not in page
    assert "0 rows can be checked" not in page
    assert "<strong>In doubt</strong><br>The name could not be read completely" in page
    assert "Check 1 person" in page
    checker.press(f"{path}/start")
    office.work()
    assert "1 person is listed as a contact" in checker.page(path).text


def test_columns_without_headings_are_chosen_by_a_person(draft, checker, office):
    path = draft(UNMAPPED.encode())
    page = checker.page(path).text
    assert "How is this list to be read?" in page
    assert 303 == checker.press(f"{path}/reading", name="1", id_number="2").status_code
    office.work()
    assert "can be checked" in checker.page(path).text


def test_whoever_says_that_a_column_was_read_wrongly_is_asked_what_to_change(draft, checker):
    asked_by_us = checker.page(f"{draft(UNMAPPED.encode())}/reading").text
    asked_by_them = checker.page(f"{draft(staff_csv(CLOSE))}/reading").text
    pages, uncertain = [asked_by_us, asked_by_them], "It is not certain which column"
    assert [True, False] == [uncertain in page for page in pages]
    assert [False, True] == ["Change what was read wrongly" in page for page in pages]


def test_a_choice_that_cannot_be_is_refused(draft, checker):
    path = draft(UNMAPPED.encode())
    page = checker.press(f"{path}/reading", name="1", id_number="1")
    assert (422, True) == (page.status_code, "One column cannot be both" in page.text)


def test_a_list_that_cannot_be_read_says_why(draft, checker):
    path = draft(staff_csv(CLOSE).strip() + b"\nx,\xe7\x94\xb2")
    assert "middle of a row" in checker.page(path).text
    assert ["Could not be read", "–", "–", "Nothing is kept"] == cells_of_first_list(checker)


def test_a_list_that_the_policy_refuses_is_not_called_unreadable(draft, checker, office):
    directory = OrganisationDirectory(office.services.records)
    directory.set_policy(office.organisation.id, Policy.COUNTS)
    path = draft(staff_csv(*FOUR))
    checker.press(f"{path}/start")
    office.work()
    assert "This list may not be checked" in checker.page(path).text
    state, *_, kept = cells_of_first_list(checker)
    assert ("Not allowed for your organisation", "Nothing is kept") == (state, kept)


def test_a_list_that_nobody_started_in_time_says_so(draft, checker, office):
    path = draft(staff_csv(CLOSE))
    store = JobStore(office.services.settings, office.services.records)
    with store.records.writing() as connection:
        change_job(connection, path.rsplit("/", 1)[1], expires_at=1)
    destroy_overdue(store)
    assert "not started in time" in checker.page(path).text
    state, *_, kept = cells_of_first_list(checker)
    assert ("Not started in time, destroyed", "Nothing is kept") == (state, kept)


def test_a_list_under_way_comes_anew_without_a_script(checker):
    path = job_path(checker.upload(staff_csv(CLOSE)))
    checker.press(f"{path}/start")
    page = checker.page(path).text
    assert "The check is in progress" in page
    assert '<noscript><meta http-equiv="refresh"' in page


def test_results_begin_with_the_people_who_are_listed(done, checker):
    page = checker.page(done(staff_csv(*FOUR))).text
    assert "2 people are listed as contacts" in page
    assert CLOSE.name in page
    assert NAMELESS.id_number not in page
    assert UNLISTED.id_number not in page
    assert "This is not a diagnosis" in page


def test_what_to_do_is_one_list_and_the_telephone_comes_after_it(done, checker):
    page = checker.page(done(staff_csv(CLOSE, UNREADABLE))).text
    _before, _, after = page.partition("What to do now")
    first, _, rest = after.partition("</ul>")
    assert "Correct these rows and upload them again" in first
    assert "gauge-call" not in first
    assert rest.lstrip().startswith(
        ('<a class="govuk-button gauge-call', '<p class="govuk-body gauge-call')
    )


def test_what_to_do_about_rows_that_were_not_checked_has_its_heading(done, checker):
    page = checker.page(done(staff_csv(UNLISTED, UNREADABLE))).text
    _before, _, after = page.partition("What to do now")
    assert "Correct these rows and upload them again" in after.partition("</ul>")[0]


def test_whose_observation_is_over_stands_apart(done, checker):
    path = done(staff_csv(*FOUR))
    first = checker.page(path).text
    assert "The observation of 1 further person is over" in first
    over = checker.client.get(f"/org{path}?lang=en&state=over").text
    assert NAMELESS.id_number in over
    assert "Close contact, observed until 5 February 2020" in over
    assert CLOSE.id_number not in over


def test_a_list_of_which_every_observation_is_over_calls_nobody_a_contact(done, checker):
    page = checker.page(done(staff_csv(NAMELESS, UNLISTED))).text
    assert "1 person was a contact; the observation is over" in page
    assert "is listed as a contact" not in page
    assert "Do not call them to work" not in page
    assert NAMELESS.id_number in page


def test_no_trip_is_told(done, checker, published):
    page = checker.page(done(staff_csv(*FOUR))).text
    # within tags stand the job's id and codes of forms, of which one in a thousand holds a -G7-
    read = re.sub("<[^>]*>", " ", page)
    assert not re.search(r"\b[GDKTZ]\d{1,4}\b", read)
    assert [] == [number for number in ("G1234", "CZ3013") if number in page]


def test_rows_are_chosen_by_state(done, checker):
    path = done(staff_csv(*FOUR))
    page = checker.client.get(f"/org{path}?lang=en&state=not_found").text
    assert UNLISTED.id_number in page
    assert CLOSE.id_number not in page


def test_a_search_finds_rows_and_stands_in_no_address(done, checker):
    path = done(staff_csv(*FOUR))
    page = checker.press(f"{path}/rows", search=UNLISTED.id_number, state="")
    assert 200 == page.status_code
    assert UNLISTED.name in page.text
    assert CLOSE.id_number not in page.text
    assert f"={UNLISTED.id_number}" not in page.text.replace(f'value="{UNLISTED.id_number}"', "")


def test_counts_only_show_rounded_numbers_and_nobody(checker, office):
    directory = OrganisationDirectory(office.services.records)
    directory.set_policy(office.organisation.id, Policy.COUNTS)
    people = [Person("resident", CLOSE.id_number, f"{CLOSE.name}")] + [
        Person("passport", f"E99{number:06}", "NO BODY") for number in range(60)
    ]
    people.append(UNREADABLE)
    path = job_path(checker.upload(staff_csv(*people)))
    office.work()
    checker.press(f"{path}/start")
    office.work()
    page = checker.page(path).text
    assert "Numbers are rounded to 5" in page
    assert "hidden by asterisks" in page
    assert CLOSE.id_number not in page
    assert "results.csv" not in page
    assert ["Done", "62", "0–2"] == cells_of_first_list(checker)[:3]
    assert "Nobody who was checked is listed, or one or two people are" in page


@pytest.mark.parametrize("when", ["draft", "running", "done"])
def test_what_is_destroyed_is_gone(draft, done, checker, when, office):
    path = done(staff_csv(*FOUR)) if when == "done" else draft(staff_csv(*FOUR))
    if when == "running":
        checker.press(f"{path}/start")
    assert 303 == checker.press(f"{path}/cancel").status_code
    page = checker.page(path).text
    assert "destroyed" in page
    assert CLOSE.id_number not in page
    assert "Nothing is kept" == cells_of_first_list(checker)[-1]
    directory = office.services.settings.state_dir / "bulk"
    assert [] == [each for each in directory.rglob("*") if each.is_file()]


def test_a_list_of_another_organisation_is_not_there(done, office, checker):
    path = done(staff_csv(*FOUR))
    stranger = office.member(Role.ADMIN, "stranger", office.another())
    assert 404 == stranger.page(path).status_code
    for deed in ("start", "cancel", "rows", "reading"):
        assert 404 == stranger.press(f"{path}/{deed}").status_code
    for kind in ("results.csv", "results.xlsx", "receipt.json", "reading"):
        assert 404 == stranger.page(f"{path}/{kind}").status_code
    job = BulkJobs.of(office.services).list(office.organisation.id)[0]
    assert "done" == job.status


def test_the_log_calls_a_list_that_cannot_be_read_refused(admin, office):
    admin.upload(staff_csv(CLOSE).strip() + b"\nx,\xe7\x94\xb2")
    office.work()
    refused = admin.page("/log").text
    assert ("list refused", "") == LOGGED.findall(refused)[0]
    assert "list uploaded" not in refused
    admin.upload(staff_csv(CLOSE))
    office.work()
    assert ("list uploaded", "1") == LOGGED.findall(admin.page("/log").text)[0]


@pytest.mark.parametrize(
    ("policy", "words"), [(Policy.COUNTS, "only"), (Policy.INDIVIDUALS, "who")]
)
def test_the_log_says_to_what_a_policy_was_changed(admin, office, policy, words):
    OrganisationDirectory(office.services.records).set_policy(office.organisation.id, policy)
    assert words in LOGGED.findall(admin.page("/log").text)[0][0].split()
