"""The status bar: the background task that runs, its progress and remaining time, with Pause and Cancel.

The oldest task is shown; a button says how many others there are and lists them all.
"""

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QToolButton,
    QWidget,
)

from ui.services.task_runner import Task, TaskRunner
from ui.text.formatter import Formatter
from ui.widgets.basics import make_label


def _percent_done(task: Task[Any]) -> int:
    """Return the progress of a task in percent, rounded down so that 100 means finished."""
    return task.done * 100 // task.total if task.total else 0


class TaskListPopup(QFrame):
    """The pop-up that lists all running tasks that are not quiet, each with its progress and a Cancel button.

    It follows the `TaskRunner` by itself, and hides once there is none.
    """

    def __init__(self, tasks: TaskRunner, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("task-list")
        self._tasks = tasks
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 8, 8, 8)
        self._grid.setHorizontalSpacing(8)
        self._bars: dict[Task[Any], QProgressBar] = {}
        tasks.started.connect(self._fill)
        tasks.ended.connect(self._fill)
        tasks.progressed.connect(self._update_progress)

    def open_above(self, position: QPoint) -> None:
        """Fill the pop-up anew and show it with its lower left corner at a position in pixels of the screen.

        Call it only while there is a task that is not quiet: without one it is shown empty.
        """
        self._fill()
        self.show()
        self.move(position.x(), position.y() - self.height())

    def _fill(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._bars.clear()
        for row, task in enumerate(task for task in self._tasks.running if not task.is_quiet):
            bar = QProgressBar(textVisible=False)
            bar.setFixedWidth(120)
            cancel = QPushButton(self.tr("Cancel"), flat=True)
            cancel.setObjectName("link")
            cancel.clicked.connect(partial(task.cancel))
            self._grid.addWidget(make_label(text=task.title), row, 0)
            self._grid.addWidget(bar, row, 1)
            self._grid.addWidget(cancel, row, 2)
            self._bars[task] = bar
            self._update_progress(task)
        if self._bars:
            self.adjustSize()
        else:
            self.hide()

    def _update_progress(self, task: Task[Any]) -> None:
        bar = self._bars.get(task)
        if bar is not None:
            bar.setRange(0, 100 if task.total else 0)
            bar.setValue(_percent_done(task))


class TaskStatusBar(QWidget):
    """The part of the status bar that shows the oldest task that is not quiet: title, progress, time left, and buttons.

    It follows the `TaskRunner` by itself. Its widgets are hidden without such a task; with several, a button lists
    them.
    """

    def __init__(self, tasks: TaskRunner, formatter: Formatter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._formatter = formatter
        self._current_task: Task[Any] | None = None
        self._title = make_label()
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(144)
        self._progress_label = make_label("quiet")
        self._cancel = QPushButton(flat=True)
        self._cancel.setObjectName("link")
        self._cancel.clicked.connect(self._on_cancel)
        self._pause = QPushButton(flat=True)
        self._pause.setObjectName("link")
        self._pause.clicked.connect(self._on_pause)
        self._more = QToolButton(autoRaise=True)
        self._more.clicked.connect(self._open_list)
        self._list = TaskListPopup(tasks, self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self._title, self._bar, self._progress_label, self._pause, self._cancel, self._more):
            layout.addWidget(widget)
        layout.addStretch(1)
        tasks.started.connect(self._refresh)
        tasks.ended.connect(self._refresh)
        tasks.progressed.connect(self._refresh)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator, also those of the shown task."""
        self._cancel.setText(self.tr("Cancel"))
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Set all texts anew when Qt reports another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _refresh(self) -> None:
        visible = [task for task in self._tasks.running if not task.is_quiet]
        self._current_task = visible[0] if visible else None
        for widget in (self._title, self._bar, self._progress_label, self._cancel):
            widget.setVisible(bool(visible))
        self._more.setVisible(len(visible) > 1)
        self._pause.setVisible(self._current_task is not None and self._current_task.is_pausable)
        if self._current_task is None:
            return
        task = self._current_task
        self._title.setText(task.title)
        self._bar.setRange(0, 100 if task.total else 0)
        self._bar.setValue(_percent_done(task))
        self._bar.setAccessibleName(task.title)
        self._progress_label.setText(self._progress_text(task))
        self._cancel.setEnabled(not task.progress.is_cancelled)
        self._pause.setText(self.tr("Resume") if task.progress.is_paused else self.tr("Pause"))
        self._more.setText(self.tr("%n more", "", len(visible) - 1))

    def _progress_text(self, task: Task[Any]) -> str:
        if not task.total:
            return ""
        percent = self.tr("{part} %").format(part=_percent_done(task))
        if task.progress.is_paused:
            return f"{percent} · {self.tr('paused')}"
        remaining = task.remaining_ms(self._tasks.now())
        if remaining is None:
            return percent
        if remaining >= 60_000:
            remaining_text = self.tr("%n min left", "", (remaining + 59_999) // 60_000)
        else:
            remaining_text = self.tr("%n s left", "", max(1, (remaining + 999) // 1_000))
        return f"{percent} · {remaining_text}"

    def _on_pause(self) -> None:
        if self._current_task is not None:
            self._tasks.pause(self._current_task, paused=not self._current_task.progress.is_paused)

    def _on_cancel(self) -> None:
        if self._current_task is not None:
            self._current_task.cancel()
            self._cancel.setEnabled(False)

    def _open_list(self) -> None:
        self._list.open_above(self._more.mapToGlobal(QPoint(0, 0)))
