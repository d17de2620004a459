"""The whole window, offscreen: from an empty library to a saved webinar and back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image as Picture
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QPushButton, QToolButton, QWidget

from editor.schedule import operations as ops
from editor.settings import Settings
from editor.workspace import Workspace
from ui.app.application import Application
from ui.app.help import AboutDialog, ShortcutListDialog
from ui.app.tour import Tour
from ui.preferences.dialog import PreferencesDialog
from ui.versions.save_dialog import SaveVersionDialog
from ui.webinar_settings.dialog import WebinarSettingsDialog

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.fixture
def restore_theme(qapp):
    palette, sheet, locale = qapp.palette(), qapp.styleSheet(), QLocale()
    yield
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    QLocale.setDefault(locale)


@pytest.fixture
def start_application(qtbot, qapp, tmp_path, restore_theme):
    """Starts the program on a library, as often as one likes; the second start finds what the first left."""
    root = tmp_path / "library"
    root.mkdir()
    settings = Settings(root / "settings.json")
    settings["language"] = "en"
    settings["toured"] = True
    running = []

    def make(webinar=None, files=()):
        program = Application(qapp, root, lambda: Workspace(root, now=lambda: NOW), now=lambda: NOW)
        running.append(program)
        with qtbot.waitSignal(program.ready, timeout=10_000):
            program.start(webinar, files)
        qtbot.waitUntil(lambda: not program.context.tasks.running)
        return program

    make.root = root
    yield make
    for program in running:
        close_application(program, qapp)


def close_application(program, qapp):
    if program.window.isVisible():
        program.window.close()
    for installed in program._translator._installed:
        qapp.removeTranslator(installed)
    program._translator._installed.clear()
    program.delete_window()


def wait_for_dialog(qtbot, kind):
    """The dialog of a kind that is open."""
    qtbot.waitUntil(lambda: any(isinstance(each, kind) and each.isVisible() for each in QApplication.topLevelWidgets()))
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible())


def new_webinar(qtbot, program, title):
    program.context.actions["new"].trigger()
    plan = wait_for_dialog(qtbot, WebinarSettingsDialog)
    plan._title.setText(title)
    plan._start.set_local_start("2026-12-01T18:00:00")
    with qtbot.waitSignal(program.opened):
        plan._ok.click()
    wait_idle(qtbot, program)
    return program.page


def wait_idle(qtbot, program):
    qtbot.waitUntil(lambda: not program.context.tasks.running)


# ---------------------------------------------------------------------------------------------- the whole way


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
    kept = page.document_controller.webinar
    program.window.close()

    again = start_application(kept.id)
    qtbot.waitUntil(lambda: again.page is not None)
    assert again.page.document_controller.webinar == kept
    assert not again.page.document_controller.has_unsaved_edits
    assert again.page.top_bar._state_label.text() == "version 1"


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


def test_the_layout_is_kept_and_can_be_reset(qtbot, start_application):
    program = start_application()
    page = new_webinar(qtbot, program, "Layout")
    page._docks["media"].hide()
    program.home.set_shape("rows")
    webinar_id = page.document_controller.webinar.id
    program.window.close()
    again = start_application(webinar_id)
    qtbot.waitUntil(lambda: again.page is not None)
    assert again.page._docks["media"].isHidden()
    assert again.home.shape == "rows"
    again.context.actions["reset_layout"].trigger()
    assert not again.page._docks["media"].isHidden()
    assert again.page._docks["history"].isHidden()


def test_panels_are_listed_in_the_view_menu_while_a_webinar_is_open(qtbot, start_application):
    program = start_application()

    def view():
        return [action.text() for action in program.window._menus[2].actions()]

    assert "Inspector" not in view()
    new_webinar(qtbot, program, "Panels")
    assert {"Media", "Inspector", "Before you publish", "Version history"} <= set(view())
    program.session.go_home()
    assert "Inspector" not in view()


def test_the_table_takes_the_timelines_place_and_gives_it_back(qtbot, start_application):
    program = start_application()
    page = new_webinar(qtbot, program, "Table")
    program.context.actions["table"].trigger()
    assert page.table.isVisible()
    assert program.context.actions["table"].isChecked()
    program.context.actions["table"].trigger()
    assert page.timeline.isVisible()


def test_modes_ruler_and_shortcuts_are_kept(qtbot, start_application):
    program = start_application()
    new_webinar(qtbot, program, "Modes")
    program.context.actions["mode_insert"].trigger()
    program.context.actions["ruler_clock"].trigger()
    program.context.settings_writer.write("shortcuts", {"split": "Ctrl+K"})
    assert program.context.actions["split"].shortcut() == QKeySequence("Ctrl+K")
    stored = Settings(start_application.root / "settings.json")
    assert (stored["mode"], stored["ruler"], stored["shortcuts"]) == ("insert", "clock", {"split": "Ctrl+K"})


def test_context_menus_offer_what_fits_the_place(qtbot, start_application):
    from PySide6.QtCore import QPoint

    from ui.timeline.timeline_widget import MenuTarget

    program = start_application()
    page = new_webinar(qtbot, program, "Menus")
    program.context.actions["add_cta"].trigger()
    qtbot.waitUntil(lambda: bool(page.document_controller.webinar.interactions))
    page.document_controller.edit(ops.AddMarker(at_ms=4_000))
    qtbot.waitUntil(lambda: bool(page.document_controller.webinar.markers))
    cta, marker = page.document_controller.webinar.interactions[0].id, page.document_controller.webinar.markers[0].id

    def offered(place, **more):
        menu = page.context_menus.build_menu(MenuTarget(place, 2_000, QPoint(), **more))
        assert isinstance(menu, QMenu)
        return [action.text().replace("&", "") for action in menu.actions() if action.text()]

    assert "Split at the playhead" in offered("segment", lane="interactions", segment=cta)
    assert "Close this gap" in offered("gap", lane="programme")
    assert "Add a marker here" in offered("ruler")
    assert "Remove this marker" in offered("marker", marker=marker)
    assert offered("header", lane="programme") == ["Lock the programme"]
    menu = page.context_menus.build_menu(MenuTarget("marker", 4_000, QPoint(), marker=marker))
    next(action for action in menu.actions() if action.text() == "Remove this marker").trigger()
    qtbot.waitUntil(lambda: not page.document_controller.webinar.markers)


def test_another_program_s_edit_is_told_and_taken_over(qtbot, start_application):
    program = start_application()
    page = new_webinar(qtbot, program, "Shared")
    with Workspace(start_application.root) as other:
        other.open(page.document_controller.webinar.id).apply(ops.ChangeProperties(title="Theirs"))
    page.document_controller.edit(ops.ChangeProperties(title="Mine"))
    bar = program.window.notification_bar
    qtbot.waitUntil(lambda: bar.notification is not None and bar.notification.kind == "error")
    assert page.document_controller.webinar.title == "Shared"
    bar.notification.action[1]()
    qtbot.waitUntil(lambda: page.document_controller.webinar.title == "Theirs")


def test_a_library_that_cannot_be_opened_is_told_and_tried_again(qtbot, start_application):
    (start_application.root / "library.db").write_bytes(b"this is no library" * 100)
    program = start_application()
    bar = program.window.notification_bar
    assert bar.notification.kind == "error"
    assert bar.notification.action[0] == "Try again"
    assert (start_application.root / "library.db").read_bytes().startswith(b"this is no library")
    (start_application.root / "library.db").unlink()
    with qtbot.waitSignal(program.ready):
        bar.notification.action[1]()
    wait_idle(qtbot, program)
    assert program.home._welcome.isVisible()


# -------------------------------------------------------------------------------------- language and theme


def collect_texts(window):
    """Every text that can be read or heard in a window."""
    texts = set()
    for widget in window.findChildren(QWidget):
        for each in (QLabel, QPushButton, QToolButton):
            if isinstance(widget, each) and widget.text():
                texts.add(widget.text())
        texts.update(filter(None, (widget.toolTip(), widget.accessibleName(), widget.windowTitle())))
    for action in window.findChildren(QMenu):
        texts.add(action.title())
    return texts


def test_switching_the_language_while_running_says_the_same_as_starting_in_it(qtbot, start_application, screenshot):
    if not (Path(__file__).parents[3] / "resources" / "i18n" / "fr" / "matinee.qm").exists():
        pytest.fail("the catalogues are not compiled: ./matinee test does it")
    program = start_application()
    page = new_webinar(qtbot, program, "Langue")
    program.context.actions["add_cta"].trigger()
    qtbot.waitUntil(page.length_popup.isVisible)
    page.length_popup.dismiss()
    wait_idle(qtbot, program)
    program.context.settings_writer.write("language", "fr")
    QApplication.processEvents()
    wait_idle(qtbot, program)
    screenshot(program.window, "window-french")
    switched = collect_texts(program.window)
    assert "Enregistrer" in switched
    webinar_id = page.document_controller.webinar.id
    program.window.close()
    again = start_application(webinar_id)
    qtbot.waitUntil(lambda: again.page is not None)
    wait_idle(qtbot, again)
    fresh = collect_texts(again.window)
    stayed_english = {text for text in switched - fresh if text in collect_english_texts(qtbot, again)}
    assert stayed_english == set()


def collect_english_texts(qtbot, program):
    program.context.settings_writer.write("language", "en")
    QApplication.processEvents()
    wait_idle(qtbot, program)
    return collect_texts(program.window)


def test_the_theme_is_changed_while_running(qtbot, start_application, screenshot):
    program = start_application()
    new_webinar(qtbot, program, "Theme")
    for theme in ("dark", "light"):
        program.context.settings_writer.write("theme", theme)
        QApplication.processEvents()
        screenshot(program.window, f"window-{theme}")
        ground = program.page.top_bar.grab().toImage().pixelColor(400, 2)
        assert (ground.lightness() < 128) is (theme == "dark")


def test_nothing_is_a_dialog_that_blocks(qtbot, start_application):
    program = start_application()
    page = new_webinar(qtbot, program, "Quiet")
    page.document_controller.edit(ops.Split(at_ms=1_000))
    qtbot.waitUntil(lambda: program.window.notification_bar.notification is not None)
    assert not any(
        isinstance(each, QDialog) and each.isModal() and each.isVisible() for each in QApplication.topLevelWidgets()
    )
