"""The screens of a kiosk in Node: what leads from one to the next, without a page."""

from pathlib import Path
from typing import Any

import pytest

from tests.unit.frontend.conftest import FRONTEND, CallBrowser, calls_of

SCREENS = FRONTEND / "scripts" / "kiosk" / "ui"
PLAIN = ("card_text.ts", "notices.ts", "thermometers/lines.ts", "words.ts")
DRIVER = Path(__file__).parent / "screens_driver.mjs"
SETTINGS = {
    "exposure": True,
    "fever_celsius": 37.3,
    "low_celsius": 35,
    "unit": "C",
    "second_reading": True,
    "symptoms": [],
    "symptoms_at_entry": True,
    "idle_seconds": 8,
    "direction": "in",
    "sound": True,
}
ENROLLED = {"kind": "phase", "phase": "enrolled", "code": ""}


@pytest.fixture(scope="session")
def in_screens(tmp_path_factory: pytest.TempPathFactory) -> CallBrowser:
    """Call functions of the screens' plain modules and of screens_driver.mjs."""
    modules = [*(SCREENS / name for name in PLAIN), DRIVER]
    return calls_of(tmp_path_factory.mktemp("screens"), modules)


class Player:
    """Plays a person's passage from a ready kiosk on."""

    def __init__(self, call: CallBrowser):
        self._call = call

    def steps(self, *actions: dict[str, Any], **settings: Any) -> list[dict[str, Any]]:
        """Return screen, effects and idle time after each action."""
        call = ("play", [{**SETTINGS, **settings}, [ENROLLED, *actions]])
        return self._call([call])[0]["returned"][1:]

    def last(self, *actions: dict[str, Any], **settings: Any) -> dict[str, Any]:
        """Return what stands after the last action."""
        return self.steps(*actions, **settings)[-1]


@pytest.fixture
def player(in_screens: CallBrowser) -> Player:
    return Player(in_screens)
