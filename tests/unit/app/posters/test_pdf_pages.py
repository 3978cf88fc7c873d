import re
import zlib

import pytest
from PIL import Image

from app.posters.pdf_pages import pdf_of_pages

PAGES = [Image.new("1", (30, 40), colour) for colour in (0, 1, 0)]


def pictures_of(pdf: bytes) -> list[Image.Image]:
    """The pictures of a PDF that pdf_of_pages wrote, page by page."""
    head = re.compile(rb"/Width (\d+)/Height (\d+).*?/Length (\d+)>>\nstream\n", re.DOTALL)
    found = []
    for match in head.finditer(pdf):
        width, height, length = map(int, match.groups())
        data = zlib.decompress(pdf[match.end() : match.end() + length])
        found.append(Image.frombytes("1", (width, height), data))
    return found


def test_each_picture_is_a_page():
    pdf = pdf_of_pages(PAGES, 300)
    assert [page.tobytes() for page in PAGES] == [page.tobytes() for page in pictures_of(pdf)]
    assert b"/Count 3" in pdf


def test_a_page_has_the_size_of_its_picture():
    assert b"/MediaBox [0 0 7.20 9.60]" in pdf_of_pages(PAGES[:1], 300)


def test_every_object_stands_where_the_table_says():
    pdf = pdf_of_pages(PAGES, 300)
    start = int(pdf.rstrip().rsplit(b"\n", 2)[1])
    assert pdf[start:].startswith(b"xref\n0 12\n")
    places = [int(line[:10]) for line in pdf[start:].splitlines()[3:14]]
    assert [b"%d 0 obj" % number for number in range(1, 12)] == [
        pdf[place : place + len(b"%d 0 obj" % number)] for number, place in enumerate(places, 1)
    ]


@pytest.mark.parametrize("width", [1, 7, 8, 9])
def test_a_row_of_any_width_is_kept(width):
    page = Image.new("1", (width, 3), 1)
    page.putpixel((width - 1, 2), 0)
    (found,) = pictures_of(pdf_of_pages([page], 72))
    assert page.tobytes() == found.tobytes()
