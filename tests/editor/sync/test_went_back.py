"""A hosting that was restored from a backup: nothing is sent blindly, and once accepted, nothing is lost."""

import pytest

from editor.errors import Known
from editor.library.lines import ours
from editor.protocol import api
from editor.schedule import wire
from editor.schedule.operations import Plan
from editor.sync.exchange import accept, exchange
from editor.sync.notes import BETWEEN
from hosting import backups
from tests.editor.sync.tools import edit


@pytest.fixture
def went_back(hosting, shared, tmp_path):
    """Ada and Bo have gone on, and the hosting has not: it is what it was before their second versions."""
    webinar_id, (workspace, sync), (other, others) = shared
    workspace.library.set_note(webinar_id, "a", "Slowly")
    exchange(sync)
    backups.make(hosting.folder, tmp_path / "backup.db")
    edit(workspace, webinar_id, Plan(description="Ada's second"))
    new = workspace.new("Made after the backup", zone="UTC")
    edit(workspace, new, Plan(description="Saved"))
    workspace.library.set_note(webinar_id, "a", "Slower")
    exchange(sync)
    exchange(others)
    edit(other, webinar_id, Plan(waiting_text="Bo's third"))
    exchange(others)
    hosting.restore(tmp_path / "backup.db")
    return shared


def test_nothing_is_sent_to_a_hosting_that_went_back(went_back):
    webinar_id, (workspace, sync), _ = went_back
    edit(workspace, webinar_id, Plan(title="Ada's fourth"))
    before = sync.client.webinars()
    for _ in range(2):
        report, requests, _ = sync.client.counted(lambda: exchange(sync))
        assert (report.went_back, report.items, report.epoch) == (True, (), before.epoch)
        assert [method for method, _, _ in requests] == ["GET"]
    for deed in (sync.push, sync.pull, sync.standing):
        with pytest.raises(Known) as told:
            deed(webinar_id)
        assert told.value.code == "sync.went_back"
    # Nor by who looked at the list before that: a push says which epoch it means.
    body = workspace.library.draft(webinar_id).body
    version = api.PushedVersion(hash=wire.identity(body, ()), saved_at=0)
    pushed = api.Push(document=body.decode(), version=version, epoch=sync.synced.epoch())
    with pytest.raises(Known) as told:
        sync.client.push(webinar_id, before.webinars[0].rev, pushed)
    assert (told.value.code, told.value.facts["status"]) == ("sync.went_back", 409)
    assert sync.client.webinars() == before


def test_accepted_everything_comes_home_again_from_both(went_back):
    webinar_id, (workspace, sync), (other, others) = went_back
    edit(workspace, webinar_id, Plan(title="Ada's fourth"))
    accept(sync)
    assert {version.number for version in workspace.versions(webinar_id)} == {None}
    report = exchange(sync)
    assert not report.went_back
    assert {item.title: item.state for item in report.items} == {
        "Ada's fourth": "pushed",
        "Made after the backup": "pushed",
    }
    assert exchange(others).went_back, "Bo has not accepted yet"
    accept(others)
    (item,) = exchange(others).items
    assert item.state == "merged"
    exchange(sync)
    for each in (workspace, other):
        found = each.version(ours(each.versions(webinar_id)).hash)
        assert (found.title, found.description, found.waiting_text) == ("Ada's fourth", "Ada's second", "Bo's third")
    # Which of the two was the newer one nobody can tell any more: both stay.
    assert sync.client.notes(webinar_id).notes == {"a": f"Slowly{BETWEEN}Slower"}
    for each in (sync, others):
        report, requests, _ = each.client.counted(lambda each=each: exchange(each))
        assert {item.state for item in report.items} == {"same"}
        assert len(requests) == 1
