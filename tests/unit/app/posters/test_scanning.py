"""QR codes are read back as a phone would read them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from app.posters.qr_codes import QrCodes
from app.posters.terminal_qr import terminal_qr
from exposure_index.crypto.keys import KeyRing

GAUGE = Path(sys.executable).parent / "gauge"
MODULE_PIXELS = 4
HALF_BLOCKS = {" ": (0, 0), "\xa0": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}


def scanned(picture):
    return [code.text for code in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_a_printed_poster_leads_to_the_service(published, translations, tmp_path, lang):
    out = tmp_path / "poster.png"
    where = ("--url", "https://check.example.org", "--out", out, "--lang", lang)
    subprocess.run(
        [GAUGE, "poster", *where, "--channel", "airport", "--issuer", "示例机场"],
        env={"GAUGE_KEYS_DIR": str(published.web_keys), "PATH": "/usr/bin:/bin"},
        check=True,
        capture_output=True,
    )
    with Image.open(out) as picture:
        (address,) = scanned(picture.convert("L").resize((827, 1170)))
    site, code = address.split("/q/")
    codes = QrCodes(KeyRing.from_directory(published.web_keys, {}).bytes("qr"))
    assert ("https://check.example.org", "airport") == (site, codes.verify(code).channel)


def test_the_code_in_the_terminal_is_read_light_on_dark(tmp_path):
    address = "http://192.0.2.7:8000/q/Abc-123_def"
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in terminal_qr(address).splitlines()]
    picture = Image.new("L", (max(map(len, lines)), 2 * len(lines)))
    for row, line in enumerate(lines):
        for column, character in enumerate(line):
            for half, light in enumerate(HALF_BLOCKS[character]):
                picture.putpixel((column, 2 * row + half), 255 * light)
    size = (picture.width * MODULE_PIXELS, picture.height * MODULE_PIXELS)
    assert [address] == scanned(picture.resize(size, Image.Resampling.NEAREST))


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_a_poster_of_trips_leads_to_the_form_of_trips(client, published, tmp_path, lang):
    out = tmp_path / "poster.png"
    where = ("--trips", "--url", "https://check.example.org", "--out", out, "--lang", lang)
    subprocess.run(
        [GAUGE, "poster", *where, "--channel", "station", "--issuer", "示例车站"],
        env={"GAUGE_KEYS_DIR": str(published.web_keys), "PATH": "/usr/bin:/bin"},
        check=True,
        capture_output=True,
    )
    with Image.open(out) as picture:
        (address,) = scanned(picture.convert("L").resize((827, 1170)))
    led = client.get(address.removeprefix("https://check.example.org"))
    assert (303, "/trips") == (led.status_code, led.location)


def test_a_forged_code_leads_to_no_form_of_trips(client):
    assert 404 == client.get("/q/AQ/trips").status_code
