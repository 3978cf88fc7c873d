"""What the camera of a kiosk in Chromium reads: badges as printed, codes on visitors' phones."""

import io

import pytest
from PIL import Image

from app.kiosk.badges.sheets import Card, draw_page
from tests.fixtures.kiosk_doors import wait_for_checkins
from tests.fixtures.kiosk_roster import OBSERVED
from tests.fixtures.people import UNLISTED

CARD = (0, 0, 1240, 720)  # of the sheet, in dots: the first card of its page
PHONE = {"width": 390, "height": 844}
TABLET_UPRIGHT = {"width": 820, "height": 1180}
NOTE_HEIGHTS = """
  window.heights = new Set();
  (function look() {
    if (document.querySelector(".kiosk[data-screen=ready] main button"))
      heights.add(document.querySelector("[data-part=camera]").getBoundingClientRect().height);
    requestAnimationFrame(look);
  })();
"""


def badge(text):
    """The picture of a card as it is printed."""
    card = Card(text, "白露未", "仓库", "示例工厂", "示例工厂出入证，不证明身体状况。")
    return draw_page([card], "zh-Hans").crop(CARD)


@pytest.mark.parametrize("word", ["come_in", "wait"])
def test_a_printed_badge_is_read_and_tells_its_word(camera, seeing_tab, word):
    camera.hold_up(badge(seeing_tab.door.badges[word]))
    seeing_tab.enrol(screen="temperature")
    assert word == seeing_tab.finish()


def test_the_place_of_the_picture_is_kept_until_the_camera_has_started(camera, seeing_tab):
    """What stands below it would else fall by a third of the screen, away from under a finger."""
    camera.hold_up(Image.new("RGB", (CARD[2], CARD[3]), "white"))
    seeing_tab.enrol()
    page = seeing_tab.page
    page.set_viewport_size(TABLET_UPRIGHT)
    page.add_init_script(NOTE_HEIGHTS)
    page.reload()
    page.wait_for_selector(".kiosk-camera--on")
    seeing_tab.wait_for("ready")
    assert [TABLET_UPRIGHT["height"] * 0.3] == page.evaluate("Array.from(heights)")


def visitor_code(page, address, person):
    """Fill in the visitor's page on a phone; return the picture of the code that it shows."""
    page.set_viewport_size(PHONE)
    page.goto(address)
    page.check(f"input[name=id_type][value={person.id_type}]")
    page.fill("#id_number", person.id_number)
    page.fill("#name", person.name)
    page.click("[data-visit-form] button")
    picture = page.locator("[data-visit-picture] svg")
    return Image.open(io.BytesIO(picture.screenshot()))


@pytest.mark.parametrize(("person", "word"), [(UNLISTED, "come_in"), (OBSERVED, "wait")])
def test_a_visitors_phone_shows_a_code_that_tells_their_word(
    camera, seeing_tab, page_of, person, word
):
    seeing_tab.enrol()
    address = seeing_tab.page.get_attribute("[data-door]", "data-door")
    camera.hold_up(visitor_code(page_of(java_script_enabled=True), address, person))
    seeing_tab.page.reload()
    assert word == seeing_tab.finish()
    (kept,) = wait_for_checkins(seeing_tab, 1)
    assert person.id_number == kept.content["who"]["visitor"]["id_number"]
