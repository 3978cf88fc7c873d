"""Jobs of organisations and their pieces: states, counts and leases; nobody's name or number."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from app.records.tables import metadata

bulk_jobs = Table(
    "bulk_jobs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("organisation", Integer, nullable=False),
    Column("actor", String(64), nullable=False),
    Column("policy", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("reading", String(16), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("idempotency", LargeBinary),  # digests under the key `records`
    Column("body", LargeBinary),
    Column("rows", Integer, nullable=False),
    Column("checked", Integer, nullable=False),
    Column("exposed", Integer, nullable=False),
    Column("not_found", Integer, nullable=False),
    Column("incomplete", Integer, nullable=False),
    Column("not_checked", Integer, nullable=False),
    Column("duplicate", Integer, nullable=False),
    Column("reasons", Text, nullable=False),  # JSON: how many rows by reason
    Column("pieces", Integer, nullable=False),
    Column("generation", Integer, nullable=False),  # how often it was begun anew
    Column("deaths", Integer, nullable=False),  # of workers, since a turn of it was settled
    Column("builds", Text, nullable=False),  # JSON: what every row is answered from
    Column("created_at", BigInteger, nullable=False),  # seconds since 1970
    Column("started_at", BigInteger),
    Column("finished_at", BigInteger),
    Column("expires_at", BigInteger),
    Column("touched_at", BigInteger, nullable=False),
    Column("failure", String(32), nullable=False),
    Column("failure_row", Integer),
    Column("failure_column", Integer),
    Column("waiting", String(32), nullable=False),
    Column("lease", String(96), nullable=False),
    Column("lease_until", BigInteger, nullable=False),
    Column("held", Boolean, nullable=False),  # whether files and keys may be there
    Column("announced", Boolean, nullable=False),  # whether its end was made known
    Index("ix_bulk_jobs_organisation", "organisation"),
    Index("ix_bulk_jobs_status", "status"),
    Index("uq_bulk_jobs_idempotency", "organisation", "idempotency", unique=True),
)

bulk_pieces = Table(
    "bulk_pieces",
    metadata,
    Column("job", String(32), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("rows", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("lease", String(96), nullable=False),
    Column("lease_until", BigInteger, nullable=False),
)

bulk_turns = Table(
    "bulk_turns",
    metadata,
    Column("organisation", Integer, primary_key=True, autoincrement=False),
    Column("served_at", BigInteger, nullable=False),  # milliseconds since 1970
)
