"""What one does with a private answer: the same as with a plain one, and nobody learns of it."""

from pathlib import Path

import pytest

WORDS = "[data-words-to-say]"


@pytest.mark.parametrize("who", ["close", "general", "unlisted"])
def test_what_is_said_is_what_the_plain_page_says(
    page_of, private_service, private_page, check_here, type_in, who
):
    page = private_page()
    check_here(page, who)
    plain = page_of(java_script_enabled=True)
    plain.route("**/check/private*", lambda route: route.abort())
    plain.goto(f"{private_service.url}/check?lang=en")
    plain.wait_for_selector("[data-not-loaded]:not([hidden])")
    type_in(plain, who)
    with plain.expect_navigation(wait_until="load"):
        plain.click("[data-send]")
    plain.wait_for_selector("[data-with-script]:not([hidden])")
    said = [each.text_content(WORDS) for each in (plain, page)]
    plain_said, private_said = (text.split("Checked on")[0] for text in said)
    assert plain_said == private_said
    assert "Data up to" in private_said


@pytest.mark.parametrize("who", ["close", "unlisted"])
def test_nothing_that_one_does_with_it_is_sent(private_page, check_here, who):
    page = private_page()
    check_here(page, who)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("() => { window.print = () => { window.printed = true } }")
    page.click("[data-after] summary")
    page.click("[data-copy]")
    page.locator("[data-copied]", has_text="Copied.").wait_for()
    page.click("[data-print]")
    with page.expect_download() as download:
        page.click("[data-reminder]")
    assert b"BEGIN:VCALENDAR\r\n" in Path(download.value.path()).read_bytes()
    assert [] == [url for url in asked if not url.startswith("blob:")]
    stored = "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])"
    assert page.evaluate("document.querySelector('h1').textContent") not in page.evaluate(stored)
