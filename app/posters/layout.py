"""Lays a poster out on A4, in millimetres; drawing.py draws it as pixels or SVG."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.posters.fonts import poster_font
from app.posters.texts import PosterPurpose, poster_words
from exposure_index.errors import ExitCode, ForeseenError

PAGE_WIDTH_MM = 210.0
PAGE_HEIGHT_MM = 297.0
MARGIN_MM = 16.0
QR_MM, SMALLER_QR_MM = 124.0, 104.0  # beside texts in two languages, or in more
LINE_HEIGHT = 1.35
CONTACT_MM = 7.0
NARROWER = 0.96
SMALLEST_MM = 4.0  # read at arm's length
MEASURE_PIXELS_PER_MM = 10  # at which text is measured for breaking lines

INK = "#1f3a5f"
TEXT = "#1b2330"
MUTED = "#4a5567"
PAPER = "#ffffff"
NO_BREAK_BEFORE = "，。、；：？！）》」』”’,.;:?!)"


@dataclass(frozen=True, slots=True)
class PosterFacts:
    """What stands on one poster; languages: its own first, then others."""

    url: str
    address: str
    authority: str
    hotline: str
    languages: tuple[str, ...]
    purpose: PosterPurpose = PosterPurpose.CHECK


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text; x, y: left (or middle where centred) and baseline, in mm."""

    text: str
    x: float
    y: float
    size: float
    colour: str
    bold: bool
    centred: bool
    language: str


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle in mm."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class QrBox:
    """The square of the QR code, quiet zone included, in mm."""

    url: str
    x: float
    y: float
    side: float


Item = TextLine | Box | QrBox


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set; size in mm."""

    size: float
    colour: str = TEXT
    bold: bool = False


class PosterTooFull(ForeseenError):
    """A text that does not fit: half an address is worse than no poster."""

    exit_code = ExitCode.USAGE


class _Column:
    """Sets paragraphs one under the other and remembers how far it came."""

    def __init__(self, top: float) -> None:
        self.y = top
        self.items: list[Item] = []

    def paragraph(self, text: str, language: str, style: Style, after: float = 0.0) -> None:
        width = PAGE_WIDTH_MM - 2 * MARGIN_MM
        style = _shrink_to_fit(text, language, style, width)
        for line in break_lines(text, language, style, width):
            self.y += style.size * LINE_HEIGHT
            middle = PAGE_WIDTH_MM / 2
            self.items.append(
                TextLine(
                    line,
                    middle,
                    self.y,
                    style.size,
                    style.colour,
                    style.bold,
                    centred=True,
                    language=language,
                )
            )
        self.y += after


def poster_items(facts: PosterFacts) -> list[Item]:
    """Return everything on the poster, in drawing order. Raises FontMissing or PosterTooFull."""
    first = facts.languages[0]
    words = {tag: poster_words(tag, facts.purpose) for tag in facts.languages}
    head = _Column(4.0)
    head.paragraph(words[first].question, first, Style(13.0, PAPER, bold=True), 1.0)
    for tag in facts.languages[1:]:
        head.paragraph(words[tag].question, tag, Style(6.6, PAPER))
    band = Box(0, 0, PAGE_WIDTH_MM, head.y + 6.0, INK)
    body = _Column(band.height + 2.0)
    body.paragraph(words[first].how, first, Style(7.2, bold=True))
    for tag in facts.languages[1:]:
        body.paragraph(words[tag].how, tag, Style(4.8, MUTED))
    side = QR_MM if len(facts.languages) < 3 else SMALLER_QR_MM
    qr = QrBox(facts.url, (PAGE_WIDTH_MM - side) / 2, body.y + 1.5, side)
    body.y = qr.y + qr.side - 1.0
    body.paragraph(
        "  ".join(words[tag].address for tag in facts.languages), first, Style(4.0, MUTED)
    )
    body.paragraph(facts.address, "en", Style(9.0, INK, bold=True), 2.5)
    for tag in facts.languages:
        body.paragraph(words[tag].genuine, tag, Style(4.9 if tag == first else 4.0), 1.2)
    for tag in facts.languages:
        body.paragraph(words[tag].free, tag, Style(4.2, MUTED))
    body.y += 2.0
    contact = "   ".join(
        text
        for text in (
            facts.authority,
            f"{words[first].hotline} {facts.hotline}" if facts.hotline else "",
        )
        if text
    )
    if contact:
        body.y = max(body.y, PAGE_HEIGHT_MM - MARGIN_MM - CONTACT_MM * LINE_HEIGHT)
        body.paragraph(contact, first, Style(CONTACT_MM, INK, bold=True))
    if body.y > PAGE_HEIGHT_MM - MARGIN_MM / 2:
        raise PosterTooFull("the texts do not fit the page; shorten authority or hotline")
    return [band, *head.items, qr, *body.items]


def _shrink_to_fit(text: str, language: str, style: Style, width: float) -> Style:
    """Return the style, smaller where a word would not fit the line. Raises PosterTooFull."""
    while style.size >= SMALLEST_MM:
        if _widest_piece(text, language, style) <= width:
            return style
        style = replace(style, size=style.size * NARROWER)
    raise PosterTooFull("the address is too long to be read on a poster; use a shorter one")


def _widest_piece(text: str, language: str, style: Style) -> float:
    """Return the width in mm of what may not be broken and is the longest."""
    font = poster_font(language, round(style.size * MEASURE_PIXELS_PER_MM), bold=style.bold)
    widest = max((font.getlength(piece.rstrip()) for piece in _pieces(text)), default=0)
    return widest / MEASURE_PIXELS_PER_MM


def break_lines(text: str, language: str, style: Style, width: float) -> list[str]:
    """Break a text into lines within ``width`` mm, all about equally long."""
    lines = _break_greedily(text, language, style, width)
    # below its longest word nothing changes any more: two words stay two lines for ever
    least = _widest_piece(text, language, style)
    while len(lines) > 1 and width > least:
        width *= NARROWER
        narrower = _break_greedily(text, language, style, width)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _break_greedily(text: str, language: str, style: Style, width: float) -> list[str]:
    """Break at spaces, or between Han characters, each line as full as it goes."""
    pixels = round(style.size * MEASURE_PIXELS_PER_MM)
    font = poster_font(language, pixels, bold=style.bold)
    lines = [""]
    for piece in _pieces(text):
        longer = lines[-1] + piece
        fits = font.getlength(longer.rstrip()) <= width * MEASURE_PIXELS_PER_MM
        if fits or not lines[-1] or piece[0] in NO_BREAK_BEFORE:
            lines[-1] = longer
        else:
            lines.append(piece.lstrip())
    return [line.strip() for line in lines if line.strip()]


def _pieces(text: str) -> Sequence[str]:
    """Return what must stay together: a word with its space, or one character of Han."""
    pieces: list[str] = []
    for character in text:
        joins = pieces and character.isascii() and pieces[-1][-1].isascii()
        if joins and not pieces[-1].endswith(" "):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces
