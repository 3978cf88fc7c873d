"""Lighthouse: what a phone on a slow network makes of pages of a running service.

Its packages stand in `tests/browser/lighthouse/`; `make test` installs them.
"""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.browser_bundle import find_node
from tools.chromium import find_chromium

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "browser" / "lighthouse"


class LighthouseMissing(Exception):
    """Its packages are not installed."""

    def __init__(self) -> None:
        super().__init__("Lighthouse is not installed; `make test` installs it")


class LighthouseFailed(Exception):
    """It ended without figures; the message is what it said."""


@dataclass(frozen=True)
class Audit:
    """value: in the audit's own unit, where it has one; items: what it found."""

    value: float | None
    items: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class PageFigures:
    """What Lighthouse says of one page.

    scores: category → 0 to 100; failed: audits that count in them and fail; blocking: addresses of
    what the first painting waits for.
    """

    scores: Mapping[str, int]
    failed: Sequence[str]
    audits: Mapping[str, Audit]
    blocking: Sequence[str]


@dataclass(frozen=True)
class Look:
    """What to look at.

    form: fields of /check; where they are given, the answer is looked at as page "answer".
    cookies: name, value and url of each, for pages of whoever is signed in.
    """

    pages: Sequence[str]
    categories: Sequence[str]
    audits: Sequence[str]
    form: Mapping[str, str] | None = None
    cookies: Sequence[Mapping[str, str]] = ()


def look_at(url: str, look: Look, timeout_seconds: float) -> dict[str, PageFigures]:
    """Return the figures of every page. Raises LighthouseMissing, LighthouseFailed."""
    if not (FOLDER / "node_modules").is_dir():
        raise LighthouseMissing
    order = {
        "base": url,
        "pages": look.pages,
        "form": look.form,
        "cookies": list(look.cookies),
        "categories": look.categories,
        "audits": look.audits,
    }
    done = subprocess.run(
        [find_node(ROOT).folder / "node", "run.mjs", json.dumps(order)],
        cwd=FOLDER,
        env={**os.environ, "CHROME_PATH": str(find_chromium())},
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout_seconds,
    )
    if done.returncode != 0:
        raise LighthouseFailed(done.stderr)
    return {
        page: PageFigures(
            figures["scores"],
            figures["failed"],
            {name: Audit(**audit) for name, audit in figures["audits"].items()},
            figures["blocking"],
        )
        for page, figures in json.loads(done.stdout).items()
    }
