"""Draws the items of a poster as PDF, PNG (300 dpi) or SVG."""

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import qrcode
from PIL import Image, ImageDraw

from app.posters.fonts import poster_font
from app.posters.layout import (
    PAGE_HEIGHT_MM,
    PAGE_WIDTH_MM,
    PAPER,
    Box,
    Item,
    QrBox,
    TextLine,
)

DOTS_PER_INCH = 300
DOTS_PER_MM = DOTS_PER_INCH / 25.4
QUIET_MODULES = 4
SVG_FONTS = "'PingFang {face}','Noto Sans CJK {face}','Microsoft YaHei',system-ui,sans-serif"
FORMATS = (".pdf", ".png", ".svg")


def draw(items: Sequence[Item], file: Path) -> None:
    """Write the poster; the file's suffix, one of FORMATS, names the format."""
    if file.suffix == ".svg":
        file.write_text(svg(items), encoding="utf-8")
        return
    page = pixels(items)
    dpi = (DOTS_PER_INCH, DOTS_PER_INCH)
    if file.suffix == ".pdf":
        page.save(file, "PDF", resolution=DOTS_PER_INCH, title="Contact Gauge")
    else:
        page.save(file, "PNG", dpi=dpi)


def qr_modules(text: str) -> list[list[bool]]:
    """Return the QR code's modules with its quiet zone; a quarter of it may be damaged."""
    code = qrcode.QRCode(border=QUIET_MODULES, error_correction=qrcode.ERROR_CORRECT_Q)
    code.add_data(text)
    return [[bool(dark) for dark in row] for row in code.get_matrix()]


def pixels(items: Sequence[Item]) -> Image.Image:
    """Return the poster as an A4 picture."""
    page = Image.new("RGB", (_dots(PAGE_WIDTH_MM), _dots(PAGE_HEIGHT_MM)), PAPER)
    pen = ImageDraw.Draw(page)
    for item in items:
        if isinstance(item, Box):
            corner = (_dots(item.x + item.width), _dots(item.y + item.height))
            pen.rectangle((_dots(item.x), _dots(item.y), *corner), fill=item.colour)
        elif isinstance(item, QrBox):
            _paste_qr(page, item)
        else:
            font = poster_font(item.language, _dots(item.size), bold=item.bold)
            anchor = "ms" if item.centred else "ls"
            place = (_dots(item.x), _dots(item.y))
            pen.text(place, item.text, fill=item.colour, font=font, anchor=anchor)
    return page


def _paste_qr(page: Image.Image, place: QrBox) -> None:
    rows = qr_modules(place.url)
    picture = Image.new("1", (len(rows), len(rows)), 1)
    picture.putdata([0 if dark else 1 for row in rows for dark in row])
    side = _dots(place.side) // len(rows) * len(rows)  # whole dots a module: sharp edges
    sharp = picture.resize((side, side), Image.Resampling.NEAREST)
    spare = (_dots(place.side) - side) // 2
    page.paste(sharp, (_dots(place.x) + spare, _dots(place.y) + spare))


def svg(items: Sequence[Item]) -> str:
    """Return the poster as SVG, in millimetres."""
    elements = "\n".join(map(_svg_item, items))
    size = f'width="{PAGE_WIDTH_MM}mm" height="{PAGE_HEIGHT_MM}mm"'
    view = f'viewBox="0 0 {PAGE_WIDTH_MM} {PAGE_HEIGHT_MM}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {view}>\n'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>\n{elements}\n</svg>\n'
    )


def _svg_item(item: Item) -> str:
    if isinstance(item, Box):
        return (
            f'<rect x="{item.x:.2f}" y="{item.y:.2f}" width="{item.width:.2f}" '
            f'height="{item.height:.2f}" fill="{item.colour}"/>'
        )
    if isinstance(item, TextLine):
        fonts = SVG_FONTS.format(face="TC" if item.language == "zh-Hant" else "SC")
        return (
            f'<text x="{item.x:.2f}" y="{item.y:.2f}" font-size="{item.size:.2f}" '
            f"font-family={quoteattr(fonts)} xml:lang={quoteattr(item.language)} "
            f'font-weight="{700 if item.bold else 400}" fill="{item.colour}" '
            f'text-anchor="{"middle" if item.centred else "start"}">{escape(item.text)}</text>'
        )
    rows = qr_modules(item.url)
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    scale = item.side / len(rows)
    return (
        f'<path transform="translate({item.x:.2f} {item.y:.2f}) scale({scale:.4f})" '
        f'shape-rendering="crispEdges" fill="#000000" d="{path}"/>'
    )


def _dots(millimetres: float) -> int:
    return round(millimetres * DOTS_PER_MM)
