"""A form past the free checks: one more step, by proof of work or by waiting."""

import base64
import html
import json
import re
import time
from functools import partial

import altcha
import pytest

from app import services
from app.proofs.issuer import ProofIssuer

EASY = {"proof_hashes": 1_000, "wait_seconds": 1}
FORM = "/check?lang=en"


@pytest.fixture
def busy(client_of, people):
    client = client_of(network_checks=1, **EASY)
    assert 200 == client.post(FORM, data=people.unlisted.as_form()).status_code
    return client


def fields_of(page) -> dict[str, str]:
    form = page.text.partition("<form")[2].partition("</form>")[0]
    pairs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)
    return {name: html.unescape(value) for name, value in pairs}


def solve(page) -> str:
    match = re.search(r'data-challenge="([^"]*)"', page.text)
    assert match is not None
    challenge = altcha.Challenge.from_dict(json.loads(html.unescape(match[1])))
    payload = altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_dict()
    return base64.b64encode(json.dumps(payload).encode()).decode()


def test_a_busy_network_meets_one_more_step_that_keeps_what_was_typed(busy, people):
    page = busy.post(FORM, data=people.close.as_form())
    assert (429, True) == (page.status_code, "<h1" in page.text and "One more step" in page.text)
    assert 0 < int(page.headers["Retry-After"]) <= 900
    fields = fields_of(page)
    assert fields.pop("proof").startswith("wait.")
    assert {**people.close.as_form(), "name_latin": "", "whole_name": ""} == fields


def test_the_step_sent_with_its_proof_is_answered_once(busy, people):
    page = busy.post(FORM, data=people.close.as_form())
    fields = {**fields_of(page), "proof": solve(page)}
    assert "You are listed as a" in busy.post(FORM, data=fields).text
    again = busy.post(FORM, data=fields)
    assert (429, True) == (again.status_code, "had been used" in again.text)


def test_the_button_pressed_too_soon_keeps_the_same_ticket(busy, people):
    first = fields_of(busy.post(FORM, data=people.close.as_form()))
    second = busy.post(FORM, data=first)
    assert (429, True) == (second.status_code, "came too early" in second.text)
    assert first == fields_of(second)


def test_no_address_and_no_cookie_carries_what_was_typed(busy, people):
    page = busy.post(FORM, data=people.close.as_form())
    addresses = re.findall(r'(?:href|src|action|data-worker)="([^"]*)"', page.text)
    assert all(people.close.id_number not in address for address in addresses)
    assert "Set-Cookie" not in page.headers
    assert "http-equiv" not in page.text


def family_of(*people) -> dict[str, str]:
    form = {}
    for place, person in enumerate(people, start=1):
        suffix = "" if place == 1 else f"_{place}"
        form |= {f"{name}{suffix}": value for name, value in person.as_form().items()}
    return form


def test_a_household_earns_its_answers_by_one_calculation_for_all_of_it(busy, people):
    page = busy.post(FORM, data=family_of(people.unlisted, people.close))
    assert "calculating for 2 names" in page.text
    fields = {**fields_of(page), "proof": solve(page)}
    answer = busy.post(FORM, data=fields)
    assert 200 == answer.status_code
    assert "G1234" in answer.text


def test_the_proof_of_one_person_earns_no_household(busy, people):
    alone = busy.post(FORM, data=people.unlisted.as_form())
    family = family_of(people.unlisted, people.close)
    page = busy.post(FORM, data={**family, "proof": solve(alone)})
    assert (429, True) == (page.status_code, "calculating for 2 names" in page.text)
    # within tags stand the challenge and a ticket, which hold any five signs once in a while
    assert "G1234" not in re.sub("<[^>]*>", " ", page.text)


def test_a_household_without_javascript_waits_once(client_of, people, monkeypatch):
    now = [time.time()]
    monkeypatch.setattr(services, "ProofIssuer", partial(ProofIssuer, clock=lambda: now[0]))
    client = client_of(network_checks=1, network_checks_waited=2, **EASY)
    client.post(FORM, data=people.unlisted.as_form())
    fields = fields_of(client.post(FORM, data=family_of(people.unlisted, people.close)))
    now[0] += EASY["wait_seconds"]
    assert "G1234" in client.post(FORM, data=fields).text


def test_a_busy_network_and_a_document_of_many_names_take_one_proof_more(client_of, people):
    client = client_of(network_checks=1, names_per_document=1, **EASY)
    client.post(FORM, data=people.wrong_name.as_form())
    family = family_of(people.close, people.unlisted)
    of_network = client.post(FORM, data=family)
    assert "Many people are asking" in of_network.text
    of_document = client.post(FORM, data={**family, "proof": solve(of_network)})
    assert (429, True) == (of_document.status_code, "Checks of this document" in of_document.text)
    answer = client.post(FORM, data={**family, "proof": solve(of_document)})
    assert (200, True) == (answer.status_code, "G1234" in answer.text)


def test_mistakes_are_told_before_anything_must_be_earned(busy, people):
    page = busy.post(FORM, data={**people.close.as_form(), "name": ""})
    assert (422, True) == (page.status_code, "Enter the name" in page.text)


def test_a_document_tried_with_many_names_meets_the_step_too(client_of, people):
    client = client_of(names_per_document=1, **EASY)
    client.post(FORM, data=people.wrong_name.as_form())
    page = client.post(FORM, data=people.close.as_form())
    assert (429, True) == (page.status_code, "this document need one more step" in page.text)
    fields = {**fields_of(page), "proof": solve(page)}
    assert "You are listed as a" in client.post(FORM, data=fields).text


def test_nothing_but_a_button_press_sends_it_without_javascript(busy, people):
    page = busy.post(FORM, data=people.close.as_form())
    waiting = re.search(r'data-state="waiting">\s*(.*?)</p>', page.text, re.DOTALL)
    assert waiting is not None
    assert re.search(r"Wait 1 seconds, until \d\d:\d\d:\d\d, then press the button", waiting[1])
    assert "calculat" not in re.sub(r"<[^>]* hidden>.*?</div>", "", page.text, flags=re.DOTALL)
    assert re.search(r'<div data-state="waiting">\s*<button type="submit"', page.text)
