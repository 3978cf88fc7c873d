"""Accounts of several audiences: clerks become those of the counter, and stay signed in."""

import sqlalchemy as sa
from alembic import op

revision = "r0004"
down_revision = "r0003"

WITHOUT_ORGANISATION = sa.text("organisation IS NULL")


def upgrade() -> None:
    """Make the tables, move every row, drop the tables of clerks.

    Passwords and secrets move as they are: what they are encrypted and digested with still names
    the table of clerks.
    """
    _make_accounts()
    _make_sessions()
    op.execute(
        "INSERT INTO accounts (audience, name, password, totp, last_step, disabled, changed_on) "
        "SELECT 'counter', name, password, totp, last_step, disabled, changed_on "
        "FROM clerks ORDER BY name"
    )
    op.execute(
        "INSERT INTO account_sessions (digest, account, audience, began_at, seen_at, form) "
        "SELECT s.digest, a.id, 'counter', s.began_at, s.seen_at, s.form "
        "FROM clerk_sessions s JOIN accounts a ON a.audience = 'counter' AND a.name = s.clerk"
    )
    op.drop_table("clerk_sessions")
    op.drop_table("clerks")


def _make_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("audience", sa.String(16), nullable=False),
        sa.Column("organisation", sa.Integer),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("password", sa.LargeBinary, nullable=False),
        sa.Column("totp", sa.LargeBinary, nullable=False),
        sa.Column("last_step", sa.Integer, nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("changed_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_accounts_audience_organisation_name",
        "accounts",
        ["audience", "organisation", "name"],
        unique=True,
    )
    op.create_index(
        "uq_accounts_audience_name",
        "accounts",
        ["audience", "name"],
        unique=True,
        sqlite_where=WITHOUT_ORGANISATION,
        postgresql_where=WITHOUT_ORGANISATION,
    )


def _make_sessions() -> None:
    op.create_table(
        "account_sessions",
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("account", sa.Integer, nullable=False),
        sa.Column("audience", sa.String(16), nullable=False),
        sa.Column("began_at", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("form", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_account_sessions"),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.id"], name="fk_account_sessions_account_accounts"
        ),
    )
    op.create_index("ix_account_sessions_account", "account_sessions", ["account"])
