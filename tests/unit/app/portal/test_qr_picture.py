import re

import pytest
import qrcode

from app.portal.qr_picture import QUIET_MODULES, qr_path

ADDRESS = "https://gauge.example.org/"


def modules_of(path):
    """Return every dark module of a path of rectangles, (x, y)."""
    rectangles = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path)
    assert path == "".join(f"M{x} {y}h{width}v1h-{width}z" for x, y, width in rectangles)
    return [(int(x) + step, int(y)) for x, y, width in rectangles for step in range(int(width))]


@pytest.mark.parametrize("text", [ADDRESS, "A", "字" * 90])
def test_every_dark_module_is_drawn_once(text):
    code = qrcode.QRCode(border=QUIET_MODULES, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(text)
    rows = code.get_matrix()
    width, path = qr_path(text)
    dark = [(x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module]
    assert (len(rows), dark) == (width, modules_of(path))


def test_the_code_of_an_address_takes_little_of_a_page():
    assert len(qr_path(ADDRESS)[1]) < 3_000
