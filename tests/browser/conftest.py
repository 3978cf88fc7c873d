"""Chromium driving `gauge serve`."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.fixtures.patience import PATIENCE_SECONDS
from tools import chromium

TRIPS = {
    "trip_listed": ("g1234", "2020-01-22"),
    "trip_held": ("G1234", "2020-01-23"),
    "trip_unknown": ("G1235", "2020-01-22"),
    "trip_ambiguous": ("K12", "2020-01-21"),
    "trip_plate": ("鄂A·1D453", "2020-01-21"),
}
"""State → what is typed into the form of trips; trip_form is the form itself."""
PATHS = {
    "home": "/",
    "form": "/check",
    "privacy": "/privacy",
    "forged": "/q/AQ",
    "about": "/about",
    "places": "/places",
    "share": "/share",
}
"""State → where it is found."""
PLACES = Path(__file__).parents[2] / "examples" / "help_places.toml"
SEVERAL_TRIPS = {
    "trips_listed": (TRIPS["trip_unknown"], TRIPS["trip_listed"], TRIPS["trip_held"]),
    "trips_mistakes": (TRIPS["trip_listed"], ("hello", "2018-01-01")),
}
"""State → what is typed into the rows of the form, each added by its button."""
WATCHED = {"watch_receipt": "+86 199 0000 0001", "watch_mistake": "110"}
"""State → the telephone that is to be told of a trip of today."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium.browser() as running:
        yield running


@pytest.fixture(scope="session")
def service(start_session_service, published):
    """A demo with the limits of production."""
    return start_session_service(published, {"GAUGE_DEMO": "1", "GAUGE_HELP_PLACES": str(PLACES)})


@pytest.fixture(scope="session")
def private_service(start_session_service, published_privately):
    """A demo whose index has a private check."""
    return start_session_service(published_privately, {"GAUGE_DEMO": "1"})


@pytest.fixture
def page_of(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page without JavaScript of a chosen width, colour scheme and language."""
    contexts: list[BrowserContext] = []

    def make(
        width: int = 390, scheme: str = "light", locale: str = "zh-CN", **options: object
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            color_scheme=scheme,
            locale=locale,
            **{"java_script_enabled": False, **options},
        )
        context.set_default_timeout(PATIENCE_SECONDS * 1_000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def service_without_index(start_session_service, published):
    """A service that cannot answer."""
    return start_session_service(published, {"GAUGE_INDEX_DIR": str(published.root / "nothing")})


@pytest.fixture(scope="session")
def service_in_part(start_session_service, published, tmp_path_factory):
    """A service of two authorities, of which one has no index now."""
    several = tmp_path_factory.mktemp("several")
    (several / "west").mkdir()
    (several / "east").symlink_to(published.index)
    return start_session_service(published, {"GAUGE_INDEX_DIR": str(several)})


@pytest.fixture(scope="session")
def strict_service(start_session_service, published):
    """A service that admits one name a document, whatever is shown."""
    return start_session_service(
        published, {"GAUGE_NAMES_PER_DOCUMENT": "1", "GAUGE_NAMES_PER_DOCUMENT_PROVEN": "1"}
    )


@pytest.fixture(scope="session")
def busy_service(start_session_service, published):
    """A service whose network is busy after one check, and whose proofs take for ever."""
    return start_session_service(
        published, {"GAUGE_NETWORK_CHECKS": "1", "GAUGE_PROOF_HASHES": "100000000"}
    )


@pytest.fixture(scope="session")
def phone_service(start_session_service, published, patient_sms_gateway):
    """A service that verifies telephones."""
    return start_session_service(
        published,
        {
            "GAUGE_PHONE_VERIFICATION": "on",
            "GAUGE_SMS_GATEWAY_URL": patient_sms_gateway.url,
            "GAUGE_KEY_SMS_TOKEN": "token-of-a-test-gateway",
            "GAUGE_PHONE_MESSAGES": "1000",
        },
    )


@pytest.fixture
def verify_phone(phone_service) -> Callable[[Page, str, str], None]:
    """Lead a page to a state of the phone verification."""

    def lead(page: Page, state: str, language: str) -> None:
        page.goto(f"{phone_service.url}/phone?lang={language}")
        if state == "phone":
            return
        page.fill("#phone", "110" if state == "phone_mistake" else "+86 199 0000 0001")
        _send(page)
        if state == "phone_wrong_code":
            page.fill("#code", "no code")
            _send(page)

    return lead


def _send(page: Page) -> None:
    # a click alone returns once the answer has begun to come, before it has a head or body
    with page.expect_navigation(wait_until="load"):
        page.click("main form button")


def lead_to_correction(page: Page, url: str, person, state: str, language: str) -> None:
    """Lead a page to one of the states of a correction request."""
    page.goto(f"{url}/corrections/new?lang={language}")
    if state in ("correction_receipt", "correction_state"):
        page.check("input[name=what][value=never_aboard]")
        page.fill("#id_number", person.id_number)
        page.fill("#name", person.name)
    _send(page)
    if state == "correction_state":
        receipt = page.inner_text(".gauge-receipt")
        page.goto(f"{url}/corrections?lang={language}")
        page.fill("#receipt", receipt)
        _send(page)
    elif state == "correction_unknown":
        page.goto(f"{url}/corrections?lang={language}")
        page.fill("#receipt", "K7QM")
        _send(page)


def lead_to_trip(page: Page, url: str, state: str, language: str) -> None:
    """Lead a page to one of the states of trips and watches."""
    form = f"{url}/trips?lang={language}"
    if state in SEVERAL_TRIPS:
        type_trips(page, form, *SEVERAL_TRIPS[state])
    elif state == "watch_stop":
        page.goto(f"{url}/trips/watch/stop?lang={language}")
    elif state in WATCHED:
        watch_trip(page, form, WATCHED[state])
    else:
        type_trip(page, form, trip_today() if state == "trip_today" else TRIPS.get(state))


def type_mistakes(page: Page, url: str) -> None:
    """Send the form with a number that has a mistake."""
    page.goto(url)
    page.fill("#id_number", "990000198001011230")
    page.fill("#name", "甲")
    _send(page)


def watch_trip(page: Page, url: str, phone: str) -> None:
    """Ask to be told of a trip of today."""
    type_trip(page, url, trip_today())
    page.fill("#phone", phone)
    with page.expect_navigation(wait_until="load"):
        page.click("form.gauge-watch button")


def trip_today() -> tuple[str, str]:
    """Return a trip of the present day, which may be another than that of the suite's start."""
    return "G77", datetime.now(UTC).date().isoformat()


def type_trip(page: Page, url: str, trip: tuple[str, str] | None) -> None:
    """Open the form of trips and, where a number and a day are given, send it."""
    page.goto(url)
    if trip:
        for field, text in zip(("#number", "#date"), trip, strict=True):
            page.fill(field, text)
        _send(page)


def type_trips(page: Page, url: str, *trips: tuple[str, str]) -> None:
    """Open the form of trips, add as many rows as are needed, and send it."""
    page.goto(url)
    for place, trip in enumerate(trips, start=1):
        suffix = "" if place == 1 else f"_{place}"
        if place > 1:
            with page.expect_navigation(wait_until="load"):
                page.click("button[value=add]")
        for field, text in zip(("#number", "#date"), trip, strict=True):
            page.fill(field + suffix, text)
    _send(page)


@pytest.fixture
def show(
    service, service_without_index, service_in_part, strict_service, busy_service, people
) -> Callable[[Page, str, str], None]:
    """Lead a page to one of the states that a citizen can meet."""

    def check(page: Page, language: str, who: str, url: str = service.url) -> None:
        person = getattr(people, who)
        page.goto(f"{url}/check?lang={language}")
        page.fill("#id_number", person.id_number)
        page.fill("#name", person.name)
        _send(page)

    def household(page: Page, language: str, state: str, url: str) -> None:
        page.goto(f"{url}/check?lang={language}")
        for place, who in enumerate(("unlisted", "close", "general"), start=1):
            suffix = "" if place == 1 else f"_{place}"
            if place > 1:
                with page.expect_navigation(wait_until="load"):
                    page.click("button[value=add]")
            person = getattr(people, who)
            page.fill(f"#id_number{suffix}", person.id_number)
            page.fill(f"#name{suffix}", "" if state == "family_mistakes" else person.name)
        if state != "family_form":
            _send(page)

    def lead(page: Page, state: str, language: str, url: str = service.url) -> None:
        if state.startswith("correction_"):
            lead_to_correction(page, url, people.close, state, language)
        elif state in ("close", "general", "unlisted"):
            check(page, language, state, url)
        elif state == "cannot_answer":
            page.goto(f"{service_without_index.url}/check?lang={language}")
        elif state == "limited":
            for who in ("close", "wrong_name"):
                check(page, language, who, strict_service.url)
        elif state == "busy":
            check(page, language, "close", busy_service.url)
            if page.locator("[data-challenge]").count() == 0:  # the free check, asked first
                check(page, language, "close", busy_service.url)
        elif state == "incomplete":
            check(page, language, "unlisted", service_in_part.url)
        elif state.startswith(("trip", "watch")):
            lead_to_trip(page, url, state, language)
        elif state.startswith("family"):
            household(page, language, state, url)
        elif state == "mistakes":
            type_mistakes(page, f"{url}/check?lang={language}")
        else:
            page.goto(f"{url}{PATHS[state]}?lang={language}")

    return lead
