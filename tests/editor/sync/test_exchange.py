"""The whole library and its hosting in one exchange: everything gets home, and nothing is asked that is known."""

import sqlite3
from contextlib import closing

import pytest

from editor.errors import Cancelled, Known
from editor.library.lines import ours
from editor.progress import Progress
from editor.protocol import api
from editor.schedule import wire
from editor.schedule.model import Image, Media, Webinar, new_id
from editor.schedule.operations import Add, Delete, Move, Plan
from editor.sync.client import AGAIN, Client
from editor.sync.exchange import exchange, fetch, retire
from editor.sync.sync import Apart, Sync
from tests.editor.sync.tools import cta, edit

LIST = ("GET", "/api/webinars")


def states(report):
    return {item.title: item.state for item in report.items}


def only(report):
    (item,) = report.items
    return item


def head(workspace, webinar_id):
    """What a library stands for."""
    return workspace.version(ours(workspace.versions(webinar_id)).hash)


def test_everything_saved_goes_and_then_nothing_is_asked_but_the_list(ada):
    workspace, sync = ada
    for title in ("One", "Two", "Three"):
        edit(workspace, workspace.new(title, zone="UTC"), Plan(description="Saved"))
    workspace.library.archive(workspace.library.cards()[0].id, True)
    workspace.new("Never saved", zone="UTC")
    template = workspace.new("Template", zone="UTC")
    edit(workspace, template, Plan(description="Saved"))
    workspace.library.set_template(template, True)
    assert states(exchange(sync)) == {"One": "pushed", "Two": "pushed", "Three": "pushed"}
    report, requests, _ = sync.client.counted(lambda: exchange(sync))
    assert states(report) == {"One": "same", "Two": "same", "Three": "same"}
    assert [item.version.number for item in report.items] == [1, 1, 1]
    assert [each[:2] for each in requests] == [LIST]
    assert report.elsewhere == ()


def test_progress_is_told_and_a_cancel_stops_between_two_webinars(ada):
    workspace, sync = ada
    for title in ("One", "Two"):
        edit(workspace, workspace.new(title, zone="UTC"), Plan(description="Saved"))
    told = []

    def listen(done, total):
        told.append((done, total))
        if done == 0:
            progress.cancel()  # heard when the first is done

    progress = Progress(listen)
    with pytest.raises(Cancelled):
        exchange(sync, progress)
    assert told == [(0, 2)]
    assert sorted(states(exchange(sync)).values()) == ["pushed", "same"]


def test_offline_on_both_sides_and_both_home(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    for each in (workspace, other):
        assert each.library.draft(webinar_id).webinar.find("b").start_ms == 10_000
    for delta in (1_000, 500):  # two versions each, of which but the last is sent
        edit(workspace, webinar_id, Move(segments=("b",), delta_ms=delta))
        edit(other, webinar_id, Add(segments=(cta(30_000 + 10 * delta),)))
    assert only(exchange(sync)).state == "pushed"
    assert only(exchange(others)).state == "merged"
    assert only(exchange(sync)).state == "pulled"
    for each, its in ((workspace, sync), (other, others)):
        both = head(each, webinar_id)
        assert both.find("b").start_ms == 11_500
        assert len(both.interactions) == 4
        _, requests, _ = its.client.counted(lambda its=its: exchange(its))
        assert [one[:2] for one in requests] == [LIST]
    assert head(workspace, webinar_id) == head(other, webinar_id)


def test_a_draft_that_goes_on_after_a_merge_takes_nothing_back(shared):
    """The merge is not in the draft yet: saving the draft must not say that it is."""
    webinar_id, (workspace, sync), (other, others) = shared
    edit(workspace, webinar_id, Plan(description="Ada's"))
    edit(other, webinar_id, Plan(waiting_text="Bo's"))
    exchange(sync)
    assert only(exchange(others)).state == "merged"
    edit(other, webinar_id, Plan(title="Bo goes on"))
    assert only(exchange(others)).state == "merged"
    found = head(other, webinar_id)
    assert (found.description, found.waiting_text, found.title) == ("Ada's", "Bo's", "Bo goes on")
    exchange(sync)
    assert head(workspace, webinar_id) == found


def test_a_newer_version_is_taken_into_the_draft_with_what_is_unsaved_and_undo_takes_it_back(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    edit(workspace, webinar_id, Plan(description="Ada's"))
    exchange(sync)
    document = other.open(webinar_id)
    document.apply(Plan(title="Bo's, unsaved"))
    item = only(exchange(others))
    assert (item.state, document.webinar.description) == ("pulled", "")
    assert other.newer(webinar_id) == item.version
    other.update_draft(document, item.version.hash)
    assert (document.webinar.description, document.webinar.title) == ("Ada's", "Bo's, unsaved")
    assert other.newer(webinar_id) is None
    document.undo()
    assert document.webinar.description == ""
    assert other.newer(webinar_id).hash == item.version.hash, "undone, it is not in the draft"
    document.redo()
    assert other.newer(webinar_id) is None
    document.undo()
    other.save(webinar_id)
    assert only(exchange(others)).state == "merged"
    assert (head(other, webinar_id).description, head(other, webinar_id).title) == ("Ada's", "Bo's, unsaved")


def test_unsaved_edits_that_do_not_go_with_a_newer_version_are_asked_about(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    edit(workspace, webinar_id, Plan(title="Ada's"))
    exchange(sync)
    document = other.open(webinar_id)
    document.apply(Plan(title="Bo's"))
    version = only(exchange(others)).version
    with pytest.raises(Apart) as apart:
        other.update_draft(document, version.hash)
    assert (apart.value.mine.title, apart.value.theirs.title) == ("Bo's", "Ada's")
    assert document.webinar.title == "Bo's"
    with pytest.raises(Known) as told:
        other.update_draft(document, other.versions(webinar_id)[-1].hash)
    assert told.value.code == "library.no_version"


def test_deciding_later_survives_a_restart_and_costs_one_request(shared, organizer):
    webinar_id, (workspace, sync), (other, others) = shared
    edit(workspace, webinar_id, Plan(title="Ada's"))
    exchange(sync)
    mine = edit(other, webinar_id, Plan(title="Bo's"))
    item = only(exchange(others))
    assert (item.state, item.version.hash) == ("apart", mine.hash)
    others.client.close()
    other.close()

    other, others = organizer("bo")
    report, requests, _ = others.client.counted(lambda: exchange(others))
    assert [each[:2] for each in requests] == [LIST]
    both = only(report).both
    assert (both.mine.title, both.theirs.title) == ("Bo's", "Ada's")
    assert others.standing(webinar_id).state == "apart"
    assert len(others.client.versions(webinar_id)) == 2, "nothing was sent"
    others.settle(webinar_id, both.mine, both.rev)
    assert only(exchange(others)).state == "same"
    assert only(exchange(sync)).state == "pulled"
    assert head(workspace, webinar_id).title == "Bo's"


def test_what_was_decided_for_another_state_is_not_sent(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    edit(workspace, webinar_id, Plan(title="Ada's"))
    exchange(sync)
    edit(other, webinar_id, Plan(title="Bo's"))
    both = only(exchange(others)).both
    edit(workspace, webinar_id, Plan(title="Ada's second"))
    exchange(sync)
    with pytest.raises(Known) as told:
        others.settle(webinar_id, both.mine, both.rev)
    assert told.value.code == "webinar.stale"
    assert only(exchange(others)).both.theirs.title == "Ada's second"


def test_segments_one_deleted_and_the_other_edited_are_kept_and_told(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    edit(workspace, webinar_id, Delete(segments=("b",)))
    edit(other, webinar_id, Move(segments=("b",), delta_ms=1_000))
    exchange(sync)
    item = only(exchange(others))
    assert (item.state, item.known.code, item.known.facts["count"]) == ("merged", "sync.kept", 1)
    assert head(other, webinar_id).find("b").start_ms == 11_000


def test_the_same_change_on_both_sides_sends_nothing(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    for each in (workspace, other):
        edit(each, webinar_id, Plan(description="Alike"))
    edit(workspace, webinar_id, Plan(title="And more"))
    exchange(sync)
    assert only(exchange(others)).state == "pulled"
    assert len(sync.client.versions(webinar_id)) == 2
    assert only(exchange(others)).state == "same"


def test_a_webinar_that_is_only_on_the_hosting_is_fetched_when_asked(shared, organizer):
    webinar_id, (workspace, sync), _ = shared
    workspace.library.set_note(webinar_id, "a", "Slowly")
    exchange(sync)
    third, thirds = organizer("cy")
    report = exchange(thirds)
    assert [card.title for card in report.elsewhere] == ["Talk"]
    version = fetch(thirds, webinar_id)
    assert third.library.draft(webinar_id).webinar == head(workspace, webinar_id)
    assert not third.library.card(webinar_id).unsaved
    assert third.library.notes(webinar_id) == {"a": "Slowly"}
    assert version.number == 1
    report, requests, _ = thirds.client.counted(lambda: exchange(thirds))
    assert (only(report).state, report.elsewhere) == ("same", ())
    assert [each[:2] for each in requests] == [LIST]
    with pytest.raises(Known) as told:
        fetch(thirds, webinar_id)
    assert told.value.code == "library.exists"
    with pytest.raises(Known) as told:
        fetch(thirds, "nowhere")
    assert told.value.code == "webinar.unknown"


# ------------------------------------------------------------------------------------------------ the bin


def test_deleted_there_and_untouched_here_is_told_and_stays(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    workspace.library.delete(webinar_id, True)
    retire(sync, webinar_id)
    item = only(exchange(others))
    assert (item.state, item.known.code) == ("same", "sync.deleted_there")
    assert not other.library.card(webinar_id).deleted
    edit(other, webinar_id, Plan(title="I still need it"))
    item = only(exchange(others))
    assert (item.state, item.known.code) == ("pushed", "sync.brought_back")
    assert only(exchange(others)).known is None
    assert exchange(sync).items[0].known.code == "sync.edited_there"


def test_deleted_here_stays_there_until_it_is_retired(shared):
    webinar_id, (workspace, sync), _ = shared
    retire(sync, webinar_id)
    assert not sync.client.webinars().webinars[0].deleted, "it is not in the bin here"
    workspace.library.delete(webinar_id, True)
    assert exchange(sync).items == ()
    assert not sync.client.webinars().webinars[0].deleted
    retire(sync, webinar_id)
    assert sync.client.webinars().webinars[0].deleted
    retire(sync, webinar_id)
    assert exchange(sync).elsewhere == ()


def test_deleted_here_and_edited_there_survives(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    workspace.library.delete(webinar_id, True)
    edit(other, webinar_id, Plan(title="Bo goes on"))
    exchange(others)
    item = only(exchange(sync))
    assert (item.known.code, item.known.facts["title"]) == ("sync.edited_there", "Talk")
    with pytest.raises(Known) as told:
        retire(sync, webinar_id)
    assert told.value.code == "sync.edited_there"
    assert not sync.client.webinars().webinars[0].deleted
    workspace.library.delete(webinar_id, False)
    assert only(exchange(sync)).state == "pulled"
    assert head(workspace, webinar_id).title == "Bo goes on"


def test_deleted_there_after_more_was_done_there_is_merged_with_what_was_done_here(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    edit(workspace, webinar_id, Plan(description="Ada's last words"))
    exchange(sync)
    workspace.library.delete(webinar_id, True)
    retire(sync, webinar_id)
    edit(other, webinar_id, Plan(title="Bo goes on"))
    item = only(exchange(others))
    assert (item.state, item.known.code) == ("merged", "sync.brought_back")
    found = head(other, webinar_id)
    assert (found.description, found.title) == ("Ada's last words", "Bo goes on")


# ------------------------------------------------------------------------------------------------ refusals


def test_one_webinars_refusal_does_not_stop_the_others(ada):
    workspace, sync = ada
    ids = {title: workspace.new(title, zone="UTC") for title in ("Bad", "Good")}
    for each in ids.values():
        edit(workspace, each, Plan(description="Saved"))
    exchange(sync)
    there = next(card for card in sync.client.webinars().webinars if card.title == "Bad")
    body = workspace.library.draft(there.id).body.replace(b"{", b'{"of_a_later_day":1,', 1)
    version = api.PushedVersion(
        hash=wire.identity(body, (there.version,)), parents=(there.version,), saved_at=there.updated_at
    )
    sync.client.push(there.id, there.rev, api.Push(document=body.decode(), version=version))
    for each in ids.values():
        edit(workspace, each, Plan(description="Saved again"))
    report = exchange(sync)
    assert states(report) == {"Bad": "refused", "Good": "pushed"}
    assert next(item.known.code for item in report.items if item.known) == "library.unknown"
    assert states(exchange(sync)) == {"Bad": "refused", "Good": "same"}


def test_offline_stops_at_once_and_may_be_tried_again(hosting, ada):
    workspace, sync = ada
    edit(workspace, workspace.new("Talk", zone="UTC"), Plan(description="Saved"))
    hosting.kill()
    with pytest.raises(Known) as told:
        exchange(sync)
    assert told.value.code in AGAIN
    hosting.start()
    assert only(exchange(sync)).state == "pushed"


def test_what_the_hosting_decides_is_asked_once(ada):
    workspace, sync = ada
    for title in ("One", "Two"):
        edit(workspace, workspace.new(title, zone="UTC"), Plan(description="Saved"))
    sync.client.sign_out()
    sync.client.requests.clear()
    with pytest.raises(Known) as told:
        exchange(sync)
    assert (told.value.code, told.value.facts["status"]) == ("account.signed_out", 401)
    assert told.value.code not in AGAIN
    assert len(sync.client.requests) == 1


def test_a_library_that_goes_to_another_hosting_is_new_there(ada, hosting, new_token):
    """What one hosting acknowledged says nothing of another; another account is one."""
    workspace, sync = ada
    webinar_id = workspace.new("Talk", zone="UTC")
    edit(workspace, webinar_id, Plan(description="First"))
    exchange(sync)
    elsewhere = Sync(workspace.library, Client(hosting.url, new_token()), "elsewhere")
    assert elsewhere.standing(webinar_id).state == "new"
    assert only(exchange(elsewhere)).state == "pushed"
    edit(workspace, webinar_id, Plan(description="Second"))
    assert only(exchange(elsewhere)).state == "pushed"
    assert sync.standing(webinar_id).state == "ahead"
    assert only(exchange(sync)).state == "pushed"
    assert only(exchange(elsewhere)).state == "same"
    elsewhere.client.close()


# ------------------------------------------------------------------------------------------------ how much


def large(count):
    pictures = tuple(
        Image(id=new_id(), start_ms=n * 3_000, length_ms=2_000, media="ab" * 32, title=f"Picture {n}")
        for n in range(count)
    )
    media = {"ab" * 32: Media(sha256="ab" * 32, kind="image", name="picture.png", width=64, height=48)}
    return Webinar(id=new_id(), title="Large", zone="UTC", programme=pictures, media=media)


@pytest.mark.parametrize("count", [10, 10_000])
def test_one_segment_moved_is_less_than_ten_kilobytes(ada, count):
    workspace, sync = ada
    webinar = large(count)
    workspace.library.create(webinar)
    workspace.save(webinar.id)
    exchange(sync)
    edit(workspace, webinar.id, Move(segments=(webinar.programme[count // 2].id,), delta_ms=500))
    report, requests, sent = sync.client.counted(lambda: exchange(sync))
    assert only(report).state == "pushed"
    assert [method for method, _, _ in requests] == ["GET", "PUT"]
    assert sent < 10_000
    assert sync.client.version(only(report).version.hash) == workspace.library.draft(webinar.id).body


def test_where_the_base_is_not_there_the_whole_is_sent(ada, hosting):
    workspace, sync = ada
    webinar = large(50)
    workspace.library.create(webinar)
    first = workspace.save(webinar.id)
    exchange(sync)
    version = edit(workspace, webinar.id, Move(segments=(webinar.programme[20].id,), delta_ms=500))
    with closing(sqlite3.connect(hosting.folder / "hosting.db", isolation_level=None)) as connection:
        connection.execute("DELETE FROM version WHERE hash = ?", (first.hash,))
    report, requests, _ = sync.client.counted(lambda: exchange(sync))
    assert [method for method, _, _ in requests] == ["GET", "PUT", "PUT"]
    assert only(report).version.hash == version.hash
    assert sync.client.version(version.hash) == workspace.library.draft(webinar.id).body
