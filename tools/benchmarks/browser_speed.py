"""`make bench-browser`: how fast are the pages and the private check in a browser?

Lighthouse as a phone on a slow network, over the demo; and what a private check computes with the
processor slowed four times. What these times come from (bytes, requests, calls) is held by
`tests/browser/test_lighthouse.py` and `tests/browser/private/`.
"""

import statistics
import sys
import time
from collections.abc import Mapping

from playwright.sync_api import Browser

from loadtests import servers
from loadtests.command_line import run_command
from tools.benchmarks.demo_person import demo_person
from tools.chromium import browser
from tools.lighthouse import Look, PageFigures, look_at

PAGES = ("/", "/check", "/trips")
SCORE_MIN = 96  # on a quiet machine
COMPUTING_MAX_SECONDS = 1.0
SLOWED = 4  # an old phone beside this machine
CHECKS = 5
TIMEOUT_SECONDS = 900
METRICS = {
    "first-contentful-paint": "first painting",
    "largest-contentful-paint": "largest painting",
    "total-blocking-time": "blocked",
    "speed-index": "speed index",
}
"""Audit → its words; all in milliseconds."""


def main() -> int:
    """Print the times of every page and of private checks; return the exit code."""
    form = demo_person()
    with servers.gauge({}) as address:
        look = Look(PAGES, ["performance"], list(METRICS))
        for page, figures in look_at(address, look, TIMEOUT_SECONDS).items():
            print(_line(page, figures), flush=True)
        with browser() as chromium:
            checks = [_private_check(chromium, address, form) for _ in range(CHECKS)]
    computing, waiting = (statistics.median(each) for each in zip(*checks, strict=True))
    print(
        f"a private check, processor slowed {SLOWED} times: {computing:.2f} s of computing "
        f"(at most {COMPUTING_MAX_SECONDS}), told after {waiting:.2f} s; medians of {CHECKS}"
    )
    return 0


def _line(page: str, figures: PageFigures) -> str:
    times = ", ".join(
        f"{words} {figures.audits[name].value or 0:.0f} ms" for name, words in METRICS.items()
    )
    score = figures.scores["performance"]
    return (
        f"{page:8} performance {score:3} (at least {SCORE_MIN}); {times}, "
        f"painting waits for {len(figures.blocking)} parts"
    )


def _private_check(chromium: Browser, address: str, form: Mapping[str, str]) -> tuple[float, float]:
    """Return the seconds that the page's thread was at work, and those until the answer."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{address}/check?lang=en")
    page.wait_for_selector("[data-check-here]:enabled")
    for name in ("id_number", "name"):
        page.fill(f"#{name}", form[name])
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})  # not of other programs

    def computed() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(float(each["value"]) for each in metrics if each["name"] == "TaskDuration")

    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    before, begun = computed(), time.perf_counter()
    page.click("[data-check-here]")
    page.wait_for_selector(".gauge-result")
    figures = computed() - before, time.perf_counter() - begun  # compiling the script too
    context.close()
    return figures


if __name__ == "__main__":
    sys.exit(run_command(main, __doc__))
