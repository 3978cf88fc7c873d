"""What axe finds on the screens of a kiosk and on a visitor's phone, in both colour schemes."""

import pytest

from app.kiosk.badges.badge_text import badge_text
from tests.browser.accessibility import violations
from tests.fixtures.kiosk_doors import KioskTab
from tests.fixtures.patience import PATIENCE_SECONDS
from tests.fixtures.people import UNLISTED

UNKNOWN = badge_text("ZZZZZZZZ", bytes(20))


@pytest.fixture(scope="module")
def standing_tab(browser, door):
    """One kiosk for all screens."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en")
    context.set_default_timeout(PATIENCE_SECONDS * 1_000)
    tab = KioskTab(context.new_page(), door, next(door.names))
    tab.enrol()
    yield tab
    context.close()


def passing(word):
    def lead(tab):
        tab.wedge(tab.door.badges.get(word, UNKNOWN))
        tab.finish()

    return lead


def override(tab):
    passing("not_checked")(tab)
    for _ in range(2):
        tab.press("override")
    tab.wait_for("override")
    tab.press("confirm")  # which names the fault


def details(tab):
    tab.press("details")
    tab.press("send")


def measured(*texts):
    def lead(tab):
        tab.wedge(tab.door.badges["come_in"])
        for text in texts:
            tab.measure(text)

    return lead


def thanks(tab):
    tab.press("log")
    tab.wedge(tab.door.badges["come_in"])
    tab.measure()
    tab.press("no-symptoms")
    tab.wait_for("thanks")


SCREENS = {
    "ready": (lambda _: None, "main[data-screen=ready]"),
    "ready with a notice": (lambda tab: tab.wedge("CG1:torn"), "main[data-reason] #fault"),
    "details": (details, "main[data-screen=details] .kiosk-fault"),
    "temperature": (measured(), "main[data-screen=temperature]"),
    "temperature too high": (measured("60"), "main[data-screen=temperature] #fault"),
    "temperature in another unit": (measured("98.6"), "[data-act=unit-yes]"),
    "symptoms": (measured("36.5"), "main[data-screen=symptoms]"),
    "come_in": (passing("come_in"), "main[data-word=come_in]"),
    "wait": (passing("wait"), "main[data-word=wait]"),
    "not_checked": (passing("not_checked"), "main[data-word=not_checked]"),
    "override": (override, "main[data-screen=override] #fault"),
    "thanks": (thanks, "main[data-screen=thanks]"),
    "devices": (lambda tab: tab.press("devices"), "main[data-screen=devices]"),
}
"""Screen → what leads there from the ready one, and what then stands on it."""


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_on_a_screen_of_the_kiosk(standing_tab, screen):
    for _ in range(3):  # from the guard's screen by the word to the ready one
        standing_tab.page.keyboard.press("Escape")
    standing_tab.wait_for("ready")
    lead, part = SCREENS[screen]
    lead(standing_tab)
    standing_tab.page.wait_for_selector(part)
    assert [] == violations(standing_tab.page)


def test_axe_finds_nothing_before_enrolment(tab_of):
    tab = tab_of()
    tab.page.goto(f"{tab.door.url}/kiosk")
    tab.wait_for("enrolment")
    assert [] == violations(tab.page)


def test_axe_finds_nothing_on_a_revoked_kiosk(tab):
    tab.door.revoke(tab.name)
    tab.page.reload()
    tab.wait_for("revoked")
    assert [] == violations(tab.page)


@pytest.mark.parametrize("state", ["form", "code"])
def test_axe_finds_nothing_on_a_visitors_phone(standing_tab, page_of, state):
    page = page_of(java_script_enabled=True)
    standing_tab.page.keyboard.press("Escape")
    page.goto(standing_tab.page.get_attribute("[data-door]", "data-door"))
    if state == "code":
        page.fill("#id_number", UNLISTED.id_number)
        page.fill("#name", UNLISTED.name)
        page.click("[data-visit-form] button")
    page.wait_for_selector(f"[data-visit-{state}]:visible")
    assert [] == violations(page)
