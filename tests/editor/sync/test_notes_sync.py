"""Presenters' notes are synced automatically, and no text is lost when two people have edited them."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import KnownError
from editor.schedule.limits import MAX_SPEAKER_NOTE_CHARS
from editor.schedule.operations import ChangeProperties
from editor.sync.library_sync import sync_library
from editor.sync.notes_sync import SEPARATOR, merge_notes
from tests.editor.sync.hosting_fixtures import edit_and_save

NOTES = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["one", "two", "three"]))


def get_only_item(report):
    (item,) = report.items
    return item.state


def test_notes_cost_no_request_of_their_own_while_nothing_changed(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    workspace.library.set_note(webinar_id, "a", "Slowly")
    report, requests, _ = sync.client.count_requests(lambda: sync_library(sync))
    assert get_only_item(report) == "pushed"
    assert [method for method, _, _ in requests] == ["GET", "PUT"]
    report, requests, _ = others.client.count_requests(lambda: sync_library(others))
    assert get_only_item(report) == "pulled"
    assert [method for method, _, _ in requests] == ["GET", "GET"]
    assert other.library.load_notes(webinar_id) == {"a": "Slowly"}
    for its in (sync, others):
        report, requests, _ = its.client.count_requests(lambda its=its: sync_library(its))
        assert (get_only_item(report), len(requests)) == ("same", 1)


def test_both_texts_stay_and_what_is_deleted_on_one_side_and_edited_on_the_other(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    for segment in "abc":
        workspace.library.set_note(webinar_id, segment, "First")
    sync_library(sync)
    sync_library(others)
    for each, words in ((workspace, ("Ada's", "", "First")), (other, ("Bo's", "Bo's", ""))):
        for segment, text in zip("abc", words, strict=True):
            each.library.set_note(webinar_id, segment, text)
    sync_library(sync)
    assert get_only_item(sync_library(others)) == "merged"
    assert get_only_item(sync_library(sync)) == "pulled"
    expected = {"a": f"Ada's{SEPARATOR}Bo's", "b": "Bo's"}
    assert workspace.library.load_notes(webinar_id) == other.library.load_notes(webinar_id) == expected


def test_notes_and_a_version_go_in_one_exchange_also_while_the_versions_are_apart(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    edit_and_save(workspace, webinar_id, ChangeProperties(title="Ada's"))
    sync_library(sync)
    edit_and_save(other, webinar_id, ChangeProperties(title="Bo's"))
    other.library.set_note(webinar_id, "a", "Bo's")
    assert get_only_item(sync_library(others)) == "apart"
    sync_library(sync)
    assert workspace.library.load_notes(webinar_id) == {"a": "Bo's"}


def test_notes_of_a_webinar_that_is_new_there_go_with_it(ada):
    workspace, sync = ada
    webinar_id = workspace.create_webinar("Talk", zone="UTC")
    workspace.library.set_note(webinar_id, "a", "Slowly")
    edit_and_save(workspace, webinar_id, ChangeProperties(description="Saved"))
    sync_library(sync)
    assert sync.client.fetch_notes(webinar_id).notes == {"a": "Slowly"}
    assert get_only_item(sync_library(sync)) == "same"


def test_who_was_quicker_is_asked_again(shared):
    """Bo's notes arrive after Ada has looked at the list and before she sends hers."""
    webinar_id, (workspace, sync), (other, others) = shared
    other.library.set_note(webinar_id, "a", "Bo's")
    workspace.library.set_note(webinar_id, "b", "Ada's")
    listed = sync.fetch_list
    sync.fetch_list = lambda: (listed(), sync_library(others))[0]
    assert get_only_item(sync_library(sync)) == "merged"
    assert workspace.library.load_notes(webinar_id) == {"a": "Bo's", "b": "Ada's"}
    assert sync.client.fetch_notes(webinar_id) == msgspec.structs.replace(
        sync.client.fetch_notes(webinar_id), rev=2, notes={"a": "Bo's", "b": "Ada's"}
    )


def test_a_note_written_while_they_are_exchanged_is_not_overwritten(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    other.library.set_note(webinar_id, "a", "Bo's")
    sync_library(others)
    inputs = sync.sync_state.load_inputs(webinar_id)
    workspace.library.set_note(webinar_id, "a", "Typed just now")
    remote_notes = sync.client.fetch_notes(webinar_id)
    sync.sync_state.store_merged_notes(
        webinar_id, inputs.notes, remote_notes.rev, remote_notes.notes, workspace.library._now()
    )
    assert workspace.library.load_notes(webinar_id) == {"a": "Typed just now"}
    sync_library(sync)
    assert sync.client.fetch_notes(webinar_id).notes == {"a": "Typed just now"}


def test_a_note_that_is_too_long_is_told_and_the_rest_goes(ada):
    workspace, sync = ada
    webinar_id = workspace.create_webinar("Talk", zone="UTC")
    edit_and_save(workspace, webinar_id, ChangeProperties(description="Saved"))
    workspace.library.set_note(webinar_id, "a", "x" * (MAX_SPEAKER_NOTE_CHARS + 1))
    (item,) = sync_library(sync).items
    assert (item.state, item.notice.code) == ("refused", "sync.long_note")
    assert sync.compare(webinar_id).relation == "same"


def test_the_hosting_takes_notes_over_the_revision_seen_alone(ada):
    workspace, sync = ada
    webinar_id = workspace.create_webinar("Talk", zone="UTC")
    edit_and_save(workspace, webinar_id, ChangeProperties(description="Saved"))
    sync_library(sync)
    remote_notes = sync.client.fetch_notes(webinar_id)
    stored = sync.client.put_notes(webinar_id, msgspec.structs.replace(remote_notes, notes={"a": "Slowly"}))
    assert stored.rev == remote_notes.rev + 1
    with pytest.raises(KnownError) as error_info:
        sync.client.put_notes(webinar_id, remote_notes)
    assert error_info.value.code == "notes.stale"


@given(base=NOTES, mine=NOTES, theirs=NOTES)
def test_no_text_that_somebody_wrote_since_is_lost_and_all_is_settled_once(base, mine, theirs):
    merged = merge_notes(base, mine, theirs)
    for side in (mine, theirs):
        for segment, text in side.items():
            if text != base.get(segment):
                assert text in merged[segment]
    for segment, text in base.items():
        if mine.get(segment, text) == theirs.get(segment, text) == text and segment in mine and segment in theirs:
            assert merged[segment] == text
    # Who pulls the outcome has nothing left to do.
    assert merge_notes(theirs, merged, theirs) == merged
    assert merge_notes(mine, mine, merged) == merged
