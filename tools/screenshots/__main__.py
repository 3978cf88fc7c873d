"""Draw pages and states again: all where none is named.

Needs Chromium. Writes docs/screenshots/*.webp and the page docs/screenshots.md that shows them. The
people are those of the demo, invented; the trips are published ones of 2020. Exit code 1 where a
state could not be drawn: the others are drawn nevertheless.
"""

import argparse
import csv
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tools.chromium import browser
from tools.screenshots.cameras import still_camera
from tools.screenshots.demo_services import DemoServices
from tools.screenshots.page_actions import Demo
from tools.screenshots.pictures import Picture, document, draw
from tools.screenshots.runs import LANGUAGES, draw_states, pictures_of, report_failures
from tools.screenshots.states import STATES

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "docs" / "screenshots"
PAGE = ROOT / "docs" / "screenshots.md"


def main(arguments: Sequence[str]) -> int:
    """Draw the states and languages asked for, all where none is; return the exit code."""
    chosen = _parser().parse_args(arguments)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (ROOT / "var" / "demo" / "people.csv").open(encoding="utf-8", newline="") as rows:
        people = Demo(list(csv.DictReader(rows)))
    with (
        tempfile.TemporaryDirectory() as folder,
        DemoServices(ROOT, Path(folder)) as services,
        browser(*still_camera(Path(folder))) as chromium,
    ):

        def draw_picture(picture: Picture) -> None:
            state = STATES[picture.state]
            show = partial(state.show, services, people, picture.language)
            draw(chromium, picture, FOLDER, show, scripts=state.scripts)

        failures = draw_states(chosen.states or STATES, chosen.languages or LANGUAGES, draw_picture)
    _remove_unnamed()
    text = document({name: state.words for name, state in STATES.items()}, pictures_of)
    PAGE.write_text(text, encoding="utf-8")
    kilobytes = sum(file.stat().st_size for file in FOLDER.glob("*.webp")) // 1000
    print(f"screenshots: {len(list(FOLDER.glob('*.webp')))} pictures, {kilobytes} kB")
    return report_failures(failures)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.screenshots",
        description=__doc__,
        epilog="States: " + " ".join(STATES),
    )
    parser.add_argument(
        "states", nargs="*", metavar="STATE", type=_state, help="as files are named"
    )
    parser.add_argument("--languages", nargs="+", metavar="TAG", choices=LANGUAGES)
    return parser


def _state(name: str) -> str:
    if name not in STATES:
        message = f"there is no state {name}; there are: {' '.join(STATES)}"
        raise argparse.ArgumentTypeError(message)
    return name


def _remove_unnamed() -> None:
    """Remove pictures of states that are no more."""
    named = {picture.file for state in STATES for picture in pictures_of(state)}
    for file in FOLDER.glob("*.webp"):
        if file.name not in named:
            file.unlink()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
