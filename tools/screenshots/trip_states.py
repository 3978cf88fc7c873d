"""Trips without an identity, and watches of them."""

from datetime import UTC, datetime

from playwright.sync_api import Page

from tools.screenshots.demo_services import DemoServices
from tools.screenshots.page_actions import Demo, Show, State, at, send

LISTED_TRIP = ("CA8223", "2020-01-20")
HELD_TRIP = ("CA8223", "2020-01-27")
PHONE = "+86 199 0000 0001"


def _trip(number: str, day: str) -> Show:
    def show(services: DemoServices, _demo: Demo, language: str, page: Page) -> None:
        page.goto(f"{services.url()}/trips?lang={language}")
        page.fill("#number", number)
        page.fill("#date", day)
        send(page)

    return show


def _watched(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    today = datetime.now(UTC).date().isoformat()  # a watch ends 21 days after its trip
    _trip("G77", today)(services, demo, language, page)


def _receipt(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _watched(services, demo, language, page)
    page.fill("#phone", PHONE)
    send(page, "form.gauge-watch button")


def _stopped(services: DemoServices, demo: Demo, language: str, page: Page) -> None:
    _receipt(services, demo, language, page)
    receipt = page.inner_text(".gauge-receipt")
    page.goto(f"{services.url()}/trips/watch/stop?lang={language}")
    page.fill("#receipt", receipt)
    send(page)


TRIP_STATES: dict[str, State] = {
    "trips": State("Trips: the form", at("/trips")),
    "trip-listed": State("Trips: shared with a confirmed case", _trip(*LISTED_TRIP)),
    "trip-held": State("Trips: no case so far", _trip(*HELD_TRIP)),
    "trip-unknown": State("Trips: no passenger list held", _trip("G9999", "2020-01-20")),
    "watch": State("Trips: be told of one", _watched),
    "watch-receipt": State("Trips: the receipt of a watch", _receipt),
    "watch-stop": State("Trips: stop a watch", at("/trips/watch/stop")),
    "watch-stopped": State("Trips: a watch is stopped", _stopped),
}
