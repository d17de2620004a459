"""Opening a library: created where there is none, checked where there is one, upgraded from an older schema.

Alembic is imported only for an upgrade: the file's own schema number tells whether one is needed, and a new library is
made from the tables and stamped as the last migration would have left it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import StaticPool, create_engine

from editor.errors import KnownError
from editor.library.backups import (
    LIBRARY_FILE,
    list_backups,
    make_backup,
    make_os_error_known,
    make_temporary_path,
    move_into_place,
)
from editor.library.db_errors import BACKUP_FOLDER
from editor.library.engine import PAGE_BYTES, LibraryDatabase, translate_database_errors
from editor.library.integrity import check_integrity
from editor.library.tables import APPLICATION_ID, HEAD, METADATA, SCHEMA
from editor.private_files import PRIVATE_FOLDER_MODE, create_private_file, tighten_data_folder

_CREATE_ALEMBIC_VERSION = (
    "CREATE TABLE alembic_version "
    "(version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


def open_library(root: Path, now: datetime, backup_count: int) -> LibraryDatabase:
    """Open the library in a folder, which is created if its parent exists.

    An older schema is upgraded, after a backup that is made even if today has one.

    Args:
        root: The library's folder.
        now: The time, whose day names the backup that is made before an upgrade.
        backup_count: How many backups are kept.

    Raises:
        KnownError: ``library.damaged``, ``library.newer``, ``library.missing`` (backups but no library),
            ``library.gone``, ``library.unwritable``, ``library.full``, ``library.busy``. Webinars are never changed
            then.
    """
    path = root / LIBRARY_FILE
    try:
        root.mkdir(mode=PRIVATE_FOLDER_MODE, exist_ok=True)
        exists = path.exists()
    except OSError as error:
        raise make_os_error_known(root, error) from error
    if not exists:
        if list_backups(root):
            # A library was here. An empty one in its place would look as if everything were lost.
            raise KnownError("library.missing", path=str(path), copies=str(root / BACKUP_FOLDER))
        _create_library_file(path)
    tighten_data_folder(root, path, _list_own_files(root))
    schema = check_integrity(path)
    if schema < SCHEMA:
        make_backup(root, now.date(), keep=backup_count, force=True)
    database = LibraryDatabase(path)
    if schema < SCHEMA:
        try:
            upgrade_schema(database)
        except BaseException:
            database.close()
            raise
    return database


def upgrade_schema(database: LibraryDatabase) -> None:
    """Upgrade the tables to `SCHEMA` in one transaction: a kill at any moment leaves all of it done, or nothing.

    Nothing happens where another program has upgraded them already. No backup is made here.

    Raises:
        KnownError: As `LibraryDatabase.write`.
    """
    from alembic import command
    from alembic.config import Config

    with database.write(upgrading=True) as connection:
        schema = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if schema == SCHEMA:
            return  # another program was quicker
        config = Config()
        config.set_main_option("script_location", "editor.library:migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")


def _list_own_files(root: Path) -> Iterator[Path]:
    """Yield what the editor makes in a library's folder, in which files of the user may be, too."""
    yield from (root / name for name in (BACKUP_FOLDER, "media", "cache", "hosting"))
    for pattern in (f"{LIBRARY_FILE}*", "aside-*", "*.json", "*.log"):
        yield from root.glob(pattern)


def _create_library_file(path: Path) -> None:
    """Create an empty library aside and rename it when it is complete, so that no kill leaves half of one."""
    temporary = make_temporary_path(path.parent)
    try:
        try:
            temporary.unlink(missing_ok=True)
            create_private_file(temporary)
        except OSError as error:
            raise make_os_error_known(path.parent, error) from error
        with (
            translate_database_errors(path.parent),
            closing(sqlite3.connect(temporary, isolation_level=None)) as connection,
        ):
            connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
            METADATA.create_all(engine)
            connection.execute(_CREATE_ALEMBIC_VERSION)
            connection.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))
            connection.execute(f"PRAGMA user_version = {SCHEMA}")
            connection.execute("PRAGMA journal_mode = WAL")
        try:
            move_into_place(temporary, path)
        except FileExistsError:
            return  # another program made one at the same moment: that is the library
    finally:
        temporary.unlink(missing_ok=True)
