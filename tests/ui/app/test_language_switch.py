"""The whole application switches to French and back while a webinar with every kind of segment is open."""

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QAbstractListModel, QEvent, QLocale, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
    QWidget,
)

from editor.schedule import operations, segment_factory
from editor.schedule.kinds import kind_of
from editor.schedule.model import Question
from editor.workspace import Workspace
from tests.ui.panel_fixtures import files
from ui.app.application import Application
from ui.app.help import AboutDialog, ShortcutListDialog
from ui.versions.save_dialog import SaveVersionDialog
from ui.webinar_settings.dialog import WebinarSettingsDialog

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "packaging" / "tools"))
import update_translations as catalogue  # noqa: E402

__all__ = ["files"]

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
NAMES = {"Matinee", "version", "English", "Français", "UTC", "EUR", "Roboto", "https"}
"""Texts that are the same in every language."""
SHOWN = {
    QLabel: ("text",),
    QAbstractButton: ("text",),
    QLineEdit: ("placeholderText",),
    QPlainTextEdit: ("placeholderText",),
    QMenu: ("title",),
    QWidget: ("toolTip", "accessibleName", "accessibleDescription", "windowTitle"),
    QAction: ("text", "toolTip"),
}
MANY = 12
"""A longer list is one of time zones, languages or currencies, each under its own name."""
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


def make_webinar(root: Path, media: tuple[Path, ...]) -> str:
    """Return a webinar with every kind of segment, gaps, problems, and two versions."""
    root.mkdir()
    with Workspace(root, now=lambda: NOW) as workspace:
        defaults = segment_factory.SegmentDefaults.from_settings(workspace.settings)
        webinar = workspace.create_webinar("Qzx", zone="UTC")
        document = workspace.open(webinar)
        known = tuple(workspace.catalog.add_file(path) for path in media)
        segments = segment_factory.make_sequence(known, 5_000, defaults)
        asking = replace(
            segment_factory.make_survey(segments[-1].end_ms + 60_000, defaults, title="Qzx"),
            questions=(Question(id="q", text="Qzx", choices=("Qzx", "Qzx")),),
        )
        document.apply(operations.Add(segments=tuple(segments), media=known))
        workspace.save_version(webinar, "Qzx")
        document.apply(operations.Add(segments=(segment_factory.make_cta(1_000, defaults, title="Qzx"), asking)))
        document.apply(operations.AddMarker(at_ms=2_000, title="Qzx"))
        workspace.save_version(webinar, "Qzx")
    return webinar


@pytest.fixture
def application(qtbot, qapp, tmp_path, files) -> Iterator[Application]:
    root = tmp_path / "library"
    webinar = make_webinar(root, (files.video, files.sound, files.image, files.slides))
    before = QLocale()
    program = Application(qapp, root, lambda: Workspace(root, now=lambda: NOW), now=lambda: NOW)
    program.context.settings["language"] = "en"
    program.context.settings["toured"] = True
    qtbot.addWidget(program.window)
    program.window.show()
    with qtbot.waitSignal(program.opened, timeout=20_000):
        program.initialize(webinar)
    qtbot.waitUntil(lambda: not program.context.tasks.running, timeout=20_000)
    yield program
    SEEN_WIDGETS.clear()
    program.window.close()
    for translator in program._translator._installed:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)
    qapp.setStyleSheet("")


SEEN_WIDGETS: dict[int, object] = {}
"""Widgets that were visited, kept so that no later widget gets the same id."""


def collect_texts(root: QWidget) -> dict[str, str]:
    """Return every text below a widget that can be read, hovered or heard: where → what."""
    found: dict[str, str] = {}
    for part in (root, *root.findChildren(QWidget), *root.findChildren(QAction)):
        if part.objectName().startswith("qt_") or _is_waiting(part):
            continue
        SEEN_WIDGETS.setdefault(id(part), part)
        where = f"{type(part).__name__} {part.objectName()} {id(part):x}"
        for kind, properties in SHOWN.items():
            if isinstance(part, kind):
                found |= {f"{where} {name}": getattr(part, name)() for name in properties}
        if isinstance(part, QComboBox | QTabBar) and part.count() <= MANY:
            word = part.itemText if isinstance(part, QComboBox) else part.tabText
            found |= {f"{where} {number}": word(number) for number in range(part.count())}
        if isinstance(part, QAbstractItemView) and not part.parent().inherits("QComboBoxPrivateContainer"):
            found |= {f"{where} {place}": text for place, text in _cell_texts(part)}
    return {where: text for where, text in found.items() if re.search(r"[^\W\d_]{2}", text)}


def _is_waiting(part: object) -> bool:
    """Return whether a widget is hidden until there is something to show."""
    return isinstance(part, QLabel | QAbstractButton | QProgressBar) and part.isHidden()


def _cell_texts(view: QAbstractItemView) -> Iterator[tuple[str, str]]:
    model = view.model()
    rows = model.rowCount(QModelIndex())
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for column in range(columns):
        yield f"head {column}", str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(rows):
            for role in ROLES:
                yield f"{row} {column} {role.name}", str(model.index(row, column).data(role) or "")


def phrases() -> tuple[list[re.Pattern[str]], list[re.Pattern[str]]]:
    """Return patterns of texts that are equal in both languages, and of all other English texts."""
    same, english = [], []
    for (context, text, _), message in catalogue.load_messages(catalogue.CATALOGUES["fr"]).items():
        plain = re.escape(text.replace("&", "").removesuffix("…"))
        pattern = re.compile(re.sub(r"\\\{\w+\\\}|%n", ".+", plain) + "…?")
        if text in catalogue.list_translations(message):
            same.append(re.compile(pattern.pattern, re.IGNORECASE))
        elif context != "sentences" and len(text) > 3:
            english.append(pattern)
    return same, english


def find_english_texts(before: dict[str, str], after: dict[str, str], data: set[str]) -> list[str]:
    """Return the texts that are still in English."""
    same, english = phrases()
    found = []
    for where, text in after.items():
        for line in text.replace("&", "").splitlines():
            rest = re.sub(r" \([^()]+\)$", "", line.strip())  # an action's keys
            if any(pattern.fullmatch(rest) for pattern in same):
                continue
            for name in sorted(NAMES | data, key=len, reverse=True):
                rest = rest.replace(name, "")
            unchanged = before.get(where) == text and re.search(r"[^\W\d_]{2}", rest)
            if unchanged or any(pattern.fullmatch(line.strip()) for pattern in english):
                found.append(f"{where}: {text!r}")
    return sorted({re.sub(r" [0-9a-f]{8,}", "", each) for each in found})


def user_texts(program: Application) -> set[str]:
    """Return what users wrote and files are called; it is the same in every language."""
    assert program.page is not None
    webinar = program.page.document_controller.webinar
    names = {media.name for media in webinar.media.values()}
    return {"Qzx", webinar.id, str(program._root), *names, *(Path(name).stem for name in names)}


def texts_by_kind(program: Application, each_turn=lambda _name: None) -> dict[str, str]:
    """Return every text of the window, with each kind of segment selected, and with none."""
    page = program.page
    by_kind = {kind_of(segment): {segment.id} for segment in page.document_controller.webinar.segments}
    found: dict[str, str] = {}
    for kind, selected in {**by_kind, "none": set()}.items():
        page.selection.set(selected)
        found |= {f"{kind}: {where}": text for where, text in collect_texts(program.window).items()}
        each_turn(f"french-{kind}")
    return found


def switch_language(program: Application, qapp, language: str) -> None:
    """Switch the language as the preferences do, and process all events."""
    program.context.settings["language"] = language
    qapp.processEvents()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_nothing_is_left_in_english(application, qapp, screenshot):
    before = texts_by_kind(application)
    switch_language(application, qapp, "fr")
    after = texts_by_kind(application, lambda name: (qapp.processEvents(), screenshot(application.window, name)))
    left = find_english_texts(before, after, user_texts(application))
    print(*left, sep="\n")
    assert left == []


def test_english_comes_back_as_it_was(application, qapp):
    texts_by_kind(application)  # a form that was never filled is told its words once more
    before = texts_by_kind(application)
    switch_language(application, qapp, "fr")
    switch_language(application, qapp, "en")
    after = texts_by_kind(application)
    assert {
        where: (before[where], after[where]) for where in before.keys() & after if before[where] != after[where]
    } == {}


def test_home_speaks_french_too(application, qapp, qtbot, screenshot):
    application.session.go_home()
    qtbot.waitUntil(lambda: not application.context.tasks.running)
    before = collect_texts(application.home)
    switch_language(application, qapp, "fr")
    qapp.processEvents()
    screenshot(application.window, "french-home")
    data = {"Qzx"}
    assert find_english_texts(before, collect_texts(application.home), data) == []


def test_the_preferences_follow_while_they_are_open(application, qapp, screenshot):
    application.dialogs.open_preferences()
    before = collect_texts(application.dialogs._preferences)
    switch_language(application, qapp, "fr")
    qapp.processEvents()
    screenshot(application.dialogs._preferences, "french-preferences")
    assert find_english_texts(before, collect_texts(application.dialogs._preferences), set()) == []
    application.dialogs._preferences.close()


def test_dialogs_open_in_french(application, qapp, qtbot, screenshot):
    page, common = application.page, application.context
    switch_language(application, qapp, "fr")
    dialogs: list[QDialog] = [
        WebinarSettingsDialog(
            page.document_controller.webinar,
            common.formatter,
            application.session._context.media_service,
            application.window,
            now=common.now,
        ),
        SaveVersionDialog(application.window),
        ShortcutListDialog(common.settings, application.window),
        AboutDialog(application.window),
    ]
    for dialog in dialogs:
        dialog.show()
        qapp.processEvents()
        screenshot(dialog, f"french-{type(dialog).__name__}")
        assert find_english_texts({}, collect_texts(dialog), set()) == []
        dialog.close()
