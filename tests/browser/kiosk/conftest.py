"""Kiosks in Chromium."""

from collections.abc import Callable, Iterator

import pytest

from tests.fixtures.camera_films import Camera
from tests.fixtures.kiosk_doors import Door, KioskTab
from tests.fixtures.patience import PATIENCE_SECONDS

TABLET = {"java_script_enabled": True, "width": 1280, "locale": "en"}


@pytest.fixture
def tab_of(page_of, door: Door) -> Callable[..., KioskTab]:
    """Open a page of a kiosk that is not enrolled yet."""
    return lambda: KioskTab(page_of(**TABLET), door, next(door.names))


@pytest.fixture
def tab(tab_of) -> KioskTab:
    """A kiosk that stands ready, and starts without network."""
    made = tab_of()
    made.enrol()
    made.keep_for_offline()
    return made


@pytest.fixture
def seeing_tab(camera: Camera, door: Door) -> Iterator[KioskTab]:
    """A page of a kiosk that has a camera, and is not enrolled yet."""
    context = camera.browser.new_context(viewport={"width": 1280, "height": 800}, locale="en")
    context.set_default_timeout(PATIENCE_SECONDS * 1_000)
    yield KioskTab(context.new_page(), door, next(door.names))
    context.close()
