"""The file of a list: read anew as often as it is needed, digested with how it is read."""

import hashlib
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from app.private_lists.list_rows import Claims, PeopleList, RowToCheck
from exposure_index.errors import ExitCode, ForeseenError
from exposure_index.identity.canonical import IdentityClaim
from exposure_index.identity.parsing import InvalidIdentity
from tables.people_csv import HeaderRefused, PeopleListRefused, PersonRow, people_in
from tables.staff_lists.staff_list import (
    ColumnsUnclear,
    ListChoice,
    ListKind,
    ListRefused,
    ListSource,
    Remark,
    StaffList,
    StaffRow,
    open_staff_list,
    reason_of,
    row_claims,
)
from tables.text_encodings.encodings import UTF_8, EncodingRefused, encoding_name, encoding_of

OWN_COLUMNS = "a list with columns of your own is read with --own-columns --out FILE"
LIST_MAX_BYTES = 256 * 1024 * 1024
CHUNK_BYTES = 1024 * 1024
_KINDS: Mapping[str, ListKind] = {
    ".csv": "csv",
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xls"), "xlsx"),
}
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class StaffListRefused(ForeseenError):
    """A staff list is refused as a whole; the message has file, code and place, never a cell."""

    exit_code = ExitCode.BAD_INPUT


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file of people; what is no file on a disk, such as a pipe, is kept in memory."""

    path: Path
    _content: bytes = b""

    @classmethod
    def at(cls, path: Path) -> "ListFile":
        """Return the file at a path. Raises PeopleListRefused."""
        content = b""
        try:
            if not path.is_file():
                with path.open("rb") as file:
                    content = file.read(LIST_MAX_BYTES + 1)
            size = len(content) or path.stat().st_size
        except OSError as error:
            message = f"{path}: {error.strerror}"
            raise PeopleListRefused(message) from error
        if size > LIST_MAX_BYTES:
            raise PeopleListRefused(f"{path.name}: more than {LIST_MAX_BYTES >> 20} MiB")
        return cls(path, content)

    def open(self) -> BinaryIO:
        """Open it at its start. Raises PeopleListRefused."""
        if self._content:
            return io.BytesIO(self._content)
        try:
            return self.path.open("rb")
        except OSError as error:
            message = f"{self.path}: {error.strerror}"
            raise PeopleListRefused(message) from error

    @property
    def kind(self) -> ListKind:
        """What it is by its name, else by its first bytes. Raises PeopleListRefused."""
        if kind := _KINDS.get(self.path.suffix.lower()):
            return kind
        with self.open() as file:
            return "xlsx" if file.read(4) in _WORKBOOKS else "csv"

    def digest(self, reading: str) -> bytes:
        """Return a digest of 64 bytes of the file and of how it is read."""
        digest = hashlib.blake2b(reading.encode() + b"\n", person=b"gauge-list")
        with self.open() as file:
            while chunk := file.read(CHUNK_BYTES):
                digest.update(chunk)
        return digest.digest()


def plain_list(file: ListFile, encoding: str) -> PeopleList:
    """Return the list in a CSV of people, which is refused where one row is not whole.

    Raises PeopleListRefused.
    """

    name = file.path.name
    said: dict[Remark | str, None] = dict.fromkeys(_encoding_remarks(file, encoding))

    def rows() -> Iterator[RowToCheck]:
        with file.open() as stream:
            try:
                people = people_in(stream, name, encoding, said.setdefault)
                yield from map(row_to_check, people)
            except HeaderRefused as error:
                raise PeopleListRefused(f"{error}; {OWN_COLUMNS}") from None

    return PeopleList(rows, file.digest(f"plain {encoding}"), remarks=said)


def staff_list(file: ListFile, choice: ListChoice) -> PeopleList:
    """Return a staff list with all columns of the organisation, one bad row beside good ones.

    Raises StaffListRefused, PeopleListRefused.
    """
    source = ListSource(file.path.name, file.kind, file.open)
    with refusal_words(file.path.name):
        listed = open_staff_list(source, choice)
    columns = sorted((choice.columns or {}).items())
    reading = f"staff {replace(choice, columns=None)} {columns}"
    return PeopleList(
        lambda: _staff_rows(listed, file.path.name),
        file.digest(reading),
        listed.headings,
        listed.remarks,
    )


@contextmanager
def refusal_words(name: str) -> Iterator[None]:
    """Turn a refusal of a reader into an error of a command."""
    try:
        yield
    except ListRefused as error:
        place = f"row {error.row}: " if error.row else ""
        among = f"; one of {', '.join(error.choices)}" if error.choices else ""
        raise StaffListRefused(f"{name}: {place}{error.code.replace('_', ' ')}{among}") from None
    except ColumnsUnclear as error:
        unclear = f"which column is which is unclear in row {error.header_row}"
        where = unclear if error.header_row else "there are no headings"
        raise StaffListRefused(
            f"{name}: {where}; say --column id_number=NUMBER and so on"
        ) from None


def one_person(person: PersonRow) -> PeopleList:
    """Return a list of one person, who stands in no file: a form doubts no name of one word."""
    row = row_to_check(person)._replace(doubt="")
    return PeopleList(lambda: [row], hashlib.blake2b(b"one person").digest())


def row_to_check(person: PersonRow) -> RowToCheck:
    """Return whom a row asks about, or in which row and column what is wrong with it."""
    cells = (person.id_type, person.id_number, person.name)
    try:
        claim = person.claim()
    except InvalidIdentity as error:
        return RowToCheck(person.row, cells, person, (), person.fault_words(error))
    claims, doubt = _staff_readings(person)
    own = () if any(_holds(one, claim) for one in claims) else (claim,)
    return RowToCheck(person.row, cells, person, (*own, *claims), "", doubt)


def _holds(claim: IdentityClaim, other: IdentityClaim) -> bool:
    """Whether a claim asks about all that another asks about: each is an evaluation."""
    return claim.document == other.document and set(other.names) <= set(claim.names)


def _staff_readings(person: PersonRow) -> tuple[Claims, str]:
    """Return whom a staff list looks a row up for, and why it doubts it, "" for not at all."""
    try:
        return row_claims(person)
    except InvalidIdentity as error:
        return (), reason_of(error)


def _encoding_remarks(file: ListFile, choice: str) -> list[Remark]:
    """Return a remark on the encoding of a text, where it is not UTF-8."""
    with suppress(EncodingRefused), file.open() as stream:  # its reader refuses it, or it is UTF-16
        codec = encoding_of(stream, file.path.name, choice)
        if codec != UTF_8:
            return [Remark("encoding", (encoding_name(codec),))]
    return []


def _staff_rows(listed: StaffList, name: str) -> Iterator[RowToCheck]:
    with refusal_words(name):
        for block in listed.blocks():
            yield from map(_staff_row, block)


def _staff_row(row: StaffRow) -> RowToCheck:
    if row.person is None:
        return RowToCheck(row.row, row.cells, None, (), row.reason)
    claims, doubt = _staff_readings(row.person)
    if not claims:
        return RowToCheck(row.row, row.cells, row.person, (), doubt)
    return RowToCheck(row.row, row.cells, row.person, claims, "", doubt)
