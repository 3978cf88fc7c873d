"""Counter mode: a clerk checks one person after the other."""

from itertools import count

from playwright.sync_api import Page

from tools.screenshots.stage import Stage
from tools.screenshots.ways import Demo, State, at, fill, send

SERVICE = "counter"
DESKS = count(1)


def _form(stage: Stage, _demo: Demo, language: str, page: Page) -> None:
    page.goto(f"{stage.url(SERVICE)}/counter?lang={language}")
    # an account of its own for each picture: a one-time code counts once
    clerk = stage.clerk(f"desk-{next(DESKS)}")
    page.fill("#account", clerk.account)
    page.fill("#password", clerk.password)
    page.fill("#code", clerk.code)
    send(page)
    page.goto(f"{stage.url(SERVICE)}/counter?lang={language}")


def _answer(stage: Stage, demo: Demo, language: str, page: Page) -> None:
    _form(stage, demo, language, page)
    fill(page, demo.who("exposed", "close"))
    send(page, "form[action*='/counter/check'] button")


def _printed(stage: Stage, demo: Demo, language: str, page: Page) -> None:
    _answer(stage, demo, language, page)
    page.emulate_media(media="print")


COUNTER_STATES: dict[str, State] = {
    "counter": State("Counter: a clerk signs in", at("/counter", SERVICE)),
    "counter-form": State("Counter: the form", _form),
    "counter-answer": State("Counter: the answer", _answer),
    "counter-printed": State("Counter: the answer as printed", _printed),
}
