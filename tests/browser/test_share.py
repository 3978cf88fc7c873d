"""The page that shares the address of the service: it can be copied at a touch."""

import pytest


@pytest.fixture
def share_page(page_of, service):
    def open_page(**options):
        page = page_of(**options)
        page.goto(f"{service.url}/share?lang=en")
        return page

    return open_page


@pytest.mark.parametrize("clipboard", ["navigator.clipboard", "a selection"])
def test_the_address_is_copied_as_it_stands_there(share_page, service, clipboard):
    page = share_page(java_script_enabled=True)
    if clipboard == "a selection":
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("[data-copy]")
    page.locator("[data-copied]", has_text="Copied.").wait_for()
    reader = page.context.new_page()
    reader.goto(f"{service.url}/privacy")
    reader.bring_to_front()
    assert service.url == reader.evaluate("navigator.clipboard.readText()").strip()


def test_where_nothing_may_be_copied_it_is_chosen_to_be_copied_by_hand(share_page, service):
    page = share_page(java_script_enabled=True)
    page.evaluate("""() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      document.execCommand = () => false;
    }""")
    page.click("[data-copy]")
    page.locator("[data-copied]", has_text="by hand").wait_for()
    assert service.url == page.evaluate("getSelection().toString()").strip()


def test_without_javascript_no_button_is_offered(share_page):
    page = share_page()
    assert page.locator("[data-address]").is_visible()
    assert page.is_hidden("[data-copy]")
