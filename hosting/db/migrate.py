"""Migrations: brings the database's tables up to date at every start, by Alembic and in one transaction."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from editor.errors import KnownError


def upgrade(connection: Connection, path: Path) -> None:
    """Run the migrations that the database has not had yet, which make its tables those of this program.

    Args:
        connection: A writing transaction, within which all of them run.
        path: The database's file, for the error.

    Raises:
        KnownError: ``hosting.newer``: a newer hosting has written this database.
        RuntimeError: A migration has left rows that refer to rows which do not exist: an error of that migration.
    """
    config = Config()
    config.set_main_option("script_location", "hosting.db:migrations")
    scripts = ScriptDirectory.from_config(config)
    current_revision = MigrationContext.configure(connection).get_current_revision()
    if current_revision == scripts.get_current_head():
        return
    if current_revision is not None and current_revision not in {
        script.revision for script in scripts.walk_revisions()
    }:
        raise KnownError("hosting.newer", path=str(path))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    # Foreign keys are not enforced meanwhile, so that tables can be made anew.
    violations = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if violations:
        raise RuntimeError(f"the migration left rows without what they refer to: {violations[:3]}")
