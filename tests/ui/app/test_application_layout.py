"""The whole window, offscreen: its layout, menus, language and theme, and what other programs do meanwhile."""

from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QPushButton, QToolButton, QWidget

from editor.schedule import operations as ops
from editor.settings import Settings
from editor.workspace import Workspace
from tests.ui.app.application_fixtures import (
    new_webinar,
    restore_theme,
    start_application,
    wait_idle,
)
from ui.app.main_window import decode_state

__all__ = ["restore_theme", "start_application"]


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


@pytest.mark.parametrize("stored", ["é", "not base64!", "YQ", None, 7])
def test_a_stored_layout_that_cannot_be_decoded_counts_as_none(stored):
    assert decode_state(stored).isEmpty()


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
    """Return every text of a window that can be read or heard."""
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
        background = program.page.top_bar.grab().toImage().pixelColor(400, 2)
        assert (background.lightness() < 128) is (theme == "dark")


def test_nothing_is_a_dialog_that_blocks(qtbot, start_application):
    program = start_application()
    page = new_webinar(qtbot, program, "Quiet")
    page.document_controller.edit(ops.Split(at_ms=1_000))
    qtbot.waitUntil(lambda: program.window.notification_bar.notification is not None)
    assert not any(
        isinstance(each, QDialog) and each.isModal() and each.isVisible() for each in QApplication.topLevelWidgets()
    )
