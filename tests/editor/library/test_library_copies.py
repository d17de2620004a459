import sqlite3
from datetime import date
from pathlib import Path

import msgspec
import pytest

from editor.errors import Known
from editor.library import copies as room
from editor.library.copies import copies, make_copy, restore_copy
from editor.library.store import Library


def names(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "copies").iterdir())


def test_a_copy_is_made_once_a_day_and_is_a_whole_library(library, opened, root, webinar, clock, tmp_path) -> None:
    library.create(webinar(segments=500))
    saved = library.save("w", "first")
    made = library.daily_copy(clock())
    assert made == root / "copies" / "library-00001-2026-12-01.db"
    assert library.daily_copy(clock()) is None
    clock.go(days=1)
    assert library.daily_copy().name == "library-00002-2026-12-02.db"
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "library.db").write_bytes(made.read_bytes())
    other = opened(tmp_path / "elsewhere")
    assert other.draft("w").webinar == webinar(segments=500)
    assert other.version(saved.hash) == webinar(segments=500)


def test_ten_are_kept_and_the_oldest_go(library, root, webinar, clock) -> None:
    library.create(webinar())
    for _ in range(13):
        library.daily_copy()
        clock.go(days=1)
    assert names(root) == [f"library-{n:05}-2026-12-{n:02}.db" for n in range(4, 14)]


def test_the_order_is_told_by_the_count_when_the_clock_goes_backwards(library, root, webinar, clock) -> None:
    library.create(webinar())
    library.daily_copy()
    clock.go(days=-700)
    library.daily_copy()
    clock.go(days=1_000)
    library.daily_copy()
    assert [path.name[8:13] for path in copies(root)] == ["00003", "00002", "00001"]
    make_copy(root, date(1999, 1, 1), keep=2)
    assert [path.name for path in copies(root)] == ["library-00004-1999-01-01.db", "library-00003-2027-09-27.db"]


def test_how_many_are_kept_is_the_persons_choice(opened, root, webinar, clock) -> None:
    library = opened(root, keep_copies=2)
    for _ in range(4):
        library.daily_copy()
        clock.go(days=1)
    assert len(names(root)) == 2


def test_a_copy_is_made_while_another_program_writes(library, opened, root, webinar) -> None:
    library.create(webinar(segments=2_000))
    other = opened(root)
    with other._database.write() as connection:
        connection.exec_driver_sql("UPDATE webinars SET title = 'not yet committed'")
        made = make_copy(root, date(2026, 12, 1), keep=10)
    with sqlite3.connect(made) as connection:
        assert connection.execute("SELECT title FROM webinars").fetchone() == ("Welcome",)
    connection.close()


def test_what_was_deleted_thirty_days_ago_goes_after_the_copy(library, root, webinar, clock) -> None:
    for name in ("old", "recent", "kept"):
        library.create(webinar(name))
        library.save(name)
        library.set_note(name, "s0", "a note")
    library.delete("old", True)
    clock.go(days=20)
    library.delete("recent", True)
    clock.go(days=10, seconds=1)
    made = library.daily_copy()
    assert not library.has("old")
    assert library.versions("old") == ()
    assert library.notes("old") == {}
    assert library.has("recent")
    assert [card.id for card in library.cards()] == ["kept"]
    with sqlite3.connect(made) as connection:
        assert connection.execute("SELECT count(*) FROM webinars").fetchone() == (3,)
    connection.close()


# --------------------------------------------------------------------------------------- gone bad


def harmed(root: Path, statement: str) -> None:
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
    library.save("w")
    for _ in range(10):
        library.daily_copy()
        clock.go(days=1)
    before = names(root)
    harmed(root, statement)
    with pytest.raises(Known) as refused:
        library.daily_copy()
    assert refused.value.code == "library.damaged"
    assert refused.value.facts["path"] == str(root / "library.db")
    assert names(root) == before


def test_a_page_that_goes_bad_while_open_is_found_at_the_copy(library, root, webinar, clock) -> None:
    library.create(webinar(segments=2_000))
    library.daily_copy()
    library.close()
    library = Library(root, now=clock)
    with (root / "library.db").open("rb+") as file:
        file.seek(20 * 16_384)
        file.write(b"\0" * 16_384)
    clock.go(days=1)
    with pytest.raises(Known, match=r"library\.damaged"):
        library.daily_copy()
    library.close()
    assert names(root) == ["library-00001-2026-12-01.db"]


def test_what_a_killed_program_left_half_made_is_swept_away(library, root, webinar, clock, monkeypatch) -> None:
    library.create(webinar())
    (root / "copies").mkdir()
    (root / "copies" / ".making-1.db").write_bytes(b"half")
    (root / ".making-1.db").write_bytes(b"half")
    library.daily_copy()
    assert ".making-1.db" in names(root)  # it may be another program's, still at it
    monkeypatch.setattr(room, "_LEFT_OVER_S", -1)
    clock.go(days=1)
    library.daily_copy()
    assert names(root) == ["library-00001-2026-12-01.db", "library-00002-2026-12-02.db"]
    assert not (root / ".making-1.db").exists()


# ------------------------------------------------------------------------------------- putting one back


@pytest.fixture
def lost(library, root, webinar, clock) -> Path:
    """A library with three copies, each a title further, then broken; gives its folder."""
    made = webinar()
    rev = library.create(made)
    for day in range(1, 4):
        rev = library.store_draft(msgspec.structs.replace(made, title=f"day {day}"), rev)
        library.daily_copy()
        clock.go(days=1)
    library.close()
    (root / "library.db").write_bytes(b"garbage" * 1_000)
    (root / "library.db-wal").write_bytes(b"a log of another file")
    return root


def test_the_newest_copy_is_put_back_and_the_damaged_library_is_kept(lost: Path, opened) -> None:
    copy, aside = restore_copy(lost)
    assert copy.name == "library-00003-2026-12-03.db"
    assert (aside / "library.db").read_bytes() == b"garbage" * 1_000
    assert (aside / "library.db-wal").read_bytes() == b"a log of another file"
    assert opened(lost).draft("w").webinar.title == "day 3"
    assert len(copies(lost)) == 3


def test_a_copy_can_be_chosen_and_putting_back_can_be_put_back(lost: Path, opened) -> None:
    _, first = restore_copy(lost)
    _, second = restore_copy(lost, copies(lost)[-1])
    assert first != second
    assert opened(lost).draft("w").webinar.title == "day 1"
    assert sorted(path.name for path in lost.glob("aside-*")) == ["aside-1", "aside-2"]


def test_a_copy_that_is_itself_damaged_is_passed_over(lost: Path, opened) -> None:
    copies(lost)[0].write_bytes(b"garbage")
    with pytest.raises(Known, match=r"library\.damaged"):
        restore_copy(lost, copies(lost)[0])
    assert (lost / "library.db").read_bytes() == b"garbage" * 1_000
    copy, _ = restore_copy(lost)
    assert copy == copies(lost)[1]
    assert opened(lost).draft("w").webinar.title == "day 2"


def test_a_missing_library_is_put_back_too(lost: Path, opened) -> None:
    (lost / "library.db").unlink()
    restore_copy(lost)
    assert opened(lost).draft("w").webinar.title == "day 3"


def test_with_no_whole_copy_nothing_is_moved(lost: Path) -> None:
    for copy in copies(lost):
        copy.unlink()
    with pytest.raises(Known) as refused:
        restore_copy(lost)
    assert refused.value.code == "library.no_copy"
    assert refused.value.facts == {"path": str(lost / "copies")}
    assert (lost / "library.db").read_bytes() == b"garbage" * 1_000


def test_a_program_that_has_the_library_open_is_told_that_it_was_replaced(opened, root, webinar) -> None:
    library = opened(root)
    rev = library.create(webinar())
    library.daily_copy()
    restore_copy(root)
    with pytest.raises(Known) as refused:
        library.store_draft(webinar(title="into the void"), rev)
    assert refused.value.code == "library.gone"
    again = opened(root)
    assert again.draft("w").webinar.title == "Welcome"
