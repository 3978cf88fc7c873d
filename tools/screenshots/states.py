"""Every page and state that a citizen or a clerk can meet, and the way to it."""

from playwright.sync_api import Page

from tools.screenshots.counter_states import COUNTER_STATES
from tools.screenshots.demo_services import DemoServices
from tools.screenshots.earned_states import EARNED_STATES
from tools.screenshots.health_states import HEALTH_STATES
from tools.screenshots.kiosk_states import KIOSK_STATES
from tools.screenshots.organisation_states import ORGANISATION_STATES
from tools.screenshots.page_actions import Demo, Show, State, ask, at, fill, send
from tools.screenshots.private_states import PRIVATE_STATES
from tools.screenshots.trip_states import TRIP_STATES


def _check(status: str, tier: str = "", service: str = "whole") -> Show:
    def show(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
        ask(page, services.url(service), demo.who(status, tier), language)

    return show


def _limited(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    person = demo.who("not_found")
    for name in (person["name"], demo.who("exposed", "close")["name"]):
        ask(page, services.url("strict"), {**person, "name": name}, language)


def _family(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    page.goto(f"{services.url()}/check?lang={language}")
    fill(page, demo.who("exposed", "close"))
    with page.expect_navigation(wait_until="load"):
        page.click("button[value=add]")


def _household_form(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _family(services, demo, language, page)
    page.evaluate("scrollTo(0, 0)")


def _household(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _family(services, demo, language, page)
    fill(page, demo.who("not_found"), 2)
    send(page)


def _mistakes(services: DemoServices, _demo: Demo, language: str, page: Page) -> None:
    page.goto(f"{services.url()}/check?lang={language}")
    fill(page, {"id_type": "resident", "id_number": "990000198001011230", "name": ""})
    send(page)


def _correction(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    person = demo.who("exposed", "close")
    page.goto(f"{services.url()}/corrections/new?lang={language}")
    page.check("input[name=what][value=never_aboard]")
    page.fill("#id_number", person["id_number"])
    page.fill("#name", person["name"])
    send(page)


def _correction_state(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _correction(services, demo, language, page)
    receipt = page.inner_text(".gauge-receipt")
    page.goto(f"{services.url()}/corrections?lang={language}")
    page.fill("#receipt", receipt)
    send(page)


STATES: dict[str, State] = {
    "home": State("Start page", at("/")),
    "home-part": State("Start page: part of the data is missing", at("/", service="part")),
    "form": State("The form, without JavaScript", at("/check")),
    "mistakes": State("The form with mistakes", _mistakes),
    "close": State("Answer: close contact", _check("exposed", "close")),
    "general": State("Answer: general contact", _check("exposed", "general")),
    "not-found": State("Answer: no record", _check("not_found")),
    "incomplete": State("Answer: incomplete", _check("not_found", service="part")),
    **PRIVATE_STATES,
    "household-form": State("The form of a household", _household_form),
    "household": State("Answers of a household", _household),
    **TRIP_STATES,
    "correction-form": State("Correction: the form", at("/corrections/new")),
    "correction-receipt": State("Correction: the receipt", _correction),
    "correction-state": State("Correction: what came of it", _correction_state),
    **COUNTER_STATES,
    **ORGANISATION_STATES,
    **KIOSK_STATES,
    **HEALTH_STATES,
    "cannot-answer": State("No answer is possible", at("/check", service="none")),
    **EARNED_STATES,
    "limited": State("Too many checks", _limited),
    "about": State("What the service is, and who runs it", at("/about")),
    "places": State("Where help is without a phone", at("/places")),
    "share": State(
        "The address of the service to pass on", at("/share", service="addressed"), scripts=True
    ),
    "privacy": State("What happens to what one types", at("/privacy")),
    "forged": State("A forged QR code", at("/q/AQ")),
}
