"""A kiosk is added in the portal, and its tablet reads the code there with its camera."""

import io

import pytest
from PIL import Image


@pytest.fixture
def code_picture(door, page_of):
    """The QR code that an administrator sees, once they have added a kiosk."""
    page = page_of()
    page.context.add_cookies([door.cookie("chen.li")])
    page.goto(f"{door.url}/org/kiosks?lang=en")
    page.fill("#name", "东门 east gate")
    with page.expect_navigation(wait_until="load"):
        page.click("form:has(#name) button")
    return Image.open(io.BytesIO(page.locator("main svg").screenshot()))


def test_a_tablet_that_sees_the_code_of_the_portal_is_that_kiosk(camera, seeing_tab, code_picture):
    camera.hold_up(code_picture)
    seeing_tab.page.goto(f"{seeing_tab.door.url}/kiosk")
    seeing_tab.press("camera")
    seeing_tab.wait_for("ready")
    assert "东门 east gate" in seeing_tab.page.inner_text("[data-part=who]")
