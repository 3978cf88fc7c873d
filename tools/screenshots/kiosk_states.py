"""Kiosks: from enrolment to the word, what a guard sees, and the page of a visitor's phone."""

from functools import partial

from playwright.sync_api import Page

from app.kiosk.badges.badge_text import badge_text, new_secret
from tools.screenshots.demo_services import DemoServices
from tools.screenshots.organisation_states import SERVICE, sign_in
from tools.screenshots.page_actions import Demo, Person, Show, State, fill, send

USUAL, FEVER = ("36.5",), ("38.2", "38.3")
# what is typed before the person is known, and the measurement asked for, counts for nothing
ANOTHER_MEASUREMENT = """heading => document.querySelector("main[data-screen=temperature] h1")
  && document.querySelector("main h1").innerText !== heading"""


def _enrolment(services: DemoServices, _demo: Demo, language: str, page: Page) -> None:
    sign_in(services, language, page)
    _bring_code(services, language, page)


def _bring_code(services: DemoServices, language: str, page: Page) -> None:
    """Add a kiosk as the administrator who signed in, and open the kiosk's page by its code."""
    url = services.url(SERVICE)
    page.goto(f"{url}/org/kiosks?lang={language}")
    page.fill("#name", "East gate" if language == "en" else "东门")
    send(page, "form:has(#name) button")
    code = page.inner_text("[data-code]").replace(" ", "")
    page.goto(f"{url}/kiosk#enrol={code}")
    page.wait_for_selector("main[data-screen=enrolment]")
    page.click(f"[data-act=language-{language}]")


def _ready(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    sign_in(services, language, page)
    enrol_kiosk(services, language, page)


def enrol_kiosk(services: DemoServices, language: str, page: Page) -> None:
    """Make a page a kiosk of the organisation whose administrator signed in, ready for people."""
    _bring_code(services, language, page)
    page.context.grant_permissions(["camera"])
    page.click("[data-act=enrol]")
    page.wait_for_selector("main[data-screen=ready]")
    page.wait_for_selector("[data-door]")
    page.wait_for_selector(".kiosk-camera--on")


def _details(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _ready(services, demo, language, page)
    page.click("[data-act=details]")
    page.fill("[data-field=id_number]", "99000019800101123")
    page.click("[data-act=send]")


def _temperature(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _ready(services, demo, language, page)
    _send_details(demo.who("not_found"), page)


def _send_details(person: Person, page: Page) -> None:
    page.click("[data-act=details]")
    page.check(f"[data-choice={person['id_type']}]")
    page.fill("[data-field=id_number]", person["id_number"])
    page.fill("[data-field=name]", person["name"])
    page.click("[data-act=send]")
    page.wait_for_selector("main[data-screen=temperature]")


def _measure(page: Page, temperatures: tuple[str, ...]) -> None:
    heading = ""
    for temperature in temperatures:
        page.wait_for_function(ANOTHER_MEASUREMENT, arg=heading)
        heading = page.inner_text("main h1")
        page.keyboard.type(temperature)
        page.keyboard.press("Enter")


def _symptoms(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    sign_in(services, language, page)
    page.goto(f"{services.url(SERVICE)}/org/kiosks/settings?lang={language}")
    page.check("input[name=symptoms_at_entry]")  # else only daily reports ask
    send(page, "form[action*='/kiosks/settings'] button")
    enrol_kiosk(services, language, page)
    _send_details(demo.who("not_found"), page)
    _measure(page, USUAL)
    page.wait_for_selector("main[data-screen=symptoms]")


def _word(
    temperatures: tuple[str, ...], services: DemoServices, demo: Demo, language: str, page: Page
) -> None:
    _temperature(services, demo, language, page)
    _measure(page, temperatures)
    page.wait_for_selector("main[data-word]")


def pass_by(person: Person, temperatures: tuple[str, ...], page: Page) -> None:
    """Lead a person without a badge past a kiosk that is ready, until it is so again."""
    _send_details(person, page)
    _measure(page, temperatures)
    page.wait_for_selector("main[data-word]")
    page.click("[data-act=next]")
    page.wait_for_selector("main[data-screen=ready]")


def _unknown_badge(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _ready(services, demo, language, page)
    _show_unknown_badge(page)


def _show_unknown_badge(page: Page) -> None:
    door = page.get_attribute("[data-door]", "data-door") or ""
    organisation = door.partition("#")[2].partition(".")[0]
    page.keyboard.type(badge_text(organisation, new_secret()))
    page.keyboard.press("Enter")
    page.wait_for_selector("main[data-screen=temperature]")
    _measure(page, USUAL)
    page.wait_for_selector("main[data-word]")


def _guard(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _unknown_badge(services, demo, language, page)
    page.click("[data-act=override]")
    page.click("[data-act=override]")
    page.click("[data-act=override-come_in]")
    page.click("[data-act=reason-papers]")


def _offline(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _ready(services, demo, language, page)
    page.context.set_offline(True)
    _show_unknown_badge(page)
    page.click("[data-act=next]")
    page.wait_for_selector("[data-notice=notice_offline]")


def _visit(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _ready(services, demo, language, page)
    door = page.get_attribute("[data-door]", "data-door") or ""
    page.goto(f"{services.url(SERVICE)}/visit?lang={language}#{door.partition('#')[2]}")
    page.wait_for_selector("[data-visit-form]:not([hidden])")


def _visitor_code(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _visit(services, demo, language, page)
    fill(page, demo.who("not_found"))
    page.click("[data-visit-form] button")
    page.wait_for_selector(".gauge-code")


def _tablet(words: str, show: Show) -> State:
    return State(words, show, scripts=True, tablet=True)


KIOSK_STATES: dict[str, State] = {
    "kiosk-enrolment": _tablet("Kiosk: set-up", _enrolment),
    "kiosk-ready": _tablet("Kiosk: ready for the next person", _ready),
    "kiosk-details": _tablet("Kiosk: details without a badge", _details),
    "kiosk-temperature": _tablet("Kiosk: temperature", _temperature),
    "kiosk-symptoms": _tablet("Kiosk: symptoms", _symptoms),
    "kiosk-come-in": _tablet("Kiosk: come in", partial(_word, USUAL)),
    "kiosk-wait": _tablet("Kiosk: wait", partial(_word, FEVER)),
    "kiosk-not-checked": _tablet("Kiosk: not checked", _unknown_badge),
    "kiosk-guard": _tablet("Kiosk: the guard decides", _guard),
    "kiosk-offline": _tablet("Kiosk: offline", _offline),
    "visit-form": State("Visitor's phone: the form", _visit, scripts=True),
    "visit-code": State("Visitor's phone: the code", _visitor_code, scripts=True),
}
