"""Checks that must be earned first: a calculation, a wait, a verified telephone."""

from playwright.sync_api import Page

from tools.screenshots.demo_services import DemoServices
from tools.screenshots.page_actions import SERVICE_CHOICE, Demo, State, ask, at, fill, send

PHONE = "+86 199 0000 0001"
PROOF = "[data-challenge]"
SHOWN_AFTER_MS = 1_500  # some of the calculation is done by then


def _ticket(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    person = demo.who("not_found")
    ask(page, services.url("busy"), person, language)
    if page.locator(PROOF).count() == 0:  # that was the free check
        ask(page, services.url("busy"), person, language)


def _proof(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    for _ in range(2):
        page.goto(f"{services.url('busy')}/check?lang={language}")
        page.wait_for_selector("[data-check-here]:enabled")
        fill(page, demo.who("not_found"))
        page.click(SERVICE_CHOICE)
        send(page, "[data-send]")
        if page.locator(PROOF).count():
            break
    page.wait_for_selector("[data-state=working]:not([hidden])")
    page.wait_for_timeout(SHOWN_AFTER_MS)


def _code(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    at("/phone", "phone")(services, demo, language, page)
    page.fill("#phone", PHONE)
    send(page)


EARNED_STATES: dict[str, State] = {
    "proof": State("A busy network: the device calculates", _proof, scripts=True),
    "ticket": State("A busy network: wait, without JavaScript", _ticket),
    "phone": State("Phone verification: the number", at("/phone", "phone")),
    "phone-code": State("Phone verification: the code", _code),
}
