"""The drawing of the zone: for whoever is listed, in every scheme, of the same bytes for all."""

import io

import pytest
from PIL import Image

DRAWN = """() => [...document.querySelectorAll('.gauge-zone use')].map((use) => {
  const box = use.getBBox();
  return [use.href.baseVal, box.width > 20 && box.height > 20];
})"""
STEP = 1 / 320  # of the drawing's width, which is 320 of its own units


def drawing(page):
    """Return the first drawing as a browser paints it, in greys."""
    painted = page.locator(".gauge-zone__drawing").first.screenshot()
    return Image.open(io.BytesIO(painted)).convert("L")


def grey_at(picture, x, y):
    """Return how light a place is, given in units of the drawing."""
    return picture.getpixel((int(x * STEP * picture.width), int(y * STEP * picture.width)))


def shades(picture, left, right, y):
    return {grey_at(picture, x / 2, y) for x in range(2 * left, 2 * right)}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_row_of_the_case_and_those_near_it_are_marked(page_of, show, scheme):
    page = page_of(scheme=scheme)
    show(page, "close", "en")
    parts = page.evaluate(DRAWN)
    assert parts
    assert all(painted for _, painted in parts)
    assert all(name.startswith("#zone-") for name, _ in parts)
    assert page.is_visible(".gauge-zone__place")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("mark", ["rows-3", "rows-2", "row", "near", "anywhere", "all"])
def test_stripes_are_seen_beside_what_is_not_marked(page_of, show, scheme, mark):
    page = page_of(scheme=scheme)
    show(page, "close", "en")
    page.evaluate(
        """(mark) => {
          const [vehicle, marking] = document.querySelectorAll('.gauge-zone use');
          vehicle.href.baseVal = '#zone-aircraft';
          marking.href.baseVal = `#zone-${mark}`;
        }""",
        mark,
    )
    picture = drawing(page)
    aisle = 48
    edges = {"rows-3": 77, "rows-2": 101, "row": 149, "near": 77, "anywhere": 14, "all": 14}
    striped = shades(picture, edges[mark] + 4, edges[mark] + 20, aisle)
    assert max(striped) - min(striped) > 40
    paper = shades(picture, 50, 70, aisle) if edges[mark] > 70 else None
    if paper:
        assert max(paper) - min(paper) < 10
    middle = grey_at(picture, 160, aisle)
    page_is_light = grey_at(picture, 310, 2) > 128
    if mark.startswith(("rows", "near")):
        assert page_is_light == (middle < 90)


def test_whoever_is_not_listed_sees_no_drawing_and_has_its_parts(page_of, show):
    parts = []
    for who in ("close", "unlisted"):
        page = page_of()
        show(page, who, "en")
        assert (who == "close") == (page.locator(".gauge-zone").count() > 0)
        parts.append(page.inner_html(".gauge-zone-parts"))
        assert page.locator(".gauge-zone-parts").bounding_box()["height"] == 0
    assert parts[0] == parts[1]


def test_a_drawing_is_read_out_as_what_it_shows(page_of, show):
    page = page_of()
    show(page, "close", "en")
    picture = page.get_by_role("img", name="from above").first
    assert picture.is_visible()
    assert "Striped" in page.inner_text(".gauge-zone figcaption >> nth=0")


def test_drawings_are_printed(page_of, show):
    page = page_of()
    show(page, "close", "en")
    page.emulate_media(media="print")
    assert page.is_visible(".gauge-zone__drawing >> nth=0")
