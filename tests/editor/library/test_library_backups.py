import sqlite3
from datetime import date
from pathlib import Path

import msgspec
import pytest

from editor.errors import KnownError
from editor.library import backups as room
from editor.library.backups import list_backups, make_backup, restore_backup
from editor.library.store import Library


def list_names(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "copies").iterdir())


def test_a_copy_is_made_once_a_day_and_is_a_whole_library(
    library, make_library, root, webinar, clock, tmp_path
) -> None:
    library.create(webinar(segments=500))
    saved = library.save_version("w", "first")
    backup = library.make_daily_backup(clock())
    assert backup == root / "copies" / "library-00001-2026-12-01.db"
    assert library.make_daily_backup(clock()) is None
    clock.advance(days=1)
    assert library.make_daily_backup().name == "library-00002-2026-12-02.db"
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "library.db").write_bytes(backup.read_bytes())
    other = make_library(tmp_path / "elsewhere")
    assert other.load_draft("w").webinar == webinar(segments=500)
    assert other.load_version(saved.hash) == webinar(segments=500)


def test_ten_are_kept_and_the_oldest_go(library, root, webinar, clock) -> None:
    library.create(webinar())
    for _ in range(13):
        library.make_daily_backup()
        clock.advance(days=1)
    assert list_names(root) == [f"library-{n:05}-2026-12-{n:02}.db" for n in range(4, 14)]


def test_the_order_is_told_by_the_count_when_the_clock_goes_backwards(library, root, webinar, clock) -> None:
    library.create(webinar())
    library.make_daily_backup()
    clock.advance(days=-700)
    library.make_daily_backup()
    clock.advance(days=1_000)
    library.make_daily_backup()
    assert [path.name[8:13] for path in list_backups(root)] == ["00003", "00002", "00001"]
    make_backup(root, date(1999, 1, 1), keep=2)
    assert [path.name for path in list_backups(root)] == ["library-00004-1999-01-01.db", "library-00003-2027-09-27.db"]


def test_how_many_are_kept_is_the_persons_choice(make_library, root, webinar, clock) -> None:
    library = make_library(root, backup_count=2)
    for _ in range(4):
        library.make_daily_backup()
        clock.advance(days=1)
    assert len(list_names(root)) == 2


def test_a_copy_is_made_while_another_program_writes(library, make_library, root, webinar) -> None:
    library.create(webinar(segments=2_000))
    other = make_library(root)
    with other._database.write() as connection:
        connection.exec_driver_sql("UPDATE webinars SET title = 'not yet committed'")
        backup = make_backup(root, date(2026, 12, 1), keep=10)
    with sqlite3.connect(backup) as connection:
        assert connection.execute("SELECT title FROM webinars").fetchone() == ("Welcome",)
    connection.close()


def test_what_was_deleted_thirty_days_ago_goes_after_the_copy(library, root, webinar, clock) -> None:
    for name in ("old", "recent", "kept"):
        library.create(webinar(name))
        library.save_version(name)
        library.set_note(name, "s0", "a note")
    library.set_deleted("old", True)
    clock.advance(days=20)
    library.set_deleted("recent", True)
    clock.advance(days=10, seconds=1)
    backup = library.make_daily_backup()
    assert not library.has_webinar("old")
    assert library.list_versions("old") == ()
    assert library.load_notes("old") == {}
    assert library.has_webinar("recent")
    assert [card.id for card in library.list_webinars()] == ["kept"]
    with sqlite3.connect(backup) as connection:
        assert connection.execute("SELECT count(*) FROM webinars").fetchone() == (3,)
    connection.close()


# --------------------------------------------------------------------------------------- gone bad


def damage_library(root: Path, statement: str) -> None:
    with sqlite3.connect(root / "library.db") as connection:
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE webinars SET body = CAST(substr(body, 1, length(body) - 20) AS BLOB)",
        "UPDATE versions SET body = CAST(replace(body, 'Welcome', 'Farewell') AS BLOB)",
    ],
)
def test_a_library_that_has_gone_bad_pushes_out_no_good_copy(library, root, webinar, clock, statement) -> None:
    library.create(webinar())
    library.save_version("w")
    for _ in range(10):
        library.make_daily_backup()
        clock.advance(days=1)
    before = list_names(root)
    damage_library(root, statement)
    with pytest.raises(KnownError) as error_info:
        library.make_daily_backup()
    assert error_info.value.code == "library.damaged"
    assert error_info.value.facts["path"] == str(root / "library.db")
    assert list_names(root) == before


def test_a_page_that_goes_bad_while_open_is_found_at_the_copy(library, root, webinar, clock) -> None:
    library.create(webinar(segments=2_000))
    library.make_daily_backup()
    library.close()
    library = Library(root, now=clock)
    with (root / "library.db").open("rb+") as file:
        file.seek(20 * 16_384)
        file.write(b"\0" * 16_384)
    clock.advance(days=1)
    with pytest.raises(KnownError, match=r"library\.damaged"):
        library.make_daily_backup()
    library.close()
    assert list_names(root) == ["library-00001-2026-12-01.db"]


def test_what_a_killed_program_left_half_made_is_swept_away(library, root, webinar, clock, monkeypatch) -> None:
    library.create(webinar())
    (root / "copies").mkdir()
    (root / "copies" / ".making-1.db").write_bytes(b"half")
    (root / ".making-1.db").write_bytes(b"half")
    library.make_daily_backup()
    assert ".making-1.db" in list_names(root)  # it may be another program's, still at it
    monkeypatch.setattr(room, "_LEFTOVER_AGE_S", -1)
    clock.advance(days=1)
    library.make_daily_backup()
    assert list_names(root) == ["library-00001-2026-12-01.db", "library-00002-2026-12-02.db"]
    assert not (root / ".making-1.db").exists()


# ------------------------------------------------------------------------------------- putting one back


@pytest.fixture
def broken_library(library, root, webinar, clock) -> Path:
    """Make a library with three backups of different titles, damage it, and return its folder."""
    original = webinar()
    rev = library.create(original)
    for day in range(1, 4):
        rev = library.store_draft(msgspec.structs.replace(original, title=f"day {day}"), rev)
        library.make_daily_backup()
        clock.advance(days=1)
    library.close()
    (root / "library.db").write_bytes(b"garbage" * 1_000)
    (root / "library.db-wal").write_bytes(b"a log of another file")
    return root


def test_the_newest_copy_is_put_back_and_the_damaged_library_is_kept(broken_library: Path, make_library) -> None:
    copy, aside = restore_backup(broken_library)
    assert copy.name == "library-00003-2026-12-03.db"
    assert (aside / "library.db").read_bytes() == b"garbage" * 1_000
    assert (aside / "library.db-wal").read_bytes() == b"a log of another file"
    assert make_library(broken_library).load_draft("w").webinar.title == "day 3"
    assert len(list_backups(broken_library)) == 3


def test_a_copy_can_be_chosen_and_putting_back_can_be_put_back(broken_library: Path, make_library) -> None:
    _, first = restore_backup(broken_library)
    _, second = restore_backup(broken_library, list_backups(broken_library)[-1])
    assert first != second
    assert make_library(broken_library).load_draft("w").webinar.title == "day 1"
    assert sorted(path.name for path in broken_library.glob("aside-*")) == ["aside-1", "aside-2"]


def test_a_copy_that_is_itself_damaged_is_passed_over(broken_library: Path, make_library) -> None:
    list_backups(broken_library)[0].write_bytes(b"garbage")
    with pytest.raises(KnownError, match=r"library\.damaged"):
        restore_backup(broken_library, list_backups(broken_library)[0])
    assert (broken_library / "library.db").read_bytes() == b"garbage" * 1_000
    copy, _ = restore_backup(broken_library)
    assert copy == list_backups(broken_library)[1]
    assert make_library(broken_library).load_draft("w").webinar.title == "day 2"


def test_a_missing_library_is_put_back_too(broken_library: Path, make_library) -> None:
    (broken_library / "library.db").unlink()
    restore_backup(broken_library)
    assert make_library(broken_library).load_draft("w").webinar.title == "day 3"


def test_with_no_whole_copy_nothing_is_moved(broken_library: Path) -> None:
    for copy in list_backups(broken_library):
        copy.unlink()
    with pytest.raises(KnownError) as error_info:
        restore_backup(broken_library)
    assert error_info.value.code == "library.no_copy"
    assert error_info.value.facts == {"path": str(broken_library / "copies")}
    assert (broken_library / "library.db").read_bytes() == b"garbage" * 1_000


def test_a_program_that_has_the_library_open_is_told_that_it_was_replaced(make_library, root, webinar) -> None:
    library = make_library(root)
    rev = library.create(webinar())
    library.make_daily_backup()
    restore_backup(root)
    with pytest.raises(KnownError) as error_info:
        library.store_draft(webinar(title="into the void"), rev)
    assert error_info.value.code == "library.gone"
    again = make_library(root)
    assert again.load_draft("w").webinar.title == "Welcome"
