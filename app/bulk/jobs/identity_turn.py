"""Whom the rows of one piece ask about: canonical identities, and a digest of each."""

from functools import partial
from hashlib import blake2b

from app.bulk.jobs.job_store import JobStore
from app.bulk.jobs.piece_files import DIGEST_BYTES, NO_DIGEST, PersonCells, PieceFiles, RowClaims
from app.bulk.jobs.piece_settling import settle_piece
from app.bulk.jobs.scheduler import Turn
from app.bulk.jobs.settling import Settle
from app.bulk.jobs.stages import PIECE_READY
from exposure_index.identity.canonical import IdentityClaim
from exposure_index.identity.parsing import InvalidIdentity
from tables.people_csv import PersonRow
from tables.staff_list import claims_of, reason_of


class PeopleDigests:
    """Digests of people under the key of one organisation; nobody else's can be compared."""

    def __init__(self, key: bytes) -> None:
        self._keyed = blake2b(key=key, digest_size=DIGEST_BYTES)

    def of(self, claims: RowClaims) -> bytes:
        """Return 16 bytes for whom a row asks about: equal for equal claims only."""
        digest = self._keyed.copy()
        digest.update(b"\x00".join(["\x01".join(claim).encode() for claim in claims]))
        return digest.digest()


def identify_piece(store: JobStore, turn: Turn) -> Settle:
    """Find whom each row of a piece asks about. Raises KeyGone, FileDamaged or another OSError."""
    files = PieceFiles(store.folder(turn.job.id), turn.number)
    digests = PeopleDigests(store.people_key(turn.job.organisation))
    claims = [_row_claims(person) for person in files.people()]
    files.write_claims(
        claims,
        b"".join([NO_DIGEST if isinstance(each, str) else digests.of(each) for each in claims]),
    )
    return partial(settle_piece, turn, PIECE_READY)


def claims_from(row: RowClaims) -> list[IdentityClaim]:
    """Return the claims of a row as they are looked up."""
    return [IdentityClaim(document, tuple(names)) for document, *names in row]


def _row_claims(person: str | PersonCells) -> str | RowClaims:
    """Return whom a row asks about, or the reason why nobody knows."""
    if isinstance(person, str):
        return person
    try:
        claims = claims_of(PersonRow(*person))
    except InvalidIdentity as error:
        return reason_of(error)
    return [[claim.document, *claim.names] for claim in claims]
