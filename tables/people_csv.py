"""Lists of people that commands check: CSV with a kind of document, its number and its names.

A list that is not whole and clear is refused as a whole: a person left out of the answers may be
taken for one who was not found.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from exposure_index.errors import ExitCode, ForeseenError
from exposure_index.identity.canonical import IdentityClaim
from exposure_index.identity.parsing import InvalidIdentity, parse_identity
from tables.dialect import Dialect, find_dialect
from tables.document_cells import known_kind
from tables.header import HeaderNaming
from tables.text_encodings.encodings import UTF_8, EncodingRefused, encoding_of, has_utf8_han

COLUMNS = ("id_type", "id_number", "name")
NAME_LATIN = "name_latin"
ALL_COLUMNS = (*COLUMNS, NAME_LATIN)
_NAMING = HeaderNaming(ALL_COLUMNS, required=COLUMNS)
_FIRST_LINES = 60
_DOCUMENT = re.compile(r"\d{5}")  # in one cell, where a title has a year at most
_ODD_HEADING = re.compile(r"[0-9]|[^\n]{21}|\n")  # may hold more than a heading
LINE_MAX_CHARACTERS = 1 << 20
RECORD_MAX_LINES = 5
"""Longer ones are read where none of their lines could be a row that stray quotes swallowed."""

_NOT_TEXT = "not valid text in the file's encoding: save it as CSV UTF-8"


class PeopleListRefused(ForeseenError, ValueError):
    """The file is no list of people; the message names file, row and column, never a cell."""

    exit_code = ExitCode.BAD_INPUT


class HeaderRefused(PeopleListRefused):
    """The header does not name the columns, as that of an organisation's own list."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row, as given; name_latin: "" where the list has no such column.

    row: the line on which it begins, 1 being the header. passport_number: of a staff list that has
    a column for it beside another number's; former_name: likewise, of one for other names.
    """

    id_type: str
    id_number: str
    name: str
    name_latin: str = ""
    row: int = field(default=0, compare=False)
    passport_number: str = ""
    former_name: str = ""

    @property
    def kind(self) -> str:
        """The id_type that the cell names, in its own words or another's: 护照, Passport."""
        return known_kind(self.id_type) or self.id_type.strip()

    def claim(self) -> IdentityClaim:
        """Return whom the row asks about. Raises InvalidIdentity."""
        return parse_identity(self.kind, self.id_number, self.name, self.name_latin)

    def fault_words(self, error: InvalidIdentity) -> str:
        """Return in which row and column what is wrong, never the cell; of it one character."""
        reason = error.reason.replace("_", " ")
        character = f" {error.character}" if error.character else ""
        place = f"row {self.row}, " if self.row else ""
        return f"{place}{error.field}: {reason}{character}"


def read_people(
    path: Path, choice: str = "", remark: Callable[[str], None] = lambda _: None
) -> Iterator[PersonRow]:
    """Return every row of a list, in order; see people_in. Raises PeopleListRefused."""
    with ExitStack() as stack:
        try:
            # What is no file on a disk, such as a pipe, can be read but once.
            file = path.open("rb") if path.is_file() else io.BytesIO(path.read_bytes())
        except OSError as error:
            message = f"{path}: {error.strerror}"
            raise PeopleListRefused(message) from error
        stack.enter_context(file)
        return _until_the_last(people_in(file, path.name, choice, remark), stack.pop_all())


def _until_the_last(rows: Iterator[PersonRow], stack: ExitStack) -> Iterator[PersonRow]:
    with stack:
        yield from rows


def people_in(
    file: BinaryIO, name: str, choice: str = "", remark: Callable[[str], None] = lambda _: None
) -> Iterator[PersonRow]:
    """Return every row of a list, in order; name: what the file is called in a refusal.

    The list has at least three columns, in any order, under their names or the usual headings, and
    name_latin beside them where documents bear a second name; it is UTF-8, UTF-16 with a byte order
    mark, or what encoding_of says of its text and of `choice`. remark is called once, with the
    columns that are not read, where there are any. It is read through once before anybody is
    returned: answers to half of a list would look like answers to all of it. Raises
    PeopleListRefused.
    """
    people = _PeopleFile(file, name, choice)
    for _ in people.rows():
        pass
    if unread := people.unread_columns():
        remark(f"{name}: columns not read: {', '.join(unread)}")
    return people.rows()


class _PeopleFile:
    """A list as it is read: bytes to lines, lines to records, records to people."""

    def __init__(self, file: BinaryIO, name: str, choice: str) -> None:
        self._file, self._name = file, name
        self._choice = choice

    def rows(self) -> Iterator[PersonRow]:
        dialect = self._dialect()
        width = len(dialect.headings)
        places = self._places(dialect.headings)
        for row, cells in self._records(dialect):
            if len(cells) < width or any(cell.strip() for cell in cells[width:]):
                raise self._refusal(f"{len(cells)} cells where the header has {width}", row)
            id_type, id_number, name, *name_latin = (cells[place] for place in places)
            yield PersonRow(id_type, id_number, name, "".join(name_latin), row)

    def unread_columns(self) -> list[str]:
        """Return the headings of the columns that are not read, by number where they are odd."""
        headings = self._dialect().headings
        places = set(range(len(headings))) - set(self._places(headings))
        return [
            f"column {at + 1}" if _ODD_HEADING.search(headings[at]) else headings[at].strip()
            for at in sorted(places)
            if headings[at].strip()
        ]

    def _dialect(self) -> Dialect:
        """Return how the list is cut and where its header stands, titles being above it only."""
        lines = list(islice(self._lines(), _FIRST_LINES))
        dialect = find_dialect(lines, _NAMING)
        if dialect is None and any(line.strip() for line in lines):
            raise HeaderRefused(self._words("not a CSV header", 1))
        if dialect is None:
            raise self._refusal("empty; a header line with the column names is needed")
        for row, cells in dialect.above:
            filled = [cell for cell in cells if cell.strip()]
            if len(filled) != 1 or _DOCUMENT.search(filled[0]):
                raise HeaderRefused(self._words("above the header, and no title", row))
        return dialect

    def _places(self, header: Sequence[str]) -> list[int]:
        """Return where the columns are: under their own names, else under a heading."""
        names = _NAMING(header)
        missing = [column for column in COLUMNS if column not in names]
        if missing:
            raise HeaderRefused(self._words(f"column missing: {', '.join(missing)}"))
        repeated = [column for column in ALL_COLUMNS if names.count(column) > 1]
        if repeated:
            raise HeaderRefused(self._words(f"column twice: {', '.join(repeated)}"))
        return [names.index(column) for column in ALL_COLUMNS if column in names]

    def _records(self, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
        """Yield each record below the header that is no line of blanks, and where it begins."""
        lines: list[str] = []  # of the record that is being read

        def kept_lines() -> Iterator[str]:
            for line in islice(self._lines(), dialect.last_header_row, None):
                lines.append(line)
                yield line

        reader = csv.reader(kept_lines(), delimiter=dialect.delimiter, strict=True)
        while True:
            row = dialect.last_header_row + reader.line_num + 1
            lines.clear()
            try:
                cells = next(reader, None)
            except csv.Error as error:
                reason = "quotation marks that do not close"
                if "field larger" in str(error):
                    reason = f"a cell longer than {csv.field_size_limit()} characters"
                raise self._refusal(reason, row) from error
            if cells is None:
                return
            if len(lines) > RECORD_MAX_LINES and any(_is_row(line, dialect) for line in lines[1:]):
                raise self._refusal("quotation marks around what may be other rows", row)
            if "".join(lines).strip():
                yield row, cells

    def _lines(self) -> Iterator[str]:
        """Yield the lines with their ends, decoded."""
        self._file.seek(0)
        start = self._file.read(4)
        self._file.seek(0)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return self._bounded(self._utf16_lines())
        return self._bounded(self._decoded_lines())

    def _utf16_lines(self) -> Iterator[str]:
        text = io.TextIOWrapper(self._file, encoding="utf-16", newline="")
        try:
            while line := text.readline(LINE_MAX_CHARACTERS + 1):
                yield line
        except UnicodeError as error:
            raise self._refusal("damaged UTF-16: save it as CSV UTF-8") from error
        finally:
            if not self._file.closed:  # that of a refused list is, before its lines are let go
                text.detach()  # the file is read again

    def _decoded_lines(self) -> Iterator[str]:
        encoding = self._encoding
        self._file.seek(0)
        row = 1
        while line := self._file.readline(LINE_MAX_CHARACTERS + 1):
            if encoding != UTF_8 and not line.isascii() and has_utf8_han(line):
                raise self._refusal("UTF-8 among lines of another encoding: save all as UTF-8", row)
            try:
                text = line.decode(encoding)
            except UnicodeDecodeError as error:
                raise self._refusal(_NOT_TEXT, row) from error
            for piece in io.StringIO(text, newline=""):
                row += 1
                yield piece

    @cached_property
    def _encoding(self) -> str:
        try:
            return encoding_of(self._file, self._name, self._choice)
        except EncodingRefused as error:
            raise PeopleListRefused(str(error)) from error

    def _bounded(self, lines: Iterator[str]) -> Iterator[str]:
        for row, line in enumerate(lines, 1):
            if len(line) > LINE_MAX_CHARACTERS:
                raise self._refusal("an endless line; is it a CSV?", row)
            if "\0" in line:
                raise self._refusal(_NOT_TEXT, row)
            yield line

    def _refusal(self, reason: str, row: int | None = None) -> PeopleListRefused:
        return PeopleListRefused(self._words(reason, row))

    def _words(self, reason: str, row: int | None = None) -> str:
        place = self._name if row is None else f"{self._name}: row {row}"
        return f"{place}: {reason}"


def _is_row(line: str, dialect: Dialect) -> bool:
    records = csv.reader([line], delimiter=dialect.delimiter)
    return any(len(cells) == len(dialect.headings) for cells in records)
