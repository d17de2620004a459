"""Synchronization with a real server that stops and starts, and a clock that the test controls."""

import re
from dataclasses import replace
from types import SimpleNamespace

from hosting.db import backups
from tests.ui.hosting_fixtures import hosting
from tests.ui.sync.organizer_fixtures import organizer

__all__ = ["hosting", "organizer"]


def test_at_the_start_what_is_saved_here_goes_there(organizer):
    ada = organizer(begin=False)
    webinar = ada.create_webinar()
    ada.start()
    assert ada.sync_service.state.results[webinar].state == "pushed"
    assert ada.sync_service.state.phase == "idle"
    assert ada.status_button.text() == "Up to date"


def test_after_a_save_and_every_minute_and_when_asked(organizer):
    ada, grace = organizer("ada"), organizer("grace")
    webinar = ada.create_webinar()
    ada.open(webinar)
    ada.sync()
    ada.save(title="Stars")
    assert ada.sync_service.state.results[webinar].state == "pushed"
    assert ada.status_button.text() == "Up to date · version 2 on the server"
    grace.advance_s(59)
    assert grace.sync_service.state.remote_only == ()
    grace.advance_s(1)
    assert [card.title for card in grace.sync_service.state.remote_only] == ["Stars"]
    ada.save(title="More stars")
    grace.sync()
    assert [card.title for card in grace.sync_service.state.remote_only] == ["More stars"]


def test_a_changed_note_goes_along_a_moment_later(organizer):
    ada = organizer()
    webinar = ada.create_webinar()
    ada.open(webinar)
    ada.sync()
    ada.page.notes.write("segment", "Smile.")
    ada.wait_idle()
    assert ada.sync_service.remaining_ms == 3_000
    ada.page.notes.write("segment", "Smile!")
    ada.wait_idle()
    assert ada.sync_service.remaining_ms == 3_000
    ada.advance_s(3)
    sync = ada.workspace.open_sync()
    assert sync.client.fetch_notes(webinar).notes == {"segment": "Smile!"}
    sync.client.close()


def test_offline_it_tries_less_and_less_often_and_goes_on_by_itself(organizer, hosting):
    ada = organizer()
    webinar = ada.create_webinar()
    hosting.kill()
    try:
        ada.sync()
        seconds = []
        for _ in range(4):
            assert ada.sync_service.state.phase == "waiting"
            seconds.append(ada.sync_service.remaining_ms // 1000)
            text = ada.status_button.text()
            assert re.fullmatch(rf"Offline since \d\d:\d\d · trying again in {seconds[-1]} s", text)
            ada.timer.advance_ms(1000)
            assert f"{seconds[-1] - 1} s" in ada.status_button.text()
            ada.advance_s(seconds[-1] - 1)
        assert seconds == [5, 15, 60, 60]
        assert ada.posted == []
    finally:
        hosting.start()
    ada.advance_s(60)
    assert ada.sync_service.state.results[webinar].state == "pushed"
    assert ada.status_button.text() == "Up to date"


def test_try_now_and_the_network_coming_back_do_not_wait(organizer, hosting):
    ada = organizer()
    hosting.kill()
    try:
        ada.sync()
        entries = {action.text(): action for action in ada.status_button.fill_menu().actions()}
        entries["Try now"].trigger()
        ada.wait_idle()
        assert ada.sync_service.remaining_ms == 15_000
    finally:
        hosting.start()
    ada.sync_service.on_network_restored()
    ada.wait_idle()
    assert ada.status_button.text() == "Up to date"


def test_who_is_signed_out_is_asked_to_sign_in_and_nothing_is_tried_blindly(organizer, hosting):
    ada = organizer()
    sync = ada.workspace.open_sync()
    sync.client.sign_out()
    sync.client.close()
    ada.sync()
    assert ada.status_button.text() == "Signed out"
    assert [message.action[0] for message in ada.posted] == ["Sign in again…"]
    assert "Sign in again…" in [action.text() for action in ada.status_button.fill_menu().actions()]
    requests = []
    ada.context.tasks.started.connect(requests.append)
    ada.advance_s(3600)
    assert [task.title for task in requests] == []
    hosting.sign_in(ada.workspace, ada.workspace.connections.load().email)
    ada.sync()
    assert ada.status_button.text() == "Up to date"


def test_a_restored_hosting_gets_nothing_before_somebody_has_compared(organizer, hosting, tmp_path):
    ada = organizer()
    webinar = ada.create_webinar()
    backups.create_backup(hosting.folder, tmp_path / "yesterday.zip")
    ada.sync()
    hosting.kill()
    backups.restore_backup(hosting.folder, tmp_path / "yesterday.zip")
    hosting.start()
    ada.sync()
    assert ada.sync_service.state.phase == "restored"
    assert ada.status_button.text() == "Server restored from a backup, sync paused"
    ada.advance_s(60)
    assert [message.action[0] for message in ada.posted] == ["Compare and continue"], "it is said once"
    assert list_remote_ids(ada) == []
    entries = {action.text(): action for action in ada.status_button.fill_menu().actions()}
    entries["Compare and continue"].trigger()
    ada.wait_idle()
    assert ada.status_button.text() == "Up to date"
    assert list_remote_ids(ada) == [webinar]


def list_remote_ids(organizer):
    sync = organizer.workspace.open_sync()
    try:
        return [card.id for card in sync.client.fetch_webinars().webinars]
    finally:
        sync.client.close()


def test_without_a_hosting_sync_now_says_what_to_do(organizer):
    ada = organizer(begin=False)
    ada.workspace.connections.delete()
    ada.start()
    assert ada.sync_service.state.phase == "off"
    assert ada.status_button.text() == ""
    ada.sync()
    assert [message.action[0] for message in ada.posted] == ["Sign in…"]


def test_a_saved_version_offers_to_update_the_next_scheduled_session(organizer):
    ada = organizer()
    webinar = ada.create_webinar()
    ada.open(webinar)
    ada.sync()
    ada.save(title="Stars")
    state = ada.sync_service.state
    newest, older = state.remote.versions
    scheduled = SimpleNamespace(
        id="s", webinar=webinar, state="planned", test=False, version=older.hash, number=1, starts_at=1
    )
    ada.sync_service.state = replace(state, remote=replace(state.remote, sessions=(scheduled,)))
    ada.sync_controller._saved_version = newest
    ada.sync_service.changed.emit()
    assert ada.posted[-1].text == "Saved as version 2. Attendees still get version 1."
    assert ada.posted[-1].action[0] == "Update the session to version 2"


def test_a_webinar_that_was_open_while_the_hosting_was_away_is_synced_again(organizer, hosting):
    ada = organizer()
    ada.open(ada.create_webinar())
    ada.sync()
    hosting.kill()
    try:
        ada.save(title="Stars")
        ada.sync_service.refresh()
        ada.wait_idle()
        assert "Offline since" in ada.status_button.text()
    finally:
        hosting.start()
    ada.advance_s(60)
    assert ada.status_button.text() == "Up to date · version 2 on the server"
