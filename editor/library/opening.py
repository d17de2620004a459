"""Opening a library: made where there is none, examined where there is one, upgraded where it is of an older schema.

Alembic is imported for an upgrade alone: the file's own stamp tells whether there is anything to do, and a new library
is made from the tables and stamped as the last migration would have left it.
"""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import StaticPool, create_engine

from editor.errors import Known
from editor.library.copies import FILE, copies, made_aside, make_copy, place, refusal
from editor.library.engine import PAGE_BYTES, Database, told_by_engine
from editor.library.examine import examine
from editor.library.faults import COPIES
from editor.library.tables import APPLICATION_ID, HEAD, METADATA, SCHEMA

_STAMP = (
    "CREATE TABLE alembic_version "
    "(version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


def open_library(root: Path, now: datetime, keep: int) -> Database:
    """Open the library in a folder, which is made if its parent is there.

    Args:
        root: The library's folder.
        now: The time, for the copy that is made before an upgrade.
        keep: How many copies are kept.

    Raises:
        Known: ``library.damaged``, ``library.newer``, ``library.missing`` (copies but no library), ``library.gone``,
            ``library.unwritable``, ``library.full``, ``library.busy``. Nothing was changed then.
    """
    path = root / FILE
    try:
        root.mkdir(exist_ok=True)
        present = path.exists()
    except OSError as error:
        raise refusal(root, error) from error
    if not present:
        if copies(root):
            # A library was here. An empty one in its place would look as if everything were lost.
            raise Known("library.missing", path=str(path), copies=str(root / COPIES))
        _create(path)
    stamp = examine(path)
    if stamp < SCHEMA:
        make_copy(root, now.date(), keep=keep, always=True)
    database = Database(path)
    if stamp < SCHEMA:
        try:
            upgrade(database)
        except BaseException:
            database.close()
            raise
    return database


def upgrade(database: Database) -> None:
    """Bring the tables up to date, in one transaction: killed at any moment, all of it was done or nothing."""
    from alembic import command
    from alembic.config import Config

    with database.write(upgrading=True) as connection:
        stamp = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if stamp == SCHEMA:
            return  # another program was quicker
        config = Config()
        config.set_main_option("script_location", "editor.library:migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")


def _create(path: Path) -> None:
    """Make an empty library aside and give it its name when it is whole, so that no kill leaves half of one."""
    making = made_aside(path.parent)
    try:
        try:
            making.unlink(missing_ok=True)
            making.touch()
        except OSError as error:
            raise refusal(path.parent, error) from error
        with told_by_engine(path.parent), closing(sqlite3.connect(making, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
            METADATA.create_all(engine)
            connection.execute(_STAMP)
            connection.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))
            connection.execute(f"PRAGMA user_version = {SCHEMA}")
            connection.execute("PRAGMA journal_mode = WAL")
        try:
            place(making, path)
        except FileExistsError:
            return  # another program made one at the same moment: that is the library
    finally:
        making.unlink(missing_ok=True)
