"""The form without scripts, in old browsers, where a script is missing, and by explicit choice."""

import pytest


def answered(page):
    return page.inner_text("#result")


@pytest.fixture
def posted():
    """Record what is sent to the form's own address."""

    def watch(page):
        sent = []
        page.on("request", lambda r: sent.append(r.method) if "/check" in r.url else None)
        return sent

    return watch


@pytest.mark.parametrize("send", ["button", "enter"])
def test_without_scripts_the_form_goes_to_the_service(page_of, private_service, type_in, send):
    page = page_of()
    page.goto(f"{private_service.url}/check?lang=en")
    assert page.is_hidden("[data-private-way]")
    assert "is sent to the service" in page.inner_text("main")
    type_in(page, "close")
    if send == "enter":
        page.press("#name", "Enter")
    else:
        page.click("main noscript button >> nth=0")
    page.wait_for_selector("#result")
    assert "You are listed" in answered(page)


def test_enter_checks_privately(private_page, type_in, posted):
    page = private_page()
    sent = posted(page)
    type_in(page, "close")
    page.press("#name", "Enter")
    page.wait_for_selector("#result")
    assert [] == sent
    assert page.url.endswith("/check?lang=en")


def test_the_service_is_sent_the_form_only_where_one_asks_for_it(private_page, type_in, posted):
    page = private_page()
    sent = posted(page)
    type_in(page, "close")
    page.click("text=Let the service check instead")
    page.click("text=Send to the service and check there")
    page.wait_for_selector("#result")
    assert "You are listed" in answered(page)
    assert ["POST"] == sent


def test_a_tap_beside_the_button_asks_for_nothing(private_page, type_in, posted):
    page = private_page(width=900)
    sent = posted(page)
    type_in(page, "close")
    page.click("text=Let the service check instead")
    button = page.locator("button", has_text="Send to the service and check there")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    page.mouse.click(box["x"] + box["width"] + 40, box["y"] + box["height"] / 2)  # the same line
    page.mouse.click(box["x"] + 40, box["y"] + box["height"] + 8)  # the button's margin
    page.click("[data-check-here]")
    page.wait_for_selector("#result")
    assert "You are listed" in answered(page)
    assert [] == sent


@pytest.mark.parametrize("check", ["button", "enter"])
def test_after_a_send_that_was_stopped_a_check_is_private(private_page, type_in, posted, check):
    page = private_page()
    page.route(f"{page.url.split('?')[0]}*", lambda route: route.abort("aborted"))
    sent = posted(page)
    type_in(page, "close")
    page.click("text=Let the service check instead")
    with page.expect_event("requestfailed"):
        page.click("text=Send to the service and check there")
    if check == "enter":
        page.press("#name", "Enter")
    else:
        page.click("[data-check-here]")
    page.wait_for_selector("#result")
    assert ["POST"] == sent


def test_after_a_failure_the_service_can_be_asked_at_once(private_page, check_here):
    page = private_page()
    page.route("**/b/*/*", lambda route: route.abort())
    check_here(page, "close")
    assert page.is_visible("[data-failure]")
    page.click("text=Send to the service and check there")
    page.wait_for_selector("#result")
    assert "You are listed" in answered(page)


@pytest.mark.parametrize("missing", ["**/private.*.js", "**/*.js"])
def test_a_script_that_does_not_come_sends_nothing_by_itself(
    page_of, private_service, type_in, posted, missing
):
    page = page_of(java_script_enabled=True)
    page.route(missing, lambda route: route.abort())
    page.goto(f"{private_service.url}/check?lang=en")
    sent = posted(page)
    type_in(page, "close")
    page.press("#name", "Enter")
    assert page.is_disabled("[data-check-here]")
    assert [] == sent
    if missing != "**/*.js":
        assert "could not be loaded" in page.inner_text("[data-private-way]")
    else:
        page.click("text=Let the service check instead")
    page.click("text=Send to the service and check there")
    page.wait_for_selector("#result")
    assert ["POST"] == sent


def test_a_script_that_was_changed_is_not_run(page_of, private_service):
    page = page_of(java_script_enabled=True)
    page.route(
        "**/private.*.js",
        lambda route: route.fulfill(
            body="document.title = 'changed'", content_type="text/javascript"
        ),
    )
    page.goto(f"{private_service.url}/check?lang=en")
    assert "changed" != page.title()
    assert page.is_disabled("[data-check-here]")


def test_a_browser_without_big_integers_gets_the_plain_form(page_of, private_service, type_in):
    page = page_of(java_script_enabled=True)
    page.add_init_script("delete globalThis.BigInt")
    page.goto(f"{private_service.url}/check?lang=en")
    assert 0 == page.locator("[data-private-way]").count()
    assert "is sent to the service" in page.inner_text("main form")
    type_in(page, "close")
    page.press("#name", "Enter")
    page.wait_for_selector("#result")
    assert "You are listed" in answered(page)


def test_an_index_without_buckets_leaves_the_plain_form(page_of, service):
    page = page_of(java_script_enabled=True)
    page.goto(f"{service.url}/check?lang=en")
    assert 0 == page.locator("[data-private-way], script[src*=private]").count()
    assert page.is_enabled("main form button >> nth=0")


def test_a_check_that_must_be_earned_is_earned_beside_the_page(
    start_service, published_privately, page_of, type_in
):
    service = start_service(
        published_privately, {"GAUGE_NETWORK_FREE_CHECKS": "1", "GAUGE_PROOF_HASHES": "2000"}
    )
    page = page_of(java_script_enabled=True)
    page.goto(f"{service.url}/check?lang=en")
    for who in ("unlisted", "close"):
        type_in(page, who)
        page.click("[data-check-here]")
        page.wait_for_selector("#result")
        told = answered(page)
        page.go_back()
        page.wait_for_selector("#name")
    assert "You are listed" in told
