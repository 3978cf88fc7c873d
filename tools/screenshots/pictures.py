"""One picture: a page of a width, language and colour scheme, small enough for a repository."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

HEIGHT = 844
HEIGHT_MAX = 2_400  # of a picture; a longer page is cut
SCALE = 0.56  # of CSS pixels: still legible, and a repository keeps every version of every picture
QUALITY = 22
SHOWN_WIDTH = 250  # of a phone's picture, in docs/screenshots.md


@dataclass(frozen=True)
class Picture:
    """Which state, in which language (BCP 47), how wide and high in CSS pixels, light or dark."""

    state: str
    language: str
    width: int
    dark: bool = False
    height: int = HEIGHT

    @property
    def file(self) -> str:
        """The name of its file."""
        scheme = "-dark" if self.dark else ""
        return f"{self.state}-{self.language}-{self.width}{scheme}.webp"

    @property
    def words(self) -> str:
        """What tells it from other pictures of the state."""
        return f"{self.language}, {self.width} pixels" + (", dark" if self.dark else "")


def draw(
    chromium: Browser,
    picture: Picture,
    folder: Path,
    show: Callable[[Page], None],
    *,
    scripts: bool = False,
) -> None:
    """Write one picture of what ``show`` leads a page to; scripts: with JavaScript."""
    with chromium.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.dark else "light",
        reduced_motion="reduce",
        java_script_enabled=scripts,
    ) as context:
        page = context.new_page()
        show(page)
        height = min(HEIGHT_MAX, int(page.evaluate("document.documentElement.scrollHeight")))
        clip = {"x": 0.0, "y": 0.0, "width": float(picture.width), "height": float(height)}
        raw = page.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type]  # a TypedDict
    image = Image.open(io.BytesIO(raw)).convert("RGB")
    image = image.resize((round(image.width * SCALE), round(image.height * SCALE)))
    image.save(folder / picture.file, "WEBP", quality=QUALITY, method=6)


def document(states: Mapping[str, str], pictures: Callable[[str], Sequence[Picture]]) -> str:
    """Return docs/screenshots.md: every state with its words and pictures."""
    lines = [
        "# Screenshots",
        "",
        "Drawn by `make screenshots` from the demo: invented people, published trips of 2020.",
        'Only some: `make screenshots STATES="form close" LANGUAGES=en`, as the files are named.',
        "",
    ]
    for state, words in states.items():
        image = "\n".join(
            f'<img src="screenshots/{picture.file}" width="{SHOWN_WIDTH}" '
            f'alt="{words}: {picture.words}">'
            for picture in pictures(state)
        )
        lines += [f"## {words}", "", image, ""]
    return "\n".join(lines)
