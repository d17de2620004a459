"""Fixtures of the window's tests."""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtWidgets import QApplication, QWidget

from editor.settings import Settings
from tests.screenshot_checks import require_picture
from tests.ui.cut_text import find_cut_texts
from ui.text.formatter import Formatter


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests fail on Qt's warnings, but for what the offscreen platform cannot do."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            item.add_marker(pytest.mark.qt_log_ignore("does not support", "propagateSizeHints"))


@pytest.fixture(autouse=True)
def _close_windows(qapp: QApplication) -> Iterator[None]:
    """Close all windows after each test, and collect cyclic garbage on this thread alone.

    A worker thread must not destroy Qt's objects (see `ui.app.gc_scheduler`).
    """
    gc.disable()
    before = set(map(id, qapp.topLevelWidgets()))
    yield
    for widget in qapp.topLevelWidgets():
        if id(widget) not in before:
            widget.close()
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.disable()
    gc.collect()
    # What is left belongs to modules: it is not looked through again after each test.
    gc.freeze()


@pytest.fixture
def formatter(qapp) -> Formatter:
    """Return a formatter in English, whatever the system's language is."""
    return Formatter(locale=QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


@pytest.fixture
def settings() -> Settings:
    """Return settings that are kept in memory."""
    return Settings(None)


@pytest.fixture
def screenshot(tmp_path: Path) -> Callable[[QWidget, str], Path]:
    """Save a picture of a widget, in ``MATINEE_SHOTS`` where that is set, and check it: size, colours, no cut text."""
    folder = Path(os.environ.get("MATINEE_SHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)

    def save_screenshot(widget: QWidget, name: str) -> Path:
        path = folder / f"{name}.png"
        # A text that has just changed asks for another layout, which may ask its parents for one in turn.
        for _ in range(3):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        picture = widget.grab()
        assert picture.save(str(path)), path
        ratio = widget.devicePixelRatioF()
        require_picture(path, (round(widget.width() * ratio), round(widget.height() * ratio)))
        assert find_cut_texts(widget) == []
        return path

    return save_screenshot
