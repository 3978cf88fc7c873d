"""The file of a list: read anew as often as it is needed, digested with how it is read."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from app.private_lists.list_rows import PeopleList, RowToCheck
from exposure_index.identity.parsing import InvalidIdentity
from tables.people_csv import PeopleListRefused, PersonRow, people_in

LIST_MAX_BYTES = 256 * 1024 * 1024
CHUNK_BYTES = 1024 * 1024


class ListFile:
    """A file of people; what is no file on a disk, such as a pipe, is held in memory."""

    def __init__(self, path: Path) -> None:
        """Raises PeopleListRefused."""
        self._path = path
        self._content = b""
        try:
            if not path.is_file():
                with path.open("rb") as file:
                    self._content = file.read(LIST_MAX_BYTES + 1)
            size = len(self._content) or path.stat().st_size
        except OSError as error:
            message = f"{path}: {error.strerror}"
            raise PeopleListRefused(message) from error
        if size > LIST_MAX_BYTES:
            raise PeopleListRefused(f"{path.name}: more than {LIST_MAX_BYTES >> 20} MiB")

    @property
    def name(self) -> str:
        """What the list is called in messages."""
        return self._path.name

    def open(self) -> BinaryIO:
        """Open it at its start. Raises PeopleListRefused."""
        if self._content:
            return io.BytesIO(self._content)
        try:
            return self._path.open("rb")
        except OSError as error:
            message = f"{self._path}: {error.strerror}"
            raise PeopleListRefused(message) from error

    def digest(self, reading: str) -> bytes:
        """Return a digest of 64 bytes of the file and of how it is read."""
        digest = hashlib.blake2b(reading.encode(), person=b"gauge-list")
        with self.open() as file:
            while chunk := file.read(CHUNK_BYTES):
                digest.update(chunk)
        return digest.digest()


def people_list(path: Path, encoding: str) -> PeopleList:
    """Return the list in a file. Raises PeopleListRefused."""
    file = ListFile(path)

    def rows() -> Iterator[RowToCheck]:
        with file.open() as stream:
            yield from map(row_to_check, people_in(stream, file.name, encoding))

    return PeopleList(rows, file.digest(encoding + "\n"))


def one_person(person: PersonRow) -> PeopleList:
    """Return a list of one person, who stands in no file."""
    return PeopleList(lambda: [row_to_check(person)], hashlib.blake2b(b"one person").digest())


def row_to_check(person: PersonRow) -> RowToCheck:
    """Return whom a row asks about, or in which row and column what is wrong with it."""
    cells = (person.id_type, person.id_number, person.name)
    try:
        return RowToCheck(person.row, cells, person, (person.claim(),), "")
    except InvalidIdentity as error:
        return RowToCheck(person.row, cells, person, (), person.fault_words(error))
