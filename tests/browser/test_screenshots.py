"""The tool that draws docs/screenshots.md: it leads a browser to what a picture's words say."""

import csv
from pathlib import Path

import pytest

from tests.fixtures.patience import PATIENCE_SECONDS
from tools.chromium import QUIET, START_MILLISECONDS, find_chromium
from tools.screenshots.cameras import still_camera
from tools.screenshots.demo_services import DemoServices
from tools.screenshots.page_actions import Demo
from tools.screenshots.states import STATES

ROOT = Path(__file__).resolve().parents[2]
# those whose form, menu or settings changed under the tool before, or may show something else
LANDMARKS = {
    "household": "1 of 2 entries",
    "private-choice": "Send to the service and check there",
    "private-failure": "The private check has no answer",
    "correction-state": "Received, not read yet",
    "counter-answer": "You are listed",
    "organisation-results": "people are listed as contacts",
    "kiosk-symptoms": "Do you have any of these today?",
    "kiosk-wait": "Please wait here",
    "health-person": "38.3 °C",
    "visit-code": "Show this code to the kiosk",
    "proof": "Your device is calculating",
    "ticket": "Wait 30 seconds",
    "phone-code": "Enter the code",
    "limited": "Too many checks",
    "share": "https://check.example.org",
}
"""State → what its English page says."""


@pytest.fixture(scope="module")
def demo_services(tmp_path_factory):
    with DemoServices(ROOT, tmp_path_factory.mktemp("screenshots")) as services:
        yield services


@pytest.fixture(scope="module")
def camera_browser(browser, tmp_path_factory):
    """Chromium before a still picture, as the tool starts it."""
    arguments = [*QUIET, *still_camera(tmp_path_factory.mktemp("camera"))]
    running = browser.browser_type.launch(
        executable_path=find_chromium(), args=arguments, timeout=START_MILLISECONDS
    )
    yield running
    running.close()


@pytest.fixture(scope="module")
def demo():
    with (ROOT / "var" / "demo" / "people.csv").open(encoding="utf-8", newline="") as rows:
        return Demo(list(csv.DictReader(rows)))


@pytest.mark.parametrize("name", LANDMARKS)
def test_a_state_shows_what_its_words_say(demo_services, camera_browser, demo, name):
    state = STATES[name]
    with camera_browser.new_context(java_script_enabled=state.scripts) as context:
        context.set_default_timeout(PATIENCE_SECONDS * 1_000)
        page = context.new_page()
        state.show(demo_services, demo, "en", page)
        assert LANDMARKS[name] in page.inner_text("main")
