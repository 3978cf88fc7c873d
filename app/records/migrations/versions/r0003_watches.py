"""Watches of trips."""

import sqlalchemy as sa
from alembic import op

revision = "r0003"
down_revision = "r0002"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "watches",
        sa.Column("receipt_digest", sa.LargeBinary, nullable=False),
        sa.Column("delete_on", sa.Date, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("receipt_digest", name="pk_watches"),
    )
    op.create_index("ix_watches_delete_on", "watches", ["delete_on"])
