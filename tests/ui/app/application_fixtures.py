"""Starting the whole application offscreen, and helpers for its tests."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from editor.settings import Settings
from editor.workspace import Workspace
from ui.app.application import Application
from ui.webinar_settings.dialog import WebinarSettingsDialog

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.fixture
def restore_theme(qapp):
    palette, style_sheet, locale = qapp.palette(), qapp.styleSheet(), QLocale()
    yield
    qapp.setStyleSheet(style_sheet)
    qapp.setPalette(palette)
    QLocale.setDefault(locale)


@pytest.fixture
def start_application(qtbot, qapp, tmp_path, restore_theme):
    """Return a function that starts the application on a library; a second start finds what the first left."""
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
    """Return the open dialog of a class."""
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
