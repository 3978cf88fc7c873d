"""Files of one piece of a list: its rows, whom they ask about, and their answers.

``rows-N`` and ``answers-N`` open with the key of results; ``people-N``, ``claims-N`` and
``digests-N`` with that of the upload, and go when the job ends.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from app.bulk.jobs.folder import RESULTS, UPLOAD, JobFolder
from app.bulk.jobs.views import ResultRow, RowStatus
from exposure_index.label.model import Tier
from tables.staff_list import StaffRow

DIGEST_BYTES = 16
NO_DIGEST = bytes(DIGEST_BYTES)
_LETTERS: dict[str, RowStatus] = {
    "x": "exposed",
    "n": "not_found",
    "i": "incomplete",
    "c": "not_checked",
    "d": "duplicate",
}
LETTER_OF = {status: letter for letter, status in _LETTERS.items()}

PersonCells = tuple[str, str, str, str]
RowClaims = list[list[str]]
"""Whom one row asks about: document, then names, of each claim."""


class PieceRow(NamedTuple):
    """A row as it was read; person: id_type, id_number, name and name_latin, or why there is none.

    duplicate_of of rows that come before their first is not known yet.
    """

    row: int
    cells: tuple[str, ...]


class Answers(NamedTuple):
    """Answers of one piece: a letter of its state for each row, and what only some rows have.

    exposed: tier and day until which to act, as an ordinal or 0, by place; reasons and duplicates
    by place.
    """

    letters: str
    exposed: Mapping[int, tuple[int, int]]
    reasons: Mapping[int, str]
    duplicates: Mapping[int, int]


class PieceFiles:
    """The files of one piece. Every method raises KeyGone, FileDamaged or another OSError."""

    def __init__(self, folder: JobFolder, number: int) -> None:
        self._folder = folder
        self._number = number

    def write_rows(self, rows: Sequence[StaffRow]) -> None:
        """Keep the cells of rows, and apart from them whom they are about."""
        people = [
            row.reason
            if row.person is None
            else (
                row.person.id_type,
                row.person.id_number,
                row.person.name,
                row.person.name_latin,
            )
            for row in rows
        ]
        self._folder.write_json(UPLOAD, self._name("people"), people)
        self._folder.write_json(RESULTS, self._name("rows"), [(row.row, row.cells) for row in rows])

    def rows(self) -> list[PieceRow]:
        """Return the rows, in order."""
        rows = self._folder.read_json(RESULTS, self._name("rows"))
        return [PieceRow(row, tuple(cells)) for row, cells in rows]

    def people(self) -> list[str | PersonCells]:
        """Return whom each row is about, or the reason why nobody knows."""
        return [
            each if isinstance(each, str) else (each[0], each[1], each[2], each[3])
            for each in self._folder.read_json(UPLOAD, self._name("people"))
        ]

    def write_claims(self, claims: Sequence[str | RowClaims], digests: bytes) -> None:
        """Keep whom each row asks about, or the reason; and the digest of each, or NO_DIGEST."""
        self._folder.write_json(UPLOAD, self._name("claims"), claims)
        self._folder.write(UPLOAD, self._name("digests"), digests)

    def claims(self) -> list[str | RowClaims]:
        """Return whom each row asks about, or the reason."""
        claims: list[str | RowClaims] = self._folder.read_json(UPLOAD, self._name("claims"))
        return claims

    def digests(self) -> bytes:
        """Return the digest of each row, 16 bytes each."""
        return self._folder.read(UPLOAD, self._name("digests"))

    def write_duplicates(self, duplicates: Mapping[int, int]) -> None:
        """Keep which rows repeat an earlier one: its number by their places."""
        self._folder.write_json(RESULTS, self._name("duplicates"), list(duplicates.items()))

    def duplicates(self) -> dict[int, int]:
        """Return which rows repeat an earlier one: its number by their places."""
        return dict(self._folder.read_json(RESULTS, self._name("duplicates")))

    def write_refused(self, places: Sequence[int]) -> None:
        """Keep the places of rows past the quota; mostly there are none, and no file."""
        if places or self._folder.has(self._name("refused")):
            self._folder.write_json(RESULTS, self._name("refused"), places)

    def refused(self) -> set[int]:
        """Return the places of rows past the quota."""
        if not self._folder.has(self._name("refused")):
            return set()
        return set(self._folder.read_json(RESULTS, self._name("refused")))

    def write_answers(self, answers: Answers) -> None:
        """Keep the answers of every row."""
        value = [answers.letters, *(list(each.items()) for each in answers[1:])]
        self._folder.write_json(RESULTS, self._name("answers"), value)

    def answers(self) -> Answers:
        """Return the answers of every row."""
        letters, exposed, reasons, duplicates = self._folder.read_json(
            RESULTS, self._name("answers")
        )
        return Answers(
            letters,
            {place: (tier, day) for place, (tier, day) in exposed},
            dict(reasons),
            dict(duplicates),
        )

    def result_rows(self) -> Iterator[ResultRow]:
        """Yield every row with its answer."""
        answers = self.answers()
        for place, (letter, row) in enumerate(zip(answers.letters, self.rows(), strict=True)):
            tier, day = answers.exposed.get(place, (0, 0))
            yield ResultRow(
                row.row,
                row.cells,
                _LETTERS[letter],
                Tier(tier).word if tier else "",
                date.fromordinal(day) if day else None,
                answers.reasons.get(place, ""),
                answers.duplicates.get(place),
            )

    def _name(self, what: str) -> str:
        return f"{what}-{self._number:05}"
