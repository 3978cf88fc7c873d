"""Lighthouse, as a phone on a slow network: over 95 in all four categories, best of two runs."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tools.browser_bundle import find_node

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = Path(__file__).parent / "lighthouse"
PAGES = ["/", "/check", "/trips"]
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
ATTEMPTS = 2  # another program on the machine may slow one run down
LEAST = 96


def measure(service, pages, person):
    asked = {"base": service.url, "pages": pages, "form": person}
    chrome = shutil.which("chromium") or shutil.which("google-chrome")
    done = subprocess.run(
        [find_node(ROOT).folder / "node", "run.mjs", json.dumps(asked)],
        cwd=FOLDER,
        env={**os.environ, "CHROME_PATH": str(chrome)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert 0 == done.returncode, done.stderr
    return json.loads(done.stdout)


def low(scores):
    return [name for name in CATEGORIES if scores[name] < LEAST]


def test_every_page_is_over_95_in_all_four_categories(service, people):
    if not (FOLDER / "node_modules").is_dir():
        pytest.fail("Lighthouse is not installed; `make test` installs it")
    pages, person, found = PAGES, people.close.as_form(), {}
    for _ in range(ATTEMPTS):
        for name, scores in measure(service, pages, person).items():
            best = {key: max(scores[key], found.get(name, scores)[key]) for key in CATEGORIES}
            found[name] = {**scores, **best}
        low_ones = [name for name, scores in found.items() if low(scores)]
        pages = [name for name in low_ones if name != "answer"]
        person = person if "answer" in low_ones else None
        if not low_ones:
            break
    assert {} == {name: scores for name, scores in found.items() if low(scores)}
