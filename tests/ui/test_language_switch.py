"""The whole program goes into French and back while it runs, with a webinar of every kind open in it."""

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

from editor.schedule import build, operations
from editor.schedule.model import Question, kind_of
from editor.workspace import Workspace
from tests.ui.room import files
from ui.help import About, ShortcutList
from ui.history.saving import NoteDialog
from ui.plan.dialog import PlanDialog
from ui.program import Program

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "packaging"))
import translations as catalogue  # noqa: E402

__all__ = ["files"]

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
NAMES = {"Matinee", "version", "English", "Français", "UTC", "EUR", "Roboto", "https"}
"""What is called the same in every language."""
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
"""A list longer than this is one of the world's zones, languages or currencies, each by its own name."""
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


def make_webinar(root: Path, media: tuple[Path, ...]) -> str:
    """A webinar with every kind of segment, gaps, problems to tell of, and two versions."""
    root.mkdir()
    with Workspace(root, now=lambda: NOW) as workspace:
        defaults = build.Defaults.of(workspace.settings)
        webinar = workspace.new("Qzx", zone="UTC")
        document = workspace.open(webinar)
        known = tuple(workspace.shelf.take(path) for path in media)
        segments = build.sequence(known, 5_000, defaults)
        asking = replace(
            build.survey(segments[-1].end_ms + 60_000, defaults, title="Qzx"),
            questions=(Question(id="q", text="Qzx", choices=("Qzx", "Qzx")),),
        )
        document.apply(operations.Add(segments=tuple(segments), media=known))
        workspace.save(webinar, "Qzx")
        document.apply(operations.Add(segments=(build.cta(1_000, defaults, title="Qzx"), asking)))
        document.apply(operations.AddMarker(at_ms=2_000, title="Qzx"))
        workspace.save(webinar, "Qzx")
    return webinar


@pytest.fixture
def program(qtbot, qapp, tmp_path, files) -> Iterator[Program]:
    root = tmp_path / "library"
    webinar = make_webinar(root, (files.video, files.sound, files.image, files.slides))
    before = QLocale()
    program = Program(qapp, root, lambda: Workspace(root, now=lambda: NOW), now=lambda: NOW)
    program.common.settings["language"] = "en"
    program.common.settings["toured"] = True
    qtbot.addWidget(program.window)
    program.window.show()
    with qtbot.waitSignal(program.opened, timeout=20_000):
        program.begin(webinar)
    qtbot.waitUntil(lambda: not program.common.tasks.running, timeout=20_000)
    yield program
    KEPT.clear()
    program.window.close()
    for translator in program._language._installed:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)
    qapp.setStyleSheet("")


KEPT: dict[int, object] = {}
"""What was looked at, so that no part that is made later is taken for it by its id."""


def texts(root: QWidget) -> dict[str, str]:
    """Everything that can be read, pointed at or heard below a widget: where → what."""
    found: dict[str, str] = {}
    for part in (root, *root.findChildren(QWidget), *root.findChildren(QAction)):
        if part.objectName().startswith("qt_") or _waits(part):
            continue
        KEPT.setdefault(id(part), part)
        where = f"{type(part).__name__} {part.objectName()} {id(part):x}"
        for kind, properties in SHOWN.items():
            if isinstance(part, kind):
                found |= {f"{where} {name}": getattr(part, name)() for name in properties}
        if isinstance(part, QComboBox | QTabBar) and part.count() <= MANY:
            word = part.itemText if isinstance(part, QComboBox) else part.tabText
            found |= {f"{where} {number}": word(number) for number in range(part.count())}
        if isinstance(part, QAbstractItemView) and not part.parent().inherits("QComboBoxPrivateContainer"):
            found |= {f"{where} {place}": text for place, text in _cells(part)}
    return {where: text for where, text in found.items() if re.search(r"[^\W\d_]{2}", text)}


def _waits(part: object) -> bool:
    """Whether it is hidden until there is something to say, and is told its words then."""
    return isinstance(part, QLabel | QAbstractButton | QProgressBar) and part.isHidden()


def _cells(view: QAbstractItemView) -> Iterator[tuple[str, str]]:
    model = view.model()
    rows = model.rowCount(QModelIndex())
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for column in range(columns):
        yield f"head {column}", str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(rows):
            for role in ROLES:
                yield f"{row} {column} {role.name}", str(model.index(row, column).data(role) or "")


def phrases() -> tuple[list[re.Pattern[str]], list[re.Pattern[str]]]:
    """Patterns of what is said the same way in both languages, and of all English that is not."""
    same, english = [], []
    for (context, text, _), message in catalogue.messages(catalogue.CATALOGUES / "matinee_fr.ts").items():
        plain = re.escape(text.replace("&", "").removesuffix("…"))
        pattern = re.compile(re.sub(r"\\\{\w+\\\}|%n", ".+", plain) + "…?")
        if text in catalogue.translations(message):
            same.append(re.compile(pattern.pattern, re.IGNORECASE))
        elif context != "sentences" and len(text) > 3:
            english.append(pattern)
    return same, english


def left_in_english(before: dict[str, str], after: dict[str, str], data: set[str]) -> list[str]:
    """What a French person would still read in English."""
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


def data_of(program: Program) -> set[str]:
    """What persons wrote and what files are called: the same in every language."""
    assert program.page is not None
    webinar = program.page.bridge.webinar
    names = {media.name for media in webinar.media.values()}
    return {"Qzx", webinar.id, str(program._root), *names, *(Path(name).stem for name in names)}


def shown_by_turns(program: Program, each_turn=lambda _name: None) -> dict[str, str]:
    """Every text of the window, with each kind of segment selected, and with none."""
    page = program.page
    by_kind = {kind_of(segment): {segment.id} for segment in page.bridge.webinar.segments}
    found: dict[str, str] = {}
    for kind, selected in {**by_kind, "none": set()}.items():
        page.selection.set(selected)
        found |= {f"{kind}: {where}": text for where, text in texts(program.window).items()}
        each_turn(f"french-{kind}")
    return found


def speak(program: Program, qapp, language: str) -> None:
    """Switch as the preferences do, and let everybody hear of it."""
    program.common.settings["language"] = language
    qapp.processEvents()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_nothing_is_left_in_english(program, qapp, shot):
    before = shown_by_turns(program)
    speak(program, qapp, "fr")
    after = shown_by_turns(program, lambda name: (qapp.processEvents(), shot(program.window, name)))
    left = left_in_english(before, after, data_of(program))
    print(*left, sep="\n")
    assert left == []


def test_english_comes_back_as_it_was(program, qapp):
    shown_by_turns(program)  # a form that was never filled is told its words once more
    before = shown_by_turns(program)
    speak(program, qapp, "fr")
    speak(program, qapp, "en")
    after = shown_by_turns(program)
    assert {
        where: (before[where], after[where]) for where in before.keys() & after if before[where] != after[where]
    } == {}


def test_home_speaks_french_too(program, qapp, qtbot, shot):
    program.go_home()
    qtbot.waitUntil(lambda: not program.common.tasks.running)
    before = texts(program.home)
    speak(program, qapp, "fr")
    qapp.processEvents()
    shot(program.window, "french-home")
    data = {"Qzx"}
    assert left_in_english(before, texts(program.home), data) == []


def test_the_preferences_follow_while_they_are_open(program, qapp, shot):
    program.dialogs.preferences()
    before = texts(program.dialogs._preferences)
    speak(program, qapp, "fr")
    qapp.processEvents()
    shot(program.dialogs._preferences, "french-preferences")
    assert left_in_english(before, texts(program.dialogs._preferences), set()) == []
    program.dialogs._preferences.close()


def test_dialogs_open_in_french(program, qapp, qtbot, shot):
    page, common = program.page, program.common
    speak(program, qapp, "fr")
    dialogs: list[QDialog] = [
        PlanDialog(page.bridge.webinar, common.words, program._opening.desk, program.window, now=common.now),
        NoteDialog(program.window),
        ShortcutList(common.settings, program.window),
        About(program.window),
    ]
    for dialog in dialogs:
        dialog.show()
        qapp.processEvents()
        shot(dialog, f"french-{type(dialog).__name__}")
        assert left_in_english({}, texts(dialog), set()) == []
        dialog.close()
