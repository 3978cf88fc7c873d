"""Health of an organisation: what its officer sees of the door, and the page of a personal link.

Each language has one organisation, whose kiosk some people passed; its pictures share it, since the
way there is long. They change nothing in it but the log of looks at people.
"""

import secrets
import time
from functools import partial

import pyotp
from playwright.sync_api import Cookie, Page

from tools.screenshots.demo_services import Clerk, DemoServices
from tools.screenshots.kiosk_states import FEVER, USUAL, enrol_kiosk, pass_by
from tools.screenshots.organisation_states import SERVICE, reload_while, sign_in, sign_in_as
from tools.screenshots.page_actions import Demo, Person, Show, State, send

COOKIES: dict[tuple[str, str], list[Cookie]] = {}  # service, language → its health officer's
STEP_SECONDS = 30  # of one-time codes
OBSERVED = "周予安"  # invented, on no roster
REASONS = {"en": "Fever at the gate", "zh-Hans": "入厂体温升高", "zh-Hant": "入廠體溫升高"}
ALARM_MISSING = "main:not(:has([data-alarm]))"


def _sign_officer_in(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    """Sign the officer of a language's organisation in, which is made where it is not there yet."""
    url = services.url(SERVICE)
    if (url, language) not in COOKIES:
        slug = sign_in(services, language, page)
        enrol_kiosk(services, language, page)
        for person, temperatures in _passages(demo):
            pass_by(person, temperatures, page)
        page.context.clear_cookies()
        sign_in_as(_join(services, slug, page), services, language, page)
        _observe(services, page)
        page.goto(f"{url}/org/health")
        reload_while(page, ALARM_MISSING)  # until the kiosk's check-ins are there
        COOKIES[url, language] = page.context.cookies()
    page.context.add_cookies(COOKIES[url, language])  # type: ignore[arg-type]  # a TypedDict of its own


def _passages(demo: Demo) -> list[tuple[Person, tuple[str, ...]]]:
    """Return who passes the kiosk: two come in, one is listed, one comes again with a fever."""
    first, second = [p for p in demo.rows if p["expected_status"] == "not_found"][:2]
    listed = demo.who("exposed", "close")
    return [(first, USUAL), (second, USUAL), (listed, USUAL), (second, FEVER)]


def _join(services: DemoServices, slug: str, page: Page) -> Clerk:
    """Accept an invitation as health officer; return the account."""
    page.goto(services.officer_invitation(slug))
    secret = pyotp.TOTP(page.inner_text("[data-secret]").replace(" ", ""))
    next_code = secret.at(int(time.time()) + STEP_SECONDS)  # each counts once
    officer = Clerk(f"officer@{slug}", secrets.token_hex(), next_code)
    page.fill("#account", "officer")
    page.fill("#password", officer.password)
    page.fill("#code", secret.now())
    send(page)
    return officer


def _observe(services: DemoServices, page: Page) -> None:
    page.goto(f"{services.url(SERVICE)}/org/health/log")
    page.fill("#name", OBSERVED)
    send(page, "form:has(#name) button")


def _page(path: str, services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _sign_officer_in(services, demo, language, page)
    page.goto(f"{services.url(SERVICE)}/org/health{path}?lang={language}")


def _person(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    """Look at the one who had a fever."""
    _page("/people", services, demo, language, page)
    person, _ = _passages(demo)[-1]
    page.fill("#search", person["id_number"])
    page.fill("#reason", REASONS[language])
    send(page, "form:has(#search) button")


def _hours(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _person(services, demo, language, page)
    send(page, "form[action*='/hours'] button")


def _link(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _page("/log", services, demo, language, page)
    page.locator("main details summary").first.click()
    send(page, "form[action*='/log/link'] button")


def _reading(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _link(services, demo, language, page)
    link = page.inner_text(".gauge-secret")
    page.context.clear_cookies()
    page.goto(f"{link}?lang={language}")


def _state(words: str, show: Show) -> State:
    return State(words, show, scripts=True)  # whose first picture needs a kiosk


HEALTH_STATES: dict[str, State] = {
    "health-today": _state("Health: today", partial(_page, "")),
    "health-person": _state("Health: one person", _person),
    "health-hours": _state("Health: who was in at the same hours", _hours),
    "health-log": _state("Health: people in observation", partial(_page, "/log")),
    "health-download": _state("Health: download of check-ins", partial(_page, "/export")),
    "health-reading": _state("Personal link: a temperature of somebody in observation", _reading),
}
