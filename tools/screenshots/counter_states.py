"""Counter mode: a clerk checks one person after the other."""

from itertools import count

from playwright.sync_api import Page

from tools.screenshots.demo_services import DemoServices
from tools.screenshots.page_actions import Demo, State, at, fill, send

SERVICE = "counter"
DESKS = count(1)


def _form(services: DemoServices, _demo: Demo, language: str, page: Page) -> None:
    page.goto(f"{services.url(SERVICE)}/counter?lang={language}")
    # an account of its own for each picture: a one-time code counts once
    clerk = services.clerk(f"desk-{next(DESKS)}")
    page.fill("#account", clerk.account)
    page.fill("#password", clerk.password)
    page.fill("#code", clerk.code)
    send(page)
    page.goto(f"{services.url(SERVICE)}/counter?lang={language}")


def _answer(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _form(services, demo, language, page)
    fill(page, demo.who("exposed", "close"))
    send(page, "form[action*='/counter/check'] button")


def _printed(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _answer(services, demo, language, page)
    page.emulate_media(media="print")


COUNTER_STATES: dict[str, State] = {
    "counter": State("Counter: a clerk signs in", at("/counter", SERVICE)),
    "counter-form": State("Counter: the form", _form),
    "counter-answer": State("Counter: the answer", _answer),
    "counter-printed": State("Counter: the answer as printed", _printed),
}
