"""Every page and state that a citizen can meet, and the way to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playwright.sync_api import Page

from tools.screenshots.stage import Stage

Person = Mapping[str, str]


@dataclass(frozen=True)
class Demo:
    """The people of the demo, as `people.csv` lists them."""

    rows: list[Person]

    def who(self, status: str, tier: str = "") -> Person:
        """Return the first person of a status and tier."""
        return next(
            row
            for row in self.rows
            if row["expected_status"] == status and row["expected_tier"] == tier
        )


LISTED_TRIP = ("CA8223", "2020-01-20")
HELD_TRIP = ("CA8223", "2020-01-27")
Show = Callable[[Stage, Demo, str, Page], None]


@dataclass(frozen=True)
class State:
    """words: what it is, in English; show: leads a page to it."""

    words: str
    show: Show


def _at(path: str, service: str = "whole") -> Show:
    def show(stage: Stage, demo: Demo, language: str, page: Page) -> None:
        page.goto(f"{stage.url(service)}{path}?lang={language}")

    return show


def _fill(page: Page, person: Person, place: int = 1) -> None:
    suffix = "" if place == 1 else f"_{place}"
    page.check(f"input[name=id_type{suffix}][value={person['id_type']}]")
    page.fill(f"#id_number{suffix}", person["id_number"])
    page.fill(f"#name{suffix}", person["name"])


def _send(page: Page) -> None:
    with page.expect_navigation(wait_until="load"):
        page.click("main form button:not([value])")


def _ask(page: Page, url: str, person: Person, language: str) -> None:
    page.goto(f"{url}/check?lang={language}")
    _fill(page, person)
    _send(page)


def _check(status: str, tier: str = "", service: str = "whole") -> Show:
    def show(stage: Stage, demo: Demo, language: str, page: Page) -> None:
        _ask(page, stage.url(service), demo.who(status, tier), language)

    return show


def _limited(stage: Stage, demo: Demo, language: str, page: Page) -> None:
    person = demo.who("not_found")
    for name in (person["name"], "某人"):
        _ask(page, stage.url("strict"), {**person, "name": name}, language)


def _family(stage: Stage, demo: Demo, language: str, page: Page) -> None:
    page.goto(f"{stage.url()}/check?lang={language}")
    _fill(page, demo.who("exposed", "close"))
    with page.expect_navigation(wait_until="load"):
        page.click("button[value=add]")


def _household_form(stage: Stage, demo: Demo, language: str, page: Page) -> None:
    _family(stage, demo, language, page)
    page.evaluate("scrollTo(0, 0)")


def _household(stage: Stage, demo: Demo, language: str, page: Page) -> None:
    _family(stage, demo, language, page)
    _fill(page, demo.who("not_found"), 2)
    _send(page)


def _mistakes(stage: Stage, _demo: Demo, language: str, page: Page) -> None:
    page.goto(f"{stage.url()}/check?lang={language}")
    _fill(page, {"id_type": "resident", "id_number": "990000198001011230", "name": ""})
    _send(page)


def _trip(number: str, day: str) -> Show:
    def show(stage: Stage, _demo: Demo, language: str, page: Page) -> None:
        page.goto(f"{stage.url()}/trips?lang={language}")
        page.fill("#number", number)
        page.fill("#date", day)
        _send(page)

    return show


def _correction(stage: Stage, demo: Demo, language: str, page: Page) -> None:
    person = demo.who("exposed", "close")
    page.goto(f"{stage.url()}/corrections/new?lang={language}")
    page.check("input[name=what][value=never_aboard]")
    page.fill("#id_number", person["id_number"])
    page.fill("#name", person["name"])
    _send(page)


def _correction_state(stage: Stage, demo: Demo, language: str, page: Page) -> None:
    _correction(stage, demo, language, page)
    receipt = page.inner_text(".gauge-receipt")
    page.goto(f"{stage.url()}/corrections?lang={language}")
    page.fill("#receipt", receipt)
    _send(page)


STATES: dict[str, State] = {
    "home": State("Start page", _at("/")),
    "form": State("The form", _at("/check")),
    "mistakes": State("The form with mistakes", _mistakes),
    "close": State("Answer: close contact", _check("exposed", "close")),
    "general": State("Answer: general contact", _check("exposed", "general")),
    "not-found": State("Answer: no record", _check("not_found")),
    "incomplete": State("Answer: incomplete", _check("not_found", service="part")),
    "household-form": State("The form of a household", _household_form),
    "household": State("Answers of a household", _household),
    "trips": State("Trips: the form", _at("/trips")),
    "trip-listed": State("Trips: shared with a confirmed case", _trip(*LISTED_TRIP)),
    "trip-held": State("Trips: no case so far", _trip(*HELD_TRIP)),
    "trip-unknown": State("Trips: no passenger list held", _trip("G9999", "2020-01-20")),
    "correction-form": State("Correction: the form", _at("/corrections/new")),
    "correction-receipt": State("Correction: the receipt", _correction),
    "correction-state": State("Correction: what came of it", _correction_state),
    "counter": State("Counter: a clerk signs in", _at("/counter", "counter")),
    "cannot-answer": State("No answer is possible", _check("not_found", service="none")),
    "limited": State("Too many checks", _limited),
    "privacy": State("What happens to what one types", _at("/privacy")),
    "forged": State("A forged QR code", _at("/q/AQ")),
}
