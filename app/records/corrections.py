"""Correction requests: sealed content, found again by the digest of a receipt code only."""

from sqlalchemy import Column, Date, LargeBinary, String, Table

from app.records.tables import metadata

corrections = Table(
    "corrections",
    metadata,
    Column("reference", String(12), primary_key=True),  # random; named to operators, opens nothing
    Column("receipt_digest", LargeBinary, nullable=False, unique=True),
    Column("received_on", Date, nullable=False, index=True),  # no time: it would tell who asked
    Column("state", String(12), nullable=False, index=True),
    Column("reason", String(24), nullable=False, default=""),
    Column("decided_on", Date),
    Column("exported_on", Date),
    Column("sealed", LargeBinary),  # null once withdrawn
)
