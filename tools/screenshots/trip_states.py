"""Trips without an identity, and watches of them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page

from tools.screenshots.demo_services import DemoServices
from tools.screenshots.page_actions import Demo, Show, State, at, send

NUMBER = "CA8223"  # published on one day, with a passenger list of another
HELD_AFTER = timedelta(days=7)
UNKNOWN_NUMBER = "G9999"
PHONE = "+86 199 0000 0001"


def _trips(*trips: tuple[str, timedelta]) -> Show:
    """Return what looks trips up: their numbers, and how long after the published one they were."""

    def show(services: DemoServices, _demo: Demo, language: str, page: Page) -> None:
        published = services.published_day(NUMBER)
        _look_up(
            page,
            f"{services.url()}/trips?lang={language}",
            [(number, (published + after).isoformat()) for number, after in trips],
        )

    return show


def _look_up(page: Page, form: str, trips: Sequence[tuple[str, str]]) -> None:
    page.goto(form)
    for place, (number, day) in enumerate(trips, start=1):
        suffix = "" if place == 1 else f"_{place}"
        if suffix:
            send(page, "button[value=add]")
        page.fill(f"#number{suffix}", number)
        page.fill(f"#date{suffix}", day)
    send(page)


def _watched(services: DemoServices, _demo: Demo, language: str, page: Page) -> None:
    today = datetime.now(UTC).date().isoformat()  # a watch ends 21 days after its trip
    _look_up(page, f"{services.url()}/trips?lang={language}", [("G77", today)])


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
    "trip-listed": State("Trips: shared with a confirmed case", _trips((NUMBER, timedelta()))),
    "trip-held": State("Trips: no case so far", _trips((NUMBER, HELD_AFTER))),
    "trip-several": State(
        "Trips: several at once",
        _trips((NUMBER, timedelta()), (UNKNOWN_NUMBER, timedelta()), (NUMBER, HELD_AFTER)),
    ),
    "trip-unknown": State("Trips: no passenger list held", _trips((UNKNOWN_NUMBER, timedelta()))),
    "watch": State("Trips: be told of one", _watched),
    "watch-receipt": State("Trips: the receipt of a watch", _receipt),
    "watch-stop": State("Trips: stop a watch", at("/trips/watch/stop")),
    "watch-stopped": State("Trips: a watch is stopped", _stopped),
}
