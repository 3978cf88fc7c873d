"""Finds the system font that posters are set in: one that holds Han."""

import subprocess
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from exposure_index.errors import ExitCode, ForeseenError

KNOWN_FILES = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-{weight}.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-{weight}.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-{weight}.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "/Library/Fonts/Arial Unicode.ttf",
    "C:/Windows/Fonts/msyh.ttc",
)
FACES_MAX = 10
# fontconfig's words for the scripts, and how the faces of a collection name them
LANGUAGE_OF_FONT = {
    "zh-Hans": ("zh-cn", "SC"),
    "zh-Hant": ("zh-tw", "TC"),
    "ja": ("ja", "JP"),
    "ko": ("ko", "KR"),
}
INSTALL_HINT = (
    "no font with Chinese characters was found on this machine; install one "
    "(Debian, Ubuntu: apt install fonts-noto-cjk) and run the command again"
)


class FontMissing(ForeseenError):
    """No font for Han is installed; the message says how to get one."""

    exit_code = ExitCode.UNAVAILABLE


@lru_cache
def poster_font(language: str, size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Return a font of ``size`` pixels for a language (BCP 47). Raises FontMissing."""
    weight = "Bold" if bold else "Regular"
    script, face = LANGUAGE_OF_FONT.get(language, ("zh-cn", "SC"))
    candidates = [Path(pattern.format(weight=weight)) for pattern in KNOWN_FILES]
    for file in (*candidates, *_by_fontconfig(script, weight)):
        if file.is_file():
            return _face(file, size, face)
    raise FontMissing(INSTALL_HINT)


def _face(file: Path, size: int, face: str) -> ImageFont.FreeTypeFont:
    """Return the face of a collection for the script, else its first."""
    for index in range(FACES_MAX if file.suffix == ".ttc" else 0):
        try:
            font = ImageFont.truetype(str(file), size, index=index)
        except OSError:
            break
        if str(font.getname()[0]).split()[-1] == face:
            return font
    return ImageFont.truetype(str(file), size)


def _by_fontconfig(script: str, weight: str) -> list[Path]:
    """Return the file that fontconfig names, if it covers the script."""
    pattern = f":lang={script}:weight={'bold' if weight == 'Bold' else 'regular'}"
    try:
        answer = subprocess.run(  # noqa: S603
            ["fc-match", "--format=%{file}\n%{lang}", pattern],  # noqa: S607 - wherever it is
            capture_output=True,
            check=True,
            timeout=10,
            text=True,
        ).stdout.split("\n", 1)
    except (OSError, subprocess.SubprocessError):
        return []
    return [Path(answer[0])] if len(answer) == 2 and script in answer[1] else []
