"""The list of people that `gauge private-check` is asked about: CSV with three columns."""

import codecs
import csv
import io
from dataclasses import dataclass
from pathlib import Path

from exposure_index.errors import ExitCode, ForeseenError

COLUMNS = ("id_type", "id_number", "name")
LIST_MAX_BYTES = 256 * 1024 * 1024
ENCODINGS = ("utf-8-sig", "gb18030")


class PeopleListRefused(ForeseenError, ValueError):
    """The file is no list of people; the message names file, row and column, never a cell."""

    exit_code = ExitCode.BAD_INPUT


@dataclass(frozen=True, slots=True)
class PersonListed:
    """One row, as given."""

    id_type: str
    id_number: str
    name: str


def read_people(path: Path) -> list[PersonListed]:
    """Return every row of the list, in order; UTF-8, else GB18030.

    A list that is not whole and clear is refused as a whole: a person left out of the answers may
    be taken for one who was not found. Raises PeopleListRefused.
    """
    reader = csv.DictReader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        header = reader.fieldnames or []
        missing = [name for name in COLUMNS if name not in header]
        if missing:
            raise PeopleListRefused(f"{path.name}: column missing: {', '.join(missing)}")
        doubled = [name for name in COLUMNS if header.count(name) > 1]
        if doubled:
            raise PeopleListRefused(f"{path.name}: column twice: {', '.join(doubled)}")
        return [_person(path, row, reader.line_num) for row in reader]
    except csv.Error as error:
        raise PeopleListRefused(f"{path.name}: line {reader.line_num}: broken quoting") from error


def _person(path: Path, row: dict[str | None, str | None], line: int) -> PersonListed:
    cells = [row[name] for name in COLUMNS]
    if None in cells or None in row:
        raise PeopleListRefused(f"{path.name}: line {line}: another number of cells")
    return PersonListed(*(cell or "" for cell in cells))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LIST_MAX_BYTES:
            raise PeopleListRefused(f"{path.name}: more than {LIST_MAX_BYTES >> 20} MiB")
        data = path.read_bytes()
    except OSError as error:
        raise PeopleListRefused(f"{path}: {error.strerror}") from error
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(path, data, ("utf-16",))
    return _decoded(path, data, ENCODINGS)


def _decoded(path: Path, data: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise PeopleListRefused(f"{path.name}: neither UTF-8 nor GB18030: save it as CSV UTF-8")
