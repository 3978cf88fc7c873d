"""Kiosks: observations with their readings, alarms, and why health data was looked at."""

import sqlalchemy as sa
from alembic import op

revision = "r0010"
down_revision = "r0009"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "observations",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("link", sa.LargeBinary, nullable=False),
        sa.Column("person", sa.LargeBinary),
        sa.Column("begun_at", sa.BigInteger, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("closed_at", sa.BigInteger),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_observations"),
        sa.UniqueConstraint("link", name="uq_observations_link"),
    )
    op.create_index("ix_observations_organisation", "observations", ["organisation"])
    op.create_table(
        "health_readings",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("observation", sa.String(32), nullable=False),
        sa.Column("taken_at", sa.BigInteger, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_health_readings"),
    )
    for column in ("observation", "organisation"):
        name = f"ix_health_readings_{column}_taken_at"
        op.create_index(name, "health_readings", [column, "taken_at"])
    _make_alarms()
    op.create_table(
        "health_accesses",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.String(48), nullable=False),
        sa.Column("event", sa.String(24), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("reason", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_health_accesses"),
    )
    columns = ["organisation", "at"]
    op.create_index("ix_health_accesses_organisation_at", "health_accesses", columns)


def _make_alarms() -> None:
    op.create_table(
        "health_alarms",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("kiosk", sa.String(32), nullable=False),
        sa.Column("entry", sa.String(32), nullable=False),
        sa.Column("raised_at", sa.BigInteger, nullable=False),
        sa.Column("resolved_at", sa.BigInteger),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_health_alarms"),
    )
    columns = ["organisation", "kiosk", "entry"]
    op.create_index("uq_health_alarms_entry", "health_alarms", columns, unique=True)
    columns = ["organisation", "raised_at"]
    op.create_index("ix_health_alarms_organisation_raised_at", "health_alarms", columns)
