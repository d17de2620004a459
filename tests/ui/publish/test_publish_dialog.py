"""From Publish… to the link, on the server of this computer."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton

from editor.progress import Progress
from editor.protocol import api
from editor.schedule import operations, serialization
from editor.schedule.model import MINUTE
from editor.sync.client import ApiClient
from editor.sync.publisher import upload_version
from ui.publish.session_list import RescheduleDialog
from ui.sync.conflict_dialog import ConflictDialog
from ui.sync.sign_in_dialog import SignInDialog


def test_before_any_hosting_it_says_what_to_do(environment):
    dialog = environment.open_dialog()

    assert "No server is set up" in dialog.target_form._target_label.text()
    assert not dialog.footer.publish_button.isEnabled()
    assert dialog.target_form._start_button.isVisible()


def test_hosting_here_publishing_and_the_link(environment, screenshot):
    dialog = environment.open_dialog()
    dialog.target_form._start_button.click()
    environment.wait_until(dialog.footer.publish_button.isEnabled)
    assert "127.0.0.1" in dialog.target_form._target_label.text()
    assert "2099" in dialog.target_form._keep_awake_note.text()
    dialog.footer.publish_button.click()
    environment.wait_until(lambda: dialog._rows)
    environment.wait_idle()

    row = dialog._rows[0]
    assert row.session.url in dialog.footer.result_text
    assert row._state.text() == "scheduled"
    row._copy.click()
    assert QGuiApplication.clipboard().text() == row.session.url
    screenshot(dialog, "publish")
    status = environment.make_status_button()
    assert status.text() == "Up to date · version 1 on the server"

    row._reschedule.click()
    again = next(each for each in dialog.findChildren(RescheduleDialog))
    again.start_form.set_local_start("2099-12-02T19:30:00")
    again.accept()
    environment.wait_until(lambda: dialog._rows[0].session.start == "2099-12-02T19:30:00")
    assert dialog._rows[0].session.url == row.session.url

    environment.edit_settings(title="The sky at night")
    assert "saved as version 2" in dialog.version_form._box.currentText()
    environment.controller.save("")
    environment.wait_until(lambda: not dialog._rows[0]._replace.isHidden())
    dialog._rows[0]._replace.click()
    environment.wait_until(lambda: dialog._rows[0].session.number == 2)
    environment.wait_idle()

    dialog._rows[0]._cancel.click()
    yes = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Cancel the session")
    yes.click()
    environment.wait_until(lambda: dialog._rows[0]._state.text() == "cancelled")
    environment.wait_idle()


def test_unsaved_edits_are_saved_first_and_a_test_needs_no_start(hosted_environment):
    hosted_environment.edit_settings(start=None)
    dialog = hosted_environment.open_dialog()
    assert dialog.version_form.problems
    assert not dialog.footer.publish_button.isEnabled()
    dialog.schedule_form.select_test()
    assert not dialog.version_form.problems
    dialog.footer.publish_button.click()
    hosted_environment.wait_until(lambda: dialog._rows)
    hosted_environment.wait_idle()

    assert not hosted_environment.controller.has_unsaved_edits
    assert dialog._rows[0].session.test
    assert dialog._rows[0].session.number == 2, "the first version had gone to the hosting by itself"


def test_what_has_begun_is_not_replaced_and_keeps_the_computer_awake(hosted_environment):
    (segment,) = hosted_environment.controller.webinar.programme
    length = operations.Lengths(segment=segment.id, play_ms=10 * MINUTE)
    hosted_environment.controller.edit(operations.SetLengths(lengths=(length,)))
    dialog = hosted_environment.open_dialog()
    assert "from 30 minutes before" in dialog.target_form._keep_awake_note.text()
    assert hosted_environment.sync_service.keep_awake.state == "off"
    dialog.schedule_form.select_test()
    dialog.schedule_form.test_delay_ms = 0
    dialog.footer.publish_button.click()
    hosted_environment.wait_until(lambda: dialog._rows and dialog._rows[0]._state.text() == "playing now")
    hosted_environment.wait_idle()
    hosted_environment.wait_until(lambda: hosted_environment.sync_service.keep_awake.state in {"held", "impossible"})
    assert hosted_environment.sync_service.keep_awake.next_session is None, "a test of one's own is nobody else's"
    assert {"held": "leave the lid open", "impossible": "turn off sleep"}[
        hosted_environment.sync_service.keep_awake.state
    ] in dialog.target_form._keep_awake_note.text()

    with _entered_attendee(hosted_environment, dialog._rows[0].session):
        hosted_environment.sync_service.refresh()
        hosted_environment.wait_until(lambda: "1 attendee" in dialog._rows[0]._summary_label.text())
    later = operations.Lengths(segment=segment.id, start_ms=MINUTE)
    hosted_environment.controller.edit(operations.SetLengths(lengths=(later,)))
    hosted_environment.controller.save("")
    hosted_environment.wait_until(lambda: not dialog._rows[0]._replace.isHidden())
    dialog._rows[0]._replace.click()
    hosted_environment.wait_until(lambda: "changes a part that has begun" in dialog.footer.result_text)
    hosted_environment.wait_idle()
    assert dialog._rows[0].session.number == 2


@contextmanager
def _entered_attendee(environment, session):
    """Join a session by its link."""
    client = ApiClient(environment.sync_service.state.local_hosting.url)
    yield client.request("POST", f"/api/w/{session.slug}/enter", body=api.EnterRequest(name="Bob"))
    client.close()


def test_what_the_hosting_refuses_is_said_in_the_dialog(hosted_environment):
    dialog = hosted_environment.open_dialog()
    dialog.footer.publish_button.click()
    hosted_environment.wait_until(lambda: dialog._rows)
    hosted_environment.wait_idle()
    dialog.footer.publish_button.click()
    hosted_environment.wait_until(lambda: "The night sky" in dialog.footer.result_text)
    hosted_environment.wait_idle()

    assert len(dialog._rows) == 1


def test_a_stopped_hosting_is_told_and_a_dead_one_offers_to_start_again(hosted_environment):
    status = hosted_environment.make_status_button()
    messages = []
    hosted_environment.context.notifications.posted.connect(messages.append)
    hosted_environment.workspace.local_hosting._child.kill()
    hosted_environment.wait_until(lambda: messages)
    hosted_environment.wait_idle()
    assert status.text() == "Server on this computer stopped"
    messages[0].action[1]()
    hosted_environment.wait_until(lambda: hosted_environment.sync_service.state.local_hosting)
    hosted_environment.wait_idle()
    hosted_environment.sync_service.stop_local()
    hosted_environment.wait_idle()
    assert hosted_environment.sync_service.state.local_hosting is None


def test_signing_in_elsewhere_and_what_is_wrong_there(hosted_environment):
    url = hosted_environment.sync_service.state.local_hosting.url
    dialog = SignInDialog(hosted_environment.sync_service, hosted_environment.context.formatter)
    hosted_environment.qtbot.addWidget(dialog)
    dialog.show()
    dialog.address.setText(url)
    dialog.email.setText("owner@this-computer.invalid")
    dialog.password.setText("not that one")
    dialog.ok.click()
    hosted_environment.wait_until(dialog._error_label.isVisible)
    secrets = hosted_environment.workspace.local_hosting._secrets
    dialog.password.setText(secrets.get("password here"))
    dialog.ok.click()
    hosted_environment.wait_until(lambda: not dialog.isVisible())
    hosted_environment.wait_idle()

    assert hosted_environment.sync_service.state.connection.address == url
    assert hosted_environment.sync_service.state.remote.sync_status.relation == "same"


@pytest.mark.parametrize("choice", ["mine", "theirs", "both"])
def test_changed_on_both_sides_somebody_chooses(hosted_environment, choice):
    environment, workspace = hosted_environment, hosted_environment.workspace
    sync = workspace.open_sync()
    base = workspace.list_versions(environment.id)[0]
    upload_version(sync, workspace.library, workspace.catalog, environment.id, base.hash, Progress())
    _push_colleague_version(workspace, sync, environment.id, "Theirs")
    sync.client.close()
    environment.edit_settings(title="Mine")
    dialog = environment.open_dialog()
    dialog.schedule_form.select_test()
    dialog.footer.publish_button.click()
    environment.wait_until(lambda: dialog.findChildren(ConflictDialog))
    asking = dialog.findChildren(ConflictDialog)[0]
    assert any("title" in each.text() for each in asking.findChildren(type(dialog.footer._result_label)))
    asking.chosen.emit(choice)
    asking.accept()
    environment.wait_idle()
    QApplication.processEvents()
    environment.wait_idle()

    titles = {card.title for card in workspace.library.list_webinars()}
    assert environment.controller.webinar.title == ("Mine" if choice == "mine" else "Theirs")
    assert ("Mine (mine)" in titles) is (choice == "both")
    assert environment.sync_service.state.remote.sync_status.relation == "same"


def _push_colleague_version(workspace, sync, webinar_id, title):
    """Push a colleague's version, based on the published one, before ours."""
    base = workspace.list_versions(webinar_id)[0]
    webinar = replace(workspace.load_version(base.hash), title=title)
    body = serialization.encode(webinar)
    pushed_version = api.PushedVersion(
        hash=serialization.hash_version(body, (base.hash,)),
        parents=(base.hash,),
        saved_at=int(datetime.now(UTC).timestamp() * 1000),
    )
    sync.client.push_version(
        webinar_id, sync.compare(webinar_id).rev, api.PushRequest(document=body.decode(), version=pushed_version)
    )
