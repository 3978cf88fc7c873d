"""One run over chosen states: which pictures it draws, and what stopped a state that is broken."""

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from traceback import extract_tb

from tools.screenshots.pictures import Picture
from tools.screenshots.states import STATES

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
PHONE, TABLET = 390, 820
LONG_SIDE, SHORT_SIDE = 1280, 800  # of a tablet at a door


def pictures_of(state: str) -> list[Picture]:
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


def draw_states(
    states: Iterable[str], languages: Collection[str], draw: Callable[[Picture], None]
) -> dict[str, Exception]:
    """Draw the pictures of states in some languages; return what stopped each that is broken.

    A broken state stops no other: its further pictures are left as they were.
    """
    failures: dict[str, Exception] = {}
    for state in states:
        try:
            for picture in pictures_of(state):
                if picture.language in languages:
                    draw(picture)
        except Exception as failure:
            failures[state] = failure
        print(f"screenshots: {state}" + (" FAILED" if state in failures else ""), flush=True)
    return failures


def report_failures(failures: Mapping[str, Exception]) -> int:
    """Print which states could not be drawn, and why; return the exit code."""
    for state, failure in failures.items():
        first_line = str(failure).partition("\n")[0]
        place = _place(failure)
        print(f"screenshots: not drawn: {state}: {type(failure).__name__}{place}: {first_line}")
    return 1 if failures else 0


def _place(failure: Exception) -> str:
    """Return where in these states something was waited for in vain, empty where it was nowhere."""
    frames = [
        frame
        for frame in extract_tb(failure.__traceback__)
        if Path(frame.filename).parent == Path(__file__).parent
    ]
    return f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
