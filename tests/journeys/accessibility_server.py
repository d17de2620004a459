"""Runs the real program with a server that reports its accessibility tree over a socket.

``python -m tests.journeys.accessibility_server SOCKET …`` is ``python -m ui.app.main …``; nothing of the program is
replaced. The server answers on the GUI thread: what is on the screen (names, roles, positions, states), and how long
that thread was ever busy without returning to its event loop.
"""

import json
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget

STATES = (
    *("focused", "focusable", "disabled", "checked", "selected", "invisible", "offscreen"),
    *("readOnly", "modal", "editable", "active"),
)
TICK_MS = 4
MAX_CHILDREN = 400
"""Only so many children of a node are reported; a webinar can have ten thousand segments."""


class AccessibilityServer(QObject):
    """Lists the nodes and pauses of the GUI thread, where it lives; emit `question_received` from any thread."""

    question_received = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._pauses = EventLoopMonitor(self)
        self.question_received.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    @Slot(object, object)
    def _answer(self, question: str, reply: Any) -> None:
        with self._pauses.ignore_own_work():
            answer = {"tree": self._list_nodes, "pauses": self._pauses.take_longest}[question]()
        reply(answer)

    def _list_nodes(self) -> list[dict[str, Any]]:
        nodes: list[dict[str, Any]] = []
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and window.windowType() != Qt.WindowType.ToolTip:
                nodes += _walk_nodes(QAccessible.queryAccessibleInterface(window), 0, int(window.winId()))
        return nodes


def _walk_nodes(one: QAccessibleInterface, depth: int, window: int) -> Iterator[dict[str, Any]]:
    state = one.state()
    if state.invisible or state.invalid:
        return
    rect, widget = one.rect(), one.object()
    yield {
        "role": one.role().name,
        "name": one.text(QAccessible.Text.Name),
        "value": one.text(QAccessible.Text.Value),
        "help": one.text(QAccessible.Text.Description),
        "rect": (rect.x(), rect.y(), rect.width(), rect.height()),
        "states": [name for name in STATES if getattr(state, name)],
        "kind": type(widget).__name__ if widget is not None else "",
        "tab": isinstance(widget, QWidget) and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus),
        "depth": depth,
        "window": window,
    }
    for index in range(min(one.childCount(), MAX_CHILDREN)):
        child = one.child(index)
        if child is not None:
            yield from _walk_nodes(child, depth + 1, window)


class EventLoopMonitor(QObject):
    """A timer that fires whenever the GUI thread returns to its event loop, and remembers how long it was late."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._since = 0.0, 0.0
        self._worst: list[tuple[float, float]] = []

    def _tick(self) -> None:
        now = time.thread_time(), time.monotonic()
        self._worst.append((now[0] - self._since[0], now[1] - self._since[1]))
        if len(self._worst) > 4000:
            self._worst = sorted(self._worst)[-200:]
        self._since = now

    @contextmanager
    def ignore_own_work(self) -> Iterator[None]:
        """Leave the time of this block out of the measurement, since the server itself takes it."""
        if self._timer.isActive():
            self._tick()
        yield
        self._since = time.thread_time(), time.monotonic()

    def take_longest(self) -> list[tuple[float, float]]:
        """Return the longest steps since the last call, in seconds: CPU time of the thread, and wall-clock time.

        Measuring begins with the first call.
        """
        worst, self._worst = sorted(self._worst)[-20:], []
        self._timer.start()
        return worst


def serve(socket_path: str) -> None:
    """Answer questions, a line each, until the program ends."""
    while QCoreApplication.instance() is None:
        time.sleep(0.01)
    accessibility_server = AccessibilityServer()
    accessibility_server.moveToThread(QCoreApplication.instance().thread())
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(socket_path)
        server.listen(1)
        while True:
            with server.accept()[0] as client, client.makefile("rw", encoding="utf-8") as lines:
                for line in lines:
                    is_answered = threading.Event()
                    answers: list[object] = []

                    def reply(
                        answer: object, answers: list[object] = answers, is_answered: threading.Event = is_answered
                    ) -> None:
                        answers.append(answer)
                        is_answered.set()

                    accessibility_server.question_received.emit(line.strip(), reply)
                    is_answered.wait()
                    lines.write(json.dumps(answers[0]) + "\n")
                    lines.flush()


if __name__ == "__main__":
    threading.Thread(target=serve, args=(sys.argv[1],), daemon=True).start()
    from ui.app.main import main

    sys.exit(main(sys.argv[2:]))
