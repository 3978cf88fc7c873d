"""No page says safe, clear, normal, 安全, 正常, and none is red or green."""

import colorsys
import re

import pytest

from app.languages import TRANSLATIONS
from app.web.assets import BUNDLE, asset_names

APP = TRANSLATIONS.parent
FORBIDDEN = re.compile(
    r"\b(safe|safely|safety|clear|cleared|normal|healthy|green|red)\b"
    r"|安全|正常|健康(?!管理[员員]|数据|資料)|放心|无风险"  # not: health officer, health data
    r"|安心|大丈夫|無事|안전|정상|건강(?!관리)|안심|괜찮",
    re.IGNORECASE,
)
TEXTS = [*(APP / "templates").rglob("*.html"), *TRANSLATIONS.rglob("*.po")]
SATURATION_OF_GREY = 0.12


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.name + "-" + file.parts[-3])
def test_no_text_promises_anything(file):
    text = re.sub(r"\| safe\b", "", file.read_text("utf-8"))  # Jinja's word, which nobody reads
    assert [] == [found.group() for found in FORBIDDEN.finditer(text)]


@pytest.mark.parametrize("words", ["您身体健康", "健康状态", "健康，可以进入", "身體健康。"])
def test_nobody_is_called_healthy(words):
    assert "健康" == FORBIDDEN.search(words)[0]


def colours_of(text: str):
    for digits in re.findall(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b", text):
        full = digits if len(digits) == 6 else "".join(2 * digit for digit in digits[:3])
        yield tuple(int(full[place : place + 2], 16) / 255 for place in (0, 2, 4))
    for numbers in re.findall(r"rgba?\(([^)]*)\)", text):
        parts = re.findall(r"[\d.]+", numbers)
        if len(parts) >= 3:
            yield tuple(float(part) / 255 for part in parts[:3])


def test_no_style_is_red_or_green():
    written = [name for name in asset_names().values() if name.endswith((".css", ".js", ".svg"))]
    for name in written:
        text = (BUNDLE / name).read_text("utf-8")
        named = re.findall(r"[:\s](red|green|lime|crimson|tomato)\b[;}\s]", text)
        assert [] == named
        for colour in colours_of(text):
            hue, _, saturation = colorsys.rgb_to_hls(*colour)
            degrees = hue * 360
            if saturation > SATURATION_OF_GREY and max(colour) - min(colour) > 0.05:
                assert 25 <= degrees <= 60 or 180 <= degrees <= 290, colour
