"""Judges what a text that is not UTF-8 proves of its encoding.

What proves GB18030 is that its cells, each once, are far likelier as Chinese than as anything in
any other encoding, or that they stand under headings that are known.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from exposure_index.trip_text.folding import plain_marks, simplified, spaced
from exposure_index.trip_text.plates import names_a_plate
from tables.headings import is_han_heading
from tables.text_encodings.costs import SINGLE_BYTES, costs

PROOF = 12.0
"""In nats: the text is 160,000 times as likely in GB18030 as in the next encoding."""
_HEADING = 20.0  # two characters of a known heading: some thousand times some thousand
_HEADER_LINES = 5  # a title may stand above the headings
LONG_CODECS = ("gb18030", "big5hkscs", "cp949", "cp932", "euc_jp")
"""Encodings of several bytes a character."""
_BYTES_MAX = 4_000
_CELLS_AT_END = (2, 3, 5, 8, 20)
_LIKELY, _CANDIDATES_MAX = 20.0, 4
_UNREADABLE_SHARE_MAX = 0.2
_FEW_CHARACTERS = ((2, 6.0), (4, 3.0))
# Their bytes are no part of a longer character in any of the encodings.
_CELL_ENDS = re.compile(rb"[,;#\t\"\r\n]+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """proven: whether the text is GB18030. candidates: codecs, the likeliest first."""

    proven: bool
    candidates: tuple[str, ...]


def judge(lines: Iterable[bytes]) -> Verdict:
    """Return what lines prove, by the first 4 kB of their distinct cells that are not ASCII."""
    cells, headings = _sample(lines)
    chinese = [cell for cell in cells if _decodes("gb18030", cell)]
    # Of damaged lines nothing is said; where there are many they are no damage.
    readable = len(chinese) >= (1 - _UNREADABLE_SHARE_MAX) * len(cells)
    cost = dict(costs(chinese if readable else cells))
    single_bytes = cost.pop(SINGLE_BYTES)
    if not all(_decodes("utf-8", cell) for cell in cells):
        del cost["utf-8-sig"]
    known = [codec for codec in LONG_CODECS if any(_heading(codec, text) for text in headings)]
    if len(known) == 1:
        cost[known[0]] -= _HEADING
    others = min(single_bytes, *(of for codec, of in cost.items() if codec != "gb18030"))
    likely = [codec for codec, of in cost.items() if of <= min(cost.values()) + _LIKELY]
    return Verdict(
        proven=readable and cost["gb18030"] + PROOF <= others,
        candidates=tuple(sorted(likely, key=lambda codec: cost[codec])[:_CANDIDATES_MAX]),
    )


def speaks_against_gb18030(lines: Iterable[bytes]) -> bool:
    """Return whether the first distinct cells of lines are likelier in another encoding.

    For the end of a file whose beginning is proven: lists of several places are put into one.
    """
    cells = [cell for cell in _sample(lines)[0] if _decodes("gb18030", cell)]
    return any(map(_is_likelier_in_another, (cells[:count] for count in _CELLS_AT_END)))


def _is_likelier_in_another(cells: list[bytes]) -> bool:
    cost = costs(cells)
    return min(cost.values()) + PROOF <= cost["gb18030"]


def valid_by_accident(lines: Iterable[bytes]) -> bool:
    """Return whether lines that are UTF-8 may be of another encoding: 毛 is ë.

    Few characters prove little: they must be likelier in UTF-8, beyond what many must be. A licence
    plate does: its one Han character stands before a letter and digits in no other encoding.
    """
    cells = _sample(lines)[0]
    if any(names_a_plate(simplified(spaced(plain_marks(cell.decode("utf-8"))))) for cell in cells):
        return False
    cost = dict(costs(cells))
    del cost[SINGLE_BYTES]
    utf8 = cost.pop("utf-8-sig")
    characters = sum(character > "\x7f" for cell in cells for character in cell.decode("utf-8"))
    beyond = next((of for count, of in _FEW_CHARACTERS if characters <= count), 0)
    return min(cost.values()) < utf8 + beyond


def _sample(lines: Iterable[bytes]) -> tuple[list[bytes], list[bytes]]:
    """Return the first distinct cells that are not ASCII, and those of the first lines again."""
    cells: dict[bytes, None] = {}
    headings: list[bytes] = []
    size = 0
    for number, line in enumerate(lines):
        found = [cell.strip() for cell in _CELL_ENDS.split(line) if not cell.isascii()]
        if number < _HEADER_LINES:
            headings += found
        for cell in found:
            size += 0 if cell in cells else len(cell)
            cells[cell] = None
        if size > _BYTES_MAX:
            break
    return list(cells), headings


def _heading(codec: str, text: bytes) -> bool:
    return _decodes(codec, text) and is_han_heading(text.decode(codec))


def _decodes(codec: str, text: bytes) -> bool:
    try:
        text.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
