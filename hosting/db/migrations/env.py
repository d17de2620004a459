"""Alembic's environment. It receives an open connection within a transaction, and runs the migrations in that."""

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
