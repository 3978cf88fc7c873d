import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from app.posters import fonts
from app.posters.layout import (
    MARGIN_MM,
    PAGE_HEIGHT_MM,
    PAGE_WIDTH_MM,
    PosterFacts,
    QrBox,
    Style,
    TextLine,
    break_lines,
    poster_items,
)
from app.posters.qr_codes import QrCodes
from app.posters.terminal_qr import terminal_qr
from exposure_index.crypto.keys import KeyRing

GAUGE = Path(sys.executable).parent / "gauge"
URL = "https://check.example.org"


@pytest.fixture
def gauge(published, translations, monkeypatch, tmp_path):
    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        base = {"GAUGE_KEYS_DIR": str(published.web_keys), "PATH": "/usr/bin:/bin"}
        return subprocess.run(
            [GAUGE, "poster", "--channel", "airport", "--issuer", "示例机场", *arguments],
            env={**base, **environment},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.mark.parametrize(
    ("suffix", "lang"), [("pdf", "zh-Hant"), ("svg", "zh-Hans"), ("svg", "zh-Hant"), ("svg", "en")]
)
def test_a_poster_is_written_in_each_language_and_format(gauge, tmp_path, suffix, lang):
    out = tmp_path / f"poster.{suffix}"
    done = gauge("--url", URL, "--out", str(out), "--lang", lang)
    assert (0, "") == (done.returncode, done.stderr)
    head = {"pdf": b"%PDF", "svg": b"<svg"}[suffix]
    assert out.read_bytes().startswith(head)


def test_its_code_is_genuine(gauge, published, tmp_path):
    done = gauge("--url", URL, "--out", "p.svg")
    code = done.stdout.strip().rpartition("/q/")[2]
    codes = QrCodes(KeyRing.from_directory(published.web_keys, {}).bytes("qr"))
    assert ("airport", "示例机场") == (codes.verify(code).channel, codes.verify(code).issuer)


def test_a_png_is_a4_at_300_dots_per_inch(gauge, tmp_path):
    gauge("--url", URL, "--out", "p.png")
    with Image.open(tmp_path / "p.png") as picture:
        assert (2480, 3508) == picture.size
        assert 300 == round(picture.info["dpi"][0])


def test_a_file_is_not_written_over_without_force(gauge, tmp_path):
    out = tmp_path / "p.svg"
    out.write_text("mine")
    assert 2 == gauge("--url", URL, "--out", str(out)).returncode
    assert "mine" == out.read_text()
    assert 0 == gauge("--url", URL, "--out", str(out), "--force").returncode


@pytest.mark.parametrize(
    "arguments",
    [
        ("--out", "p.svg"),
        ("--url", "not an address", "--out", "p.svg"),
        ("--url", URL, "--out", "p.gif"),
        ("--url", URL, "--out", "nowhere/p.svg"),
        ("--url", URL, "--out", "p.svg", "--channel", "x" * 41),
        ("--url", URL, "--out", "p.svg", "--lang", "tlh"),
    ],
)
def test_wrong_use_ends_with_2_and_a_message(gauge, arguments):
    done = gauge(*arguments)
    assert 2 == done.returncode
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_without_the_key_no_poster_is_made(gauge, tmp_path):
    done = gauge("--url", URL, "--out", "p.svg", GAUGE_KEYS_DIR=str(tmp_path))
    assert (11, True) == (done.returncode, "key qr is missing" in done.stderr)


def test_without_a_font_for_han_the_way_out_is_told(monkeypatch, translations):
    monkeypatch.setattr(fonts, "KNOWN_FILES", ())
    monkeypatch.setenv("PATH", "")
    fonts.poster_font.cache_clear()
    with pytest.raises(fonts.FontMissing, match="fonts-noto-cjk"):
        fonts.poster_font("zh-Hans", 40)


FACTS = PosterFacts(
    url=f"{URL}/q/{'A' * 60}",
    address=URL,
    authority="示例市疾病预防控制中心",
    hotline="12320",
    languages=("zh-Hans", "en"),
)


def test_everything_stands_on_the_page_and_nothing_overlaps_the_code(translations):
    items = poster_items(FACTS)
    [qr] = [item for item in items if isinstance(item, QrBox)]
    lines = [item for item in items if isinstance(item, TextLine)]
    assert all(0 < line.y < PAGE_HEIGHT_MM - 5 for line in lines)
    assert not [line for line in lines if qr.y < line.y - line.size and line.y < qr.y + qr.side]
    text = " ".join(line.text for line in lines)
    for words in (URL, "12320", "示例市疾病预防控制中心", "Did you share a trip"):
        assert words in text


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_lines_are_broken_within_the_width_and_lose_nothing(language):
    text = "扫码后请看浏览器顶部的网址，应与海报上的一致。 Look at the address, it must be equal."
    style = Style(8.0)
    lines = break_lines(text, language, style, PAGE_WIDTH_MM - 2 * MARGIN_MM)
    assert len(lines) > 1
    assert re.sub(r"\s", "", text) == re.sub(r"\s", "", "".join(lines))
    assert not [line for line in lines if line[0] in "，。,."]


@pytest.mark.parametrize("width", [30.0, 1.0])
def test_words_that_have_a_line_each_stay_so(width):
    assert ["Bruno", "Costa"] == break_lines("Bruno Costa", "zh-Hans", Style(7.0, bold=True), width)


def test_the_terminal_shows_a_square_with_a_quiet_edge():
    lines = terminal_qr(URL).splitlines()
    bare = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in lines]
    assert 1 == len({len(line) for line in bare})
    assert abs(len(bare[0]) - 2 * len(bare)) <= 1


@pytest.mark.parametrize(
    "url",
    ["https://contact-check.health.guangdong.gov.cn", "https://" + "a" * 40 + ".example.org"],
)
def test_a_long_address_is_written_whole(gauge, tmp_path, url):
    assert 0 == gauge("--url", url, "--out", "p.svg").returncode
    sizes = [
        item
        for item in poster_items(
            PosterFacts(f"{url}/q/x", url.removeprefix("https://"), "", "", ("en",))
        )
        if isinstance(item, TextLine) and item.text == url.removeprefix("https://")
    ]
    assert 1 == len(sizes)


@pytest.mark.parametrize(
    "arguments", [["--url", "https://" + "a" * 180 + ".example.org"]], ids=["address"]
)
def test_what_does_not_fit_is_refused_and_not_cut(gauge, tmp_path, arguments):
    done = gauge(*arguments, "--out", "p.svg")
    assert 2 == done.returncode
    assert "shorter" in done.stderr
    assert not (tmp_path / "p.svg").exists()


def test_a_page_that_overflows_is_refused(gauge, tmp_path):
    done = gauge("--url", URL, "--out", "p.svg", GAUGE_AUTHORITY_NAME="卫生健康委员会" * 60)
    assert 2 == done.returncode
    assert "shorten" in done.stderr
