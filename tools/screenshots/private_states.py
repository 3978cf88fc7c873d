"""The form answered in the browser: nothing that is typed leaves it."""

from playwright.sync_api import Page

from tools.screenshots.demo_services import DemoServices
from tools.screenshots.page_actions import SERVICE_CHOICE, Demo, State, fill

# a bucket that never comes
NO_BUCKET = """const usual = window.fetch;
window.fetch = (where, ...more) =>
  /[/]b[/]/.test(String(where)) ? new Promise(() => {}) : usual(where, ...more);"""


def _form(services: DemoServices, _demo: Demo, language: str, page: Page) -> None:
    page.goto(f"{services.url()}/check?lang={language}")
    page.wait_for_selector("[data-check-here]:enabled")


def _check(page: Page, demo: Demo) -> None:
    fill(page, demo.who("exposed", "close"))
    page.click("[data-check-here]")


def _choice(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _form(services, demo, language, page)
    page.click(SERVICE_CHOICE)


def _waiting(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    page.add_init_script(NO_BUCKET)
    _form(services, demo, language, page)
    _check(page, demo)
    page.wait_for_selector("[data-working]:not([hidden])")


def _answer(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _form(services, demo, language, page)
    _check(page, demo)
    page.wait_for_selector(".gauge-trip")


def _failure(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _form(services, demo, language, page)
    page.context.set_offline(True)
    _check(page, demo)
    page.wait_for_selector("[data-failure]")


PRIVATE_STATES: dict[str, State] = {
    "private-form": State("Private check: the form", _form, scripts=True),
    "private-choice": State("Private check: or let the service check", _choice, scripts=True),
    "private-waiting": State("Private check: under way", _waiting, scripts=True),
    "private-answer": State("Private check: close contact", _answer, scripts=True),
    "private-failure": State("Private check: no answer", _failure, scripts=True),
}
