import re
import threading
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from editor.schedule import operations as ops
from editor.schedule.model import Image, Media, Webinar
from ui.app.notification_bar import AUTO_HIDE_MS, NotificationBar
from ui.app.status_bar import TaskStatusBar
from ui.app.top_bar import TopBar
from ui.services.action_registry import ActionRegistry
from ui.services.notifications import Notifications
from ui.services.task_runner import TaskRunner
from ui.state.document_controller import DocumentController

SHA = "0" * 64


@pytest.fixture
def notifications(formatter):
    return Notifications(formatter)


# ---------------------------------------------------------------------------------------------- message bar


@pytest.fixture
def notification_bar(qtbot, notifications):
    background = QWidget()
    background.resize(1000, 600)
    qtbot.addWidget(background)
    bar = NotificationBar(notifications, background)
    background.show()
    bar.background = background
    return bar


def test_a_sentence_shows_with_its_way_out_which_closes_it(qtbot, notifications, notification_bar):
    done = []
    notifications.post("The lane is locked.", kind="error", action=("Unlock and continue", lambda: done.append(1)))
    assert notification_bar.isVisible()
    assert notification_bar.notification.text == "The lane is locked."
    button = notification_bar.findChild(QPushButton)
    assert button.text() == "Unlock and continue"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == [1]
    assert notification_bar.notification is None


def test_the_newest_takes_the_place_of_the_one_before(notifications, notification_bar):
    notifications.post("One", kind="error", action=("Do", lambda: None))
    notifications.post("Two")
    assert notification_bar.notification.text == "Two"
    assert not notification_bar.findChild(QPushButton).isVisible()


def test_an_information_goes_by_itself_and_an_error_stays(notifications, notification_bar):
    notifications.post("Saved.")
    assert notification_bar._hide_timer.isActive()
    assert notification_bar._hide_timer.interval() == AUTO_HIDE_MS
    notification_bar._hide_timer.timeout.emit()
    assert notification_bar.notification is None
    notifications.post("The disk is full.", kind="error")
    assert not notification_bar._hide_timer.isActive()


def test_a_long_sentence_is_shown_whole_inside_the_window(notifications, notification_bar):
    notifications.post("A long sentence that says what happened, and to what. " * 12, kind="warning")
    assert notification_bar.parentWidget().rect().contains(notification_bar.geometry())
    assert notification_bar.height() >= notification_bar.heightForWidth(notification_bar.width())


def test_a_sentence_has_the_width_it_needs_beside_its_button(notifications, notification_bar):
    notification_bar.parentWidget().resize(1400, 800)
    text = "The library is damaged and was left as it is. Put one of the daily copies back."
    notifications.post(text, kind="error", action=("Put back the copy of Sun 22 Nov 2026", lambda: None))
    notification_bar.layout().activate()
    assert (
        notification_bar._text.width() >= notification_bar._text.fontMetrics().horizontalAdvance(text) - 4
        or notification_bar.width() == 760
    )
    assert notification_bar._text.height() <= notification_bar._text.fontMetrics().lineSpacing() * 3


# ------------------------------------------------------------------------------------------------- task bar


@pytest.fixture
def tasks(notifications):
    runner = TaskRunner(notifications)
    yield runner
    runner.shutdown()


def test_what_runs_is_shown_with_progress_and_cancel(qtbot, tasks, formatter):
    bar = TaskStatusBar(tasks, formatter)
    qtbot.addWidget(bar)
    bar.show()
    go_on = threading.Event()

    def work(progress):
        progress.report(62, 100)
        go_on.wait(5)
        progress.report(70, 100)

    task = tasks.run("Importing talk.mp4", work)
    qtbot.waitUntil(lambda: task.done == 62)
    progress = bar.findChild(QProgressBar)
    assert progress.isVisible()
    assert progress.value() == 62
    (cancel,) = [each for each in bar.findChildren(QPushButton) if each.isVisible() and each.text() == "Cancel"]
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    go_on.set()
    qtbot.waitUntil(lambda: task.state == "cancelled")
    assert not progress.isVisible()


def test_several_tasks_are_listed_and_quiet_ones_are_not(qtbot, tasks, formatter):
    bar = TaskStatusBar(tasks, formatter)
    qtbot.addWidget(bar)
    bar.show()
    gate = threading.Event()
    for title in ("one", "two", "three"):
        tasks.run(title, lambda _p: gate.wait(5))
    quiet = tasks.run("unseen", lambda _p: gate.wait(5), quiet=True, executor="library")
    qtbot.waitUntil(bar._more.isVisible)
    bar._open_list()
    assert len(bar._list._bars) == 3
    assert quiet not in bar._list._bars
    gate.set()
    qtbot.waitUntil(lambda: not tasks.running)
    assert not bar._list.isVisible()
    assert not bar._title.isVisible()


class PaintTimeRequester(QWidget):
    """Starts a task while it paints, as widgets that show pictures do."""

    def __init__(self, ask):
        super().__init__()
        self._ask = ask
        self.painting = False
        self.states_at_start = []
        self.painted = 0

    def paintEvent(self, _event):
        painter = QPainter(self)
        self.painting = True
        self._ask()
        self.painting = False
        self.painted += 1
        painter.fillRect(self.rect(), QColor("teal"))
        painter.end()


def test_what_is_asked_for_while_painting_paints_nothing_in_the_middle_of_it(qtbot, tasks, formatter):
    window = QWidget()
    qtbot.addWidget(window)
    bar = TaskStatusBar(tasks, formatter)
    gate = threading.Event()
    asking = PaintTimeRequester(lambda: tasks.run("Drawing", lambda _p: gate.wait(5)))
    column = QVBoxLayout(window)
    column.addWidget(asking)
    column.addWidget(bar)
    tasks.started.connect(lambda _task: asking.states_at_start.append(asking.painting))
    tasks.run("Importing", lambda progress: progress.report(1, 2) or gate.wait(5))
    window.resize(600, 200)
    window.show()
    qtbot.waitUntil(lambda: asking.painted > 0 and len(asking.states_at_start) > 1)
    assert not any(asking.states_at_start)
    gate.set()
    qtbot.waitUntil(lambda: not tasks.running)


# -------------------------------------------------------------------------------------------------- top bar


@pytest.fixture
def controller(qtbot):
    image = Image(id="a", start_ms=0, length_ms=10_000, media=SHA)
    webinar = Webinar(
        id="w",
        title="Onboarding",
        start="2026-12-01T18:00:00",
        zone="Europe/Paris",
        chat="moderated",
        programme=(image,),
        media={SHA: Media(sha256=SHA, kind="image", name="a.png")},
    )
    return DocumentController.in_memory(webinar)


def test_the_top_bar_tells_how_the_webinar_stands(qtbot, controller, settings, formatter):
    actions = ActionRegistry(settings)
    bar = TopBar(controller, actions, formatter)
    qtbot.addWidget(bar)
    bar.resize(1400, 48)
    bar.show()
    assert bar._title.accessibleName() == "Onboarding"
    assert bar._state_label.text() == "● unsaved edits"
    assert bar._start_button.text() == "Tue 1 Dec 2026, 18:00 Paris · automated · chat: moderated"
    controller.save("")
    bar.show_version(7)
    assert bar._state_label.text() == "version 7"
    bar.show_version(7, datetime.now(UTC))
    assert re.fullmatch(r"Saved \d\d:\d\d", bar._state_label.text())
    controller.edit(ops.ChangeProperties(title="Welcome", chat="none", start=None))
    assert bar._state_label.text() == "● unsaved edits · version 7"
    assert bar._title.accessibleName() == "Welcome"
    assert bar._start_button.text() == "No date yet · automated · no chat"


def test_hints_show_while_there_are_some(qtbot, controller, settings, formatter):
    bar = TopBar(controller, ActionRegistry(settings), formatter)
    qtbot.addWidget(bar)
    bar.show()
    assert not bar._problems_button.isVisible()
    bar.show_problems(0, 2)
    assert bar._problems_button.isVisible()
    assert "2" in bar._problems_button.text()
    bar.show_problems(1, 2)
    assert bar._problems_button.property("serious")
    with qtbot.waitSignal(bar.preflight_requested):
        qtbot.mouseClick(bar._problems_button, Qt.MouseButton.LeftButton)


def test_a_title_of_any_length_leaves_room_for_the_rest(qtbot, controller, settings, formatter):
    bar = TopBar(controller, ActionRegistry(settings), formatter)
    qtbot.addWidget(bar)
    bar.resize(900, 48)
    bar.show()
    controller.edit(ops.ChangeProperties(title="A very long title " * 20))
    qtbot.wait(0)
    assert bar.width() == 900
    assert bar._title.text().endswith("…")
    assert bar._save_button.geometry().right() < 900


# --------------------------------------------------------------------------------------------- timeline bar
