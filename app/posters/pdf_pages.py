"""Writes pages of black and white pixels as one PDF, a page at a time: hundreds fit in memory.

Pillow writes several pages too, but holds all of them, and compresses them so that edges blur.
Source: ISO 32000-1, 7.5 (file structure) and 8.9.5 (images).
"""

import zlib
from collections.abc import Iterable

from PIL import Image

POINTS_PER_INCH = 72
_HEADER = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
_CATALOG, _PAGES, _FIRST_PAGE = 1, 2, 3
_OBJECTS_A_PAGE = 3


def pdf_of_pages(pages: Iterable[Image.Image], dots_per_inch: int) -> bytes:
    """Return a PDF of pictures of mode "1", each on a page of its size."""
    out = bytearray(_HEADER)
    places: dict[int, int] = {}

    def write(number: int, body: bytes) -> None:
        places[number] = len(out)
        out.extend(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    count = 0
    for count, page in enumerate(pages, 1):
        number = _FIRST_PAGE + _OBJECTS_A_PAGE * (count - 1)
        width, height = (side * POINTS_PER_INCH / dots_per_inch for side in page.size)
        box = b"[0 0 %.2f %.2f]" % (width, height)
        drawn = b"q %.2f 0 0 %.2f 0 0 cm /I Do Q" % (width, height)
        image, content = number + 1, number + 2
        resources = b"<</XObject<</I %d 0 R>>>>" % image
        write(
            number,
            b"<</Type/Page/Parent %d 0 R/MediaBox %b/Resources %b/Contents %d 0 R>>"
            % (_PAGES, box, resources, content),
        )
        write(image, _image(page))
        write(content, _stream(b"", drawn))
    kids = b" ".join(b"%d 0 R" % (_FIRST_PAGE + _OBJECTS_A_PAGE * at) for at in range(count))
    write(_PAGES, b"<</Type/Pages/Count %d/Kids[%b]>>" % (count, kids))
    write(_CATALOG, b"<</Type/Catalog/Pages %d 0 R>>" % _PAGES)
    table = len(out)
    out.extend(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    out.extend(b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(places)))
    trailer = b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    out.extend(trailer % (len(places) + 1, _CATALOG, table))
    return bytes(out)


def _image(page: Image.Image) -> bytes:
    kind = (
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray"
        b"/BitsPerComponent 1/Filter/FlateDecode" % page.size
    )
    return _stream(kind, zlib.compress(page.tobytes()))


def _stream(entries: bytes, data: bytes) -> bytes:
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)
