"""From a private answer to a request for correction: filled in here, sent by its own button."""


def test_identity_and_trip_stand_in_the_request_and_nothing_was_sent(private_page, type_in, people):
    page = private_page()
    type_in(page, "close")
    page.click("[data-check-here]")
    page.wait_for_selector("#result")
    verdict, made = page.inner_text("#result"), []
    page.on("request", lambda request: made.append((request.method, request.url)))
    page.click("a[data-request-correction]")
    page.wait_for_selector("#correction-form")
    assert people.close.id_number == page.input_value("#id_number")
    assert people.close.name == page.input_value("#name")
    assert page.input_value("#trip").startswith("Train G1234 ")
    assert [("GET", page.url.replace("/check?", "/corrections/new?"))] == made
    page.go_back()
    page.wait_for_selector("#result")
    assert verdict == page.inner_text("#result")


def test_the_request_is_sent_by_its_own_button(private_page, type_in):
    page = private_page()
    type_in(page, "close")
    page.click("[data-check-here]")
    page.click("a[data-request-correction]")
    page.wait_for_selector("#correction-form")
    page.check("input[name=what][value=never_aboard]")
    page.click("#correction-form > button")
    page.wait_for_selector(".gauge-receipt")
