"""Checking one piece against the pinned indexes: each row comes to one state.

Threat: a row is called "not found" although its index was missing or failed. Limit: unlisted rows
are `incomplete` where anything is missing from the pinned set; a page that fails its check takes
the build out of service, and the whole job is checked anew without it.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import Connection, select, update

from app.bulk.jobs.auditing import audit_job, entry_of
from app.bulk.jobs.job_rows import NO_PIN
from app.bulk.jobs.job_store import JobStore, now_seconds
from app.bulk.jobs.piece_files import (
    LETTER_OF,
    UNCLEAR,
    Answers,
    Claims,
    PieceFiles,
    read_claims,
)
from app.bulk.jobs.stages import (
    PIECE_ADMITTED,
    PIECE_CHECKED,
    QUEUED,
    RUNNING,
    STARTED,
)
from app.bulk.jobs.views import INDEX_REASON, QUOTA, ROW_STATES
from app.bulk.turns.failures import ONE_JOB_A_BUILD, fail_job
from app.bulk.turns.piece_settling import move_piece, postpone_piece
from app.bulk.turns.pinned_indexes import PinnedIndexes, builds_of
from app.bulk.turns.scheduler import Turn
from app.bulk.turns.settling import Settle
from app.indexes.snapshot import IndexSnapshot
from app.indexes.store import CannotAnswer, IndexStore
from app.organisations.audit import Event
from app.organisations.people_digests import CLAIM, FIELD
from app.organisations.policy import one_job_a_build
from app.records.organisations.bulk_jobs import bulk_jobs, bulk_pieces
from app.records.organisations.organisations import lock_organisation
from exposure_index.identity.canonical import claim_encodings
from exposure_index.label.codec import DAY_ZERO
from exposure_index.lookup.batch import BuildDamaged, WorstExposure, look_up_encoded

NO_INDEX = "no_index"
RETRY_SECONDS = 2
_X, _N, _I = LETTER_OF["exposed"], LETTER_OF["not_found"], LETTER_OF["incomplete"]
_C, _D = LETTER_OF["not_checked"], LETTER_OF["duplicate"]


class AnsweredBefore(Exception):
    """The policy grants one job a build, and another was begun with all of these builds."""


@dataclass(frozen=True, slots=True)
class Checker:
    """What a check needs beside the piece."""

    store: JobStore
    index_store: IndexStore
    indexes: PinnedIndexes

    def pin(self, turn: Turn) -> str | Settle:
        """Return what the job of a turn is pinned to, or what must be written where it cannot be.

        Raises RecordsUnavailable.
        """
        try:
            return self._pin(turn)
        except CannotAnswer:
            return partial(_wait, turn, NO_INDEX)
        except AnsweredBefore:
            return partial(fail_job, turn, ONE_JOB_A_BUILD)

    def check_piece(self, turn: Turn, pin: str) -> Settle:
        """Check a piece and keep its answers; return what must be written of it.

        Raises KeyGone, FileDamaged or another OSError.
        """
        try:
            snapshot = self.indexes.pinned(pin, datetime.now(UTC))
        except CannotAnswer:
            return partial(_wait, turn, NO_INDEX)
        if snapshot is None:
            return partial(begin_anew, turn)
        files = PieceFiles(self.store.folder(turn.job.id), turn.number)
        duplicates, claims = files.duplicates(), files.claims()
        try:
            answers = _answers(snapshot, claims, duplicates, files.refused())
            ended = _ended_doubts(files, claims, answers)
        except BuildDamaged as error:
            self.index_store.quarantine({error.build_id})
            return partial(begin_anew, turn)
        now = datetime.now(UTC)  # it may have waited long for the processor
        if any(manifest.expired(now) for manifest in snapshot.manifests):
            return partial(begin_anew, turn)
        files.write_ended_doubts(ended)
        files.write_answers(answers)
        return partial(_settle, turn, pin, answers.letters)

    def _pin(self, turn: Turn) -> str:
        """Return what the job is pinned to, pinning it where it is not.

        Raises CannotAnswer or AnsweredBefore.
        """
        pin: str = turn.job.builds
        if pin != NO_PIN:
            return pin
        present, _ = self.indexes.present()
        jobs = bulk_jobs.c
        with self.store.records.writing() as connection:
            if one_job_a_build(turn.job.policy) and self._was_answered(connection, turn, present):
                raise AnsweredBefore
            pinned = connection.execute(
                update(bulk_jobs)
                .where(jobs.id == turn.job.id)
                .where(jobs.builds == NO_PIN)
                .where(jobs.status.in_(STARTED))
                .values(
                    builds=present,
                    status=RUNNING,
                    started_at=now_seconds(),
                    **dict.fromkeys(("checked", *ROW_STATES), 0),
                )
            )
            if pinned.rowcount and turn.job.generation == 0:
                audit_job(
                    connection, self.store, entry_of(turn.job, Event.JOB_STARTED, turn.job.rows)
                )
            row = connection.execute(bulk_jobs.select().where(jobs.id == turn.job.id)).one()
        return str(row.builds)

    def _was_answered(self, connection: Connection, turn: Turn, pin: str) -> bool:
        """Return whether another job of the organisation was begun with all these builds already.

        Threat: jobs are cancelled under way, or an authority is missing for a while, and each tells
        something of one build. Limit: a job uses its builds up however it ended and under whatever
        policy, and a part of them too. Only one that was begun anew gives the earlier ones back:
        it told nothing. Two jobs that begin at once wait for one another.
        """
        lock_organisation(connection, turn.job.organisation)
        jobs = bulk_jobs.c
        query = (
            select(jobs.builds)
            .distinct()
            .where(jobs.organisation == turn.job.organisation)
            .where(jobs.id != turn.job.id)
            .where(jobs.builds != NO_PIN)
        )
        builds = builds_of(pin)
        return any(builds <= builds_of(used) for used in connection.execute(query).scalars())


def _answers(
    snapshot: IndexSnapshot,
    claims: Sequence[Claims],
    duplicates: dict[int, int],
    refused: set[int],
) -> Answers:
    """Return the answers of a piece. Raises BuildDamaged."""
    unlisted = _I if snapshot.missing else _N
    letters, reasons = [unlisted] * len(claims), dict[int, str]()
    owners: list[int] = []
    encoded: list[bytes] = []
    for place, row in enumerate(claims):
        doubt, of_row = read_claims(row) if row[0] == UNCLEAR or CLAIM in row else ("", [row])
        if doubt:
            reasons[place] = doubt
            letters[place] = _C
        if place in duplicates:
            letters[place] = _D
        elif place in refused:
            reasons[place] = QUOTA  # of a row in doubt too: nobody looked it up
            letters[place] = _C
        else:
            for claim in of_row:
                document, *names = claim.split(FIELD)
                each = claim_encodings(document, names)
                encoded += each
                owners += (place,) * len(each)
    exposed: dict[int, tuple[int, int]] = {}
    for place, worst in look_up_encoded(snapshot.indexes, encoded, owners).items():
        exposed[place] = worst.tier, _ordinal(worst)
        letters[place] = _X
        reasons.pop(place, None)
    if snapshot.missing:
        why = INDEX_REASON + snapshot.missing[0].why
        reasons |= {place: why for place, letter in enumerate(letters) if letter == _I}
    return Answers("".join(letters), exposed, reasons, duplicates)


def _ended_doubts(
    files: PieceFiles, claims: Sequence[Claims], answers: Answers
) -> dict[str, list[int]]:
    """Return the numbers of rows in doubt that are told as something else, by their doubt.

    They were found all the same, or are past the quota.
    """
    past_quota = (place for place, why in answers.reasons.items() if why == QUOTA)
    places = sorted(
        place for place in (*answers.exposed, *past_quota) if claims[place][0] == UNCLEAR
    )
    ended: dict[str, list[int]] = {}
    if places:
        numbers = files.rows().numbers
        for place in places:
            ended.setdefault(read_claims(claims[place])[0], []).append(numbers[place])
    return ended


def _ordinal(exposure: WorstExposure) -> int:
    return exposure.observe_until and DAY_ZERO.toordinal() + exposure.observe_until


def _settle(turn: Turn, pin: str, letters: str, connection: Connection) -> None:
    if not move_piece(turn, PIECE_CHECKED, connection):
        return
    jobs = bulk_jobs.c
    counts = {state: getattr(jobs, state) + letters.count(LETTER_OF[state]) for state in ROW_STATES}
    connection.execute(
        update(bulk_jobs)
        .where(jobs.id == turn.job.id)
        .where(jobs.builds == pin)
        .values(checked=jobs.checked + len(letters), waiting="", **counts)
    )


def begin_anew(turn: Turn, connection: Connection) -> None:
    """Let a job be checked from its first row, since its pinned indexes are gone."""
    jobs, pieces = bulk_jobs.c, bulk_pieces.c
    changed = connection.execute(
        update(bulk_jobs)
        .where(jobs.id == turn.job.id)
        .where(jobs.generation == turn.job.generation)
        .where(jobs.status.in_(STARTED))
        .values(
            status=QUEUED,
            generation=turn.job.generation + 1,
            builds=NO_PIN,
            **dict.fromkeys(("checked", *ROW_STATES), 0),
        )
    )
    if changed.rowcount:
        connection.execute(
            update(bulk_pieces)
            .where(pieces.job == turn.job.id)
            .where(pieces.state.in_((PIECE_CHECKED, PIECE_ADMITTED)))
            .values(state=PIECE_ADMITTED, lease="", lease_until=0)
        )


def _wait(turn: Turn, why: str, connection: Connection) -> None:
    postpone_piece(turn, int(time.time()) + RETRY_SECONDS, connection)
    connection.execute(update(bulk_jobs).where(bulk_jobs.c.id == turn.job.id).values(waiting=why))
