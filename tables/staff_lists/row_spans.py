"""Numbers of rows as spans, so that a million blank lines take no more room than one."""

SPANS_MAX = 1_000


class RowSpans:
    """Rows in ascending order. count: of all; spans: (first, last) of the first thousand runs."""

    def __init__(self) -> None:
        self.count = 0
        self.spans: list[tuple[int, int]] = []

    def add(self, row: int) -> None:
        """Add a row that follows all others."""
        self.count += 1
        if self.spans and self.spans[-1][1] == row - 1:
            self.spans[-1] = (self.spans[-1][0], row)
        elif len(self.spans) < SPANS_MAX:
            self.spans.append((row, row))
