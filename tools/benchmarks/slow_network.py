"""A check on a slow network: how long a citizen waits, and what for.

Chromium as its developer tools throttle it, at 50 kbit/s with two seconds for every round trip,
nothing in its cache. The waterfall tells each request's start, first byte and end. What these times
come from (requests, bytes, round trips) is held by `tests/browser/private/test_slow_networks.py`.
"""

import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from loadtests import servers
from loadtests.command_line import run_command
from tools.benchmarks.demo_person import demo_person
from tools.chromium import browser

BYTES_PER_SECOND = 50_000 / 8
ROUND_TRIP_MILLISECONDS = 2_000
FORM_MAX_SECONDS = 10
ANSWER_MAX_SECONDS = 8
PATIENCE_MILLISECONDS = 180_000
LOOK_SECONDS = 0.05
FIELDS = ("id_number", "name")
LANGUAGE = "zh-Hans"


@dataclass
class Waterfall:
    """Every request of a page: path, start, first byte, end and bytes as they cross."""

    origin: str
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)

    def follow(self, session: CDPSession) -> None:
        """Note what the browser tells of its requests from now on."""
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.responseReceived", self._responded)
        session.on("Network.loadingFinished", self._finished)

    def lines(self, since: float) -> list[str]:
        """Return a line a request that was sent at that time or later (the browser's clock)."""
        return [
            f"  {row['start'] - since:6.1f} {row.get('first', since) - since:6.1f} "
            f"{row.get('end', since) - since:6.1f} {row.get('bytes', 0):7,.0f}  {row['path']}"
            for row in sorted(self.rows.values(), key=lambda row: row["start"])
            if row["start"] >= since
        ]

    def _sent(self, event: Mapping[str, Any]) -> None:
        path = f"{event['request']['method']} {event['request']['url'].removeprefix(self.origin)}"
        self.rows[event["requestId"]] = {"path": path, "start": event["timestamp"]}

    def _responded(self, event: Mapping[str, Any]) -> None:
        self.rows[event["requestId"]]["first"] = event["timestamp"]

    def _finished(self, event: Mapping[str, Any]) -> None:
        row = self.rows[event["requestId"]]
        row["end"], row["bytes"] = event["timestamp"], event["encodedDataLength"]


def main() -> int:
    """Print what is waited for, and for how long; return the exit code."""
    with servers.gauge({}) as address, browser() as chromium:
        for scripts in (True, False):
            for pause in (0, 20) if scripts else (0,):
                _check(chromium, address, scripts=scripts, pause_seconds=pause)
    return 0


def _check(chromium: Browser, address: str, *, scripts: bool, pause_seconds: int) -> None:
    """Check somebody in a new browser and print the times; pause: of whoever types."""
    context = chromium.new_context(java_script_enabled=scripts, locale="zh-CN")
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    page, person = context.new_page(), demo_person()
    session, waterfall = context.new_cdp_session(page), Waterfall(address)
    _throttle(session, waterfall)
    began = time.perf_counter()
    page.goto(f"{address}/check?lang={LANGUAGE}", wait_until="commit")
    _wait_for_painted(page, "#id_number")
    form = time.perf_counter() - began
    for name in FIELDS:
        page.fill(f"#{name}", person[name])
    time.sleep(pause_seconds)
    button = "[data-check-here]:enabled" if scripts else "main noscript button >> nth=0"
    page.wait_for_selector(button)
    ready, pressed = time.perf_counter() - began, time.perf_counter()
    page.click(button, no_wait_after=True)
    _wait_for_painted(page, "#result")
    answer = time.perf_counter() - pressed
    check = "private check" if scripts else "plain check, no scripts"
    print(
        f"{check}, {pause_seconds} s of typing: field after {form:.1f} s (at most "
        f"{FORM_MAX_SECONDS}), button after {ready:.1f} s, answer {answer:.1f} s behind it "
        f"(at most {ANSWER_MAX_SECONDS})"
    )
    print("   start  first    end   bytes  request")
    first = min(row["start"] for row in waterfall.rows.values())
    print("\n".join(waterfall.lines(first)), flush=True)
    context.close()


def _throttle(session: CDPSession, waterfall: Waterfall) -> None:
    session.send("Network.enable")
    waterfall.follow(session)
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": ROUND_TRIP_MILLISECONDS,
            "downloadThroughput": BYTES_PER_SECOND,
            "uploadThroughput": BYTES_PER_SECOND,
        },
    )


def _wait_for_painted(page: Page, part: str) -> None:
    """Wait until a part is there and the browser has shown the page: what blocks is over."""
    page.wait_for_selector(part, state="visible")
    while not page.evaluate("performance.getEntriesByName('first-contentful-paint').length"):
        time.sleep(LOOK_SECONDS)


if __name__ == "__main__":
    sys.exit(run_command(main, __doc__))
