"""Jobs of organisations, their pieces, and whose turn it is."""

import sqlalchemy as sa
from alembic import op

revision = "r0006"
down_revision = "r0005"

COUNTS = (
    "rows",
    "checked",
    "exposed",
    "not_found",
    "incomplete",
    "not_checked",
    "duplicate",
    "pieces",
    "generation",
    "deaths",
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "bulk_jobs",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("policy", sa.String(16), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("reading", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("idempotency", sa.LargeBinary),
        sa.Column("body", sa.LargeBinary),
        *[sa.Column(name, sa.Integer, nullable=False) for name in COUNTS],
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Column("builds", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("started_at", sa.BigInteger),
        sa.Column("finished_at", sa.BigInteger),
        sa.Column("expires_at", sa.BigInteger),
        sa.Column("touched_at", sa.BigInteger, nullable=False),
        sa.Column("failure", sa.String(32), nullable=False),
        sa.Column("failure_row", sa.Integer),
        sa.Column("failure_column", sa.Integer),
        sa.Column("waiting", sa.String(32), nullable=False),
        sa.Column("lease", sa.String(96), nullable=False),
        sa.Column("lease_until", sa.BigInteger, nullable=False),
        sa.Column("held", sa.Boolean, nullable=False),
        sa.Column("announced", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bulk_jobs"),
    )
    op.create_index("ix_bulk_jobs_organisation", "bulk_jobs", ["organisation"])
    op.create_index("ix_bulk_jobs_status", "bulk_jobs", ["status"])
    op.create_index(
        "uq_bulk_jobs_idempotency", "bulk_jobs", ["organisation", "idempotency"], unique=True
    )
    op.create_table(
        "bulk_pieces",
        sa.Column("job", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("lease", sa.String(96), nullable=False),
        sa.Column("lease_until", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("job", "number", name="pk_bulk_pieces"),
    )
    op.create_table(
        "bulk_turns",
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("served_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("organisation", name="pk_bulk_turns"),
    )
