import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import inspect

import editor
from editor.errors import KnownError
from editor.library.engine import LibraryDatabase
from editor.library.opener import open_library, upgrade_schema
from editor.library.store import Library
from editor.library.tables import APPLICATION_ID, HEAD, METADATA, SCHEMA


@pytest.fixture
def library_file(make_library, root: Path, webinar) -> Path:
    """Make a closed library with a few pages in it and return its file."""
    library = make_library(root)
    library.create(webinar(segments=2_000))
    library.save_version("w", "first")
    library.make_daily_backup()
    library.close()
    return root / "library.db"


# ------------------------------------------------------------------------------------------------ damage


def truncate_to_half(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def truncate_by_a_byte(file: Path) -> None:
    os.truncate(file, file.stat().st_size - 1)


def empty(file: Path) -> None:
    os.truncate(file, 0)


def write_garbage(file: Path) -> None:
    file.write_bytes(bytes(range(256)) * 100)


def write_text(file: Path) -> None:
    file.write_text("Dear diary,\n", "utf-8")


def make_page_zeroer(number: int) -> Callable[[Path], None]:
    def zero_page(file: Path) -> None:
        size = 16_384
        with file.open("rb+") as handle:
            handle.seek(number * size)
            handle.write(b"\0" * size)

    zero_page.__name__ = f"zeroed_page_{number}"
    return zero_page


def replace_with_other_database(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE cookies (name)")
    connection.close()


def replace_with_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize(
    "harm",
    [
        truncate_to_half,
        truncate_by_a_byte,
        empty,
        write_garbage,
        write_text,
        make_page_zeroer(0),
        make_page_zeroer(1),
        make_page_zeroer(6),
        make_page_zeroer(12),
        replace_with_other_database,
        replace_with_folder,
    ],
    ids=lambda harm: harm.__name__,
)
def test_a_damaged_library_is_refused_with_the_way_out_and_not_a_byte_changed(
    hash_files, make_library, library_file: Path, harm
) -> None:
    harm(library_file)
    before = hash_files(library_file.parent)
    with pytest.raises(KnownError) as error_info:
        make_library(library_file.parent)
    assert error_info.value.code == "library.damaged"
    assert error_info.value.facts["path"] == str(library_file)
    assert error_info.value.facts["copies"] == str(library_file.parent / "copies")
    assert error_info.value.facts["reason"]
    assert "\n" not in error_info.value.facts["reason"], "it stands inside a sentence"
    assert hash_files(library_file.parent) == before


def test_a_library_of_a_newer_schema_is_refused_and_not_a_byte_changed(
    hash_files, make_library, library_file: Path
) -> None:
    with sqlite3.connect(library_file) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    connection.close()
    before = hash_files(library_file.parent)
    with pytest.raises(KnownError) as error_info:
        make_library(library_file.parent)
    assert error_info.value.code == "library.newer"
    assert error_info.value.facts == {
        "path": str(library_file),
        "found": SCHEMA + 1,
        "known": SCHEMA,
        "copies": str(library_file.parent / "copies"),
    }
    assert hash_files(library_file.parent) == before


def test_a_newer_library_that_was_killed_keeps_its_log_too(
    hash_files, make_library, library_file: Path, start_program
) -> None:
    other = start_program(
        """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA user_version = 999")
connection.execute("CREATE TABLE tomorrow (name)")
print("written", flush=True)
sys.stdin.readline()
""",
        library_file,
    )
    assert other.read_line() == "written"
    other.kill()
    assert library_file.with_name("library.db-wal").stat().st_size > 0
    before = hash_files(library_file.parent)
    with pytest.raises(KnownError, match=r"library\.newer"):
        make_library(library_file.parent)
    assert hash_files(library_file.parent) == before


def test_a_program_that_runs_on_does_not_write_into_what_a_newer_one_has_upgraded(library, root, webinar) -> None:
    rev = library.create(webinar())
    with sqlite3.connect(root / "library.db") as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    connection.close()
    with pytest.raises(KnownError, match=r"library\.newer"):
        library.store_draft(webinar(title="older"), rev)


# ---------------------------------------------------------------------------------------- places


def test_a_library_that_is_gone_while_its_copies_are_there_is_not_begun_anew(make_library, library_file: Path) -> None:
    library_file.unlink()
    with pytest.raises(KnownError) as error_info:
        make_library(library_file.parent)
    assert error_info.value.code == "library.missing"
    assert error_info.value.facts == {"path": str(library_file), "copies": str(library_file.parent / "copies")}
    assert not library_file.exists()


def test_a_drive_that_is_not_connected_is_not_taken_for_an_empty_library(make_library, tmp_path: Path) -> None:
    with pytest.raises(KnownError) as error_info:
        make_library(tmp_path / "stick" / "library")
    assert error_info.value.code == "library.gone"
    assert error_info.value.facts["path"] == str(tmp_path / "stick" / "library")
    assert not (tmp_path / "stick").exists()


def test_a_file_where_the_folder_should_be_is_refused(make_library, tmp_path: Path) -> None:
    (tmp_path / "library").write_text("a file", "utf-8")
    with pytest.raises(KnownError, match=r"library\.unwritable"):
        make_library(tmp_path / "library")
    assert (tmp_path / "library").read_text("utf-8") == "a file"


def test_a_folder_that_cannot_be_written_is_told(
    hash_files, make_library, place: Path, webinar, drop_privileges
) -> None:
    library = make_library(place / "library")
    library.create(webinar())
    library.close()
    (place / "library" / "library.db").chmod(0o444)
    (place / "library").chmod(0o555)
    before = hash_files(place / "library")
    with drop_privileges(), pytest.raises(KnownError) as error_info:
        Library(place / "library")
    assert error_info.value.code == "library.unwritable"
    assert error_info.value.facts["path"] == str(place / "library" / "library.db")
    assert hash_files(place / "library") == before


def test_no_library_can_be_made_where_nothing_can_be_written(place: Path, drop_privileges) -> None:
    place.chmod(0o555)
    with drop_privileges(), pytest.raises(KnownError) as error_info:
        Library(place / "library")
    assert error_info.value.code == "library.unwritable"
    (place / "library").mkdir()
    (place / "library").chmod(0o555)
    with drop_privileges(), pytest.raises(KnownError, match=r"library\.unwritable"):
        Library(place / "library")
    assert list((place / "library").iterdir()) == []


# ---------------------------------------------------------------------------------------- new and older


def test_a_new_library_is_stamped_and_leaves_nothing_half_made(library, root: Path) -> None:
    assert {path.name for path in root.iterdir()} <= {"library.db", "library.db-wal", "library.db-shm"}
    with sqlite3.connect(root / "library.db") as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
    connection.close()


def test_two_programs_that_make_the_library_at_once_share_it(start_program, root: Path) -> None:
    text = """
import sys
from pathlib import Path
from editor.library.store import Library
from editor.schedule.model import Webinar
print("ready", flush=True)
sys.stdin.readline()
library = Library(Path(sys.argv[1]))
library.create(Webinar(id=sys.argv[2]))
library.close()
print("done", flush=True)
"""
    programs = [start_program(text, root, name) for name in ("a", "b", "c")]
    assert [one.read_line() for one in programs] == ["ready"] * 3
    for one in programs:
        one.write_line("go")
    assert [one.read_line() for one in programs] == ["done"] * 3
    library = Library(root)
    assert {card.id for card in library.list_webinars()} == {"a", "b", "c"}
    library.close()


def read_schema(connection: sqlite3.Connection) -> dict[str, object]:
    """Return the tables of a database, whatever the order and layout of the statements that made it."""
    return {
        name: (
            connection.execute(f"PRAGMA table_info({name})").fetchall(),
            sorted(connection.execute(f"PRAGMA foreign_key_list({name})").fetchall()),
            sorted(
                (row[1:4], connection.execute(f"PRAGMA index_info({row[1]})").fetchall())
                for row in connection.execute(f"PRAGMA index_list({name})")
            ),
        )
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    }


@pytest.fixture
def old_library(make_library, root: Path) -> Path:
    """Make a library from before the first migration: known by its application id, without tables."""
    make_library(root).close()
    with sqlite3.connect(root / "library.db") as connection:
        for name in ("synced", "hostings", "lines", "notes", "versions", "webinars", "alembic_version"):
            connection.execute(f"DROP TABLE {name}")
        connection.execute("PRAGMA user_version = 0")
    connection.close()
    return root / "library.db"


def test_the_migrations_from_scratch_make_what_the_tables_say(
    make_library, old_library: Path, tmp_path: Path, clock
) -> None:
    migrated = open_library(old_library.parent, clock(), 10)
    fresh = make_library(tmp_path / "fresh")
    with sqlite3.connect(old_library) as one, sqlite3.connect(fresh.path) as other:
        assert read_schema(one) == read_schema(other)
        assert set(read_schema(one)) == {*METADATA.tables, "alembic_version"}
        stamps = [
            connection.execute(query).fetchone()
            for connection in (one, other)
            for query in ("SELECT version_num FROM alembic_version", "PRAGMA user_version")
        ]
    one.close()
    other.close()
    migrated.close()
    assert stamps == [(HEAD,), (SCHEMA,)] * 2


def test_alembic_finds_nothing_to_do_in_a_new_library(library: Library) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "editor.library:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD
    with library._database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
        assert "alembic_version" in inspect(connection).get_table_names()


def test_an_older_library_is_copied_then_upgraded_and_used(make_library, old_library: Path, webinar) -> None:
    library = make_library(old_library.parent)
    library.create(webinar())
    assert library.load_draft("w").webinar == webinar()
    backups = sorted((old_library.parent / "copies").iterdir())
    assert len(backups) == 1
    with sqlite3.connect(backups[0]) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (0,)
    connection.close()


def test_an_upgrade_that_fails_leaves_the_library_as_it_was(old_library: Path, clock) -> None:
    with sqlite3.connect(old_library) as connection:
        connection.execute("CREATE TABLE synced (in_the_way)")  # the last table the migrations make
    connection.close()
    with pytest.raises(Exception, match="already exists"):
        open_library(old_library.parent, clock(), 10)
    with sqlite3.connect(old_library) as connection:
        assert connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [("synced",)]
        assert connection.execute("PRAGMA user_version").fetchone() == (0,)
    connection.close()


def test_the_second_of_two_that_upgrade_finds_it_done(old_library: Path) -> None:
    database = LibraryDatabase(old_library)
    upgrade_schema(database)
    upgrade_schema(database)
    with database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == SCHEMA
    database.close()


def test_a_current_library_is_opened_without_alembic_and_without_the_orm(library_file: Path) -> None:
    script = """
import sys
from pathlib import Path
from editor.library.store import Library
library = Library(Path(sys.argv[1]))
library.store_draft(library.load_draft("w").webinar, 1)
library.close()
print([name for name in ("alembic", "sqlalchemy.orm") if name in sys.modules])
"""
    environment = {**os.environ, "PYTHONPATH": str(Path(editor.__file__).parents[1])}
    output = subprocess.run(
        [sys.executable, "-c", script, str(library_file.parent)],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )
    assert output.stdout.strip() == "[]"
