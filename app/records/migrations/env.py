"""Runs revisions on the connection that app/records/schema_upgrade.py holds."""

from alembic import context

from app.records.schema_upgrade import CONNECTION
from app.records.tables import metadata

context.configure(
    connection=context.config.attributes[CONNECTION],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by writing it anew
)
with context.begin_transaction():
    context.run_migrations()
