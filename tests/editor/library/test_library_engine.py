import sqlite3
from contextlib import suppress

import pytest
from sqlalchemy.exc import OperationalError

from editor.errors import KnownError
from editor.library import integrity
from editor.library.db_errors import to_known_error


def test_the_pragmas_are_what_durability_needs(library) -> None:
    with library._database.write() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "page_size")
        }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": integrity.BUSY_TIMEOUT_MS,
        "page_size": 16_384,
    }


def test_a_writing_transaction_has_the_lock_from_its_beginning(library, make_library, root, webinar) -> None:
    library.create(webinar())
    other = sqlite3.connect(root / "library.db", timeout=0, isolation_level=None)
    with library._database.write() as connection:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        assert connection.exec_driver_sql("SELECT count(*) FROM webinars").scalar_one() == 1
    other.execute("BEGIN IMMEDIATE")
    other.execute("ROLLBACK")
    other.close()


def test_reading_cannot_write_and_does_not_wait_for_a_writer(library, webinar) -> None:
    library.create(webinar())
    with library._database.write() as writing:
        writing.exec_driver_sql("UPDATE webinars SET title = 'half-way'")
        assert library.list_webinars()[0].title == "Welcome"
    assert library.list_webinars()[0].title == "half-way"
    with (
        pytest.raises(KnownError, match=r"library\.unwritable"),
        library._database.read() as reading,
    ):
        reading.exec_driver_sql("UPDATE webinars SET title = 'no'")


def test_what_is_read_in_one_transaction_is_of_one_moment(library, webinar) -> None:
    rev = library.create(webinar())
    with library._database.read() as reading:
        assert reading.exec_driver_sql("SELECT rev FROM webinars").scalar_one() == 1
        library.store_draft(webinar(title="later"), rev)
        assert reading.exec_driver_sql("SELECT rev FROM webinars").scalar_one() == 1
    assert library.load_summary("w").rev == 2


def test_whatever_is_raised_within_rolls_all_of_it_back(library, webinar) -> None:
    library.create(webinar())
    with suppress(ZeroDivisionError), library._database.write() as connection:
        assert connection.exec_driver_sql("DELETE FROM webinars").rowcount == 1
        raise ZeroDivisionError
    assert library.has_webinar("w")


def test_a_version_or_note_of_no_webinar_cannot_be(library) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"), library._database.write() as connection:
        connection.exec_driver_sql("INSERT INTO notes VALUES ('nobody', 's', 'text', 0)")


def test_another_program_that_writes_for_too_long_is_told(library, root, webinar, monkeypatch) -> None:
    rev = library.create(webinar())
    with library._database.write() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(root / "library.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(KnownError) as error_info:
        library.store_draft(webinar(title="waits"), rev)
    assert error_info.value.code == "library.busy"
    assert error_info.value.facts == {"path": str(root / "library.db")}
    other.execute("ROLLBACK")
    other.close()
    assert library.store_draft(webinar(title="waits"), rev) == 2


def test_a_bug_stays_a_bug(library, root) -> None:
    with pytest.raises(OperationalError, match="no such table"), library._database.read() as connection:
        connection.exec_driver_sql("SELECT 1 FROM missing")
    assert to_known_error(root, sqlite3.ProgrammingError("ours")) is None
