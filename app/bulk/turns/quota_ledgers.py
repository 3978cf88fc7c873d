"""The quota ledgers of one process: one for each organisation whose people it admits."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.organisations.quota import QuotaLedger
from app.records.database import Records
from app.records.organisations.organisations import organisation_where, organisations

LEDGERS_MAX = 8
"""A ledger keeps the sketches that it has read: 3 MB for a million people."""


class OrganisationGone(Exception):
    """There is no such organisation, or it is disabled."""


class QuotaLedgers:
    """Admits the people of any organisation, within its quota."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._ledgers: dict[int, QuotaLedger] = {}

    def admit(
        self, connection: Connection, organisation_id: int, digests: Sequence[bytes]
    ) -> list[bool]:
        """Return whether each identity is within the quota, in order. Raises OrganisationGone."""
        found = organisation_where(connection, organisations.c.id == organisation_id)
        if found is None or found.disabled:
            raise OrganisationGone
        ledger = self._ledgers.pop(organisation_id, None) or QuotaLedger(self._records, found)
        self._ledgers[organisation_id] = ledger
        for oldest in list(self._ledgers)[:-LEDGERS_MAX]:
            del self._ledgers[oldest]
        return ledger.admit(connection, digests)
