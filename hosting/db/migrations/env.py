"""Alembic's entrance. It is handed an open connection that is in a transaction already, and stays within it."""

from alembic import context

from hosting.db.database import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
