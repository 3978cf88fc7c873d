"""Kiosks: the roster of an organisation, and its decision table."""

import sqlalchemy as sa
from alembic import op

revision = "r0009"
down_revision = "r0008"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "roster",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("agreed_on", sa.Date, nullable=False),
        sa.Column("added_at", sa.BigInteger, nullable=False),
        sa.Column("printed_at", sa.BigInteger),
        sa.Column("removed_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_roster"),
        _of_organisation("roster"),
    )
    op.create_index("ix_roster_organisation", "roster", ["organisation"])
    op.create_table(
        "roster_documents",
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "digest", name="pk_roster_documents"),
        sa.ForeignKeyConstraint(
            ["person"], ["roster.id"], name="fk_roster_documents_person_roster"
        ),
        _of_organisation("roster_documents"),
    )
    op.create_index("ix_roster_documents_person", "roster_documents", ["person"])
    op.create_table(
        "decision_tables",
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("lease", sa.String(32), nullable=False),
        sa.Column("lease_until", sa.BigInteger, nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("source", sa.LargeBinary, nullable=False),
        sa.Column("valid_until", sa.BigInteger, nullable=False),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("organisation", name="pk_decision_tables"),
        _of_organisation("decision_tables"),
    )


def _of_organisation(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_organisation_organisations"
    return sa.ForeignKeyConstraint(["organisation"], ["organisations.id"], name=name)
