"""A hosting that was restored from a backup: nothing is sent blindly, and once accepted, nothing is lost."""

import pytest

from editor.errors import KnownError
from editor.library.ancestry import find_current_head
from editor.protocol import api
from editor.schedule import serialization
from editor.schedule.operations import ChangeProperties
from editor.sync.library_sync import accept_restored_hosting, sync_library
from editor.sync.notes_sync import SEPARATOR
from hosting.db import backups
from tests.editor.sync.hosting_fixtures import edit_and_save


@pytest.fixture
def restored_hosting(hosting, shared, tmp_path):
    """Ada and Bo have gone on, and the hosting has not: it is what it was before their second versions."""
    webinar_id, (workspace, sync), (other, others) = shared
    workspace.library.set_note(webinar_id, "a", "Slowly")
    sync_library(sync)
    backups.create_backup(hosting.folder, tmp_path / "backup.db")
    edit_and_save(workspace, webinar_id, ChangeProperties(description="Ada's second"))
    new = workspace.create_webinar("Made after the backup", zone="UTC")
    edit_and_save(workspace, new, ChangeProperties(description="Saved"))
    workspace.library.set_note(webinar_id, "a", "Slower")
    sync_library(sync)
    sync_library(others)
    edit_and_save(other, webinar_id, ChangeProperties(waiting_text="Bo's third"))
    sync_library(others)
    hosting.restore_backup(tmp_path / "backup.db")
    return shared


def test_nothing_is_sent_to_a_hosting_that_went_back(restored_hosting):
    webinar_id, (workspace, sync), _ = restored_hosting
    edit_and_save(workspace, webinar_id, ChangeProperties(title="Ada's fourth"))
    before = sync.client.fetch_webinars()
    for _ in range(2):
        report, requests, _ = sync.client.count_requests(lambda: sync_library(sync))
        assert (report.was_restored, report.items, report.epoch) == (True, (), before.epoch)
        assert [method for method, _, _ in requests] == ["GET"]
    for operation in (sync.push, sync.pull, sync.compare):
        with pytest.raises(KnownError) as error_info:
            operation(webinar_id)
        assert error_info.value.code == "sync.went_back"
    # Neither does a client that fetched the list before: a push names the epoch it was made for.
    body = workspace.library.load_draft(webinar_id).body
    version = api.PushedVersion(hash=serialization.hash_version(body, ()), saved_at=0)
    pushed = api.PushRequest(document=body.decode(), version=version, epoch=sync.sync_state.load_epoch())
    with pytest.raises(KnownError) as error_info:
        sync.client.push_version(webinar_id, before.webinars[0].rev, pushed)
    assert (error_info.value.code, error_info.value.facts["status"]) == ("sync.went_back", 409)
    assert sync.client.fetch_webinars() == before


def test_accepted_everything_comes_home_again_from_both(restored_hosting):
    webinar_id, (workspace, sync), (other, others) = restored_hosting
    edit_and_save(workspace, webinar_id, ChangeProperties(title="Ada's fourth"))
    accept_restored_hosting(sync)
    assert {version.number for version in workspace.list_versions(webinar_id)} == {None}
    report = sync_library(sync)
    assert not report.was_restored
    assert {item.title: item.state for item in report.items} == {
        "Ada's fourth": "pushed",
        "Made after the backup": "pushed",
    }
    assert sync_library(others).was_restored, "Bo has not accepted yet"
    accept_restored_hosting(others)
    (item,) = sync_library(others).items
    assert item.state == "merged"
    sync_library(sync)
    for each in (workspace, other):
        merged = each.load_version(find_current_head(each.list_versions(webinar_id)).hash)
        assert (merged.title, merged.description, merged.waiting_text) == ("Ada's fourth", "Ada's second", "Bo's third")
    # It is unknown which of the two is newer, so both stay.
    assert sync.client.fetch_notes(webinar_id).notes == {"a": f"Slowly{SEPARATOR}Slower"}
    for each in (sync, others):
        report, requests, _ = each.client.count_requests(lambda each=each: sync_library(each))
        assert {item.state for item in report.items} == {"same"}
        assert len(requests) == 1
