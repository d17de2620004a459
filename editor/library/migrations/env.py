"""Alembic's environment: runs migrations within an open connection that is in a transaction already."""

from alembic import context

from editor.library.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
