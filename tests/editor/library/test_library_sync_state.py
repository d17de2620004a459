"""Sync state of the library: what each hosting had at the last sync, and which version the draft is based on."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import KnownError
from editor.library import ancestry
from editor.library.records import LastSynced, Version
from editor.schedule import serialization
from editor.workspace import Workspace

NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
def sync_state(library):
    """Return the sync state with one hosting."""
    synced = library.get_sync_state("here")
    synced.reset("first")
    return synced


def store_pulled(synced, webinar, *parents, over=None):
    return synced.store_version("w", serialization.encode(webinar), parents=parents, number=7, over=over)


# ------------------------------------------------------------------------------------------ what is remembered


def test_each_hosting_is_remembered_by_itself(library, sync_state, webinar):
    library.create(webinar())
    version = library.save_version("w")
    assert (sync_state.load_epoch(), library.get_sync_state("there").load_epoch()) == ("first", None)
    library.get_sync_state("there").reset("another")
    sync_state.record_synced("w", 3, version.hash, {version.hash: 2})
    assert sync_state.load_inputs("w").last_synced == LastSynced(rev=3, version=version.hash)
    assert library.get_sync_state("there").load_inputs("w").last_synced == LastSynced()
    assert library.list_versions("w")[0].number == 2
    assert sync_state.load_all_inputs()["w"] == sync_state.load_inputs("w")


def test_begun_anew_nothing_of_that_hosting_is_remembered(library, sync_state, webinar):
    library.create(webinar())
    version = library.save_version("w")
    library.get_sync_state("there").reset("another")
    library.get_sync_state("there").record_synced("w", 9, version.hash)
    sync_state.record_synced("w", 3, version.hash, {version.hash: 2})
    sync_state.reset("second")
    assert (sync_state.load_epoch(), sync_state.load_inputs("w").last_synced) == ("second", LastSynced())
    assert library.list_versions("w")[0].number is None
    assert library.get_sync_state("there").load_inputs("w").last_synced.rev == 9


def test_notes_are_remembered_as_both_sides_had_them(library, sync_state, webinar):
    library.create(webinar())
    library.set_note("w", "s0", "Mine")
    sync_state.store_merged_notes("w", {"s0": "Mine"}, 4, {"s0": "Both", "s1": "New"}, NOW)
    assert library.load_notes("w") == {"s0": "Both", "s1": "New"}
    inputs = sync_state.load_inputs("w")
    assert (inputs.last_synced.notes_rev, inputs.last_synced.notes, inputs.notes) == (
        4,
        library.load_notes("w"),
        library.load_notes("w"),
    )
    sync_state.store_merged_notes("w", {"s0": "Seen before", "s1": "New"}, 5, {"s0": "Other"}, NOW)
    assert library.load_notes("w") == {"s0": "Both"}, "what was written meanwhile stays, what was deleted goes"


def test_of_a_webinar_that_is_not_here_nothing_can_be_remembered(sync_state, webinar):
    for operation in (
        lambda: sync_state.record_synced("w", 1, "0" * 64),
        lambda: sync_state.store_merged_notes("w", {}, 1, {}, NOW),
        lambda: store_pulled(sync_state, webinar()),
    ):
        with pytest.raises(KnownError) as error_info:
            operation()
        assert error_info.value.code == "library.no_webinar"
    with pytest.raises(KnownError) as error_info:
        sync_state.load_body("0" * 64)
    assert error_info.value.code == "library.no_version"


# ------------------------------------------------------------------------------------------ what follows what


def test_a_pulled_version_is_not_what_the_draft_goes_on_from(library, sync_state, webinar):
    rev = library.create(webinar())
    first = library.save_version("w")
    theirs = store_pulled(sync_state, webinar(title="Theirs"), first.hash)
    assert (theirs.line, theirs.ordinal) == ("pulled", 2)
    assert store_pulled(sync_state, webinar(title="Theirs"), first.hash) == theirs
    assert not library.load_summary("w").unsaved
    assert ancestry.find_current_head(library.list_versions("w")) == theirs
    library.store_draft(webinar(title="Mine"), rev)
    mine = library.save_version("w")
    assert (mine.parents, mine.ordinal) == ((first.hash,), 3)
    versions = library.list_versions("w")
    assert {each.hash for each in ancestry.find_heads(versions)} == {mine.hash, theirs.hash}
    assert ancestry.find_current_head(versions).hash == mine.hash
    assert ancestry.find_merge_base(versions, mine.hash, theirs.hash) == first.hash


def test_what_was_never_here_is_followed_over(library, sync_state, webinar):
    library.create(webinar())
    first = library.save_version("w")
    unknown = "ab" * 32
    theirs = store_pulled(sync_state, webinar(title="Theirs"), unknown, over=first.hash)
    versions = library.list_versions("w")
    assert versions[0] == theirs
    assert ancestry.find_ancestors(versions, theirs.hash) == {theirs.hash, unknown, first.hash}
    assert ancestry.find_current_head(versions) == theirs


def test_what_is_left_stays_in_the_list_and_leads_nowhere(library, sync_state, webinar):
    rev = library.create(webinar())
    first = library.save_version("w")
    library.store_draft(webinar(title="Mine"), rev)
    mine = library.save_version("w")
    theirs = store_pulled(sync_state, webinar(title="Theirs"), first.hash)
    sync_state.abandon_other_heads("w", theirs.hash)
    lines_of = {each.hash: each.line for each in library.list_versions("w")}
    assert lines_of == {first.hash: "own", mine.hash: "left", theirs.hash: "pulled"}
    assert ancestry.find_current_head(library.list_versions("w")).hash == theirs.hash
    sync_state.abandon_other_heads("w", mine.hash)
    assert ancestry.find_current_head(library.list_versions("w")).hash == mine.hash


def test_taken_in_undone_and_done_again(tmp_path: Path, webinar):
    with Workspace(tmp_path / "library") as workspace:
        workspace.library.create(webinar())
        first = workspace.save_version("w")
        sync_state = workspace.library.get_sync_state("here")
        theirs = store_pulled(sync_state, webinar(title="Theirs"), first.hash)
        document = workspace.open("w")
        assert workspace.load_last_saved(document).title == "Welcome"
        workspace.apply_version(document, theirs.hash)
        assert not workspace.library.load_summary("w").unsaved
        assert workspace.load_last_saved(document) is document.webinar
        document.undo()
        assert workspace.find_incoming_version("w").hash == theirs.hash
        assert not workspace.library.load_summary("w").unsaved
        document.redo()
        assert workspace.find_incoming_version("w") is None
        saved = workspace.save_version("w", "a note")
        assert saved.parents == (theirs.hash,)
        document.undo()
        assert workspace.find_incoming_version("w") is None, "it was saved on top of it"
        assert workspace.library.load_summary("w").unsaved


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans()), min_size=1, max_size=10))
def test_whatever_the_history_ours_has_the_draft_in_it(history):
    """Versions that each follow one or two earlier ones, own ones the newest own among them."""
    versions: list[Version] = []
    for number, (one, other, own) in enumerate(history):
        before = ancestry.find_draft_base(versions)
        chosen = {versions[one % number].hash, versions[other % number].hash} if number else set()
        parents = ((before.hash,) if before else ()) if own else tuple(sorted(chosen))
        versions.append(
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
    ours, own = ancestry.find_current_head(versions), ancestry.find_draft_base(versions)
    assert ours is not None
    assert ours in ancestry.find_heads(versions)
    assert own is None or own.hash in ancestry.find_ancestors(versions, ours.hash)
    for one in versions:
        for other in versions:
            shared = ancestry.find_merge_base(versions, one.hash, other.hash)
            both = ancestry.find_ancestors(versions, one.hash) & ancestry.find_ancestors(versions, other.hash)
            assert (shared is None) == (not both)
            assert shared is None or all(
                each == shared or shared not in ancestry.find_ancestors(versions, each) for each in both
            ), "the nearest"


# ------------------------------------------------------------------------------------------------- upgrading


def test_a_library_from_before_keeps_all_and_knows_nothing_of_hostings_yet(make_library, root, webinar):
    library = make_library(root)
    library.create(webinar())
    version = library.save_version("w", "first")
    library.set_note("w", "s0", "Slowly")
    library.close()
    with closing(sqlite3.connect(root / "library.db", isolation_level=None)) as connection:
        for name in ("synced", "hostings", "lines"):
            connection.execute(f"DROP TABLE {name}")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.execute("PRAGMA user_version = 1")
    library = make_library(root)
    assert library.list_versions("w") == (version,)
    assert library.load_notes("w") == {"s0": "Slowly"}
    synced = library.get_sync_state("here")
    assert (synced.load_epoch(), synced.load_inputs("w").last_synced) == (None, LastSynced())
    assert synced.load_inputs("w").versions == (msgspec.structs.replace(version),)
