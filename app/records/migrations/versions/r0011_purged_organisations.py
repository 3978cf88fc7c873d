"""Organisations: when all that was held of one was destroyed.

Of a purge by an earlier version the audit line tells, where it is still there: an organisation
that was never let in again after it stays what it is.
"""

import sqlalchemy as sa
from alembic import op

revision = "r0011"
down_revision = "r0010"

PURGED_BEFORE = """
UPDATE organisations SET purged_at = (
  SELECT max(line.at) FROM organisation_audit AS line
  WHERE line.organisation = organisations.id
    AND line.actor = 'authority' AND line.event = 'purged'
    AND NOT EXISTS (
      SELECT 1 FROM organisation_audit AS later
      WHERE later.organisation = line.organisation
        AND later.event = 'enabled' AND later.number > line.number
    )
)
WHERE disabled AND quota_key IS NULL AND webhook IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM organisation_members AS member WHERE member.organisation = organisations.id
  )
"""


def upgrade() -> None:
    """Add the column, and fill it for those purged before."""
    op.add_column("organisations", sa.Column("purged_at", sa.BigInteger))
    op.execute(PURGED_BEFORE)
