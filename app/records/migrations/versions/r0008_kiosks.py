"""Kiosks: enrolments, keys of organisations, their settings, check-ins."""

import sqlalchemy as sa
from alembic import op

revision = "r0008"
down_revision = "r0007"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "kiosks",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("name", sa.LargeBinary, nullable=False),
        sa.Column("keys", sa.LargeBinary, nullable=False),
        sa.Column("report", sa.LargeBinary, nullable=False),
        sa.Column("enrolled_at", sa.BigInteger, nullable=False),
        sa.Column("last_seen_at", sa.BigInteger, nullable=False),
        sa.Column("revoked_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_kiosks"),
        _of_organisation("kiosks"),
    )
    op.create_index("ix_kiosks_organisation", "kiosks", ["organisation"])
    op.create_table(
        "kiosk_enrolments",
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("kiosk", sa.String(32), nullable=False),
        sa.Column("name", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("used_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("digest", name="pk_kiosk_enrolments"),
        sa.UniqueConstraint("kiosk", name="uq_kiosk_enrolments_kiosk"),
        _of_organisation("kiosk_enrolments"),
    )
    op.create_index("ix_kiosk_enrolments_organisation", "kiosk_enrolments", ["organisation"])
    op.create_table(
        "organisation_keys",
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("purpose", sa.String(8), nullable=False),
        sa.Column("id", sa.String(8), nullable=False),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("private_key", sa.LargeBinary, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("organisation", "purpose", "id", name="pk_organisation_keys"),
        _of_organisation("organisation_keys"),
    )
    op.create_table(
        "kiosk_settings",
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("settings", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("organisation", name="pk_kiosk_settings"),
        sa.UniqueConstraint("code", name="uq_kiosk_settings_code"),
        _of_organisation("kiosk_settings"),
    )
    _make_checkins()


def _make_checkins() -> None:
    op.create_table(
        "checkins",
        sa.Column("kiosk", sa.String(32), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("taken_at", sa.BigInteger, nullable=False),
        sa.Column("direction", sa.String(3), nullable=False),
        sa.Column("word", sa.String(11), nullable=False),
        sa.Column("unconfirmed", sa.Boolean, nullable=False),
        sa.Column("person", sa.LargeBinary),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("kiosk", "id", name="pk_checkins"),
    )
    for column in ("made_at", "person", "body"):
        op.create_index(f"ix_checkins_organisation_{column}", "checkins", ["organisation", column])


def _of_organisation(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_organisation_organisations"
    return sa.ForeignKeyConstraint(["organisation"], ["organisations.id"], name=name)
