"""Sheets of badges: ten cards of 85.6 × 54 mm on A4, with marks to cut by, as PDF.

A card has the size of a bank card (ISO/IEC 7810, ID-1). Black on white: any printer prints it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from PIL import Image

from app.posters.drawing import DOTS_PER_INCH, pixels
from app.posters.fonts import poster_font
from app.posters.layout import (
    LINE_HEIGHT,
    MEASURE_PIXELS_PER_MM,
    PAGE_HEIGHT_MM,
    PAGE_WIDTH_MM,
    Box,
    Item,
    QrBox,
    Style,
    TextLine,
    break_lines,
)
from app.posters.pdf_pages import pdf_of_pages

CARD_WIDTH_MM, CARD_HEIGHT_MM = 85.6, 54.0
COLUMNS, ROWS = 2, 5
CARDS_A_PAGE = COLUMNS * ROWS
LEFT_MM = (PAGE_WIDTH_MM - COLUMNS * CARD_WIDTH_MM) / 2
TOP_MM = (PAGE_HEIGHT_MM - ROWS * CARD_HEIGHT_MM) / 2
MARK_MM = 4.0
MARK_GAP_MM = 1.5
HAIRLINE_MM = 0.1
INSET_MM = 3.5
QR_MM = 41.0
FOOT_MM = 3.6
GREY_LEVEL = 128
BLACK = "#000000"
SMALLER = 0.94
CODE_TOP_MM = 1.5
PARAGRAPH_GAP_MM = 1.6
SMALLEST_NAME_MM, SMALLEST_MM = 2.6, 1.8


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on one card; text: of its QR code; note: what the card is, and what it is not."""

    text: str
    name: str
    department: str
    organisation: str
    note: str


def badge_sheets(cards: Sequence[Card], language: str) -> bytes:
    """Return the PDF of all cards, ten a page. language: BCP 47. Raises FontMissing."""
    return pdf_of_pages(_pages(cards, language), DOTS_PER_INCH)


def draw_page(cards: Sequence[Card], language: str) -> Image.Image:
    """Return one page of up to ten cards, pixels black or white. Raises FontMissing."""
    items: list[Item] = list(_cut_marks())
    for place, card in enumerate(cards):
        row, column = divmod(place, COLUMNS)
        left = LEFT_MM + column * CARD_WIDTH_MM
        items += _card_items(card, language, left, TOP_MM + row * CARD_HEIGHT_MM)
    grey = pixels(items).convert("L")
    return grey.point(lambda level: 255 if level >= GREY_LEVEL else 0).convert("1")


def _pages(cards: Sequence[Card], language: str) -> Iterator[Image.Image]:
    for first in range(0, len(cards), CARDS_A_PAGE):
        yield draw_page(cards[first : first + CARDS_A_PAGE], language)


def _card_items(card: Card, language: str, left: float, top: float) -> list[Item]:
    beside_code = CARD_WIDTH_MM - QR_MM - INSET_MM
    column = _Column(language, left + INSET_MM, top + INSET_MM, beside_code)
    for paragraph in (
        _Paragraph(card.organisation, Style(3.2, BLACK), SMALLEST_MM),
        _Paragraph(card.name, Style(7.0, BLACK, bold=True), SMALLEST_NAME_MM),
        _Paragraph(card.department, Style(3.4, BLACK), SMALLEST_MM),
    ):
        column.set(paragraph)
    foot = top + CARD_HEIGHT_MM - INSET_MM - FOOT_MM
    note = _Column(language, left + INSET_MM, foot, CARD_WIDTH_MM - 2 * INSET_MM)
    note.set(_Paragraph(card.note, Style(2.7, BLACK), SMALLEST_MM, lines_max=1))
    code = QrBox(card.text, left + CARD_WIDTH_MM - QR_MM, top + CODE_TOP_MM, QR_MM)
    return [code, *column.items, *note.items]


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A text, and how small it may become before it is cut; sizes in mm."""

    text: str
    style: Style
    smallest: float
    lines_max: int = 2


class _Column:
    """Sets paragraphs one under the other, from the left."""

    def __init__(self, language: str, left: float, top: float, width: float) -> None:
        self.items: list[Item] = []
        self._language = language
        self._left, self._y, self._width = left, top, width

    def set(self, paragraph: _Paragraph) -> None:
        """Set a paragraph, smaller where it is long; cut, with a mark, where that is not enough."""
        style, most = paragraph.style, paragraph.lines_max
        lines = self._lines(paragraph.text, style)
        while style.size > paragraph.smallest and not self._fit(lines, style, most):
            style = replace(style, size=style.size * SMALLER)
            lines = self._lines(paragraph.text, style)
        if len(lines) > most:
            lines = [*lines[: most - 1], f"{lines[most - 1][:-1]}…"]
        for line in lines:
            self._y += style.size * LINE_HEIGHT
            size, bold = style.size, style.bold
            self.items.append(
                TextLine(
                    line,
                    self._left,
                    self._y,
                    size,
                    BLACK,
                    bold,
                    centred=False,
                    language=self._language,
                )
            )
        self._y += PARAGRAPH_GAP_MM

    def _lines(self, text: str, style: Style) -> list[str]:
        return break_lines(text, self._language, style, self._width)

    def _fit(self, lines: Sequence[str], style: Style, most: int) -> bool:
        font = poster_font(self._language, _pixels(style.size), bold=style.bold)
        widest = max(map(font.getlength, lines), default=0)
        return len(lines) <= most and widest <= _pixels(self._width)


def _pixels(millimetres: float) -> int:
    return round(millimetres * MEASURE_PIXELS_PER_MM)


def _cut_marks() -> Iterator[Box]:
    """Yield a hairline outside the cards at each edge, for a cutter or scissors."""
    right = LEFT_MM + COLUMNS * CARD_WIDTH_MM
    bottom = TOP_MM + ROWS * CARD_HEIGHT_MM
    for column in range(COLUMNS + 1):
        x = LEFT_MM + column * CARD_WIDTH_MM
        for y in (TOP_MM - MARK_GAP_MM - MARK_MM, bottom + MARK_GAP_MM):
            yield Box(x, y, HAIRLINE_MM, MARK_MM, BLACK)
    for row in range(ROWS + 1):
        y = TOP_MM + row * CARD_HEIGHT_MM
        for x in (LEFT_MM - MARK_GAP_MM - MARK_MM, right + MARK_GAP_MM):
            yield Box(x, y, MARK_MM, HAIRLINE_MM, BLACK)
