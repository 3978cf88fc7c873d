"""The private check in another language: what was typed and answered stays, and stays here."""

import pytest

from tests.browser.document_fields import choose_kind, fill_other_name

VERDICT = ".gauge-result h1"


@pytest.fixture
def requests_of():
    """Return the requests that a page makes from now on."""

    def listen(page):
        made = []
        page.on("request", lambda request: made.append(request))  # noqa: PLW0108 - playwright keeps a mark on it
        return made

    return listen


def turn(page, tag):
    page.click(".gauge-choices summary")
    page.click(f"a[data-page-version][lang={tag}]")
    page.wait_for_selector(f"html[lang={tag}]")
    page.wait_for_selector("[data-check-here]:enabled, #result", state="attached")


def values(page):
    fields = (
        "inputs => inputs.filter(i => i.type == 'text' || i.checked).map(i => [i.name, i.value])"
    )
    return page.eval_on_selector_all("main form input", fields)


def test_what_was_typed_stands_in_the_form_of_another_language(private_page, people, requests_of):
    page = private_page()
    choose_kind(page, "passport")
    page.fill("#id_number", people.general.id_number)
    page.fill("#name", people.general.name)
    fill_other_name(page, "安娜")
    typed, made = values(page), requests_of(page)
    turn(page, "zh-Hant")
    assert typed == values(page)
    assert page.locator("#name_latin").is_visible()
    assert "填" in page.inner_text("h1")
    assert page.url.endswith("/check?lang=zh-Hant")
    assert {("GET", None)} == {(each.method, each.post_data) for each in made}
    assert not [each.url for each in made if people.general.id_number in each.url]


def test_every_row_of_a_household_stays(private_page, type_in):
    page = private_page()
    type_in(page, "close")
    page.click("[data-add] button")
    type_in(page, "unlisted", "_2")
    typed = values(page)
    turn(page, "zh-Hans")
    page.wait_for_selector("#id_number_2")
    assert typed == values(page)


def test_the_answer_is_told_in_another_language_and_asked_nobody_again(
    private_page, type_in, requests_of, people
):
    page = private_page()
    type_in(page, "close")
    page.click("[data-check-here]")
    page.wait_for_selector("#result")
    first, made = page.inner_text("#result"), requests_of(page)
    page.click(".gauge-choices summary")
    page.click("a[data-page-version][lang=zh-Hans]")
    page.wait_for_selector("html[lang=zh-Hans] #result")
    assert first != page.inner_text("#result")
    assert "密切接触者" in page.inner_text("#result")
    assert {"GET"} == {each.method for each in made}
    assert not [each.url for each in made if "/b/" in each.url or "evaluations" in each.url]
    page.click("[data-correct]")
    page.wait_for_selector("#id_number")
    assert people.close.id_number == page.input_value("#id_number")
    page.click("[data-check-here]")
    page.wait_for_selector("#result")
    assert "密切接触者" in page.inner_text("#result")


def test_a_request_for_correction_keeps_what_was_written(private_page, type_in, people):
    page = private_page()
    type_in(page, "unlisted")
    page.click("[data-add] button")
    type_in(page, "close", "_2")
    page.click("[data-check-here]")
    page.wait_for_selector("#overview")
    page.locator("a[data-request-correction]").nth(1).click()
    page.wait_for_selector("#correction-form")
    page.check("input[name=what][value=cleared]")
    page.fill("#name", "another name")
    page.fill("#text", "tested\ntwice")
    page.fill("#contact", "+86 199 0000 0001")
    typed = values(page)
    page.click(".gauge-choices summary")
    page.click("a[data-page-version][lang=zh-Hans]")
    page.wait_for_selector("html[lang=zh-Hans] #correction-form")
    page.wait_for_function("document.querySelector('#text').value")
    assert ("tested\ntwice", typed) == (page.input_value("#text"), values(page))
    assert people.close.id_number == page.input_value("#id_number")
    page.go_back()
    page.wait_for_selector("html[lang=zh-Hans] #overview")


def test_back_from_a_request_for_correction_always_leads_to_the_answer(private_page, type_in):
    page = private_page()
    type_in(page, "close")
    page.click("[data-check-here]")
    for _ in range(2):  # the second time from where "forward" led
        page.wait_for_selector("#result")
        page.click("a[data-request-correction]")
        page.wait_for_selector("#correction-form")
        page.go_back()
        page.wait_for_selector("#result")
        page.go_forward()


def test_an_empty_form_is_opened_in_another_language_as_any_page(private_page):
    page = private_page()
    page.click(".gauge-choices summary")
    page.click("a[data-page-version][lang=zh-Hant]")
    page.wait_for_url("**/check?lang=zh-Hant")
    page.wait_for_selector("[data-check-here]:enabled")


def test_nothing_that_was_typed_is_stored(private_page, type_in, people):
    page = private_page()
    type_in(page, "close")
    turn(page, "zh-Hant")
    stores = "JSON.stringify([{...localStorage}, {...sessionStorage}, history.state, name])"
    assert people.close.id_number not in page.evaluate(stores)
    assert people.close.name not in page.evaluate(stores)


def test_without_scripts_the_button_keeps_what_was_typed(page_of, private_service, people):
    page = page_of()
    page.goto(f"{private_service.url}/check?lang=en")
    assert not page.locator("a[data-page-version]:visible").count()  # each language stands once
    page.fill("#id_number", people.close.id_number)
    page.fill("#name", people.close.name)
    with page.expect_navigation(wait_until="load"):
        page.click(".gauge-choices summary")
        page.click(".gauge-header button[lang=zh-Hans]")
    assert people.close.name == page.input_value("#name")
    page.press("#name", "Enter")
    page.wait_for_selector("#result")
    with page.expect_navigation(wait_until="load"):
        page.click(".gauge-choices summary")
        page.click(".gauge-header button[lang=en]")
    assert people.close.name in page.inner_text(".gauge-echo")
