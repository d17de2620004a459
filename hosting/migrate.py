"""Bringing the database's tables up to date at every start, by Alembic and in one transaction."""

from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from editor.errors import Known

if TYPE_CHECKING:
    from hosting.db import Database


def upgrade(database: "Database") -> None:
    """Run what migrations there are above the database's own.

    Raises:
        Known: ``hosting.newer``: a newer hosting has written this database.
    """
    config = Config()
    config.set_main_option("script_location", "hosting:migrations")
    scripts = ScriptDirectory.from_config(config)
    with database.write() as connection:
        stamp = MigrationContext.configure(connection).get_current_revision()
        if stamp == scripts.get_current_head():
            return
        if stamp is not None and stamp not in {script.revision for script in scripts.walk_revisions()}:
            raise Known("hosting.newer", path=str(database.path))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
