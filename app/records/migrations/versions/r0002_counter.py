"""Clerks of the counter, their sessions, and the audit of what they did."""

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "clerks",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("password", sa.LargeBinary, nullable=False),
        sa.Column("totp", sa.LargeBinary, nullable=False),
        sa.Column("last_step", sa.Integer, nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("changed_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_clerks"),
    )
    op.create_table(
        "clerk_sessions",
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("clerk", sa.String(40), nullable=False),
        sa.Column("began_at", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("form", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_clerk_sessions"),
        sa.ForeignKeyConstraint(["clerk"], ["clerks.name"], name="fk_clerk_sessions_clerk_clerks"),
    )
    op.create_index("ix_clerk_sessions_clerk", "clerk_sessions", ["clerk"])
    op.create_table(
        "counter_audit",
        sa.Column("number", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("clerk", sa.String(40), nullable=False),
        sa.Column("event", sa.String(16), nullable=False),
        sa.Column("previous", sa.LargeBinary, nullable=False),
        sa.Column("chain", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_counter_audit"),
    )
    op.create_index("ix_counter_audit_clerk_at", "counter_audit", ["clerk", "at"])
