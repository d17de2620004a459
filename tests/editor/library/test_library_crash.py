"""Real processes killed by `kill -9` at any moment: no acknowledged edit is lost, and the library stays whole.

Once from outside, at random moments of a program that edits without pause and acknowledges each commit. And once from
inside, before and after each call of the system and of SQLite by which the program makes a library, copies it, puts a
copy back, upgrades: a program that kills itself there is as dead, and every moment is reached.
"""

import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.errors import KnownError
from editor.library.backups import restore_backup
from editor.workspace import Workspace

EDIT_SCRIPT = """
import sys
from pathlib import Path
import msgspec
from editor.schedule.operations import ChangeProperties
from editor.workspace import Workspace
workspace = Workspace(Path(sys.argv[1]))
document = workspace.open("w")
n = int(document.webinar.title)
print("open", n, flush=True)
while True:
    n += 1
    document.apply(ChangeProperties(title=str(n)))
    print("edit", n, flush=True)
    if n % 5 == 0:
        document.undo()
        print("edit", n - 1, flush=True)
        document.redo()
        print("edit", n, flush=True)
    if n % 7 == 0:
        print("save", workspace.save_version("w", str(n)).hash, flush=True)
    if n % 11 == 0:
        workspace.library.set_note("w", "s0", str(n))
        print("note", n, flush=True)
"""


@pytest.fixture
def root(in_memory: Path) -> Path:
    """Keep the library in memory: what a killed program has written is there all the same."""
    return Path(tempfile.mkdtemp(dir=in_memory)) / "library"


def assert_intact(file) -> None:
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


@pytest.mark.parametrize("segments", [3, 3_000])
def test_no_acknowledged_edit_is_lost_when_the_program_is_killed(root, webinar, start_program, segments) -> None:
    chance = random.Random(segments)
    with Workspace(root) as workspace:
        workspace.library.create(webinar(segments=segments, title="0"))
    saved: set[str] = set()
    for _ in range(6):
        editing = start_program(EDIT_SCRIPT, root)
        output_lines = [editing.read_line() for _ in range(chance.randrange(1, 60))]
        for _ in range(chance.randrange(20_000)):
            pass  # somewhere within what comes next
        editing.process.kill()
        output_lines += editing.read_rest()  # what it had said before it died
        assert editing.process.wait() == -9

        acknowledgements = [line.split() for line in output_lines if line.count(" ")]
        edits = [int(what) for word, what in acknowledgements if word in {"open", "edit"}]
        saved |= {what for word, what in acknowledgements if word == "save"}
        note_texts = [what for word, what in acknowledgements if word == "note"]
        assert_intact(root / "library.db")
        with Workspace(root) as workspace:  # opens without a question
            document = workspace.open("w")
            # The edit under way may have come through, unacknowledged; at most one.
            assert int(document.webinar.title) in {edits[-1] - 1, edits[-1], edits[-1] + 1} - (
                set() if edits[-1] % 5 == 0 else {edits[-1] - 1}
            )
            assert saved <= {version.hash for version in workspace.list_versions("w")}
            assert all(workspace.load_version(hash_) for hash_ in saved)
            if note_texts:
                assert int(workspace.library.load_notes("w")["s0"]) >= int(note_texts[-1])
            document.replace(webinar(segments=segments, title=document.webinar.title), "goes on")


SELF_KILL_SCRIPT = """
import os, signal, sys
from datetime import datetime, UTC
from pathlib import Path
import alembic.command, alembic.config, alembic.runtime.migration, alembic.script
from editor.errors import KnownError
from editor.library.backups import restore_backup
from editor.library.store import Library
from editor.schedule.model import Webinar

root, what = Path(sys.argv[1]), sys.argv[2]

def work():
    if what == "make":
        library = Library(root)
        library.create(Webinar(id="w", title="made"))
        library.close()
    elif what == "copy":
        library = Library(root)
        library.make_daily_backup(datetime(2026, 12, 2, tzinfo=UTC))
        library.close()
    elif what == "restore":
        restore_backup(root)
    elif what == "upgrade":
        Library(root).close()

def die_at(count):
    # Before or after that call of the system or of SQLite; 0 only counts them.
    seen = 0
    def called(frame, event, argument):
        nonlocal seen
        owner = type(getattr(argument, "__self__", None)).__module__
        if event.startswith("c_") and (owner in {"sqlite3", "_io"} or getattr(argument, "__module__", "") == "posix"):
            seen += 1
            if seen == count:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.setprofile(called)
    work()
    sys.setprofile(None)
    if count == 0:
        print(seen, flush=True)
    os._exit(0)

for line in sys.stdin:  # each try in a child of its own; the modules are imported but once
    child = os.fork()
    if child == 0:
        die_at(int(line))
    print("finished" if os.waitpid(child, 0)[1] == 0 else "killed", flush=True)
"""
MAX_ATTEMPTS = 50


def kill_at_each_call(killed_program) -> Iterator[int]:
    """Let a program finish once, then kill it at each of its calls to the disk (or at 50 of them); yield the call."""
    killed_program.write_line("0")
    count = int(killed_program.read_line())
    assert killed_program.read_line() == "finished"
    yield 0
    for n in range(min(MAX_ATTEMPTS, count)):
        moment = 1 + n * count // min(MAX_ATTEMPTS, count)
        killed_program.write_line(str(moment))
        # A later run may make a few calls fewer than the first, and then ends before the last ones.
        assert killed_program.read_line() == "killed" or moment > count * 9 // 10
        yield moment


def test_a_kill_while_the_library_is_made_leaves_none_or_a_whole_one(tmp_path, root, start_program) -> None:
    killed_program = start_program(SELF_KILL_SCRIPT, root, "make")
    for _ in kill_at_each_call(killed_program):
        with Workspace(root) as workspace:
            assert {card.id for card in workspace.library.list_webinars()} <= {"w"}
            assert_intact(root / "library.db")
        for path in root.iterdir():
            path.unlink()


def test_a_kill_while_a_copy_is_made_leaves_no_half_copy(root, webinar, make_library, clock, start_program) -> None:
    library = make_library(root)
    library.create(webinar(segments=500))
    library.save_version("w")
    library.make_daily_backup()
    library.close()
    killed_program = start_program(SELF_KILL_SCRIPT, root, "copy")
    for _ in kill_at_each_call(killed_program):
        for copy in (root / "copies").glob("library-*.db"):
            assert_intact(copy)
            if "00002" in copy.name:
                copy.unlink()
        with Workspace(root) as workspace:
            assert workspace.open("w").webinar == webinar(segments=500)


def test_a_kill_while_a_copy_is_put_back_loses_neither(root, webinar, make_library, start_program) -> None:
    library = make_library(root)
    library.create(webinar())
    library.make_daily_backup()
    library.close()
    killed_program = start_program(SELF_KILL_SCRIPT, root, "restore")
    (root / "library.db").write_bytes(b"damaged 0")
    ends = set()
    for number, _ in enumerate(kill_at_each_call(killed_program)):
        try:
            library = make_library(root)
        except KnownError as known:
            # Not yet begun, or between the two moves: it says so, and putting back again mends it.
            ends.add(known.code)
            restore_backup(root)
            library = make_library(root)
        assert library.load_draft("w").webinar == webinar()
        library.close()
        assert f"damaged {number}".encode() in [path.read_bytes() for path in root.glob("aside-*/library.db")]
        for path in root.glob("aside-*"):
            shutil.rmtree(path)
        (root / "library.db").write_bytes(f"damaged {number + 1}".encode())
    assert ends == {"library.damaged", "library.missing"}


def make_older(root) -> None:
    with sqlite3.connect(root / "library.db") as connection:
        for name in ("synced", "hostings", "lines", "notes", "versions", "webinars", "alembic_version"):
            connection.execute(f"DROP TABLE {name}")
        connection.execute("PRAGMA user_version = 0")
    connection.close()


def test_a_kill_during_an_upgrade_leaves_the_old_or_the_new(root, make_library, start_program) -> None:
    make_library(root).close()
    make_older(root)
    killed_program = start_program(SELF_KILL_SCRIPT, root, "upgrade")
    for _ in kill_at_each_call(killed_program):
        library = make_library(root)
        assert library.list_webinars() == ()
        library.close()
        assert_intact(root / "library.db")
        make_older(root)
