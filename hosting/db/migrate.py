"""Migrations: brings the database's tables up to date at every start, by Alembic and in one transaction.

A database with data is backed up first. The transaction ends with all migrations or with none: a process that is killed
at any moment leaves the database as it was, and the next start migrates it again.
"""

import logging
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from editor.errors import KnownError
from hosting.db.backups import create_migration_backup
from hosting.db.data_folder import lock_data_folder

logger = logging.getLogger(__name__)


def upgrade(connection: Connection, path: Path, *, is_locked: bool) -> None:
    """Run the migrations that the database has not had yet, which make its tables those of this program.

    Args:
        connection: A writing transaction, within which all of them run.
        path: The database's file.
        is_locked: Whether this process has locked the data folder; else it is locked for a migration of data.

    Raises:
        KnownError: ``hosting.newer``: a newer hosting has written this database. ``hosting.running``: a hosting runs on
            it. ``backup.unwritable``: there is no backup, so nothing was migrated. ``hosting.not_migrated`` with
            `backup` and `reason`: a migration failed; the caller's transaction must be rolled back.
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
    if current_revision is None:
        _run_migrations(connection, config)
        return
    with nullcontext() if is_locked else lock_data_folder(path.parent):
        backup = create_migration_backup(path.parent, current_revision, datetime.now(UTC))
        facts = {"revision": current_revision, "backup": str(backup)}
        logger.info("the database is migrated, after a backup", extra={"facts": facts})
        try:
            _run_migrations(connection, config)
        except Exception as error:
            logger.exception("the migration failed; the database stays as it was", extra={"facts": facts})
            raise KnownError(
                "hosting.not_migrated", path=str(path), backup=str(backup), reason=str(error).partition("\n")[0]
            ) from error


def _run_migrations(connection: Connection, config: Config) -> None:
    """Run them all.

    Raises:
        RuntimeError: A migration has left rows that refer to rows which do not exist: an error of that migration.
    """
    command.upgrade(config, "head")
    # Foreign keys are not enforced meanwhile, so that tables can be made anew.
    violations = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if violations:
        raise RuntimeError(f"the migration left rows without what they refer to: {violations[:3]}")
