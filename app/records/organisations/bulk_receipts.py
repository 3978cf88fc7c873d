"""Receipts of jobs: signed counts, encrypted, kept long after the job; nobody's name or number."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    Column,
    Connection,
    Date,
    Integer,
    LargeBinary,
    String,
    Table,
    insert,
    select,
)

from app.records.encrypted_fields import FieldCipher, Place
from app.records.row_deletion import delete_rows_before
from app.records.tables import metadata

bulk_receipts = Table(
    "bulk_receipts",
    metadata,
    Column("job", String(32), primary_key=True),
    Column("organisation", Integer, nullable=False, index=True),
    Column("issued_on", Date, nullable=False, index=True),
    Column("document", LargeBinary, nullable=False),
)


@dataclass(frozen=True, slots=True)
class StoredReceipt:
    """A receipt as it is kept; document: JSON in UTF-8."""

    organisation: int
    job: str
    document: bytes
    issued_on: date


def add_receipt(connection: Connection, cipher: FieldCipher, one: StoredReceipt) -> None:
    """Keep the receipt of a job. Raises IntegrityError for a second one."""
    connection.execute(
        insert(bulk_receipts).values(
            job=one.job,
            organisation=one.organisation,
            issued_on=one.issued_on,
            document=cipher.encrypt(_place(one.job), one.document.decode()),
        )
    )


def receipt_of(
    connection: Connection, cipher: FieldCipher, organisation: int, job: str
) -> bytes | None:
    """Return the receipt of a job of an organisation, None where there is none.

    Raises FieldUnreadable.
    """
    field = connection.execute(
        select(bulk_receipts.c.document)
        .where(bulk_receipts.c.job == job)
        .where(bulk_receipts.c.organisation == organisation)
    ).scalar_one_or_none()
    return None if field is None else cipher.decrypt(_place(job), field).encode()


def purge_receipts(connection: Connection, before: date) -> int:
    """Delete receipts that were issued before a day; return how many."""
    return delete_rows_before(connection, bulk_receipts.c.issued_on, before)


def _place(job: str) -> Place:
    return Place("bulk_receipts", "document", job)
