"""Whom the rows of one piece ask about: canonical identities, and a digest of each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from app.bulk.jobs.folder import RESULTS
from app.bulk.jobs.job_store import JobStore
from app.bulk.jobs.piece_files import (
    NO_DIGEST,
    UNCLEAR,
    Claims,
    PieceFiles,
    PieceRow,
    PieceRows,
    PieceTally,
    doubted_claims,
    read_claims,
)
from app.bulk.jobs.stages import PIECE_READY
from app.bulk.jobs.unread_rows import spans_of
from app.bulk.turns.open_readings import SUMMARY
from app.bulk.turns.piece_settling import settle_piece
from app.bulk.turns.scheduler import Turn
from app.bulk.turns.settling import Settle
from app.organisations.people_digests import CLAIM, FIELD, PeopleDigests, claims_text
from app.organisations.policy import tells_individuals
from exposure_index.identity.parsing import InvalidIdentity
from exposure_index.identity.plain_residents import plain_resident
from tables.people_csv import ALL_COLUMNS, PersonRow
from tables.staff_lists.columns import are_plain, person_reader
from tables.staff_lists.list_numbers import as_digits
from tables.staff_lists.staff_list import reason_of, row_claims
from tables.staff_names.asides import may_hold_aside
from tables.staff_names.garbled_names import is_garbled
from tables.staff_names.han_pieces import is_piece_fault, names_of_pieces

_RESIDENT = ("resident", "")  # a number without a kind is that of a resident where it may be one
_KINDS_KEPT = 1_000


class RowReader:
    """Reads whom rows ask about; columns: column name to place from 0."""

    def __init__(self, columns: Mapping[str, int]) -> None:
        self._read = person_reader(columns)
        self._are_plain = are_plain(columns)
        self._places = [columns.get(name, -1) for name in ALL_COLUMNS]
        self._kinds: dict[str, bool] = {}

    def claims(self, row: PieceRow) -> Claims:
        """Return whom a row asks about, for certain or as a guess, or why nobody knows."""
        if row.reason:
            return UNCLEAR + row.reason
        return (self._are_plain and self._plain_claim(row.cells)) or self._other_claims(row)

    def claims_of_piece(self, rows: PieceRows) -> list[Claims]:
        """Return whom each row of a piece asks about, or why nobody knows."""
        if not self._are_plain:
            return [self.claims(rows.row(place)) for place in range(len(rows.cells))]
        found = list(map(self._plain_claim, rows.cells))
        for place, claims in enumerate(found):
            if not claims:
                found[place] = self._other_claims(rows.row(place))
        for place, reason in rows.reasons.items():
            found[place] = UNCLEAR + reason
        return found

    def _other_claims(self, row: PieceRow) -> Claims:
        """Return the claims of any row, in doubt or not, or why there are none."""
        try:
            found, doubt = row_claims(self._read(row.cells, row.row))
            claims = claims_text(found)
            return doubted_claims(doubt, claims) if doubt else claims
        except InvalidIdentity as error:
            return UNCLEAR + reason_of(error)

    def _plain_claim(self, cells: Sequence[str]) -> Claims:
        """Return the claim of a plain row of a resident, "" for any other."""
        type_at, number_at, name_at, latin_at = self._places
        id_type = cells[type_at] if type_at >= 0 else ""
        latin = cells[latin_at] if latin_at >= 0 else ""
        number, name = cells[number_at], cells[name_at]
        if not latin and self._may_be_resident(id_type):
            plain = plain_resident(number, name)
            if plain and not self._is_doubtful(plain, name):
                return FIELD.join((number, *names_of_pieces(plain)))
        return ""

    @staticmethod
    def _is_doubtful(plain: str, name: str) -> bool:
        return may_hold_aside(plain) or is_piece_fault(plain) or is_garbled(name)

    def _may_be_resident(self, id_type: str) -> bool:
        known = self._kinds.get(id_type)
        if known is None:
            known = PersonRow(id_type, "", "").kind in _RESIDENT
            if len(self._kinds) < _KINDS_KEPT:
                self._kinds[id_type] = known
        return known


def identify_piece(store: JobStore, turn: Turn) -> Settle:
    """Find whom each row of a piece asks about. Raises KeyGone, FileDamaged or another OSError."""
    folder = store.folder(turn.job.id)
    files = PieceFiles(folder, turn.number)
    rows = files.rows()
    claims = RowReader(folder.read_json(RESULTS, SUMMARY)["columns"]).claims_of_piece(rows)
    digests = PeopleDigests(store.people_key(turn.job.organisation))
    if tells_individuals(turn.job.policy):
        tally = tally_of(claims, rows.numbers, digests)
    else:
        claims = list(map(_of_one_document, claims))
        tally = tally_of(claims, rows.numbers, digests)._replace(
            several=[], digests=_of_documents(claims, digests)
        )
    files.write_claims(claims, tally)
    return partial(settle_piece, turn, PIECE_READY)


def _of_one_document(claims: Claims) -> Claims:
    """Return the claims of a row of one document; of several, which may be counted twice, none.

    One with O or I for digits is the document with the digits. Guesses are of no use to counts.
    """
    doubt, _ = read_claims(claims)
    if doubt:
        return UNCLEAR + doubt
    documents = {as_digits(claim.partition(FIELD)[0]) for claim in claims.split(CLAIM)}
    return claims if len(documents) == 1 else f"{UNCLEAR}document_unclear"


def _of_documents(claims: list[Claims], digests: PeopleDigests) -> bytes:
    """Return a digest for each row of its document alone, under whatever names it stands there.

    Threat: fifty rows about one person under as many names are fifty people, and their count is
    that person's result.
    """
    return b"".join(
        NO_DIGEST if each[0] == UNCLEAR else digests.of(as_digits(each.partition(FIELD)[0]))
        for each in claims
    )


def tally_of(
    claims: Sequence[Claims], numbers: Sequence[int], digests: PeopleDigests
) -> PieceTally:
    """Return the tally of a piece, of whose rows the numbers are those that the program shows."""
    unread, doubted = list[tuple[int, str]](), list[tuple[int, str]]()
    for number, each in zip(numbers, claims, strict=True):
        if each[0] == UNCLEAR:
            reason, guesses = read_claims(each)
            (doubted if guesses else unread).append((number, reason))
    doubts = Counter(reason for _, reason in doubted)
    return PieceTally(
        Counter(reason for _, reason in unread) + doubts,
        doubts,
        spans_of(unread),
        spans_of(doubted),
        [place for place, each in enumerate(claims) if CLAIM in each],
        b"".join([NO_DIGEST if each[0] == UNCLEAR else digests.of(each) for each in claims]),
    )
