"""Runs revisions on the connection that app/records/upgrading.py holds."""

from alembic import context

from app.records.tables import metadata
from app.records.upgrading import CONNECTION

context.configure(
    connection=context.config.attributes[CONNECTION],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by writing it anew
)
with context.begin_transaction():
    context.run_migrations()
