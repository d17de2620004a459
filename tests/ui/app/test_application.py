"""The whole window, offscreen: from an empty library to a saved webinar and back."""

import pytest
from PIL import Image as Picture
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from editor.schedule import operations as ops
from tests.ui.app.application_fixtures import (
    new_webinar,
    restore_theme,
    start_application,
    wait_for_dialog,
    wait_idle,
)
from ui.app.help import AboutDialog, ShortcutListDialog
from ui.app.tour import Tour
from ui.preferences.dialog import PreferencesDialog
from ui.versions.save_dialog import SaveVersionDialog
from ui.webinar_settings.dialog import WebinarSettingsDialog

__all__ = ["restore_theme", "start_application"]


def test_from_an_empty_library_to_a_saved_webinar_that_is_there_again(qtbot, start_application, screenshot):
    program = start_application()
    assert program.home._welcome.isVisible()
    page = new_webinar(qtbot, program, "Onboarding")
    screenshot(program.window, "window-new")
    assert program.window.windowTitle() == "● Onboarding — Matinee"
    page.playhead.seek(5_000)
    program.context.actions["add_cta"].trigger()
    qtbot.waitUntil(page.length_popup.isVisible)
    screenshot(program.window, "window-lengths")
    page.length_popup.dismiss()
    page.playhead.seek(60_000)
    program.context.actions["add_survey"].trigger()
    qtbot.waitUntil(lambda: len(page.document_controller.webinar.interactions) == 2)
    program.context.actions["save"].trigger()
    qtbot.waitUntil(lambda: not page.document_controller.has_unsaved_edits)
    wait_idle(qtbot, program)
    assert program.window.windowTitle() == "Onboarding · version 1 — Matinee"
    assert program.window.notification_bar.notification.text == "Saved as version 1."
    saved_webinar = page.document_controller.webinar
    program.window.close()

    again = start_application(saved_webinar.id)
    qtbot.waitUntil(lambda: again.page is not None)
    assert again.page.document_controller.webinar == saved_webinar
    assert not again.page.document_controller.has_unsaved_edits
    assert again.page.top_bar._state_label.text().startswith("Saved ")


def test_edits_are_kept_without_saving_and_closing_asks_nothing(qtbot, start_application):
    program = start_application()
    page = new_webinar(qtbot, program, "Draft")
    page.document_controller.edit(ops.AddMarker(at_ms=1_000, title="Here"))
    webinar_id = page.document_controller.webinar.id
    program.window.close()
    again = start_application(webinar_id)
    qtbot.waitUntil(lambda: again.page is not None)
    assert again.page.document_controller.webinar.markers[0].title == "Here"


def test_the_keys_work_in_the_window(qtbot, start_application):
    program = start_application()
    page = new_webinar(qtbot, program, "Keys")
    timeline = page.timeline
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    timeline.setFocus()
    page.playhead.seek(3_000)
    qtbot.keyClick(timeline, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: len(page.document_controller.webinar.markers) == 1)
    qtbot.keyClick(timeline, Qt.Key.Key_N)
    assert not program.context.settings["snap"]
    qtbot.keyClick(timeline, Qt.Key.Key_Home)
    assert page.playhead.position_ms == 0
    qtbot.keyClick(timeline, Qt.Key.Key_Down)
    assert page.playhead.position_ms == 3_000
    qtbot.keyClick(timeline, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not page.document_controller.webinar.markers)
    assert program.context.actions["redo"].text() == "&Redo adding a marker"


def test_files_dropped_are_placed_and_the_pop_up_asks(qtbot, start_application, tmp_path, screenshot):
    picture = tmp_path / "agenda “1”.png"
    Picture.new("RGB", (320, 180), "navy").save(picture)
    program = start_application()
    page = new_webinar(qtbot, program, "Drop")
    page.timeline.files_dropped.emit((picture,), "interactions", 2_000)
    qtbot.waitUntil(lambda: len(page.document_controller.webinar.programme) == 1)
    qtbot.waitUntil(page.length_popup.isVisible)
    assert page.document_controller.webinar.programme[0].start_ms == 2_000
    page.length_popup.accept()
    wait_idle(qtbot, program)
    screenshot(program.window, "window-image")
    with qtbot.waitSignal(page.document_controller.changed):
        page.document_controller.undo()
    assert page.document_controller.webinar.programme == ()


# ----------------------------------------------------------------------------------------- home and webinars


def test_going_home_and_opening_another(qtbot, start_application):
    program = start_application()
    new_webinar(qtbot, program, "First")
    program.context.actions["home"].trigger()
    wait_idle(qtbot, program)
    assert program.page is None
    assert not program.context.actions["split"].isEnabled()
    assert program.window.windowTitle() == "Matinee"
    new_webinar(qtbot, program, "Second")
    assert program.page.document_controller.webinar.title == "Second"
    assert program.context.actions["split"].isEnabled()
    with qtbot.waitSignal(program.opened):
        program.context.actions["duplicate_webinar"].trigger()
    assert program.page.document_controller.webinar.title == "Second (copy)"
    program.session.go_home()
    wait_idle(qtbot, program)
    model = program.home._model
    assert sorted(model.index(row).data() for row in range(model.rowCount())) == ["First", "Second", "Second (copy)"]


def test_segments_are_copied_from_one_webinar_to_another(qtbot, start_application):
    program = start_application()
    page = new_webinar(qtbot, program, "From")
    program.context.actions["add_cta"].trigger()
    qtbot.waitUntil(lambda: bool(page.document_controller.webinar.interactions))
    page.selection.set([page.document_controller.webinar.interactions[0].id])
    program.context.actions["copy"].trigger()
    other = new_webinar(qtbot, program, "To")
    other.playhead.seek(9_000)
    program.context.actions["paste"].trigger()
    qtbot.waitUntil(lambda: bool(other.document_controller.webinar.interactions))
    assert other.document_controller.webinar.interactions[0].start_ms == 9_000


def test_a_template_makes_a_webinar_with_a_plan_of_its_own(qtbot, start_application):
    program = start_application()
    page = new_webinar(qtbot, program, "Pattern")
    program.context.actions["add_cta"].trigger()
    qtbot.waitUntil(lambda: bool(page.document_controller.webinar.interactions))
    template = page.document_controller.webinar.id
    program.context.actions["as_template"].trigger()
    wait_idle(qtbot, program)
    program.session.go_home()
    program.session.new_webinar(template)
    plan = wait_for_dialog(qtbot, WebinarSettingsDialog)
    assert plan._start.local_start is None
    plan._title.setText("From the pattern")
    with qtbot.waitSignal(program.opened):
        plan._ok.click()
    webinar = program.page.document_controller.webinar
    assert (webinar.title, len(webinar.interactions), webinar.id != template) == ("From the pattern", 1, True)


def test_bundles_go_out_and_come_in(qtbot, start_application, tmp_path):
    program = start_application()
    page = new_webinar(qtbot, program, "Travels")
    file = tmp_path / "travels.matinee"
    program.session.bundle_io.export(page.document_controller.webinar.id, file, with_media=False)
    qtbot.waitUntil(file.exists)
    wait_idle(qtbot, program)
    with qtbot.waitSignal(program.opened):
        program.session.bundle_io.load(file, program.session.open)
    assert program.page.document_controller.webinar.title == "Travels"
    assert program.page.document_controller.webinar.id != page.document_controller.webinar.id


def test_a_file_named_at_the_start_is_opened(qtbot, start_application, tmp_path):
    program = start_application()
    page = new_webinar(qtbot, program, "Named")
    file = tmp_path / "named.matinee"
    program.session.bundle_io.export(page.document_controller.webinar.id, file, with_media=False)
    qtbot.waitUntil(file.exists)
    wait_idle(qtbot, program)
    program.window.close()
    again = start_application(files=(file,))
    qtbot.waitUntil(lambda: again.page is not None)
    assert again.page.document_controller.webinar.title == "Named"


# -------------------------------------------------------------------------------------------------- dialogs


def test_the_plan_is_changed_in_one_step(qtbot, start_application):
    program = start_application()
    page = new_webinar(qtbot, program, "Plan")
    program.context.actions["plan"].trigger()
    plan = wait_for_dialog(qtbot, WebinarSettingsDialog)
    plan._title.setText("Another title")
    plan._chat._modes.select("answer_later")
    with qtbot.waitSignal(page.document_controller.changed):
        plan._ok.click()
    assert (page.document_controller.webinar.title, page.document_controller.webinar.chat) == (
        "Another title",
        "answer_later",
    )
    with qtbot.waitSignal(page.document_controller.changed):
        program.context.actions["undo"].trigger()
    assert page.document_controller.webinar.title == "Plan"


def test_a_version_with_a_note_is_in_the_history(qtbot, start_application, screenshot):
    program = start_application()
    page = new_webinar(qtbot, program, "Notes")
    program.context.actions["save_note"].trigger()
    note = wait_for_dialog(qtbot, SaveVersionDialog)
    note._text.setPlainText("For the board")
    with qtbot.waitSignal(page.document_controller.saved):
        note.accept()
    program.context.actions["history"].trigger()
    qtbot.waitUntil(lambda: page.versions_panel._list.count() == 1)
    wait_idle(qtbot, program)
    assert "For the board" in page.versions_panel._list.item(0).text()
    screenshot(program.window, "window-history")


@pytest.mark.parametrize(
    ("action", "kind"), [("shortcuts", ShortcutListDialog), ("about", AboutDialog), ("preferences", PreferencesDialog)]
)
def test_help_and_preferences_open_and_close(qtbot, start_application, screenshot, action, kind):
    program = start_application()
    program.context.actions[action].trigger()
    shown = wait_for_dialog(qtbot, kind)
    screenshot(shown, f"dialog-{action}")
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_the_tour_is_given_once_and_again_when_asked_for(qtbot, start_application, screenshot):
    program = start_application()
    program.context.settings_writer.write("toured", False)
    page = new_webinar(qtbot, program, "Tour")
    tour = page.findChild(Tour)
    seen = []
    while tour.isVisible():
        seen.append(tour.step)
        screenshot(program.window, f"tour-{tour.step}")
        tour.show_next()
    assert seen == [0, 1, 2, 3, 4]
    assert program.context.settings["toured"]
    new_webinar(qtbot, program, "No tour")
    assert program.page.findChild(Tour) is None
    program.context.actions["tour"].trigger()
    assert program.page.findChild(Tour).isVisible()


def test_who_would_rather_begin_is_not_kept_from_it(qtbot, start_application):
    program = start_application()
    page = new_webinar(qtbot, program, "Begin")
    program.context.actions["tour"].trigger()
    place = page.toolbar.mapTo(program.window, page.toolbar.rect().center())
    assert program.window.childAt(place) in {page.toolbar, *page.toolbar.findChildren(QWidget)}
    qtbot.keyClick(page.findChild(Tour)._next, Qt.Key.Key_Escape)
    assert not page.findChild(Tour).isVisible()


def test_a_message_about_a_webinar_goes_with_it(qtbot, start_application):
    program = start_application()
    page = new_webinar(qtbot, program, "Locked")
    page.document_controller.edit(ops.Lock(lane="interactions"))
    program.context.actions["add_cta"].trigger()
    qtbot.waitUntil(lambda: program.window.notification_bar.notification is not None)
    program.session.go_home()
    assert program.window.notification_bar.notification is None


# ------------------------------------------------------------------------------------------------ the window
