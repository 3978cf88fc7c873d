"""Kiosks in Chromium."""

from collections.abc import Callable

import pytest

from tests.fixtures.kiosk_doors import Door, KioskTab

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
