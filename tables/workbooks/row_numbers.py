"""Whether a row of a sheet stands in its file twice, by its own number or by those of its cells.

Threat: of two rows under one number a reader gives the last alone, and a person is left out.
Limit: rows and cells without numbers count on from those before them, as readers do.
"""

import re
from itertools import groupby

_ROWS_MAX = 1 << 20
_PLACE = re.compile(
    rb"<(?:\w+:)?(row|c)\b(?:(?: r=\"|[^>]*?\sr\s*=\s*[\"'])[A-Za-z]{0,3}([0-9]{1,7})[\"'])?"
)


class RowNumbers:
    """The numbers that the rows of one sheet have, as its text goes by in pieces."""

    def __init__(self) -> None:
        self.repeat = False
        self._numbers = bytearray(_ROWS_MAX + 1)
        self._own: set[int] = set()
        self._last = 0

    def note(self, text: bytes) -> None:
        """Take the rows in a piece of the text that cuts no tag in two."""
        for (kind, digits), group in groupby(_PLACE.findall(text)):
            number = int(digits or 0)
            if kind == b"c":
                self._take(number or self._last)
                continue
            count = sum(1 for _ in group)
            self._own = set()
            self._last = number or self._last + count
            if number:
                self.repeat = self.repeat or count > 1
                self._take(number)

    def _take(self, number: int) -> None:
        if number in self._own or number > _ROWS_MAX:
            return
        self._own.add(number)
        self.repeat = self.repeat or bool(self._numbers[number])
        self._numbers[number] = 1
