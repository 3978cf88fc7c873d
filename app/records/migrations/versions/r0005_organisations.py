"""Organisations: members' roles, invitations, keys of programs, quota, audit."""

import sqlalchemy as sa
from alembic import op

revision = "r0005"
down_revision = "r0004"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("slug", sa.String(40), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("headcount", sa.Integer, nullable=False),
        sa.Column("quota", sa.Integer, nullable=False),
        sa.Column("policy", sa.String(16), nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("created_on", sa.Date, nullable=False),
        sa.Column("webhook", sa.LargeBinary),
        sa.Column("quota_key", sa.LargeBinary),
        sa.PrimaryKeyConstraint("id", name="pk_organisations"),
        sa.UniqueConstraint("slug", name="uq_organisations_slug"),
        sqlite_autoincrement=True,
    )
    _make_members()
    _make_keys()
    op.create_table(
        "quota_sketches",
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
        sa.Column("bits", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("organisation", "day", "part", name="pk_quota_sketches"),
        _of_organisation("quota_sketches"),
    )
    op.create_table(
        "organisation_audit",
        sa.Column("number", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("previous", sa.LargeBinary, nullable=False),
        sa.Column("chain", sa.LargeBinary, nullable=False),
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("actor", sa.String(48), nullable=False),
        sa.Column("event", sa.String(24), nullable=False),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_organisation_audit"),
    )
    op.create_index(
        "ix_organisation_audit_organisation_number",
        "organisation_audit",
        ["organisation", "number"],
    )


def _make_members() -> None:
    op.create_table(
        "organisation_members",
        sa.Column("account", sa.Integer, nullable=False),
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("account", name="pk_organisation_members"),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.id"], name="fk_organisation_members_account_accounts"
        ),
        _of_organisation("organisation_members"),
    )
    op.create_index(
        "ix_organisation_members_organisation", "organisation_members", ["organisation"]
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("account", sa.String(40)),
        sa.Column("inviter", sa.String(48), nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("digest", name="uq_invitations_digest"),
        _of_organisation("invitations"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_invitations_organisation", "invitations", ["organisation"])


def _make_keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("label", sa.String(80), nullable=False),
        sa.Column("scopes", sa.String(80), nullable=False),
        sa.Column("issuer", sa.String(48), nullable=False),
        sa.Column("issued_on", sa.Date, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("revoked", sa.Boolean, nullable=False),
        sa.Column("last_used_on", sa.Date),
        sa.PrimaryKeyConstraint("id", name="pk_api_keys"),
        _of_organisation("api_keys"),
    )
    op.create_index("ix_api_keys_organisation", "api_keys", ["organisation"])


def _of_organisation(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_organisation_organisations"
    return sa.ForeignKeyConstraint(["organisation"], ["organisations.id"], name=name)
