"""Admission: whom of a list the quota of its organisation covers, for many pieces at a time.

What is counted, and which rows are past the quota, is kept together or not at all: a process that
dies in between counts the same people again, which is free.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select, update

from app.bulk.jobs.job_rows import change_job, end_job
from app.bulk.jobs.job_store import JobStore, now_seconds
from app.bulk.jobs.piece_files import PieceFiles, read_claims
from app.bulk.jobs.stages import CANCELLED, PIECE_ADMITTED, PIECE_READY
from app.bulk.turns.failures import TOO_FEW_PEOPLE, fail_job
from app.bulk.turns.quota_ledgers import OrganisationGone
from app.bulk.turns.scheduler import Turn
from app.bulk.turns.settling import Settle
from app.organisations.people_digests import DIGEST_BYTES, DigestColumn, PeopleDigests
from app.organisations.policy import least_people, tells_individuals
from app.records.organisations.bulk_jobs import bulk_jobs, bulk_pieces

PIECES_AT_A_TIME = 20
DISABLED = "organisation_disabled"


class _People(NamedTuple):
    """Everybody whom the rows of a piece ask about: their places in it, and a digest of each."""

    places: NDArray[np.int64]
    digests: bytes


Admit = Callable[[Connection, int, Sequence[bytes]], list[bool]]
"""Whether each identity, by its digest, is within the quota of an organisation; in order."""


def admit_pieces(store: JobStore, turn: Turn, admit: Admit) -> Settle:
    """Count whom the next pieces ask about; return what must be written of it.

    Raises KeyGone, FileDamaged or another OSError.
    """
    folder = store.folder(turn.job.id)
    digests = PeopleDigests(store.people_key(turn.job.organisation))
    numbers = _ready_pieces(store, turn)
    found = [_people_of(PieceFiles(folder, number), digests) for number in numbers]
    people = DigestColumn(b"".join([each.digests for each in found]))

    def settle(connection: Connection) -> None:
        if not _holds(turn, connection):
            return
        counting = connection.begin_nested()
        try:
            admitted = admit(connection, turn.job.organisation, people)
        except OrganisationGone:
            end_job(connection, turn.job.id, CANCELLED, now_seconds(), failure=DISABLED)
            return
        if _are_too_few(turn, numbers, admitted):
            counting.rollback()  # nobody is checked, so nobody is counted
            fail_job(turn, TOO_FEW_PEOPLE, connection)
            return
        counting.commit()
        begin = 0
        for number, (places, _) in zip(numbers, found, strict=True):
            within = np.array(admitted[begin : begin + len(places)], bool)
            refused: list[int] = np.unique(places[~within]).tolist()
            PieceFiles(folder, number).write_refused(refused)
            begin += len(places)
        pieces = bulk_pieces.c
        connection.execute(
            update(bulk_pieces)
            .where(pieces.job == turn.job.id)
            .where(pieces.number.in_(numbers))
            .where(pieces.state == PIECE_READY)
            .values(state=PIECE_ADMITTED, lease="", lease_until=0)
        )
        change_job(connection, turn.job.id, lease="", lease_until=0)

    return settle


def _are_too_few(turn: Turn, numbers: Sequence[int], admitted: Sequence[bool]) -> bool:
    """Whether the quota leaves fewer people than counts are told of, by the first pieces.

    Whoever is past the quota is not checked, and would only pad what is told of the others.
    """
    if tells_individuals(turn.job.policy) or 0 not in numbers or all(admitted):
        return False
    return sum(admitted) < least_people(turn.job.policy)


def _people_of(files: PieceFiles, digests: PeopleDigests) -> _People:
    """Return everybody whom rows ask about for the first time, in the order of the rows."""
    tally, duplicates = files.tally(), files.duplicates()
    of_rows = np.frombuffer(tally.digests, np.uint64).reshape(-1, DIGEST_BYTES // 8)
    is_counted: NDArray[np.bool_] = np.asarray(of_rows.any(axis=1))
    is_counted[[*duplicates, *tally.several]] = False
    places = np.flatnonzero(is_counted)
    several = sorted(set(tally.several).difference(duplicates))
    if not several:
        return _People(places, of_rows[places].tobytes())
    claims = files.claims()
    further = [
        (place, digests.of(claim)) for place in several for claim in read_claims(claims[place])[1]
    ]
    keyed = np.frombuffer(b"".join([each for _, each in further]), np.uint64)
    both = np.concatenate([of_rows[places], keyed.reshape(-1, DIGEST_BYTES // 8)])
    places = np.concatenate([places, np.array([place for place, _ in further])])
    order = np.argsort(places, kind="stable")
    return _People(places[order], both[order].tobytes())


def _ready_pieces(store: JobStore, turn: Turn) -> list[int]:
    pieces = bulk_pieces.c
    query = (
        select(pieces.number)
        .where(pieces.job == turn.job.id)
        .where(pieces.state == PIECE_READY)
        .order_by(pieces.number)
        .limit(PIECES_AT_A_TIME)
    )
    with store.records.reading() as connection:
        return list(connection.execute(query).scalars())


def _holds(turn: Turn, connection: Connection) -> bool:
    jobs = bulk_jobs.c
    query = select(jobs.id).where(jobs.id == turn.job.id).where(jobs.lease == turn.owner)
    return connection.execute(query).one_or_none() is not None
