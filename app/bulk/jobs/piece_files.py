"""Files of one piece of a list: its rows, whom they ask about, and their answers.

``rows-N`` and ``answers-N`` open with the key of results; ``claims-N`` and ``digests-N`` with that
of the upload, and go when the job ends.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.bulk.jobs.folder import RESULTS, UPLOAD, JobFolder
from app.bulk.jobs.packed_rows import pack_rows, unpack_rows
from app.bulk.jobs.views import ResultRow, RowSpan, RowStatus
from app.organisations.people_digests import CLAIM, DIGEST_BYTES
from exposure_index.label.model import Tier
from tables.staff_lists.staff_list import ReadBlock

NO_DIGEST = bytes(DIGEST_BYTES)
_LETTERS: dict[str, RowStatus] = {
    "x": "exposed",
    "n": "not_found",
    "i": "incomplete",
    "c": "not_checked",
    "d": "duplicate",
}
LETTER_OF = {status: letter for letter, status in _LETTERS.items()}

Claims = str
"""Whom one row asks about, as one text: claims apart by CLAIM, each its document and its names.

Where that is in doubt UNCLEAR and why stand before the claims, or before none. See `read_claims`.
"""
UNCLEAR = "!"
_ROW = "\x1e"


class PieceRow(NamedTuple):
    """A row as it was read; reason: why nobody knows whom it is about, "" where somebody does."""

    row: int
    cells: list[str]
    reason: str


class PieceRows(NamedTuple):
    """The rows of a piece: their numbers, their cells, and of some why nobody knows whom they name.

    reasons: by place in the piece.
    """

    numbers: Sequence[int]
    cells: Sequence[list[str]]
    reasons: Mapping[int, str]

    def row(self, place: int) -> PieceRow:
        """Return the row of a place."""
        return PieceRow(self.numbers[place], self.cells[place], self.reasons.get(place, ""))


def doubted_claims(reason: str, claims: Claims) -> Claims:
    """Return the guesses of a row, of which nobody believes that who is not found is not listed."""
    return f"{UNCLEAR}{reason}{CLAIM}{claims}"


def read_claims(claims: Claims) -> tuple[str, list[str]]:
    """Return why a row is in doubt, "" where it is not, and its claims, none or several."""
    if claims[0] != UNCLEAR:
        return "", claims.split(CLAIM)
    reason, *guesses = claims[len(UNCLEAR) :].split(CLAIM)
    return reason, guesses


class PieceTally(NamedTuple):
    """What of a piece is known without reading it.

    reasons: how many rows are not read with certainty, by reason; doubts: how many of these are
    looked up by guesses; spans and doubt_spans: which rows are not looked up at all and which by
    guesses, the first of them; several: places of rows with several claims or with guesses;
    digests: 16 bytes a row.
    """

    reasons: Mapping[str, int]
    doubts: Mapping[str, int]
    spans: Mapping[str, Sequence[RowSpan]]
    doubt_spans: Mapping[str, Sequence[RowSpan]]
    several: Sequence[int]
    digests: bytes


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

    def write_rows(self, blocks: Sequence[ReadBlock]) -> None:
        """Keep the rows of some blocks, and of those that cannot be checked why."""
        numbers = [row for block in blocks for row in block.rows]
        records = [record for block in blocks for record in block.records]
        consecutive = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        head = {
            "first": numbers[0] if consecutive else None,
            "numbers": [] if consecutive else numbers,
            "reasons": _reasons(blocks),
        }
        self._folder.write(RESULTS, self._name("rows"), _head(head) + pack_rows(records))

    def rows(self) -> PieceRows:
        """Return the rows, in order."""
        head, body = _parts(self._folder.read(RESULTS, self._name("rows")))
        cells, first = unpack_rows(body), head["first"]
        numbers = head["numbers"] if first is None else range(first, first + len(cells))
        return PieceRows(numbers, cells, dict(head["reasons"]))

    def write_claims(self, claims: Sequence[Claims], tally: PieceTally) -> None:
        """Keep whom each row asks about, and the tally of the piece."""
        self._folder.write(UPLOAD, self._name("claims"), _ROW.join(claims).encode())
        head = tally._asdict()
        digests = head.pop("digests")
        self._folder.write(UPLOAD, self._name("digests"), _head(head) + digests)

    def claims(self) -> list[Claims]:
        """Return whom each row asks about."""
        return self._folder.read(UPLOAD, self._name("claims")).decode().split(_ROW)

    def tally(self) -> PieceTally:
        """Return the tally of the piece."""
        head, digests = _parts(self._folder.read(UPLOAD, self._name("digests")))
        return PieceTally(**{"doubts": {}, "doubt_spans": {}} | head, digests=digests)

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

    def write_ended_doubts(self, ended: Mapping[str, Sequence[int]]) -> None:
        """Keep the numbers of rows in doubt that are told as something else, by their doubt.

        Mostly there are none.
        """
        if ended or self._folder.has(self._name("found")):
            self._folder.write_json(RESULTS, self._name("found"), ended)

    def ended_doubts(self) -> dict[str, list[int]]:
        """Return the numbers of rows in doubt that are told as something else, by their doubt."""
        if not self._folder.has(self._name("found")):
            return {}
        return dict(self._folder.read_json(RESULTS, self._name("found")))

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

    def last_days(self) -> Iterator[date | None]:
        """Yield until when to act for each row that is listed; None where there is no last day."""
        for _tier, day in self.answers().exposed.values():
            yield date.fromordinal(day) if day else None

    def result_rows(self) -> Iterator[ResultRow]:
        """Yield every row with its answer."""
        answers, rows = self.answers(), self.rows()
        of_each = zip(answers.letters, rows.numbers, rows.cells, strict=True)
        for place, (letter, number, cells) in enumerate(of_each):
            tier, day = answers.exposed.get(place, (0, 0))
            yield ResultRow(
                number,
                tuple(cells),
                _LETTERS[letter],
                Tier(tier).word if tier else "",
                date.fromordinal(day) if day else None,
                answers.reasons.get(place, ""),
                answers.duplicates.get(place),
            )

    def _name(self, what: str) -> str:
        return f"{what}-{self._number:05}"


def _reasons(blocks: Sequence[ReadBlock]) -> list[tuple[int, str]]:
    """Return the place among the rows of all blocks, and why, of each that cannot be checked."""
    reasons: list[tuple[int, str]] = []
    begin = 0
    for block in blocks:
        reasons += [(begin + at, reason) for at, reason in sorted(block.reasons.items())]
        begin += len(block.rows)
    return reasons


def _head(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def _parts(data: bytes) -> tuple[Any, bytes]:
    head, _, body = data.partition(b"\n")
    return json.loads(head), body
