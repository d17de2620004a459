"""Syncing a whole library: every change reaches the other side, and nothing known is requested again."""

import sqlite3
from contextlib import closing

import pytest

from editor.errors import CancelledError, KnownError
from editor.library.ancestry import find_current_head
from editor.progress import Progress
from editor.protocol import api
from editor.schedule import serialization
from editor.schedule.model import Image, Media, Webinar, new_id
from editor.schedule.operations import Add, ChangeProperties, Delete, Move
from editor.sync.client import ApiClient
from editor.sync.library_sync import delete_remotely, fetch_webinar, sync_library
from editor.sync.retry import is_transient
from editor.sync.webinar_sync import MergeConflictError, WebinarSync
from tests.editor.sync.hosting_fixtures import edit_and_save, make_cta

LIST = ("GET", "/api/webinars")


def get_states(report):
    return {item.title: item.state for item in report.items}


def get_only_item(report):
    (item,) = report.items
    return item


def load_head(workspace, webinar_id):
    """Return the document of a library's current head."""
    return workspace.load_version(find_current_head(workspace.list_versions(webinar_id)).hash)


def test_everything_saved_goes_and_then_nothing_is_asked_but_the_list(ada):
    workspace, sync = ada
    for title in ("One", "Two", "Three"):
        edit_and_save(workspace, workspace.create_webinar(title, zone="UTC"), ChangeProperties(description="Saved"))
    workspace.library.set_archived(workspace.library.list_webinars()[0].id, True)
    workspace.create_webinar("Never saved", zone="UTC")
    template = workspace.create_webinar("Template", zone="UTC")
    edit_and_save(workspace, template, ChangeProperties(description="Saved"))
    workspace.library.set_template(template, True)
    assert get_states(sync_library(sync)) == {"One": "pushed", "Two": "pushed", "Three": "pushed"}
    report, requests, _ = sync.client.count_requests(lambda: sync_library(sync))
    assert get_states(report) == {"One": "same", "Two": "same", "Three": "same"}
    assert [item.version.number for item in report.items] == [1, 1, 1]
    assert [each[:2] for each in requests] == [LIST]
    assert report.remote_only == ()


def test_progress_is_told_and_a_cancel_stops_between_two_webinars(ada):
    workspace, sync = ada
    for title in ("One", "Two"):
        edit_and_save(workspace, workspace.create_webinar(title, zone="UTC"), ChangeProperties(description="Saved"))
    calls = []

    def listen(done, total):
        calls.append((done, total))
        if done == 0:
            progress.cancel()  # heard when the first is done

    progress = Progress(listen)
    with pytest.raises(CancelledError):
        sync_library(sync, progress)
    assert calls == [(0, 2)]
    assert sorted(get_states(sync_library(sync)).values()) == ["pushed", "same"]


def test_offline_on_both_sides_and_both_home(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    for each in (workspace, other):
        assert each.library.load_draft(webinar_id).webinar.find_segment("b").start_ms == 10_000
    for delta in (1_000, 500):  # two versions each, of which but the last is sent
        edit_and_save(workspace, webinar_id, Move(segments=("b",), delta_ms=delta))
        edit_and_save(other, webinar_id, Add(segments=(make_cta(30_000 + 10 * delta),)))
    assert get_only_item(sync_library(sync)).state == "pushed"
    assert get_only_item(sync_library(others)).state == "merged"
    assert get_only_item(sync_library(sync)).state == "pulled"
    for each, its in ((workspace, sync), (other, others)):
        both = load_head(each, webinar_id)
        assert both.find_segment("b").start_ms == 11_500
        assert len(both.interactions) == 4
        _, requests, _ = its.client.count_requests(lambda its=its: sync_library(its))
        assert [one[:2] for one in requests] == [LIST]
    assert load_head(workspace, webinar_id) == load_head(other, webinar_id)


def test_a_draft_that_goes_on_after_a_merge_takes_nothing_back(shared):
    """The merge is not in the draft yet: saving the draft must not say that it is."""
    webinar_id, (workspace, sync), (other, others) = shared
    edit_and_save(workspace, webinar_id, ChangeProperties(description="Ada's"))
    edit_and_save(other, webinar_id, ChangeProperties(waiting_text="Bo's"))
    sync_library(sync)
    assert get_only_item(sync_library(others)).state == "merged"
    edit_and_save(other, webinar_id, ChangeProperties(title="Bo goes on"))
    assert get_only_item(sync_library(others)).state == "merged"
    merged = load_head(other, webinar_id)
    assert (merged.description, merged.waiting_text, merged.title) == ("Ada's", "Bo's", "Bo goes on")
    sync_library(sync)
    assert load_head(workspace, webinar_id) == merged


def test_a_newer_version_is_taken_into_the_draft_with_what_is_unsaved_and_undo_takes_it_back(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    edit_and_save(workspace, webinar_id, ChangeProperties(description="Ada's"))
    sync_library(sync)
    document = other.open(webinar_id)
    document.apply(ChangeProperties(title="Bo's, unsaved"))
    item = get_only_item(sync_library(others))
    assert (item.state, document.webinar.description) == ("pulled", "")
    assert other.find_incoming_version(webinar_id) == item.version
    other.apply_version(document, item.version.hash)
    assert (document.webinar.description, document.webinar.title) == ("Ada's", "Bo's, unsaved")
    assert other.find_incoming_version(webinar_id) is None
    document.undo()
    assert document.webinar.description == ""
    assert other.find_incoming_version(webinar_id).hash == item.version.hash, "undone, it is not in the draft"
    document.redo()
    assert other.find_incoming_version(webinar_id) is None
    document.undo()
    other.save_version(webinar_id)
    assert get_only_item(sync_library(others)).state == "merged"
    assert (load_head(other, webinar_id).description, load_head(other, webinar_id).title) == ("Ada's", "Bo's, unsaved")


def test_unsaved_edits_that_do_not_go_with_a_newer_version_are_asked_about(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    edit_and_save(workspace, webinar_id, ChangeProperties(title="Ada's"))
    sync_library(sync)
    document = other.open(webinar_id)
    document.apply(ChangeProperties(title="Bo's"))
    version = get_only_item(sync_library(others)).version
    with pytest.raises(MergeConflictError) as conflict_info:
        other.apply_version(document, version.hash)
    assert (conflict_info.value.mine.title, conflict_info.value.theirs.title) == ("Bo's", "Ada's")
    assert document.webinar.title == "Bo's"
    with pytest.raises(KnownError) as error_info:
        other.apply_version(document, other.list_versions(webinar_id)[-1].hash)
    assert error_info.value.code == "library.no_version"


def test_deciding_later_survives_a_restart_and_costs_one_request(shared, organizer):
    webinar_id, (workspace, sync), (other, others) = shared
    edit_and_save(workspace, webinar_id, ChangeProperties(title="Ada's"))
    sync_library(sync)
    mine = edit_and_save(other, webinar_id, ChangeProperties(title="Bo's"))
    item = get_only_item(sync_library(others))
    assert (item.state, item.version.hash) == ("apart", mine.hash)
    others.client.close()
    other.close()

    other, others = organizer("bo")
    report, requests, _ = others.client.count_requests(lambda: sync_library(others))
    assert [each[:2] for each in requests] == [LIST]
    both = get_only_item(report).conflict
    assert (both.mine.title, both.theirs.title) == ("Bo's", "Ada's")
    assert others.compare(webinar_id).relation == "apart"
    assert len(others.client.fetch_versions(webinar_id)) == 2, "nothing was sent"
    others.resolve(webinar_id, both.mine, both.rev)
    assert get_only_item(sync_library(others)).state == "same"
    assert get_only_item(sync_library(sync)).state == "pulled"
    assert load_head(workspace, webinar_id).title == "Bo's"


def test_what_was_decided_for_another_state_is_not_sent(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    edit_and_save(workspace, webinar_id, ChangeProperties(title="Ada's"))
    sync_library(sync)
    edit_and_save(other, webinar_id, ChangeProperties(title="Bo's"))
    both = get_only_item(sync_library(others)).conflict
    edit_and_save(workspace, webinar_id, ChangeProperties(title="Ada's second"))
    sync_library(sync)
    with pytest.raises(KnownError) as error_info:
        others.resolve(webinar_id, both.mine, both.rev)
    assert error_info.value.code == "webinar.stale"
    assert get_only_item(sync_library(others)).conflict.theirs.title == "Ada's second"


def test_segments_one_deleted_and_the_other_edited_are_kept_and_told(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    edit_and_save(workspace, webinar_id, Delete(segments=("b",)))
    edit_and_save(other, webinar_id, Move(segments=("b",), delta_ms=1_000))
    sync_library(sync)
    item = get_only_item(sync_library(others))
    assert (item.state, item.notice.code, item.notice.facts["count"]) == ("merged", "sync.kept", 1)
    assert load_head(other, webinar_id).find_segment("b").start_ms == 11_000


def test_the_same_change_on_both_sides_sends_nothing(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    for each in (workspace, other):
        edit_and_save(each, webinar_id, ChangeProperties(description="Alike"))
    edit_and_save(workspace, webinar_id, ChangeProperties(title="And more"))
    sync_library(sync)
    assert get_only_item(sync_library(others)).state == "pulled"
    assert len(sync.client.fetch_versions(webinar_id)) == 2
    assert get_only_item(sync_library(others)).state == "same"


def test_a_webinar_that_is_only_on_the_hosting_is_fetched_when_asked(shared, organizer):
    webinar_id, (workspace, sync), _ = shared
    workspace.library.set_note(webinar_id, "a", "Slowly")
    sync_library(sync)
    third, thirds = organizer("cy")
    report = sync_library(thirds)
    assert [card.title for card in report.remote_only] == ["Talk"]
    version = fetch_webinar(thirds, webinar_id)
    assert third.library.load_draft(webinar_id).webinar == load_head(workspace, webinar_id)
    assert not third.library.load_summary(webinar_id).unsaved
    assert third.library.load_notes(webinar_id) == {"a": "Slowly"}
    assert version.number == 1
    report, requests, _ = thirds.client.count_requests(lambda: sync_library(thirds))
    assert (get_only_item(report).state, report.remote_only) == ("same", ())
    assert [each[:2] for each in requests] == [LIST]
    with pytest.raises(KnownError) as error_info:
        fetch_webinar(thirds, webinar_id)
    assert error_info.value.code == "library.exists"
    with pytest.raises(KnownError) as error_info:
        fetch_webinar(thirds, "nowhere")
    assert error_info.value.code == "webinar.unknown"


# ------------------------------------------------------------------------------------------------ the bin


def test_deleted_there_and_untouched_here_is_told_and_stays(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    workspace.library.set_deleted(webinar_id, True)
    delete_remotely(sync, webinar_id)
    item = get_only_item(sync_library(others))
    assert (item.state, item.notice.code) == ("same", "sync.deleted_there")
    assert not other.library.load_summary(webinar_id).deleted
    edit_and_save(other, webinar_id, ChangeProperties(title="I still need it"))
    item = get_only_item(sync_library(others))
    assert (item.state, item.notice.code) == ("pushed", "sync.brought_back")
    assert get_only_item(sync_library(others)).notice is None
    assert sync_library(sync).items[0].notice.code == "sync.edited_there"


def test_deleted_here_stays_there_until_it_is_retired(shared):
    webinar_id, (workspace, sync), _ = shared
    delete_remotely(sync, webinar_id)
    assert not sync.client.fetch_webinars().webinars[0].deleted, "it is not in the bin here"
    workspace.library.set_deleted(webinar_id, True)
    assert sync_library(sync).items == ()
    assert not sync.client.fetch_webinars().webinars[0].deleted
    delete_remotely(sync, webinar_id)
    assert sync.client.fetch_webinars().webinars[0].deleted
    delete_remotely(sync, webinar_id)
    assert sync_library(sync).remote_only == ()


def test_deleted_here_and_edited_there_survives(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    workspace.library.set_deleted(webinar_id, True)
    edit_and_save(other, webinar_id, ChangeProperties(title="Bo goes on"))
    sync_library(others)
    item = get_only_item(sync_library(sync))
    assert (item.notice.code, item.notice.facts["title"]) == ("sync.edited_there", "Talk")
    with pytest.raises(KnownError) as error_info:
        delete_remotely(sync, webinar_id)
    assert error_info.value.code == "sync.edited_there"
    assert not sync.client.fetch_webinars().webinars[0].deleted
    workspace.library.set_deleted(webinar_id, False)
    assert get_only_item(sync_library(sync)).state == "pulled"
    assert load_head(workspace, webinar_id).title == "Bo goes on"


def test_deleted_there_after_more_was_done_there_is_merged_with_what_was_done_here(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    edit_and_save(workspace, webinar_id, ChangeProperties(description="Ada's last words"))
    sync_library(sync)
    workspace.library.set_deleted(webinar_id, True)
    delete_remotely(sync, webinar_id)
    edit_and_save(other, webinar_id, ChangeProperties(title="Bo goes on"))
    item = get_only_item(sync_library(others))
    assert (item.state, item.notice.code) == ("merged", "sync.brought_back")
    merged = load_head(other, webinar_id)
    assert (merged.description, merged.title) == ("Ada's last words", "Bo goes on")


# ------------------------------------------------------------------------------------------------ refusals


def test_one_webinars_refusal_does_not_stop_the_others(ada):
    workspace, sync = ada
    ids = {title: workspace.create_webinar(title, zone="UTC") for title in ("Bad", "Good")}
    for each in ids.values():
        edit_and_save(workspace, each, ChangeProperties(description="Saved"))
    sync_library(sync)
    remote = next(card for card in sync.client.fetch_webinars().webinars if card.title == "Bad")
    body = workspace.library.load_draft(remote.id).body.replace(b"{", b'{"of_a_later_day":1,', 1)
    version = api.PushedVersion(
        hash=serialization.hash_version(body, (remote.version,)), parents=(remote.version,), saved_at=remote.updated_at
    )
    sync.client.push_version(remote.id, remote.rev, api.PushRequest(document=body.decode(), version=version))
    for each in ids.values():
        edit_and_save(workspace, each, ChangeProperties(description="Saved again"))
    report = sync_library(sync)
    assert get_states(report) == {"Bad": "refused", "Good": "pushed"}
    assert next(item.notice.code for item in report.items if item.notice) == "library.unknown"
    assert get_states(sync_library(sync)) == {"Bad": "refused", "Good": "same"}


def test_offline_stops_at_once_and_may_be_tried_again(hosting, ada):
    workspace, sync = ada
    edit_and_save(workspace, workspace.create_webinar("Talk", zone="UTC"), ChangeProperties(description="Saved"))
    hosting.kill()
    with pytest.raises(KnownError) as error_info:
        sync_library(sync)
    assert is_transient(error_info.value)
    hosting.start()
    assert get_only_item(sync_library(sync)).state == "pushed"


def test_what_the_hosting_decides_is_asked_once(ada):
    workspace, sync = ada
    for title in ("One", "Two"):
        edit_and_save(workspace, workspace.create_webinar(title, zone="UTC"), ChangeProperties(description="Saved"))
    sync.client.sign_out()
    sync.client.requests.clear()
    with pytest.raises(KnownError) as error_info:
        sync_library(sync)
    assert (error_info.value.code, error_info.value.facts["status"]) == ("account.signed_out", 401)
    assert not is_transient(error_info.value)
    assert len(sync.client.requests) == 1


def test_a_library_that_goes_to_another_hosting_is_new_there(ada, hosting, new_token):
    """The sync state of one hosting does not count for another, nor for another account."""
    workspace, sync = ada
    webinar_id = workspace.create_webinar("Talk", zone="UTC")
    edit_and_save(workspace, webinar_id, ChangeProperties(description="First"))
    sync_library(sync)
    elsewhere = WebinarSync(workspace.library, ApiClient(hosting.url, new_token()), "elsewhere")
    assert elsewhere.compare(webinar_id).relation == "new"
    assert get_only_item(sync_library(elsewhere)).state == "pushed"
    edit_and_save(workspace, webinar_id, ChangeProperties(description="Second"))
    assert get_only_item(sync_library(elsewhere)).state == "pushed"
    assert sync.compare(webinar_id).relation == "ahead"
    assert get_only_item(sync_library(sync)).state == "pushed"
    assert get_only_item(sync_library(elsewhere)).state == "same"
    elsewhere.client.close()


# ------------------------------------------------------------------------------------------------ how much


def make_large_webinar(count):
    pictures = tuple(
        Image(id=new_id(), start_ms=n * 3_000, length_ms=2_000, media="ab" * 32, title=f"Picture {n}")
        for n in range(count)
    )
    media = {"ab" * 32: Media(sha256="ab" * 32, kind="image", name="picture.png", width=64, height=48)}
    return Webinar(id=new_id(), title="Large", zone="UTC", programme=pictures, media=media)


@pytest.mark.parametrize("count", [10, 10_000])
def test_one_segment_moved_is_less_than_ten_kilobytes(ada, count):
    workspace, sync = ada
    webinar = make_large_webinar(count)
    workspace.library.create(webinar)
    workspace.save_version(webinar.id)
    sync_library(sync)
    edit_and_save(workspace, webinar.id, Move(segments=(webinar.programme[count // 2].id,), delta_ms=500))
    report, requests, sent_bytes = sync.client.count_requests(lambda: sync_library(sync))
    assert get_only_item(report).state == "pushed"
    assert [method for method, _, _ in requests] == ["GET", "PUT"]
    assert sent_bytes < 10_000
    assert (
        sync.client.fetch_version(get_only_item(report).version.hash) == workspace.library.load_draft(webinar.id).body
    )


def test_where_the_base_is_not_there_the_whole_is_sent(ada, hosting):
    workspace, sync = ada
    webinar = make_large_webinar(50)
    workspace.library.create(webinar)
    first = workspace.save_version(webinar.id)
    sync_library(sync)
    version = edit_and_save(workspace, webinar.id, Move(segments=(webinar.programme[20].id,), delta_ms=500))
    with closing(sqlite3.connect(hosting.folder / "hosting.db", isolation_level=None)) as connection:
        connection.execute("DELETE FROM version WHERE hash = ?", (first.hash,))
    report, requests, _ = sync.client.count_requests(lambda: sync_library(sync))
    assert [method for method, _, _ in requests] == ["GET", "PUT", "PUT"]
    assert get_only_item(report).version.hash == version.hash
    assert sync.client.fetch_version(version.hash) == workspace.library.load_draft(webinar.id).body
