"""Presenters' notes: they go home by themselves, and nobody's are lost."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import Known
from editor.protocol.api import MOST_NOTE
from editor.schedule.operations import Plan
from editor.sync.exchange import exchange
from editor.sync.notes import BETWEEN, merge_notes
from tests.editor.sync.tools import edit

NOTES = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["one", "two", "three"]))


def only(report):
    (item,) = report.items
    return item.state


def test_notes_cost_no_request_of_their_own_while_nothing_changed(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    workspace.library.set_note(webinar_id, "a", "Slowly")
    report, requests, _ = sync.client.counted(lambda: exchange(sync))
    assert only(report) == "pushed"
    assert [method for method, _, _ in requests] == ["GET", "PUT"]
    report, requests, _ = others.client.counted(lambda: exchange(others))
    assert only(report) == "pulled"
    assert [method for method, _, _ in requests] == ["GET", "GET"]
    assert other.library.notes(webinar_id) == {"a": "Slowly"}
    for its in (sync, others):
        report, requests, _ = its.client.counted(lambda its=its: exchange(its))
        assert (only(report), len(requests)) == ("same", 1)


def test_both_texts_stay_and_what_is_deleted_on_one_side_and_edited_on_the_other(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    for segment in "abc":
        workspace.library.set_note(webinar_id, segment, "First")
    exchange(sync)
    exchange(others)
    for each, words in ((workspace, ("Ada's", "", "First")), (other, ("Bo's", "Bo's", ""))):
        for segment, text in zip("abc", words, strict=True):
            each.library.set_note(webinar_id, segment, text)
    exchange(sync)
    assert only(exchange(others)) == "merged"
    assert only(exchange(sync)) == "pulled"
    expected = {"a": f"Ada's{BETWEEN}Bo's", "b": "Bo's"}
    assert workspace.library.notes(webinar_id) == other.library.notes(webinar_id) == expected


def test_notes_and_a_version_go_in_one_exchange_also_while_the_versions_are_apart(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    edit(workspace, webinar_id, Plan(title="Ada's"))
    exchange(sync)
    edit(other, webinar_id, Plan(title="Bo's"))
    other.library.set_note(webinar_id, "a", "Bo's")
    assert only(exchange(others)) == "apart"
    exchange(sync)
    assert workspace.library.notes(webinar_id) == {"a": "Bo's"}


def test_notes_of_a_webinar_that_is_new_there_go_with_it(ada):
    workspace, sync = ada
    webinar_id = workspace.new("Talk", zone="UTC")
    workspace.library.set_note(webinar_id, "a", "Slowly")
    edit(workspace, webinar_id, Plan(description="Saved"))
    exchange(sync)
    assert sync.client.notes(webinar_id).notes == {"a": "Slowly"}
    assert only(exchange(sync)) == "same"


def test_who_was_quicker_is_asked_again(shared):
    """Bo's notes arrive after Ada has looked at the list and before she sends hers."""
    webinar_id, (workspace, sync), (other, others) = shared
    other.library.set_note(webinar_id, "a", "Bo's")
    workspace.library.set_note(webinar_id, "b", "Ada's")
    listed = sync.listed
    sync.listed = lambda: (listed(), exchange(others))[0]
    assert only(exchange(sync)) == "merged"
    assert workspace.library.notes(webinar_id) == {"a": "Bo's", "b": "Ada's"}
    assert sync.client.notes(webinar_id) == msgspec.structs.replace(
        sync.client.notes(webinar_id), rev=2, notes={"a": "Bo's", "b": "Ada's"}
    )


def test_a_note_written_while_they_are_exchanged_is_not_overwritten(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    other.library.set_note(webinar_id, "a", "Bo's")
    exchange(others)
    seen = sync.synced.look(webinar_id)
    workspace.library.set_note(webinar_id, "a", "Typed just now")
    there = sync.client.notes(webinar_id)
    sync.synced.merge_notes(webinar_id, seen.notes, there.rev, there.notes, workspace.library._now())
    assert workspace.library.notes(webinar_id) == {"a": "Typed just now"}
    exchange(sync)
    assert sync.client.notes(webinar_id).notes == {"a": "Typed just now"}


def test_a_note_that_is_too_long_is_told_and_the_rest_goes(ada):
    workspace, sync = ada
    webinar_id = workspace.new("Talk", zone="UTC")
    edit(workspace, webinar_id, Plan(description="Saved"))
    workspace.library.set_note(webinar_id, "a", "x" * (MOST_NOTE + 1))
    (item,) = exchange(sync).items
    assert (item.state, item.known.code) == ("refused", "sync.long_note")
    assert sync.standing(webinar_id).state == "same"


def test_the_hosting_takes_notes_over_the_revision_seen_alone(ada):
    workspace, sync = ada
    webinar_id = workspace.new("Talk", zone="UTC")
    edit(workspace, webinar_id, Plan(description="Saved"))
    exchange(sync)
    there = sync.client.notes(webinar_id)
    kept = sync.client.put_notes(webinar_id, msgspec.structs.replace(there, notes={"a": "Slowly"}))
    assert kept.rev == there.rev + 1
    with pytest.raises(Known) as told:
        sync.client.put_notes(webinar_id, there)
    assert told.value.code == "notes.stale"


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
