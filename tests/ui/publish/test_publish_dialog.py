"""From Publish… to the link, on the hosting of this computer."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton

from editor.progress import Progress
from editor.protocol import api
from editor.schedule import operations, wire
from editor.schedule.model import MINUTE
from editor.sync.client import Client
from editor.sync.publishing import bring
from ui.publish.apart import ApartDialog
from ui.publish.sessions import RescheduleDialog
from ui.publish.where import SignIn


def test_before_any_hosting_it_says_what_to_do(desk):
    dialog = desk.open()

    assert "No hosting is set up" in dialog.where._which.text()
    assert not dialog.foot.publish.isEnabled()
    assert dialog.where._here.isVisible()


def test_hosting_here_publishing_and_the_link(desk, shot):
    dialog = desk.open()
    dialog.where._here.click()
    desk.wait(dialog.foot.publish.isEnabled)
    assert "127.0.0.1" in dialog.where._which.text()
    assert "2099" in dialog.where._awake.text()
    dialog.foot.publish.click()
    desk.wait(lambda: dialog._rows)
    desk.idle()

    row = dialog._rows[0]
    assert row.session.url in dialog.foot.said
    assert row._state.text() == "planned"
    row._copy.click()
    assert QGuiApplication.clipboard().text() == row.session.url
    shot(dialog, "publish")
    status = desk.status()
    assert status.text() == "on the hosting: version 1 · synced"

    row._reschedule.click()
    again = next(each for each in dialog.findChildren(RescheduleDialog))
    again.when.set_local("2099-12-02T19:30:00")
    again.accept()
    desk.wait(lambda: dialog._rows[0].session.start == "2099-12-02T19:30:00")
    assert dialog._rows[0].session.url == row.session.url

    desk.edit(title="The sky at night")
    assert "saved as version 2" in dialog.what._box.currentText()
    desk.bridge.save("")
    desk.wait(lambda: not dialog._rows[0]._replace.isHidden())
    dialog._rows[0]._replace.click()
    desk.wait(lambda: dialog._rows[0].session.number == 2)
    desk.idle()

    dialog._rows[0]._cancel.click()
    yes = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Cancel the session")
    yes.click()
    desk.wait(lambda: dialog._rows[0]._state.text() == "cancelled")
    desk.idle()


def test_unsaved_edits_are_saved_first_and_a_test_needs_no_start(hosted):
    hosted.edit(start=None)
    dialog = hosted.open()
    assert dialog.what.problems
    assert not dialog.foot.publish.isEnabled()
    dialog.moment.choose_test()
    assert not dialog.what.problems
    dialog.foot.publish.click()
    hosted.wait(lambda: dialog._rows)
    hosted.idle()

    assert not hosted.bridge.unsaved
    assert dialog._rows[0].session.test
    assert dialog._rows[0].session.number == 2, "the first version had gone to the hosting by itself"


def test_what_has_begun_is_not_replaced_and_keeps_the_computer_awake(hosted):
    (segment,) = hosted.bridge.webinar.programme
    length = operations.Lengths(segment=segment.id, play_ms=10 * MINUTE)
    hosted.bridge.edit(operations.SetLengths(lengths=(length,)))
    dialog = hosted.open()
    assert "from 30 minutes before" in dialog.where._awake.text()
    assert hosted.hosting.vigil.state == "off"
    dialog.moment.choose_test()
    dialog.moment.test_in_ms = 0
    dialog.foot.publish.click()
    hosted.wait(lambda: dialog._rows and dialog._rows[0]._state.text() == "running")
    hosted.idle()
    hosted.wait(lambda: hosted.hosting.vigil.state in {"held", "impossible"})
    assert hosted.hosting.vigil.coming is None, "a test of one's own is nobody else's"
    assert {"held": "leave its lid open", "impossible": "switch that off"}[
        hosted.hosting.vigil.state
    ] in dialog.where._awake.text()

    with _attendee(hosted, dialog._rows[0].session):
        hosted.hosting.look()
        hosted.wait(lambda: "1 attendee" in dialog._rows[0]._told.text())
    later = operations.Lengths(segment=segment.id, start_ms=MINUTE)
    hosted.bridge.edit(operations.SetLengths(lengths=(later,)))
    hosted.bridge.save("")
    hosted.wait(lambda: not dialog._rows[0]._replace.isHidden())
    dialog._rows[0]._replace.click()
    hosted.wait(lambda: "changes what has begun" in dialog.foot.said)
    hosted.idle()
    assert dialog._rows[0].session.number == 2


@contextmanager
def _attendee(desk, session):
    """Somebody enters by the link."""
    client = Client(desk.hosting.running.url)
    yield client.call("POST", f"/api/w/{session.slug}/enter", body=api.Enter(name="Bob"))
    client.close()


def test_what_the_hosting_refuses_is_said_in_the_dialog(hosted):
    dialog = hosted.open()
    dialog.foot.publish.click()
    hosted.wait(lambda: dialog._rows)
    hosted.idle()
    dialog.foot.publish.click()
    hosted.wait(lambda: "The night sky" in dialog.foot.said)
    hosted.idle()

    assert len(dialog._rows) == 1


def test_a_stopped_hosting_is_told_and_a_dead_one_offers_to_start_again(hosted):
    status = hosted.status()
    told = []
    hosted.common.messages.told.connect(told.append)
    hosted.workspace.embedded._child.kill()
    hosted.wait(lambda: told)
    hosted.idle()
    assert status.text() == "hosting on this computer: stopped"
    told[0].action[1]()
    hosted.wait(lambda: hosted.hosting.running)
    hosted.idle()
    hosted.hosting.stop_here()
    hosted.idle()
    assert hosted.hosting.running is None


def test_signing_in_elsewhere_and_what_is_wrong_there(hosted):
    url = hosted.hosting.running.url
    dialog = SignIn(hosted.hosting, hosted.common.words)
    hosted.qtbot.addWidget(dialog)
    dialog.show()
    dialog.address.setText(url)
    dialog.email.setText("owner@this-computer.invalid")
    dialog.password.setText("not that one")
    dialog.ok.click()
    hosted.wait(dialog._wrong.isVisible)
    secrets = hosted.workspace.embedded._secrets
    dialog.password.setText(secrets.get("password here"))
    dialog.ok.click()
    hosted.wait(lambda: not dialog.isVisible())
    hosted.idle()

    assert hosted.hosting.account.address == url
    assert hosted.hosting.there.standing.state == "same"


@pytest.mark.parametrize("choice", ["mine", "theirs", "both"])
def test_changed_on_both_sides_somebody_chooses(hosted, choice):
    desk, workspace = hosted, hosted.workspace
    sync = workspace.hosting()
    base = workspace.versions(desk.id)[0]
    bring(sync, workspace.library, workspace.shelf, desk.id, base.hash, Progress())
    _theirs(workspace, sync, desk.id, "Theirs")
    sync.client.close()
    desk.edit(title="Mine")
    dialog = desk.open()
    dialog.moment.choose_test()
    dialog.foot.publish.click()
    desk.wait(lambda: dialog.findChildren(ApartDialog))
    asking = dialog.findChildren(ApartDialog)[0]
    assert any("title" in each.text() for each in asking.findChildren(type(dialog.foot._said)))
    asking.chosen.emit(choice)
    asking.accept()
    desk.idle()
    QApplication.processEvents()
    desk.idle()

    titles = {card.title for card in workspace.library.cards()}
    assert desk.bridge.webinar.title == ("Mine" if choice == "mine" else "Theirs")
    assert ("Mine (mine)" in titles) is (choice == "both")
    assert desk.hosting.there.standing.state == "same"


def _theirs(workspace, sync, webinar_id, title):
    """A colleague's version, made from the one that was published, and pushed before ours."""
    base = workspace.versions(webinar_id)[0]
    webinar = replace(workspace.version(base.hash), title=title)
    body = wire.encode(webinar)
    told = api.PushedVersion(
        hash=wire.identity(body, (base.hash,)),
        parents=(base.hash,),
        saved_at=int(datetime.now(UTC).timestamp() * 1000),
    )
    sync.client.push(webinar_id, sync.standing(webinar_id).rev, api.Push(document=body.decode(), version=told))
