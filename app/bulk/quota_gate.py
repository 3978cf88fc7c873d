"""The quota at the gate: a list of which nobody could be checked is refused as it comes.

Only where the quota is used up is a list looked into here. Whom the organisation asked about before
is free, so one such person among the first rows lets the list pass; its other rows are then
`not_checked: quota`. What cannot be read passes too: the worker says why.
"""

from collections.abc import Iterator
from itertools import islice

from app.bulk.jobs.folder import JobFolder
from app.bulk.jobs.job_store import JobStore
from app.bulk.jobs.piece_files import PieceRow, read_claims
from app.bulk.turns.identity_turn import RowReader
from app.bulk.uploads.refusals import QuotaUsedUp
from app.organisations.people_digests import PeopleDigests
from app.organisations.quota import QuotaLedger
from app.records.organisations.organisations import organisation_where, organisations
from tables.staff_lists.staff_list import (
    ColumnsUnclear,
    ListChoice,
    ListKind,
    ListRefused,
    ListSource,
    StaffList,
    open_staff_list,
)

ROWS_MAX = 20_000


def require_quota(store: JobStore, organisation_id: int, folder: JobFolder, kind: ListKind) -> None:
    """Raise QuotaUsedUp where the quota covers none of the first rows of a list."""
    with store.records.reading() as connection:
        found = organisation_where(connection, organisations.c.id == organisation_id)
    if found is None:
        return
    ledger = QuotaLedger(store.records, found)
    if ledger.remaining():
        return
    try:
        staff_list = open_staff_list(ListSource("list", kind, folder.list_opener()), ListChoice())
        people = list(islice(_people_of(store, organisation_id, staff_list), ROWS_MAX))
    except (ListRefused, ColumnsUnclear):
        return
    if people and not ledger.covers_any(people):
        raise QuotaUsedUp(ledger.renewal_seconds())


def _people_of(store: JobStore, organisation_id: int, staff_list: StaffList) -> Iterator[bytes]:
    digests = PeopleDigests(store.people_key(organisation_id))
    read = RowReader(staff_list.columns).claims
    for block in staff_list.blocks():
        for row in block:
            claims = read(PieceRow(row.row, list(row.cells), row.reason))
            yield from map(digests.of, read_claims(claims)[1])
