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


def _check(status: str, tier: str = "", service: str = "whole", times: int = 1) -> Show:
    def show(stage: Stage, demo: Demo, language: str, page: Page) -> None:
        for _ in range(times):
            page.goto(f"{stage.url(service)}/check?lang={language}")
            _fill(page, demo.who(status, tier))
            _send(page)

    return show


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
    "cannot-answer": State("No answer is possible", _check("not_found", service="none")),
    "limited": State("Too many checks", _check("not_found", service="strict", times=2)),
    "privacy": State("What happens to what one types", _at("/privacy")),
    "forged": State("A forged QR code", _at("/q/AQ")),
}
