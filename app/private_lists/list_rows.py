"""Rows of a list of people: whom each asks about, or why it cannot be asked about.

Threat: a list that changes between two readings gives one person's answer to another. Limit: the
sequence of everybody in it is digested at each reading, and must be that of the first.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple

from exposure_index.errors import ExitCode, ForeseenError
from exposure_index.identity.canonical import IdentityClaim
from tables.people_csv import PersonRow
from tables.staff_lists.staff_list import Remark

DIGEST_BYTES = 16
Claims = tuple[IdentityClaim, ...]


class ListChanged(ForeseenError):
    """The list is not what it was when it was read first; nobody's answer is written."""

    exit_code = ExitCode.BAD_INPUT


class RowToCheck(NamedTuple):
    """A row as a reader gives it.

    row: its number as a spreadsheet program shows it; cells: as the organisation wrote them;
    person: None where the row is not understood; claims: whom it asks about, () where it cannot be;
    reason: then why. doubt: why nobody believes that who is asked about is not found, "" where that
    is believed; one of the reasons of `tables`.
    """

    row: int
    cells: tuple[str, ...]
    person: PersonRow | None
    claims: Claims
    reason: str
    doubt: str = ""


class ListRow(NamedTuple):
    """A row with its place; see RowToCheck.

    place: of its person among those who are asked about, from 0, None where nobody is;
    duplicate_of: row of the same person above.
    """

    row: int
    cells: tuple[str, ...]
    person: PersonRow | None
    claims: Claims
    reason: str
    doubt: str
    place: int | None
    duplicate_of: int | None

    @property
    def is_asked_about(self) -> bool:
        """Whether this row asks: it names somebody, and nobody who stands above."""
        return self.place is not None and self.duplicate_of is None


@dataclass(frozen=True, slots=True)
class ListCounts:
    """How many rows a list has, how many people to ask about; digest: of all in their order.

    repeated: places of people who stand in it more than once.
    """

    rows: int
    people: int
    duplicates: int
    digest: bytes
    repeated: frozenset[int]


class PeopleList:
    """A list that can be read again and again; the first reading counts it."""

    def __init__(
        self,
        rows: Callable[[], Iterable[RowToCheck]],
        digest: bytes,
        headings: Sequence[str] = (),
        remarks: Collection[Remark | str] = (),
    ) -> None:
        """rows: reads it anew; digest: of the file and of how it is read, 64 bytes.

        headings: of the organisation's own columns; remarks: what is odd in it, in codes or in
        words, whole once it was counted.
        """
        self._rows, self.digest, self.headings = rows, digest, tuple(headings)
        self.remarks = remarks

    @cached_property
    def counts(self) -> ListCounts:
        """Everybody counted, by reading the list once."""
        reading = _Reading(self.digest)
        total = people = duplicates = 0
        repeated = set()
        for each in reading.numbered(self._rows()):
            total += 1
            people += each.is_asked_about
            if each.place is not None and each.duplicate_of is not None:
                duplicates += 1
                repeated.add(each.place)
        return ListCounts(total, people, duplicates, reading.digest(), frozenset(repeated))

    def rows(self) -> Iterator[ListRow]:
        """Yield every row; who stands twice has one place. Raises ListChanged at the end."""
        reading = _Reading(self.digest)
        yield from reading.numbered(self._rows())
        if reading.digest() != self.counts.digest:
            raise ListChanged("the list was changed while it was checked: run the command again")


class _Reading:
    """One reading of a list: places of people, and a digest of all rows."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._rows = blake2b(key=key)
        self._places: dict[bytes, int] = {}
        self._first_rows: list[int] = []

    def digest(self) -> bytes:
        """Return the digest of whom all rows so far ask about, in order."""
        return self._rows.digest()

    def numbered(self, rows: Iterable[RowToCheck]) -> Iterator[ListRow]:
        for each in rows:
            digest = self._person_digest(each.claims) if each.claims else b""
            self._rows.update(each.row.to_bytes(8, "big") + digest)
            if not digest:
                yield ListRow(*each, place=None, duplicate_of=None)
                continue
            place = self._places.setdefault(digest, len(self._places))
            if place == len(self._first_rows):
                self._first_rows.append(each.row)
                yield ListRow(*each, place=place, duplicate_of=None)
            else:
                yield ListRow(*each, place=place, duplicate_of=self._first_rows[place])

    def _person_digest(self, claims: Claims) -> bytes:
        digest = blake2b(digest_size=DIGEST_BYTES, key=self._key)
        for claim in claims:
            digest.update(claim.encode_document())
            for name in sorted(claim.encode_names()):
                digest.update(name)
        return digest.digest()
