"""Debian's Chromium, driven by Playwright: for pictures, browser tests and their benchmark."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tools.system_packages import CHROMIUM

QUIET = (
    "--no-sandbox",  # tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_MILLISECONDS = 180_000  # on a busy machine


def find_chromium() -> Path:
    """Return the program. Raises FileNotFoundError where there is none."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        message = "no Chromium; `make test` installs it"
        raise FileNotFoundError(message)
    return Path(program)


@contextmanager
def browser(*arguments: str) -> Iterator[Browser]:
    """Yield a running Chromium. Raises FileNotFoundError where there is none.

    arguments: of its command line, beside those that keep it quiet.
    """
    program = find_chromium()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program, args=[*QUIET, *arguments], timeout=START_MILLISECONDS
        )
        yield chromium
        chromium.close()
