"""Large text: carried by links and forms, without a cookie, from the page to the answer."""

import re

import pytest

from app.web.text_size import LARGE_QUERY

PATHS = ["/", "/check", "/trips", "/privacy", "/about", "/corrections"]


def addresses(page):
    """Return where the page leads to on this service, files apart."""
    found = re.findall(r'(?:href|action)="(/[^"]*)"', page.replace("&amp;", "&"))
    return [address for address in found if not address.startswith("/bundle/")]


def is_large(page):
    return 'class="govuk-template gauge-large"' in page


@pytest.mark.parametrize("path", PATHS)
def test_every_link_and_form_of_a_large_page_leads_to_a_large_one(client, path):
    page = client.get(f"{path}?lang=en&text=large").text
    assert is_large(page)
    small = [address for address in addresses(page) if LARGE_QUERY not in address]
    assert [f"{path}?lang=en"] == small  # back to the standard size


@pytest.mark.parametrize("path", PATHS)
def test_a_standard_page_has_one_link_to_the_large_one(client, path):
    page = client.get(f"{path}?lang=en").text
    assert not is_large(page)
    assert [f"{path}?lang=en&text=large"] == [a for a in addresses(page) if LARGE_QUERY in a]


def test_the_choice_needs_no_language_in_the_address(client):
    page = client.get("/check", headers={"Accept-Language": "en"}).text
    assert "/check?text=large" in addresses(page)
    large = client.get("/check?text=large", headers={"Accept-Language": "en"}).text
    assert is_large(large)
    assert "/check" in addresses(large)
    assert "/check?text=large" in addresses(large)


def test_an_answer_is_as_large_as_the_form(client, people):
    form = people.close.as_form()
    for _ in range(2):  # the frame is made, then remembered
        assert is_large(client.post("/check?lang=en&text=large", data=form).text)
        assert not is_large(client.post("/check?lang=en", data=form).text)


def test_an_answer_offers_no_link_that_would_lose_it(client, people):
    page = client.post("/check?lang=en", data=people.close.as_form()).text
    assert "Large text" not in page
    assert "/check?lang=en&text=large" not in addresses(page)


@pytest.mark.parametrize("query", ["text=", "text=small", "text=LARGE", "text=large2"])
def test_any_other_size_is_the_standard_one(client, query):
    page = client.get(f"/privacy?{query}").text
    assert not is_large(page)
    assert f'?{query}"' not in page


def test_no_cookie_is_set(client):
    reply = client.get("/check?text=large")
    assert "Set-Cookie" not in reply.headers


def test_an_unknown_page_offers_no_other_size(client):
    page = client.get("/nothing?lang=en&text=large")
    assert (404, True) == (page.status_code, is_large(page.text))
    assert "Standard text" not in page.text


def test_large_and_standard_pages_are_both_in_memory_and_never_mixed(client):
    for _ in range(2):
        for query, large in (
            ("lang=en", False),
            ("lang=en&text=large", True),
            ("text=large", True),
        ):
            page = client.get(f"/privacy?{query}", headers={"Accept-Language": "en"})
            assert (large, True) == (is_large(page.text), "ETag" in page.headers)


def test_a_large_page_without_a_language_depends_on_the_one_that_is_accepted(client):
    assert "Accept-Language" in client.get("/privacy?text=large").headers["Vary"]
    assert "Accept-Language" not in client.get("/privacy?lang=en&text=large").headers["Vary"]


def test_a_form_that_was_sent_to_be_larger_offers_the_standard_size(client, people):
    fields = {**people.close.as_form(), "step": "correct"}
    page = client.post("/check?lang=en&text=large", data=fields).text
    assert 'formaction="/check?lang=en"' in page
    assert "Standard text" in page
