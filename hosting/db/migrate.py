"""Bringing the database's tables up to date at every start, by Alembic and in one transaction."""

from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from editor.errors import KnownError

if TYPE_CHECKING:
    from hosting.db.database import HostingDatabase


def upgrade(database: "HostingDatabase") -> None:
    """Run what migrations there are above the database's own.

    Raises:
        Known: ``hosting.newer``: a newer hosting has written this database.
    """
    config = Config()
    config.set_main_option("script_location", "hosting.db:migrations")
    scripts = ScriptDirectory.from_config(config)
    with database.write() as connection:
        current_revision = MigrationContext.configure(connection).get_current_revision()
        if current_revision == scripts.get_current_head():
            return
        if current_revision is not None and current_revision not in {
            script.revision for script in scripts.walk_revisions()
        }:
            raise KnownError("hosting.newer", path=str(database.path))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
