"""Correction requests."""

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "corrections",
        sa.Column("reference", sa.String(12), nullable=False),
        sa.Column("receipt_digest", sa.LargeBinary, nullable=False),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(24), nullable=False),
        sa.Column("decided_on", sa.Date),
        sa.Column("exported_on", sa.Date),
        sa.Column("sealed", sa.LargeBinary),
        sa.PrimaryKeyConstraint("reference", name="pk_corrections"),
        sa.UniqueConstraint("receipt_digest", name="uq_corrections_receipt_digest"),
    )
    op.create_index("ix_corrections_received_on", "corrections", ["received_on"])
    op.create_index("ix_corrections_state", "corrections", ["state"])
