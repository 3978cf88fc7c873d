"""Which rows of a list repeat an earlier one, found by digests: some 50 bytes of memory a row."""

import json
from collections import Counter
from functools import partial
from typing import Any

import numpy as np
from sqlalchemy import Connection, update

from app.bulk.jobs.job_store import JobStore
from app.bulk.jobs.piece_files import NO_DIGEST, PieceFiles, PieceTally
from app.bulk.jobs.stages import ALIVE, READ_ROWS, READ_WHOLE
from app.bulk.jobs.unread_rows import RowsInDoubt, join_spans, write_doubts, write_spans
from app.bulk.turns.failures import TOO_FEW_PEOPLE, fail_job
from app.bulk.turns.scheduler import Turn
from app.bulk.turns.settling import Settle
from app.organisations.people_digests import DIGEST_BYTES
from app.organisations.policy import least_people, tells_individuals
from app.records.organisations.bulk_jobs import bulk_jobs

Places = np.ndarray[Any, np.dtype[np.int64]]
_WORDS = DIGEST_BYTES // 8


def compare_rows(store: JobStore, turn: Turn) -> Settle:
    """Find the duplicates of a list, and count what will not be checked and why.

    Raises KeyGone, FileDamaged or another OSError.
    """
    folder = store.folder(turn.job.id)
    pieces = [PieceFiles(folder, number) for number in range(turn.job.pieces)]
    digests, tallies, lengths = bytearray(), list[PieceTally](), list[int]()
    for piece in pieces:
        tally = piece.tally()
        digests += tally.digests
        lengths.append(len(tally.digests) // DIGEST_BYTES)
        tallies.append(tally._replace(digests=b""))
    first = first_places(digests)
    repeated = np.flatnonzero(first < np.arange(len(first)))
    numbers = _row_numbers(pieces, lengths, first[repeated])
    begin, reasons, doubts = 0, Counter[str](), Counter[str]()
    for piece, length, tally in zip(pieces, lengths, tallies, strict=True):
        low, high = np.searchsorted(repeated, [begin, begin + length])
        piece.write_duplicates(
            {
                int(place) - begin: numbers[int(of)]
                for place, of in zip(repeated[low:high], first[repeated[low:high]], strict=True)
            }
        )
        reasons.update(tally.reasons)
        doubts.update(tally.doubts)
        begin += length
    write_spans(folder, join_spans(tally.spans for tally in tallies))
    write_doubts(folder, RowsInDoubt(doubts, join_spans(each.doubt_spans for each in tallies)))
    people = begin - len(repeated) - sum(reasons.values())
    if not tells_individuals(turn.job.policy) and people < least_people(turn.job.policy):
        return partial(fail_job, turn, TOO_FEW_PEOPLE)
    return partial(_settle, turn, dict(reasons), len(repeated))


def first_places(digests: bytes | bytearray) -> Places:
    """Return for each digest of 16 bytes the place of its first equal; its own where it is none.

    A digest of zeros is nobody's, and equals none.
    """
    words = np.frombuffer(digests, np.uint64).reshape(-1, _WORDS)
    first: Places = np.arange(len(words))
    order = np.argsort(words[:, 0], kind="stable")  # equals stay in the order of the list
    in_order = words[order, 0]
    same = np.flatnonzero(in_order[1:] == in_order[:-1])
    seen: dict[bytes, int] = {}
    for place in order[np.union1d(same, same + 1)].tolist():
        digest = words[place].tobytes()
        if digest != NO_DIGEST:
            first[place] = seen.setdefault(digest, place)
    return first


def _row_numbers(pieces: list[PieceFiles], lengths: list[int], places: Places) -> dict[int, int]:
    """Return the row numbers, as the program shows them, at places of the whole list."""
    wanted = np.unique(places)
    numbers: dict[int, int] = {}
    begin = 0
    for piece, length in zip(pieces, lengths, strict=True):
        low, high = np.searchsorted(wanted, [begin, begin + length])
        if low < high:
            of_piece = piece.rows().numbers
            numbers |= {int(place): of_piece[int(place) - begin] for place in wanted[low:high]}
        begin += length
    return numbers


def _settle(turn: Turn, reasons: dict[str, int], duplicates: int, connection: Connection) -> None:
    jobs = bulk_jobs.c
    connection.execute(
        update(bulk_jobs)
        .where(jobs.id == turn.job.id)
        .where(jobs.lease == turn.owner)
        .where(jobs.reading == READ_ROWS)
        .where(jobs.status.in_(ALIVE))
        .values(
            reading=READ_WHOLE,
            reasons=json.dumps(reasons),
            duplicate=duplicates,
            lease="",
            lease_until=0,
        )
    )
