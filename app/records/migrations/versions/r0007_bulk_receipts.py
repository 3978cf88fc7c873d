"""Organisations: receipts of jobs, and deliveries of webhooks."""

import sqlalchemy as sa
from alembic import op

revision = "r0007"
down_revision = "r0006"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "bulk_receipts",
        sa.Column("job", sa.String(32), nullable=False),
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("issued_on", sa.Date, nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("job", name="pk_bulk_receipts"),
    )
    for column in ("organisation", "issued_on"):
        op.create_index(f"ix_bulk_receipts_{column}", "bulk_receipts", [column])
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", sa.String(48), nullable=False),
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("job", sa.String(32), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_deliveries"),
    )
    op.create_index("ix_webhook_deliveries_organisation", "webhook_deliveries", ["organisation"])
    op.create_index("ix_webhook_deliveries_due", "webhook_deliveries", ["state", "due_at"])
