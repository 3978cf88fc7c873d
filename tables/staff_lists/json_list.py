"""Reads a staff list of JSON lines: one object a line, whose keys are the headings.

The keys of the first object are the headings, in their order; a key that only later objects have
makes those rows unreadable, since its value would be lost. A key that is missing is a blank cell.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tables.csv_records import CELL_MAX_CHARACTERS
from tables.file_lines import LINE_MAX_BYTES, FileLines
from tables.staff_lists.columns import number_places
from tables.staff_lists.layout_guess import SAMPLES_MAX, guess_columns
from tables.staff_lists.list_header import COLUMNS_MAX, StaffHeader, lost_digits
from tables.staff_lists.list_source import BLOCK_ROWS, ROWS_MAX, ListBlock, ListChoice, ListSource
from tables.staff_lists.list_words import ColumnsUnclear, ListRefused, Remark, remark_on_spans
from tables.staff_lists.row_spans import RowSpans
from tables.text_encodings.encodings import UTF_8, EncodingRefused, encoding_name, refuse_choice

_BLOCK_BYTES = 1 << 23
_NO_CHARACTER = "\ufffd"


class _Number(str):
    """A JSON number as it is written, which no text is."""

    __slots__ = ()


class JsonList:
    """One list of JSON lines; see ListReader."""

    def __init__(self, source: ListSource, choice: ListChoice) -> None:
        """Raises ListRefused, ColumnsUnclear."""
        try:
            self._lines = FileLines(source.open, source.name, choice.encoding or "utf-8")
            if choice.encoding and self._lines.encoding not in (UTF_8, "utf-16"):
                with source.open() as file:
                    refuse_choice(file, source.name, choice.encoding)
        except EncodingRefused as error:
            raise ListRefused("encoding", choices=error.candidates) from error
        samples = self._samples()
        self.headings: Sequence[str] = list(samples[0])
        if len(self.headings) > COLUMNS_MAX:
            raise ListRefused("too_large", 1)
        columns = StaffHeader(choice.columns or {}).columns(self.headings)
        if columns is None:
            cells = [[_text(each.get(key, "")) for key in self.headings] for each in samples]
            raise ColumnsUnclear(guess_columns(1, self.headings, cells))
        self.columns: Mapping[str, int] = columns
        self._numbers_at = number_places(columns)
        self._places = {heading: place for place, heading in enumerate(self.headings)}
        self._blank = RowSpans()

    def blocks(self) -> Iterator[ListBlock]:
        """Yield every row in order, in blocks. Raises ListRefused."""
        self._blank = RowSpans()
        block, size = ListBlock(), 0
        line, row = b"", 0
        for row, line in enumerate(self._lines, 1):
            if row > ROWS_MAX:
                raise ListRefused("too_large", row)
            if not line.strip():
                self._blank.add(row)
                continue
            block.add(row, *self._record(line))
            size += len(line)
            if len(block.rows) >= BLOCK_ROWS or size > _BLOCK_BYTES:
                yield block
                block, size = ListBlock(), 0
        if line.strip() and self._object(line) is None and not line.endswith(b"\n"):
            raise ListRefused("cut_row", row)
        if block.rows:
            yield block

    def remarks(self) -> Sequence[Remark]:
        """Return what is odd in the list."""
        found = []
        if self._lines.encoding not in (UTF_8, "utf-16"):
            found.append(Remark("encoding", (encoding_name(self._lines.encoding),)))
        if self._blank.count:
            found.append(remark_on_spans("blank_rows", self._blank))
        return found

    def _samples(self) -> list[dict[str, Any]]:
        """Return the first objects. Raises ListRefused where there are none."""
        objects: list[dict[str, Any]] = []
        for line in filter(bytes.strip, self._lines):
            if (found := self._object(line)) is not None:
                objects.append(found)
            if len(objects) >= SAMPLES_MAX:
                break
        if not objects:
            raise ListRefused("empty" if self._is_blank() else "wrong_type")
        return objects

    def _is_blank(self) -> bool:
        return not any(line.strip() for line in self._lines)

    def _object(self, line: bytes) -> dict[str, Any] | None:
        if len(line) >= LINE_MAX_BYTES:
            return None
        try:
            found = json.loads(
                self._lines.text(line),
                parse_int=_Number,
                parse_float=_Number,
                parse_constant=_Number,
                object_pairs_hook=_distinct,
            )
        except (ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None

    def _record(self, line: bytes) -> tuple[list[str], str]:
        """Return the cells of a line and its fault, "" for none."""
        cells = [""] * len(self._places)
        found = self._object(line)
        if found is None:
            text = line[:CELL_MAX_CHARACTERS].decode("utf-8", "replace").strip()
            cells[0] = text.replace("\0", _NO_CHARACTER)
            return cells, "row_unreadable"
        fault = ""
        for key, value in found.items():
            place = self._places.get(key)
            if place is None or isinstance(value, dict | list):
                fault = "row_unreadable"
            if place is not None:
                cells[place] = _text(value)
                if place in self._numbers_at and _has_lost_digits(value):
                    fault = fault or "digits_lost"
        return cells, fault


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        message = "a key twice"
        raise ValueError(message)
    return found


def _text(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return str(value)[:CELL_MAX_CHARACTERS]
    return json.dumps(value, ensure_ascii=False)[:CELL_MAX_CHARACTERS]


def _has_lost_digits(value: Any) -> bool:  # noqa: ANN401 - whatever JSON holds
    """Whether a number was written as one that programs keep 15 digits of."""
    if not isinstance(value, _Number):
        return False
    if "e" in value.lower() or value in ("NaN", "Infinity", "-Infinity"):
        return True
    return lost_digits(float(value))
