"""Two organizers and one hosting: everybody's work gets home, and nothing is decided for anybody."""

import hashlib
import os
import threading

import msgspec
import pytest

from editor.errors import Cancelled, Known
from editor.media.prepare import file_of, prepare
from editor.progress import Progress
from editor.protocol.manifest import File
from editor.schedule.model import Webinar
from editor.schedule.operations import Add, Move, Plan
from editor.sync import upload
from editor.sync.client import Client
from editor.sync.sync import Apart
from tests.editor.sync.tools import cta, edit


def test_a_saved_version_is_pushed_once_and_gets_its_number(ada):
    workspace, sync = ada
    webinar_id = workspace.new("Talk", zone="Europe/Paris")
    with pytest.raises(Known) as told:
        sync.push(webinar_id)
    assert told.value.code == "sync.unsaved"
    edit(workspace, webinar_id, Plan(description="First"), note="the first")
    assert sync.standing(webinar_id).state == "new"
    assert sync.push(webinar_id).number == 1
    assert sync.standing(webinar_id).state == "same"
    assert sync.push(webinar_id).number == 1
    edit(workspace, webinar_id, Plan(description="Second"))
    assert sync.standing(webinar_id).state == "ahead"
    assert sync.push(webinar_id).number == 2
    assert [version.note for version in sync.client.versions(webinar_id)] == ["", "the first"]


def test_a_colleague_is_behind_pulls_and_keeps_their_draft(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    edit(workspace, webinar_id, Move(segments=("b",), delta_ms=1_000))
    sync.push(webinar_id)
    draft = other.library.draft(webinar_id).body
    assert others.standing(webinar_id).state == "behind"
    assert others.push(webinar_id).number == 2
    assert other.library.draft(webinar_id).body == draft
    assert not other.library.card(webinar_id).unsaved
    assert other.library.version(other.versions(webinar_id)[0].hash).find("b").start_ms == 11_000


def test_both_edit_offline_and_both_get_home(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    edit(workspace, webinar_id, Move(segments=("b",), delta_ms=1_000))
    edit(other, webinar_id, Add(segments=(cta(30_000, "c"),)), Plan(title="Bo's title"))
    sync.push(webinar_id)
    assert others.standing(webinar_id).state == "apart"
    merged = others.push(webinar_id)
    assert merged.number == 3
    assert len(merged.parents) == 2
    both = other.library.version(merged.hash)
    assert (both.find("b").start_ms, both.find("c").start_ms, both.title) == (11_000, 30_000, "Bo's title")
    assert sync.push(webinar_id).hash == merged.hash
    assert {sync.standing(webinar_id).state, others.standing(webinar_id).state} == {"same"}


def test_what_does_not_go_together_is_told_and_settled_by_a_person(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    edit(workspace, webinar_id, Plan(title="Ada's title"))
    edit(other, webinar_id, Plan(title="Bo's title"))
    sync.push(webinar_id)
    with pytest.raises(Apart) as apart:
        others.push(webinar_id)
    assert [clash.fields for clash in apart.value.merged.clashes] == [("title",)]
    assert sync.standing(webinar_id).state == "same"
    assert others.standing(webinar_id).state == "apart"
    chosen = msgspec.structs.replace(apart.value.merged.webinar, title="Together")
    settled = others.settle(webinar_id, chosen, apart.value.rev)
    assert settled.number == 3
    sync.push(webinar_id)
    assert workspace.library.version(workspace.versions(webinar_id)[0].hash).title == "Together"


def test_theirs_is_taken_and_what_was_ours_stays_in_the_list(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    edit(workspace, webinar_id, Plan(title="Ada's title"))
    left = edit(other, webinar_id, Plan(title="Bo's title"))
    theirs = sync.push(webinar_id)
    with pytest.raises(Apart):
        others.push(webinar_id)
    assert others.pull(webinar_id).hash == theirs.hash
    assert others.standing(webinar_id).state == "same"
    assert other.newer(webinar_id).hash == theirs.hash
    other.restore(other.open(webinar_id), theirs.hash)
    assert other.newer(webinar_id) is None
    assert other.version(left.hash).title == "Bo's title"
    edit(other, webinar_id, Plan(description="Goes on from Ada's"))
    found = other.version(others.push(webinar_id).hash)
    assert (found.title, found.description) == ("Ada's title", "Goes on from Ada's")


def test_pulling_what_ours_came_of_leaves_nothing_of_ours(ada):
    workspace, sync = ada
    webinar_id = workspace.new("Talk", zone="UTC")
    edit(workspace, webinar_id, Plan(description="First"))
    sync.push(webinar_id)
    mine = edit(workspace, webinar_id, Plan(description="Second"))
    sync.pull(webinar_id)
    assert sync.standing(webinar_id).state == "ahead"
    assert sync.push(webinar_id).hash == mine.hash


def test_a_network_that_is_not_there_is_a_sentence(hosting, ada):
    workspace, sync = ada
    webinar_id = workspace.new("Talk", zone="UTC")
    edit(workspace, webinar_id, Plan(description="x"))
    hosting.kill()
    with pytest.raises(Known) as told:
        sync.push(webinar_id)
    assert told.value.code == "sync.offline"
    hosting.start()
    assert sync.push(webinar_id).number == 1


def test_who_is_signed_out_is_told(hosting):
    client = Client(hosting.url, token="nonsense")
    with pytest.raises(Known) as told:
        client.me()
    assert (told.value.code, told.value.facts["status"]) == ("account.signed_out", 401)
    client.close()


@pytest.mark.parametrize("address", ["", "example.org", "ftp://example.org", "http://"])
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(Known) as told:
        Client(address)
    assert told.value.code == "sync.address"


@pytest.fixture
def big(tmp_path):
    path = tmp_path / "big.bin"
    path.write_bytes(os.urandom(3 * upload.PIECE + 777))
    return path, File(sha256=hashlib.sha256(path.read_bytes()).hexdigest(), size=path.stat().st_size, type="video/mp4")


def test_an_upload_goes_on_at_the_byte_after_the_hosting_was_killed(hosting, ada, big):
    _, sync = ada
    path, file = big
    reached = []

    def stop(done, _total):
        reached.append(done)
        if done == upload.PIECE:
            hosting.kill()

    with pytest.raises(Known) as told:
        upload.send(sync.client, path, file, Progress(stop))
    assert told.value.code == "sync.offline"
    assert not sync_has(hosting, file)
    hosting.start()
    reached.clear()
    upload.send(sync.client, path, file, Progress(stop_never(reached)))
    assert reached[0] >= upload.PIECE
    assert sync.client.have((file.sha256,)).files == (file.sha256,)
    assert sync.client.call("GET", f"/api/media/files/{file.sha256}").content == path.read_bytes()


def stop_never(reached):
    return lambda done, _total: reached.append(done)


def sync_has(hosting, file):
    return (hosting.folder / "media" / "files" / file.sha256[:2] / file.sha256).exists()


def test_an_upload_that_lies_about_its_content_is_never_seen(hosting, ada, big):
    _, sync = ada
    path, file = big
    lying = msgspec.structs.replace(file, sha256="0" * 64)
    with pytest.raises(Known) as told:
        upload.send(sync.client, path, lying, Progress())
    assert told.value.code == "upload.wrong_hash"
    assert sync.client.have((lying.sha256,)).files == ()
    assert not sync_has(hosting, lying)


def test_media_are_prepared_and_sent_once(ada, tmp_path):
    from PIL import Image

    workspace, sync = ada
    Image.new("RGB", (700, 400), "teal").save(tmp_path / "card.png")
    media = workspace.shelf.take(tmp_path / "card.png")
    webinar = Webinar(id="w", media={media.sha256: media})
    made = []

    def prepared(each, progress):
        made.append(each.sha256)
        return prepare(workspace.shelf, each, progress), lambda sha256: file_of(workspace.shelf, each.sha256, sha256)

    told = []
    sync.send_media(webinar, prepared, Progress(lambda done, total: told.append((done, total))))
    assert sync.client.have((media.sha256,)).manifests == (media.sha256,)
    assert told[-1] == (1000, 1000)
    assert told == sorted(told)
    sync.send_media(webinar, prepared, Progress())
    assert made == [media.sha256]


def test_sending_can_be_cancelled_and_taken_up_again(ada, big):
    _, sync = ada
    path, file = big
    progress = Progress(lambda done, _total: progress.cancel() if done else None)
    with pytest.raises(Cancelled):
        upload.send(sync.client, path, file, progress)
    reached = []
    upload.send(sync.client, path, file, Progress(stop_never(reached)))
    assert upload.PIECE <= reached[0] < file.size


def test_two_push_at_once_and_nothing_is_lost(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    edit(workspace, webinar_id, Plan(description="Ada's"))
    edit(other, webinar_id, Plan(waiting_text="Bo's"))
    threads = [threading.Thread(target=each.push, args=(webinar_id,)) for each in (sync, others)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sync.push(webinar_id)
    found = workspace.library.version(workspace.versions(webinar_id)[0].hash)
    assert (found.description, found.waiting_text) == ("Ada's", "Bo's")
