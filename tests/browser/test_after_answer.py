"""What one does with an answer from the service: read it out, copy, print, be reminded."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

STATES = ["close", "general", "unlisted", "incomplete"]
WORDS = "[data-words-to-say]"


@pytest.fixture
def answer(page_of, show):
    """Lead a browser with JavaScript to an answer."""

    def lead(state, language="en", **options):
        page = page_of(java_script_enabled=True, **options)
        show(page, state, language)
        page.wait_for_selector("[data-with-script]")
        return page

    return lead


def words_to_say(page):
    page.click("[data-after] summary")
    return page.inner_text(WORDS)


@pytest.mark.parametrize("state", STATES)
def test_what_is_said_begins_with_the_verdict_and_tells_when_and_of_what_data(answer, state):
    page = answer(state)
    lines = [line for line in words_to_say(page).split("\n") if line]
    assert "The result of my check reads:" == lines[0]
    assert page.inner_text("h1").split() == lines[1].split()
    assert [True, True] == ["Data up to" in lines[-2], "Checked on" in lines[-1]]


def test_who_is_listed_says_trip_place_and_rule(answer):
    page = answer("close")
    said = words_to_say(page)
    trip = page.locator(".gauge-trip").first
    assert " ".join(trip.locator("h2, h3").inner_text().split()) in " ".join(said.split())
    for line in ("Kind of contact: Close contact", "\nRule: ", "\nReported by: "):
        assert line in said


@pytest.mark.parametrize("state", [*STATES, "family"])
def test_neither_name_nor_number_is_among_it(answer, people, state):
    said = words_to_say(answer(state))
    for who in (people.close, people.general, people.unlisted):
        assert who.name not in said
        assert who.id_number not in said
        assert who.id_number[-6:] not in said


def test_of_a_family_each_person_is_said_by_their_place_on_the_form(answer):
    page = answer("family")
    people = words_to_say(page).split("Person ")[1:]
    verdicts = page.locator(".gauge-answered .gauge-result > :first-child").all_inner_texts()
    assert len(verdicts) == 3
    for place, (person, verdict) in enumerate(zip(people, verdicts, strict=True), start=1):
        number, said = [line for line in person.split("\n") if line.strip()][:2]
        assert [str(place), verdict.split()] == [number.strip(), said.split()]


@pytest.mark.parametrize("clipboard", ["navigator.clipboard", "a selection"])
def test_it_is_copied_as_it_stands_there(answer, page_of, service, clipboard):
    page = answer("close")
    if clipboard == "a selection":
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    said = words_to_say(page)
    page.click("[data-copy]")
    page.locator("[data-copied]", has_text="Copied.").wait_for()
    reader = page.context.new_page()
    reader.goto(f"{service.url}/privacy")
    reader.bring_to_front()
    copied = reader.evaluate("navigator.clipboard.readText()")
    assert said.split() == copied.split()


def test_where_nothing_may_be_copied_it_says_so(answer):
    page = answer("close")
    page.evaluate("""() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      document.execCommand = () => false;
    }""")
    page.click("[data-after] summary")
    page.click("[data-copy]")
    assert "by hand" in page.inner_text("[data-copied]")
    assert page.evaluate("getSelection().toString()").split() == page.inner_text(WORDS).split()


def test_the_button_prints(answer):
    page = answer("close")
    page.evaluate("() => { window.print = () => { window.printed = true } }")
    page.click("[data-print]")
    assert page.evaluate("window.printed")


@pytest.mark.parametrize("state", ["close", "unlisted"])
def test_on_paper_stand_whom_to_call_and_the_times_and_nothing_to_click(answer, state):
    page = answer(state)
    page.emulate_media(media="print")
    paper = page.inner_text("main")
    assert page.inner_text("footer").split("Hotline: ")[1].split("\n")[0] in paper
    assert "Data up to" in paper
    assert "Checked on" in paper
    assert page.is_hidden("[data-after]")


def test_the_reminder_is_the_service_s_and_made_without_asking_it(answer, page_of, show):
    page = answer("close")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    with page.expect_download() as download:
        page.click("[data-reminder]")
    made = Path(download.value.path()).read_bytes()
    assert "contact-gauge.ics" == download.value.suggested_filename
    assert [] == [url for url in asked if not url.startswith("blob:")]
    plain = page_of()
    show(plain, "close", "en")
    with plain.expect_download() as download:
        plain.click("[data-reminder]")
    assert Path(download.value.path()).read_bytes() == made
    days = {f"{datetime.now(UTC) + timedelta(days=ahead):%Y%m%d}" for ahead in (1, 2)}
    assert any(f"DTSTART;VALUE=DATE:{day}\r\n".encode() in made for day in days)


def test_without_javascript_nothing_is_offered_that_needs_it(page_of, show):
    page = page_of()
    show(page, "close", "en")
    assert page.is_hidden("[data-print]")
    assert page.is_hidden("[data-copy]")
    assert "/reminder.ics" in page.get_attribute("[data-reminder]", "href")


def test_what_tells_others_of_the_service_opens_beside_the_answer(answer):
    page = answer("close")
    with page.context.expect_page() as opened:
        page.click("[data-after] a[href*=share]")
    other = opened.value
    other.wait_for_load_state()
    assert "/share" in other.url
    assert page.is_visible("h1")
