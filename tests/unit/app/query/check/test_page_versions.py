"""The form and the answer in another language: nothing that was typed or answered is lost."""

import html
import re

import pytest

from app.services import EXTENSION

TAGS = ["zh-Hans", "zh-Hant", "en"]


def versions_of(page):
    """Return the buttons that lead to the page in another language: language → (address, step)."""
    buttons = re.findall(
        r'<button[^>]*class="gauge-header__button" form="([\w-]+)" formaction="([^"]*)" '
        r'name="step" value="(\w+)" lang="([\w-]+)"',
        page.text,
    )
    return {tag: (form, html.unescape(address), step) for form, address, step, tag in buttons}


def fields_of(page, form):
    content = page.text.partition(f'id="{form}"')[2].partition("</form>")[0]
    fields = {}
    for tag in re.findall(r"<input[^>]*>", content):
        kind, name, value = (
            (re.search(rf' {each}="([^"]*)"', tag) or ["", ""])[1]
            for each in ("type", "name", "value")
        )
        if kind in ("text", "tel", "hidden") or " checked" in tag:
            fields[name] = html.unescape(value)
    return fields


def press(client, page, tag):
    form, address, step = versions_of(page)[tag]
    return client.post(address, data={**fields_of(page, form), "step": step})


@pytest.mark.parametrize("tag", TAGS[:2])
def test_the_form_in_another_language_holds_what_was_typed(client, people, tag):
    said = {"name": "Silva", "whole_name": "Silva|"}
    data = {**people.general.as_form(), **said, "step": "correct"}
    before = client.post("/check?lang=en", data=data)
    after = press(client, before, tag)
    assert (200, True) == (after.status_code, f'<html lang="{tag}"' in after.text)
    assert fields_of(before, "check-form") == fields_of(after, "check-form")
    assert "Silva" == fields_of(after, "check-form")["name"]
    assert "govuk-error-summary" not in after.text


def test_an_empty_form_leads_to_an_empty_form(client):
    page = client.get("/check?lang=en")
    assert 200 == press(client, page, "zh-Hant").status_code


@pytest.mark.parametrize("who", ["close", "unlisted"])
def test_the_answer_is_given_again_in_another_language(client, people, who):
    person = getattr(people, who)
    before = client.post("/check?lang=en", data={**person.as_form(), "id_type": ""})
    after = press(client, before, "zh-Hant")
    straight = client.post("/check?lang=zh-Hant", data={**person.as_form(), "id_type": ""})
    moment = r"\d\d:\d\d"
    assert re.sub(moment, "", straight.text) == re.sub(moment, "", after.text)
    assert before.text != after.text


def test_a_household_is_answered_again_in_another_language(client, people):
    data = {**people.close.as_form()} | {
        f"{name}_2": value for name, value in people.unlisted.as_form().items()
    }
    after = press(client, client.post("/check?lang=en", data=data), "zh-Hans")
    assert people.close.name in after.text
    assert people.unlisted.name in after.text
    assert "gauge-answered" in after.text


def test_a_request_for_correction_takes_identity_and_trip_over_and_keeps_them(client, people):
    answer = client.post("/check?lang=en", data=people.close.as_form())
    begin = answer.text.partition('action="/corrections/new?lang=en"')[2].partition("</form>")[0]
    pairs = re.findall(r'name="(\w+)" value="([^"]*)"', begin)
    form = client.post("/corrections/new?lang=en", data=dict(pairs))
    fields = fields_of(form, "correction-form")
    assert (people.close.id_number, people.close.name) == (fields["id_number"], fields["name"])
    assert fields["trip"].startswith("Train G1234 ")
    other = press(client, form, "zh-Hans")
    assert fields == fields_of(other, "correction-form")
    assert "govuk-error-summary" not in other.text


def test_nothing_of_anybody_stands_in_an_address(client, people):
    page = client.post("/check?lang=en", data=people.close.as_form())
    addresses = re.findall(r'(?:href|action|formaction)="([^"]*)"', page.text)
    assert not [each for each in addresses if people.close.id_number in each]
    assert 1 < len(versions_of(page))


TRIPS = {"number": "g1234", "date": "2020-01-22", "number_2": "G1235", "date_2": "2020-01-22"}


def test_trips_in_another_language_stand_in_the_form(client):
    before = client.post("/trips?lang=en", data={**TRIPS, "number": "hello", "step": "look_up"})
    after = press(client, before, "zh-Hans")
    assert (422, 200) == (before.status_code, after.status_code)
    typed = fields_of(before, "trips-form")
    assert ("HELLO", "G1235") == (typed["number"], typed["number_2"])
    assert typed == fields_of(after, "trips-form")


@pytest.mark.parametrize("rows", [1, 2])
def test_the_answer_about_trips_is_given_again_in_another_language(client, rows):
    asked = dict(list(TRIPS.items())[: 2 * rows])
    after = press(client, client.post("/trips?lang=en", data=asked), "zh-Hant")
    assert client.post("/trips?lang=zh-Hant", data=asked).text == after.text


def test_a_telephone_begun_on_the_answer_about_a_trip_stays_in_another_language(client):
    today = client.application.extensions[EXTENSION].settings.today().isoformat()
    before = client.post("/trips?lang=en", data={"number": "G1235", "date": today})
    form, address, step = versions_of(before)["zh-Hans"]
    typed = {**fields_of(before, form), "phone": "138 0013\x07<8000"}
    after = client.post(address, data={**typed, "step": step})
    assert {**typed, "phone": "138 0013<8000"} == fields_of(after, form)
    assert 'id="result"' in after.text
    assert (form, "/trips?lang=en", step) == versions_of(after)["en"]


def test_the_step_of_a_busy_network_leads_to_the_form_in_another_language(client_of, people):
    client = client_of(network_checks=1)
    client.post("/check", data=people.unlisted.as_form())
    page = client.post("/check?lang=en", data=people.close.as_form())
    after = press(client, page, "zh-Hans")
    assert (429, 200) == (page.status_code, after.status_code)
    assert people.close.id_number == fields_of(after, "check-form")["id_number"]
