import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QProgressBar, QPushButton, QToolButton, QVBoxLayout, QWidget

from editor.schedule import operations as ops
from editor.schedule.model import Image, Media, Webinar
from ui.actions import Actions
from ui.bridge import Bridge
from ui.message_bar import STAYS_MS, MessageBar
from ui.messages import Messages
from ui.task_bar import TaskBar
from ui.tasks import Tasks
from ui.timeline_bar import TimelineBar
from ui.top_bar import TopBar

SHA = "0" * 64


@pytest.fixture
def messages(words):
    return Messages(words)


# ---------------------------------------------------------------------------------------------- message bar


@pytest.fixture
def bar(qtbot, messages):
    ground = QWidget()
    ground.resize(1000, 600)
    qtbot.addWidget(ground)
    made = MessageBar(messages, ground)
    ground.show()
    made.ground = ground
    return made


def test_a_sentence_shows_with_its_way_out_which_closes_it(qtbot, messages, bar):
    done = []
    messages.tell("The lane is locked.", kind="error", action=("Unlock and do it", lambda: done.append(1)))
    assert bar.isVisible()
    assert bar.message.text == "The lane is locked."
    button = bar.findChild(QPushButton)
    assert button.text() == "Unlock and do it"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == [1]
    assert bar.message is None


def test_the_newest_takes_the_place_of_the_one_before(messages, bar):
    messages.tell("One", kind="error", action=("Do", lambda: None))
    messages.tell("Two")
    assert bar.message.text == "Two"
    assert not bar.findChild(QPushButton).isVisible()


def test_an_information_goes_by_itself_and_an_error_stays(messages, bar):
    messages.tell("Saved.")
    assert bar._gone.isActive()
    assert bar._gone.interval() == STAYS_MS
    bar._gone.timeout.emit()
    assert bar.message is None
    messages.tell("The disk is full.", kind="error")
    assert not bar._gone.isActive()


def test_a_long_sentence_is_shown_whole_inside_the_window(messages, bar):
    messages.tell("A long sentence that says what happened, and to what. " * 12, kind="warning")
    assert bar.parentWidget().rect().contains(bar.geometry())
    assert bar.height() >= bar.heightForWidth(bar.width())


def test_a_sentence_has_the_width_it_needs_beside_its_button(messages, bar):
    bar.parentWidget().resize(1400, 800)
    text = "The library is damaged and was left as it is. Put one of the daily copies back."
    messages.tell(text, kind="error", action=("Put back the copy of Sun 22 Nov 2026", lambda: None))
    bar.layout().activate()
    assert bar._text.width() >= bar._text.fontMetrics().horizontalAdvance(text) - 4 or bar.width() == 760
    assert bar._text.height() <= bar._text.fontMetrics().lineSpacing() * 3


# ------------------------------------------------------------------------------------------------- task bar


@pytest.fixture
def tasks(messages):
    made = Tasks(messages)
    yield made
    made.shutdown()


def test_what_runs_is_shown_with_progress_and_cancel(qtbot, tasks, words):
    bar = TaskBar(tasks, words)
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


def test_several_tasks_are_listed_and_quiet_ones_are_not(qtbot, tasks, words):
    bar = TaskBar(tasks, words)
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


class Asking(QWidget):
    """Asks for work while it paints, as what shows pictures does."""

    def __init__(self, ask):
        super().__init__()
        self._ask = ask
        self.painting = False
        self.met = []
        self.painted = 0

    def paintEvent(self, _event):
        painter = QPainter(self)
        self.painting = True
        self._ask()
        self.painting = False
        self.painted += 1
        painter.fillRect(self.rect(), QColor("teal"))
        painter.end()


def test_what_is_asked_for_while_painting_paints_nothing_in_the_middle_of_it(qtbot, tasks, words):
    window = QWidget()
    qtbot.addWidget(window)
    bar = TaskBar(tasks, words)
    gate = threading.Event()
    asking = Asking(lambda: tasks.run("Drawing", lambda _p: gate.wait(5)))
    column = QVBoxLayout(window)
    column.addWidget(asking)
    column.addWidget(bar)
    tasks.started.connect(lambda _task: asking.met.append(asking.painting))
    tasks.run("Importing", lambda progress: progress.report(1, 2) or gate.wait(5))
    window.resize(600, 200)
    window.show()
    qtbot.waitUntil(lambda: asking.painted > 0 and len(asking.met) > 1)
    assert not any(asking.met)
    gate.set()
    qtbot.waitUntil(lambda: not tasks.running)


# -------------------------------------------------------------------------------------------------- top bar


@pytest.fixture
def bridge(qtbot):
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
    return Bridge.in_memory(webinar)


def test_the_top_bar_tells_how_the_webinar_stands(qtbot, bridge, settings, words):
    actions = Actions(settings)
    bar = TopBar(bridge, actions, words)
    qtbot.addWidget(bar)
    bar.show()
    assert bar._title.accessibleName() == "Onboarding"
    assert bar._state.text() == "● unsaved edits"
    assert bar._start.text() == "Tue 1 Dec 2026, 18:00 Paris · automated · chat: moderated"
    bridge.save("")
    bar.show_version(7)
    assert bar._state.text() == "version 7"
    bridge.edit(ops.Plan(title="Welcome", chat="none", start=None))
    assert bar._state.text() == "● unsaved edits · version 7"
    assert bar._title.accessibleName() == "Welcome"
    assert bar._start.text() == "No date yet · automated · no chat"


def test_hints_show_while_there_are_some(qtbot, bridge, settings, words):
    bar = TopBar(bridge, Actions(settings), words)
    qtbot.addWidget(bar)
    bar.show()
    assert not bar._hints.isVisible()
    bar.show_problems(0, 2)
    assert bar._hints.isVisible()
    assert "2" in bar._hints.text()
    bar.show_problems(1, 2)
    assert bar._hints.property("serious")
    with qtbot.waitSignal(bar.hints_asked):
        qtbot.mouseClick(bar._hints, Qt.MouseButton.LeftButton)


def test_a_title_of_any_length_leaves_room_for_the_rest(qtbot, bridge, settings, words):
    bar = TopBar(bridge, Actions(settings), words)
    qtbot.addWidget(bar)
    bar.resize(900, 48)
    bar.show()
    bridge.edit(ops.Plan(title="A very long title " * 20))
    qtbot.wait(0)
    assert bar.width() == 900
    assert bar._title.text().endswith("…")
    assert bar._save.geometry().right() < 900


# --------------------------------------------------------------------------------------------- timeline bar


def test_mode_snap_and_ruler_are_shown_from_the_settings(qtbot, settings):
    actions = Actions(settings)
    bar = TimelineBar(actions, settings)
    qtbot.addWidget(bar)
    assert actions["mode_normal"].isChecked()
    settings["mode"] = "insert"
    settings["snap"] = False
    settings["ruler"] = "clock"
    assert actions["mode_insert"].isChecked()
    assert not actions["mode_normal"].isChecked()
    assert not actions["snap"].isChecked()
    assert actions["ruler_clock"].isChecked()
    assert bar._mode.value == "insert"


def test_a_press_on_a_mode_does_what_the_action_does(qtbot, settings):
    actions = Actions(settings)
    actions.on({"mode_overwrite": lambda: settings.__setitem__("mode", "overwrite")})
    bar = TimelineBar(actions, settings)
    qtbot.addWidget(bar)
    qtbot.mouseClick(bar._mode.button("overwrite"), Qt.MouseButton.LeftButton)
    assert settings["mode"] == "overwrite"


def test_in_a_narrow_window_words_give_way_and_no_button(qtbot, settings):
    ground = QWidget()
    qtbot.addWidget(ground)
    bar = TimelineBar(Actions(settings), settings, ground)
    ground.show()
    widths = []
    for width in (1400, 900, 640):
        bar.resize(width, 48)
        bar.layout().activate()
        shown = [button for button in bar.findChildren(QToolButton) if button.isVisible()]
        widths.append(len(shown))
        assert all(bar.rect().contains(button.mapTo(bar, button.rect().bottomRight())) for button in shown), width
    assert len(set(widths)) == 1, "every button stays"
    assert bar._mode.button("normal").accessibleName() == "Normal"
    assert not bar._ruler_name.isVisible()
