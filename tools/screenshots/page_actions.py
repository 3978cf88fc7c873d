"""What leads a page to a state: opening, filling in, sending; and the people of the demo."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playwright.sync_api import Page

from tools.screenshots.demo_services import DemoServices

Person = Mapping[str, str]
SERVICE_CHOICE = "details:has([data-send]) > summary"  # above it stands the menu of languages


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


Show = Callable[[DemoServices, Demo, str, Page], None]


@dataclass(frozen=True)
class State:
    """words: what it is, in English; show: leads a page to it; scripts: with JavaScript.

    tablet: it is drawn as a tablet at a door shows it, both ways up.
    """

    words: str
    show: Show
    scripts: bool = False
    tablet: bool = False


def at(path: str, service: str = "whole") -> Show:
    """Return what opens a page."""

    def show(services: DemoServices, _demo: Demo, language: str, page: Page) -> None:
        page.goto(f"{services.url(service)}{path}?lang={language}")

    return show


def fill(page: Page, person: Person, place: int = 1) -> None:
    """Type a person into a row of the form."""
    suffix = "" if place == 1 else f"_{place}"
    page.fill(f"#id_number{suffix}", person["id_number"])
    page.fill(f"#name{suffix}", person["name"])


def send(page: Page, button: str = "main form button:not([value])") -> None:
    """Press a button that leads to another page, and wait for it."""
    with page.expect_navigation(wait_until="load"):
        page.click(button)


def ask(page: Page, url: str, person: Person, language: str) -> None:
    """Check a person by the form, without JavaScript."""
    page.goto(f"{url}/check?lang={language}")
    fill(page, person)
    send(page)
