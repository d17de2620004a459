"""Two organizers and one hosting: the work of both is kept, and conflicts are left to a person."""

import hashlib
import os
import threading

import msgspec
import pytest

from editor.errors import CancelledError, KnownError
from editor.media.prepare.preparation import prepare, prepared_file_path
from editor.progress import Progress
from editor.protocol.manifest import PreparedFile
from editor.schedule.model import Webinar
from editor.schedule.operations import Add, ChangeProperties, Move
from editor.sync import tus_client
from editor.sync.client import ApiClient
from editor.sync.webinar_sync import MergeConflictError
from tests.editor.sync.hosting_fixtures import edit_and_save, make_cta


def test_a_saved_version_is_pushed_once_and_gets_its_number(ada):
    workspace, sync = ada
    webinar_id = workspace.create_webinar("Talk", zone="Europe/Paris")
    with pytest.raises(KnownError) as error_info:
        sync.push(webinar_id)
    assert error_info.value.code == "sync.unsaved"
    edit_and_save(workspace, webinar_id, ChangeProperties(description="First"), note="the first")
    assert sync.compare(webinar_id).relation == "new"
    assert sync.push(webinar_id).number == 1
    assert sync.compare(webinar_id).relation == "same"
    assert sync.push(webinar_id).number == 1
    edit_and_save(workspace, webinar_id, ChangeProperties(description="Second"))
    assert sync.compare(webinar_id).relation == "ahead"
    assert sync.push(webinar_id).number == 2
    assert [version.note for version in sync.client.fetch_versions(webinar_id)] == ["", "the first"]


def test_a_colleague_is_behind_pulls_and_keeps_their_draft(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    edit_and_save(workspace, webinar_id, Move(segments=("b",), delta_ms=1_000))
    sync.push(webinar_id)
    draft = other.library.load_draft(webinar_id).body
    assert others.compare(webinar_id).relation == "behind"
    assert others.push(webinar_id).number == 2
    assert other.library.load_draft(webinar_id).body == draft
    assert not other.library.load_summary(webinar_id).unsaved
    assert other.library.load_version(other.list_versions(webinar_id)[0].hash).find_segment("b").start_ms == 11_000


def test_both_edit_offline_and_both_get_home(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    edit_and_save(workspace, webinar_id, Move(segments=("b",), delta_ms=1_000))
    edit_and_save(other, webinar_id, Add(segments=(make_cta(30_000, "c"),)), ChangeProperties(title="Bo's title"))
    sync.push(webinar_id)
    assert others.compare(webinar_id).relation == "apart"
    merged = others.push(webinar_id)
    assert merged.number == 3
    assert len(merged.parents) == 2
    both = other.library.load_version(merged.hash)
    assert (both.find_segment("b").start_ms, both.find_segment("c").start_ms, both.title) == (
        11_000,
        30_000,
        "Bo's title",
    )
    assert sync.push(webinar_id).hash == merged.hash
    assert {sync.compare(webinar_id).relation, others.compare(webinar_id).relation} == {"same"}


def test_what_does_not_go_together_is_told_and_settled_by_a_person(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    edit_and_save(workspace, webinar_id, ChangeProperties(title="Ada's title"))
    edit_and_save(other, webinar_id, ChangeProperties(title="Bo's title"))
    sync.push(webinar_id)
    with pytest.raises(MergeConflictError) as conflict_info:
        others.push(webinar_id)
    assert [clash.fields for clash in conflict_info.value.merged.conflicts] == [("title",)]
    assert sync.compare(webinar_id).relation == "same"
    assert others.compare(webinar_id).relation == "apart"
    chosen = msgspec.structs.replace(conflict_info.value.merged.webinar, title="Together")
    settled = others.resolve(webinar_id, chosen, conflict_info.value.rev)
    assert settled.number == 3
    sync.push(webinar_id)
    assert workspace.library.load_version(workspace.list_versions(webinar_id)[0].hash).title == "Together"


def test_theirs_is_taken_and_what_was_ours_stays_in_the_list(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    edit_and_save(workspace, webinar_id, ChangeProperties(title="Ada's title"))
    abandoned_version = edit_and_save(other, webinar_id, ChangeProperties(title="Bo's title"))
    theirs = sync.push(webinar_id)
    with pytest.raises(MergeConflictError):
        others.push(webinar_id)
    assert others.pull(webinar_id).hash == theirs.hash
    assert others.compare(webinar_id).relation == "same"
    assert other.find_incoming_version(webinar_id).hash == theirs.hash
    other.restore_version(other.open(webinar_id), theirs.hash)
    assert other.find_incoming_version(webinar_id) is None
    assert other.load_version(abandoned_version.hash).title == "Bo's title"
    edit_and_save(other, webinar_id, ChangeProperties(description="Goes on from Ada's"))
    merged = other.load_version(others.push(webinar_id).hash)
    assert (merged.title, merged.description) == ("Ada's title", "Goes on from Ada's")


def test_pulling_what_ours_came_of_leaves_nothing_of_ours(ada):
    workspace, sync = ada
    webinar_id = workspace.create_webinar("Talk", zone="UTC")
    edit_and_save(workspace, webinar_id, ChangeProperties(description="First"))
    sync.push(webinar_id)
    mine = edit_and_save(workspace, webinar_id, ChangeProperties(description="Second"))
    sync.pull(webinar_id)
    assert sync.compare(webinar_id).relation == "ahead"
    assert sync.push(webinar_id).hash == mine.hash


def test_a_network_that_is_not_there_is_a_sentence(hosting, ada):
    workspace, sync = ada
    webinar_id = workspace.create_webinar("Talk", zone="UTC")
    edit_and_save(workspace, webinar_id, ChangeProperties(description="x"))
    hosting.kill()
    with pytest.raises(KnownError) as error_info:
        sync.push(webinar_id)
    assert error_info.value.code == "sync.offline"
    hosting.start()
    assert sync.push(webinar_id).number == 1


def test_who_is_signed_out_is_told(hosting):
    client = ApiClient(hosting.url, token="nonsense")
    with pytest.raises(KnownError) as error_info:
        client.fetch_account()
    assert (error_info.value.code, error_info.value.facts["status"]) == ("account.signed_out", 401)
    client.close()


@pytest.mark.parametrize("address", ["", "example.org", "ftp://example.org", "http://"])
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(KnownError) as error_info:
        ApiClient(address)
    assert error_info.value.code == "sync.address"


@pytest.fixture
def big_file(tmp_path):
    path = tmp_path / "big.bin"
    path.write_bytes(os.urandom(3 * tus_client.FIRST_CHUNK_BYTES + 777))
    return path, PreparedFile(
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(), size=path.stat().st_size, type="video/mp4"
    )


def test_an_upload_goes_on_at_the_byte_after_the_hosting_was_killed(hosting, ada, big_file):
    _, sync = ada
    path, file = big_file
    reported = []

    def stop(done, _total):
        reported.append(done)
        if done == tus_client.FIRST_CHUNK_BYTES:
            hosting.kill()

    with pytest.raises(KnownError) as error_info:
        tus_client.upload_file(sync.client, path, file, Progress(stop))
    assert error_info.value.code == "sync.offline"
    assert not is_uploaded(hosting, file)
    hosting.start()
    reported.clear()
    tus_client.upload_file(sync.client, path, file, Progress(make_recorder(reported)))
    assert reported[0] >= tus_client.FIRST_CHUNK_BYTES
    assert sync.client.find_available_media((file.sha256,)).files == (file.sha256,)
    assert sync.client.request("GET", f"/api/media/files/{file.sha256}").content == path.read_bytes()


def make_recorder(reported):
    return lambda done, _total: reported.append(done)


def is_uploaded(hosting, file):
    return (hosting.folder / "media" / "files" / file.sha256[:2] / file.sha256).exists()


def test_an_upload_that_lies_about_its_content_is_never_seen(hosting, ada, big_file):
    _, sync = ada
    path, file = big_file
    wrong_file = msgspec.structs.replace(file, sha256="0" * 64)
    with pytest.raises(KnownError) as error_info:
        tus_client.upload_file(sync.client, path, wrong_file, Progress())
    assert error_info.value.code == "upload.wrong_hash"
    assert sync.client.find_available_media((wrong_file.sha256,)).files == ()
    assert not is_uploaded(hosting, wrong_file)


def test_media_are_prepared_and_sent_once(ada, tmp_path):
    from PIL import Image

    workspace, sync = ada
    Image.new("RGB", (700, 400), "teal").save(tmp_path / "card.png")
    media = workspace.catalog.add_file(tmp_path / "card.png")
    webinar = Webinar(id="w", media={media.sha256: media})
    prepared_hashes = []

    def prepared(each, progress):
        prepared_hashes.append(each.sha256)
        return prepare(workspace.catalog, each, progress), lambda sha256: prepared_file_path(
            workspace.catalog, each.sha256, sha256
        )

    calls = []
    sync.upload_media(webinar, prepared, Progress(lambda done, total: calls.append((done, total))))
    assert sync.client.find_available_media((media.sha256,)).manifests == (media.sha256,)
    assert calls[-1] == (1000, 1000)
    assert calls == sorted(calls)
    sync.upload_media(webinar, prepared, Progress())
    assert prepared_hashes == [media.sha256]


def test_sending_can_be_cancelled_and_taken_up_again(ada, big_file):
    _, sync = ada
    path, file = big_file
    progress = Progress(lambda done, _total: progress.cancel() if done else None)
    with pytest.raises(CancelledError):
        tus_client.upload_file(sync.client, path, file, progress)
    reported = []
    tus_client.upload_file(sync.client, path, file, Progress(make_recorder(reported)))
    assert tus_client.FIRST_CHUNK_BYTES <= reported[0] < file.size


def test_two_push_at_once_and_nothing_is_lost(shared):
    webinar_id, (workspace, sync), (other, others) = shared
    edit_and_save(workspace, webinar_id, ChangeProperties(description="Ada's"))
    edit_and_save(other, webinar_id, ChangeProperties(waiting_text="Bo's"))
    threads = [threading.Thread(target=each.push, args=(webinar_id,)) for each in (sync, others)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sync.push(webinar_id)
    merged = workspace.library.load_version(workspace.list_versions(webinar_id)[0].hash)
    assert (merged.description, merged.waiting_text) == ("Ada's", "Bo's")
