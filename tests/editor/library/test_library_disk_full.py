"""Full disks, drives that vanish, and two programs on one library."""

import shutil

import pytest

from editor.document import Document
from editor.errors import KnownError
from editor.library.store import Library
from editor.workspace import Workspace

# ------------------------------------------------------------------------------------------- full disks


def limit_pages(library: Library, pages: int) -> None:
    """Let the file have so many pages and no more: SQLite then says what it says when a disk is full."""
    with library._database.write() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def test_a_full_disk_changes_nothing_and_after_making_room_all_goes_on(library, root, webinar) -> None:
    small, large = webinar(), webinar(segments=5_000)
    rev = library.create(small)
    limit_pages(library, 12)
    for full in (
        lambda: library.store_draft(large, rev),
        lambda: library.create(webinar("other", segments=5_000)),
    ):
        with pytest.raises(KnownError) as error_info:
            full()
        assert error_info.value.code == "library.full"
        assert error_info.value.facts == {"path": str(root / "library.db")}
    assert library.load_draft("w").webinar == small
    assert not library.has_webinar("other")
    limit_pages(library, 100_000)
    assert library.store_draft(large, rev) == 2
    assert library.load_draft("w").webinar == large


FILL_DISK_SCRIPT = """
import resource, sys
from pathlib import Path
import msgspec
from editor.errors import KnownError
from editor.library.store import Library
library = Library(Path(sys.argv[1]))
draft = library.load_draft("w")
webinar, rev = draft.webinar, draft.rev
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, resource.RLIM_INFINITY))
for n in range(10_000):
    try:
        webinar = msgspec.structs.replace(webinar, title=str(n))
        rev = library.store_draft(webinar, rev)
    except KnownError as known:
        print("refused", known.code, flush=True)
        break
    print(n, flush=True)
assert library.load_draft("w").webinar.title == str(n - 1)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
rev = library.store_draft(webinar, rev)
print("went on", flush=True)
sys.stdin.readline()
"""


def test_a_file_that_cannot_grow_stops_the_edit_and_not_the_program(library, root, start_program, webinar) -> None:
    library.create(webinar(segments=1_000))
    library.close()
    other = start_program(FILL_DISK_SCRIPT, root)
    output_lines = []
    while (line := other.read_line()).isdigit():
        output_lines.append(int(line))
    assert line == "refused library.unwritable"
    assert output_lines
    assert other.read_line() == "went on"
    other.kill()  # killed: the log is still there
    again = Library(root)
    assert again.load_draft("w").webinar.title == str(output_lines[-1] + 1)
    again.close()


@pytest.mark.parametrize("most", [0, 10_000, 60_000])
def test_no_room_for_a_new_library_is_told_and_leaves_nothing(root, start_program, most) -> None:
    other = start_program(
        """
import resource, sys
from pathlib import Path
from editor.errors import KnownError
from editor.library.store import Library
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    Library(Path(sys.argv[1]))
except KnownError as known:
    print(known.code, known.facts["path"], flush=True)
""",
        root,
        most,
    )
    assert other.read_line() == f"library.unwritable {root}"
    other.process.wait()
    assert list(root.iterdir()) == []
    Library(root).close()


def test_no_room_for_a_copy_leaves_the_library_and_no_half_copy(library, root, webinar, start_program) -> None:
    library.create(webinar(segments=2_000))
    other = start_program(
        """
import resource, sys
from datetime import datetime, UTC
from pathlib import Path
from editor.errors import KnownError
from editor.library.store import Library
library = Library(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
try:
    library.make_daily_backup(datetime(2026, 12, 1, tzinfo=UTC))
except KnownError as known:
    print(known.code, flush=True)
""",
        root,
    )
    assert other.read_line() in {"library.unwritable", "library.full"}
    other.process.wait()
    assert list((root / "copies").iterdir()) == []
    assert library.store_draft(webinar(title="goes on"), 1) == 2


# ------------------------------------------------------------------------------------- vanishing drives


@pytest.mark.parametrize("way", ["removed", "moved"])
def test_a_drive_that_vanishes_while_open_is_told_and_nothing_is_shown_as_kept(
    make_library, root, webinar, way
) -> None:
    library = make_library(root)
    rev = library.create(webinar())
    document = Document(webinar(), lambda one: library.store_draft(one, rev))
    elsewhere = root.with_name("elsewhere")
    shutil.move(root, elsewhere)
    if way == "removed":
        shutil.rmtree(elsewhere)
    with pytest.raises(KnownError) as error_info:
        document.replace(webinar(title="into the void"), "edit")
    assert error_info.value.code == "library.gone"
    assert error_info.value.facts == {"path": str(root / "library.db")}
    assert document.webinar == webinar()
    assert document.next_undo is None
    assert not root.exists()
    if way == "moved":  # connected again
        shutil.move(elsewhere, root)
        document.replace(webinar(title="kept"), "edit")
        assert make_library(root).load_draft("w").webinar.title == "kept"


def test_another_library_at_the_same_place_is_not_written_to(make_library, root, webinar) -> None:
    library = make_library(root)
    rev = library.create(webinar())
    shutil.move(root, root.with_name("elsewhere"))
    make_library(root).create(webinar(title="another's"))
    with pytest.raises(KnownError, match=r"library\.gone"):
        library.store_draft(webinar(title="mine"), rev)
    assert make_library(root).load_draft("w").webinar.title == "another's"


# ---------------------------------------------------------------------------------------- two programs

STALE_EDIT_SCRIPT = """
import sys
from pathlib import Path
import msgspec
from editor.errors import KnownError
from editor.workspace import Workspace
workspace = Workspace(Path(sys.argv[1]))
document = workspace.open("w")
print("open", flush=True)
for line in sys.stdin:
    word, _, title = line.strip().partition(" ")
    try:
        if word == "edit":
            document.replace(msgspec.structs.replace(document.webinar, title=title), "edit")
        elif word == "undo":
            document.undo()
        elif word == "reload":
            document.reload()
        print(document.webinar.title, bool(document.next_undo), flush=True)
    except KnownError as known:
        print(known.code, flush=True)
"""


def test_two_programs_that_edit_one_webinar_never_overwrite_each_other(start_program, root, webinar) -> None:
    with Workspace(root) as workspace:
        workspace.library.create(webinar())
        other = start_program(STALE_EDIT_SCRIPT, root)
        assert other.read_line() == "open"
        document = workspace.open("w")

        document.replace(webinar(title="mine"), "edit")
        other.write_line("edit theirs")
        assert other.read_line() == "library.stale"
        other.write_line("undo")
        assert other.read_line() == "document.nothing_to_undo"
        other.write_line("reload")
        assert other.read_line() == "mine False"
        other.write_line("edit theirs, on top of mine")
        assert other.read_line() == "theirs, on top of mine True"

        for edit in (document.undo, lambda: document.replace(webinar(title="mine again"), "edit")):
            with pytest.raises(KnownError, match=r"library\.stale"):
                edit()
        assert document.webinar.title == "mine"
        assert document.reload().title == "theirs, on top of mine"
        assert document.next_undo is None
        document.replace(webinar(title="both"), "edit")
        assert workspace.library.load_draft("w").webinar.title == "both"


COUNT_SCRIPT = """
import sys
from pathlib import Path
import msgspec
from editor.errors import KnownError
from editor.workspace import Workspace
workspace = Workspace(Path(sys.argv[1]))
document = workspace.open(sys.argv[2])
print("open", flush=True)
sys.stdin.readline()
stale = 0
for _ in range(100):
    while True:
        try:
            counted = int(document.webinar.title) + 1
            document.replace(msgspec.structs.replace(document.webinar, title=str(counted)), "count")
            break
        except KnownError as known:
            assert known.code == "library.stale", known
            stale += 1
            document.reload()
workspace.close()
print("done", stale, flush=True)
"""


@pytest.mark.parametrize("names", [("same", "same"), ("one", "other")])
def test_two_programs_at_once_lose_no_edit(start_program, make_library, root, webinar, names) -> None:
    library = make_library(root)
    for name in set(names):
        library.create(webinar(name, title="0"))
    programs = [start_program(COUNT_SCRIPT, root, name) for name in names]
    assert [one.read_line() for one in programs] == ["open", "open"]
    for one in programs:
        one.write_line("go")
    output_lines = [one.read_line().split() for one in programs]
    assert [word for word, _ in output_lines] == ["done", "done"]
    counts = {name: int(library.load_draft(name).webinar.title) for name in names}
    assert counts == ({"same": 200} if len(set(names)) == 1 else {"one": 100, "other": 100})
    if len(counts) == 2:
        assert [stale for _, stale in output_lines] == ["0", "0"]
