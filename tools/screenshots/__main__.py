"""Draw pages and states again: `python -m tools.screenshots [STATE …]`, all where none is named.

Needs Chromium. Writes docs/screenshots/*.webp and the page docs/screenshots.md that shows them. The
people are those of the demo, invented; the trips are published ones of 2020.
"""

import csv
import sys
import tempfile
from functools import partial
from pathlib import Path

from tools.chromium import browser
from tools.screenshots.cameras import still_camera
from tools.screenshots.demo_services import DemoServices
from tools.screenshots.page_actions import Demo
from tools.screenshots.pictures import Picture, document, draw
from tools.screenshots.states import STATES

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "docs" / "screenshots"
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
PHONE, TABLET = 390, 820
LONG_SIDE, SHORT_SIDE = 1280, 800  # of a tablet at a door


def pictures(state: str) -> list[Picture]:
    """Return the pictures of one state: a phone in each language, dark, and a tablet.

    Of a kiosk: a tablet both ways up, dark, and a phone.
    """
    if STATES[state].tablet:
        return [
            Picture(state, "en", LONG_SIDE, height=SHORT_SIDE),
            Picture(state, "zh-Hans", LONG_SIDE, dark=True, height=SHORT_SIDE),
            Picture(state, "zh-Hant", SHORT_SIDE, height=LONG_SIDE),
            Picture(state, "zh-Hans", PHONE),
        ]
    return [
        *[Picture(state, language, PHONE) for language in LANGUAGES],
        Picture(state, "zh-Hans", PHONE, dark=True),
        Picture(state, "en", TABLET),
    ]


def main(selection: list[str]) -> int:
    """Draw the states asked for, all where none is; return the exit code."""
    unknown = set(selection) - set(STATES)
    if unknown:
        print(f"{__doc__}\nThere is no state {', '.join(sorted(unknown))}. There are:")
        print("  " + ", ".join(STATES))
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    demo = ROOT / "var" / "demo"
    with (demo / "people.csv").open(encoding="utf-8", newline="") as rows:
        people = Demo(list(csv.DictReader(rows)))
    with (
        tempfile.TemporaryDirectory() as folder,
        DemoServices(ROOT, Path(folder)) as services,
        browser(*still_camera(Path(folder))) as chromium,
    ):
        for state in selection or STATES:
            for picture in pictures(state):
                show = partial(STATES[state].show, services, people, picture.language)
                draw(chromium, picture, FOLDER, show, scripts=STATES[state].scripts)
            print(f"screenshots: {state}")
    selected = {picture.file for state in STATES for picture in pictures(state)}
    for file in FOLDER.glob("*.webp"):
        if file.name not in selected:
            file.unlink()
    text = document({name: state.words for name, state in STATES.items()}, pictures)
    (ROOT / "docs" / "screenshots.md").write_text(text, encoding="utf-8")
    kilobytes = sum(file.stat().st_size for file in FOLDER.glob("*.webp")) // 1000
    print(f"screenshots: {len(list(FOLDER.glob('*.webp')))} pictures, {kilobytes} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
