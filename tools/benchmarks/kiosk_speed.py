"""`make bench-kiosks`: a queue of people with badges before one tablet that is slow and offline.

Chromium with its camera running, no network, and the processor slowed four times. A scanner types
each badge and a thermometer each temperature, with nobody's pauses between; times count from the
first letter of a badge to its word on the screen, what Playwright itself needs among them.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from playwright.sync_api import Page, ViewportSize

from loadtests import servers
from loadtests.command_line import run_command
from tools.chromium import browser

BADGES = 300
BADGES_MAX_SECONDS = 15 * 60
MEDIAN_MAX_SECONDS = 3.0
STARTS = 5
START_MAX_SECONDS = 2.0
SLOWED = 4  # an old tablet beside this machine
TIMEOUT_MILLISECONDS = 60_000
CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
TABLET: ViewportSize = {"width": 1280, "height": 800}
TABLE_IS_THERE = r"() => /\d:\d\d/.test(document.querySelector('main').textContent)"
"""On the screen of devices, which says until when decisions are good."""
FAILED = 1


@dataclass(slots=True)
class Figures:
    """Seconds from badge to word, of badges and of starts; words: on the screen, and why."""

    passages: list[float] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)
    whole: float = 0.0
    starts: list[float] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return the figures beside their bounds."""
        middle, worst = statistics.median(self.passages), max(self.passages)
        start = statistics.median(self.starts)
        return [
            f"badge to word: median {middle:.2f} s (at most {MEDIAN_MAX_SECONDS}), worst "
            f"{worst:.2f} s; {dict(self.words)}",
            f"{len(self.passages)} badges: {self.whole:.0f} s (at most {BADGES_MAX_SECONDS})",
            f"start of the page from the tablet: median {start:.2f} s (at most "
            f"{START_MAX_SECONDS}), worst {max(self.starts):.2f} s",
        ]


def main() -> int:
    """Let everybody pass, and print the figures; return the exit code."""
    with tempfile.TemporaryDirectory() as state:
        door = _door(state)
        with (
            servers.gauge({"GAUGE_STATE_DIR": state}) as address,
            browser(*CAMERA) as chromium,
        ):
            context = chromium.new_context(viewport=TABLET)
            context.set_default_timeout(TIMEOUT_MILLISECONDS)
            page = context.new_page()
            _make_ready(page, f"{address}/kiosk#enrol={door['codes'][0]}")
            context.set_offline(True)
            session = context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
            figures = _measure(page, door["badges"])
            context.close()
    print(f"one tablet, offline, processor slowed {SLOWED} times")
    print("\n".join(figures.lines()))
    return 0 if set(figures.words) == {"come_in"} else FAILED


def _door(state: str) -> Mapping[str, list[str]]:
    settings = {
        "GAUGE_DEMO": "1",
        "GAUGE_KEYS_DIR": str(servers.ROOT / "var" / "demo" / "keys"),
        "GAUGE_STATE_DIR": state,
    }
    inherited = {name: value for name, value in os.environ.items() if name[:6] != "GAUGE_"}
    done = subprocess.run(
        [sys.executable, "-m", "tools.benchmarks.door_to_load", "door", "1", str(BADGES)],
        capture_output=True,
        check=True,
        cwd=servers.ROOT,
        env={**inherited, **settings},
    )
    door: Mapping[str, list[str]] = json.loads(done.stdout)
    return door


def _make_ready(page: Page, address: str) -> None:
    """Enrol, and wait until the tablet holds the page and the table of decisions."""
    page.goto(address)
    page.click("[data-act=enrol]")
    _wait_for(page, "ready")
    page.click("[data-act=devices]")
    page.wait_for_function(TABLE_IS_THERE)
    page.keyboard.press("Escape")
    _wait_for(page, "ready")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")


def _measure(page: Page, badges: list[str]) -> Figures:
    figures = Figures()
    began = time.perf_counter()
    for badge in badges:
        start = time.perf_counter()
        figures.words[_word(page, badge)] += 1
        figures.passages.append(time.perf_counter() - start)
        page.click("[data-act=next]")
        _wait_for(page, "ready")
    figures.whole = time.perf_counter() - began
    for _ in range(STARTS):
        start = time.perf_counter()
        page.reload(wait_until="commit")
        _wait_for(page, "ready")
        figures.starts.append(time.perf_counter() - start)
    return figures


def _word(page: Page, badge: str) -> str:
    _type(page, badge)
    _wait_for(page, "temperature")
    _type(page, "36.5")
    _wait_for(page, "word")
    word = page.get_attribute("main", "data-word") or ""
    why = page.locator("[data-why]").all_inner_texts()
    return " ".join([word, *why])


def _type(page: Page, text: str) -> None:
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def _wait_for(page: Page, screen: str) -> None:
    page.wait_for_selector(f"main[data-screen={screen}]")


if __name__ == "__main__":
    sys.exit(run_command(main, __doc__))
