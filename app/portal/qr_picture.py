"""A QR code as the path of an SVG, drawn within a page: no file, no other address."""

from collections.abc import Iterator
from itertools import groupby

import qrcode

QUIET_MODULES = 4


def qr_path(text: str) -> tuple[int, str]:
    """Return the code's width in modules, quiet zone included, and its dark modules as a path.

    Dark modules side by side are one rectangle: a third of the bytes.
    """
    code = qrcode.QRCode(border=QUIET_MODULES, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(text)
    rows = code.get_matrix()
    dark = (
        f"M{x} {y}h{width}v1h-{width}z" for y, row in enumerate(rows) for x, width in _runs(row)
    )
    return len(rows), "".join(dark)


def _runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield where each run of dark modules begins, and how many they are."""
    x = 0
    for is_dark, modules in groupby(row):
        width = len(list(modules))
        if is_dark:
            yield x, width
        x += width
