"""What the library remembers of hostings, and which of its versions the draft goes on from."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import Known
from editor.library import lines
from editor.library.values import Memory, Version
from editor.schedule import wire
from editor.workspace import Workspace

NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
def here(library):
    """What is known of one hosting."""
    synced = library.synced("here")
    synced.begin("first")
    return synced


def pulled(synced, made, *parents, over=None):
    return synced.keep("w", wire.encode(made), parents=parents, number=7, over=over)


# ------------------------------------------------------------------------------------------ what is remembered


def test_each_hosting_is_remembered_by_itself(library, here, webinar):
    library.create(webinar())
    version = library.save("w")
    assert (here.epoch(), library.synced("there").epoch()) == ("first", None)
    library.synced("there").begin("another")
    here.remember("w", 3, version.hash, {version.hash: 2})
    assert here.look("w").memory == Memory(rev=3, version=version.hash)
    assert library.synced("there").look("w").memory == Memory()
    assert library.versions("w")[0].number == 2
    assert here.seen()["w"] == here.look("w")


def test_begun_anew_nothing_of_that_hosting_is_remembered(library, here, webinar):
    library.create(webinar())
    version = library.save("w")
    library.synced("there").begin("another")
    library.synced("there").remember("w", 9, version.hash)
    here.remember("w", 3, version.hash, {version.hash: 2})
    here.begin("second")
    assert (here.epoch(), here.look("w").memory) == ("second", Memory())
    assert library.versions("w")[0].number is None
    assert library.synced("there").look("w").memory.rev == 9


def test_notes_are_remembered_as_both_sides_had_them(library, here, webinar):
    library.create(webinar())
    library.set_note("w", "s0", "Mine")
    here.merge_notes("w", {"s0": "Mine"}, 4, {"s0": "Both", "s1": "New"}, NOW)
    assert library.notes("w") == {"s0": "Both", "s1": "New"}
    found = here.look("w")
    assert (found.memory.notes_rev, found.memory.notes, found.notes) == (4, library.notes("w"), library.notes("w"))
    here.merge_notes("w", {"s0": "Seen before", "s1": "New"}, 5, {"s0": "Other"}, NOW)
    assert library.notes("w") == {"s0": "Both"}, "what was written meanwhile stays, what was deleted goes"


def test_of_a_webinar_that_is_not_here_nothing_can_be_remembered(here, webinar):
    for deed in (
        lambda: here.remember("w", 1, "0" * 64),
        lambda: here.merge_notes("w", {}, 1, {}, NOW),
        lambda: pulled(here, webinar()),
    ):
        with pytest.raises(Known) as told:
            deed()
        assert told.value.code == "library.no_webinar"
    with pytest.raises(Known) as told:
        here.body("0" * 64)
    assert told.value.code == "library.no_version"


# ------------------------------------------------------------------------------------------ what follows what


def test_a_pulled_version_is_not_what_the_draft_goes_on_from(library, here, webinar):
    rev = library.create(webinar())
    first = library.save("w")
    theirs = pulled(here, webinar(title="Theirs"), first.hash)
    assert (theirs.line, theirs.ordinal) == ("pulled", 2)
    assert pulled(here, webinar(title="Theirs"), first.hash) == theirs
    assert not library.card("w").unsaved
    assert lines.ours(library.versions("w")) == theirs
    library.store_draft(webinar(title="Mine"), rev)
    mine = library.save("w")
    assert (mine.parents, mine.ordinal) == ((first.hash,), 3)
    versions = library.versions("w")
    assert {each.hash for each in lines.heads(versions)} == {mine.hash, theirs.hash}
    assert lines.ours(versions).hash == mine.hash
    assert lines.common(versions, mine.hash, theirs.hash) == first.hash


def test_what_was_never_here_is_followed_over(library, here, webinar):
    library.create(webinar())
    first = library.save("w")
    unknown = "ab" * 32
    theirs = pulled(here, webinar(title="Theirs"), unknown, over=first.hash)
    versions = library.versions("w")
    assert versions[0] == theirs
    assert lines.before(versions, theirs.hash) == {theirs.hash, unknown, first.hash}
    assert lines.ours(versions) == theirs


def test_what_is_left_stays_in_the_list_and_leads_nowhere(library, here, webinar):
    rev = library.create(webinar())
    first = library.save("w")
    library.store_draft(webinar(title="Mine"), rev)
    mine = library.save("w")
    theirs = pulled(here, webinar(title="Theirs"), first.hash)
    here.leave_all_but("w", theirs.hash)
    lines_of = {each.hash: each.line for each in library.versions("w")}
    assert lines_of == {first.hash: "own", mine.hash: "left", theirs.hash: "pulled"}
    assert lines.ours(library.versions("w")).hash == theirs.hash
    here.leave_all_but("w", mine.hash)
    assert lines.ours(library.versions("w")).hash == mine.hash


def test_taken_in_undone_and_done_again(tmp_path: Path, webinar):
    with Workspace(tmp_path / "library") as workspace:
        workspace.library.create(webinar())
        first = workspace.save("w")
        here = workspace.library.synced("here")
        theirs = pulled(here, webinar(title="Theirs"), first.hash)
        document = workspace.open("w")
        assert workspace.last_saved(document).title == "Welcome"
        workspace.update_draft(document, theirs.hash)
        assert not workspace.library.card("w").unsaved
        assert workspace.last_saved(document) is document.webinar
        document.undo()
        assert workspace.newer("w").hash == theirs.hash
        assert not workspace.library.card("w").unsaved
        document.redo()
        assert workspace.newer("w") is None
        saved = workspace.save("w", "a note")
        assert saved.parents == (theirs.hash,)
        document.undo()
        assert workspace.newer("w") is None, "it was saved on top of it"
        assert workspace.library.card("w").unsaved


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans()), min_size=1, max_size=10))
def test_whatever_the_history_ours_has_the_draft_in_it(history):
    """Versions that each follow one or two earlier ones, own ones the newest own among them."""
    made: list[Version] = []
    for number, (one, other, own) in enumerate(history):
        before = lines.newest_own(made)
        chosen = {made[one % number].hash, made[other % number].hash} if number else set()
        parents = ((before.hash,) if before else ()) if own else tuple(sorted(chosen))
        made.append(
            Version(
                hash=f"{number:064x}",
                webinar="w",
                ordinal=number + 1,
                parents=parents,
                note="",
                saved_at=NOW,
                line="own" if own else "pulled",
            )
        )
    ours, own = lines.ours(made), lines.newest_own(made)
    assert ours is not None
    assert ours in lines.heads(made)
    assert own is None or own.hash in lines.before(made, ours.hash)
    for one in made:
        for other in made:
            shared = lines.common(made, one.hash, other.hash)
            both = lines.before(made, one.hash) & lines.before(made, other.hash)
            assert (shared is None) == (not both)
            assert shared is None or all(each == shared or shared not in lines.before(made, each) for each in both), (
                "the nearest"
            )


# ------------------------------------------------------------------------------------------------- upgrading


def test_a_library_from_before_keeps_all_and_knows_nothing_of_hostings_yet(opened, root, webinar):
    library = opened(root)
    library.create(webinar())
    version = library.save("w", "first")
    library.set_note("w", "s0", "Slowly")
    library.close()
    with closing(sqlite3.connect(root / "library.db", isolation_level=None)) as connection:
        for name in ("synced", "hostings", "lines"):
            connection.execute(f"DROP TABLE {name}")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.execute("PRAGMA user_version = 1")
    library = opened(root)
    assert library.versions("w") == (version,)
    assert library.notes("w") == {"s0": "Slowly"}
    synced = library.synced("here")
    assert (synced.epoch(), synced.look("w").memory) == (None, Memory())
    assert synced.look("w").versions == (msgspec.structs.replace(version),)
