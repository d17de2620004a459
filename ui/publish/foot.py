"""The foot of the publish dialog: what is being done and how far it is, what came of it, and the buttons."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.parts import button, label
from ui.words import Words

if TYPE_CHECKING:
    from editor.sync.sending import Doing

NAME_WIDTH = 280
"""Pixels of a file's name; of a longer one the middle is left out."""


class Foot(QFrame):
    """Tells what its owner tells it."""

    stop_asked = Signal()
    pause_asked = Signal(bool)
    """Whether it shall stand still, or go on."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._doing = ""
        self._paused = False
        self.setObjectName("foot")
        self._step = label("quiet")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self.pause = button()
        self.pause.clicked.connect(self._on_pause)
        self.stop = button()
        self.stop.clicked.connect(self._on_stop)
        self._said = label("quiet", wrap=True)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button = button()
        self.publish = button("primary")
        self._busy = False
        doing = QHBoxLayout()
        doing.setSpacing(8)
        doing.addWidget(self._bar, 1)
        doing.addWidget(self.pause)
        doing.addWidget(self.stop)
        deeds = QHBoxLayout()
        deeds.setSpacing(8)
        deeds.addWidget(self._said, 1)
        deeds.addStretch(0)
        deeds.addWidget(self.close_button)
        deeds.addWidget(self.publish)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(8)
        column.addWidget(self._step)
        column.addLayout(doing)
        column.addLayout(deeds)
        self.set_busy(busy=False)

    @property
    def said(self) -> str:
        """What was told last."""
        return self._said.text()

    def say(self, role: str, text: str) -> None:
        """Tell what came of it."""
        self._said.setObjectName(role)
        self._said.style().polish(self._said)
        self._said.setText(text)
        self._said.setVisible(bool(text) and not self._busy)

    def begin(self) -> None:
        """Something begins that can be given up."""
        self.say("quiet", "")
        self._bar.setRange(0, 0)
        self.step("")
        self._show_paused(paused=False)
        for part in (self.pause, self.stop):
            part.setEnabled(True)
        self.set_busy(busy=True)

    def set_busy(self, *, busy: bool) -> None:
        """Whether something is being done."""
        self._busy = busy
        for part in (self._bar, self._step, self.pause, self.stop):
            part.setVisible(busy)
        self._said.setVisible(not busy and bool(self._said.text()))

    @property
    def doing(self) -> str:
        """What is being done, as it is shown."""
        return self._step.text()

    def step(self, text: str) -> None:
        """What is being done now."""
        self._doing = text
        self._show_doing()

    def show_doing(self, doing: "Doing") -> None:
        """Which media is being prepared or uploaded, how far that is, and how long it will take yet."""
        name = self.fontMetrics().elidedText(doing.name, Qt.TextElideMode.ElideMiddle, NAME_WIDTH)
        if doing.deed == "prepare":
            parts = [self.tr("Preparing {name}").format(name=name)]
        else:
            parts = [self.tr("Uploading {name}").format(name=name)]
        if doing.count > 1:
            parts.append(self.tr("{number} of {count}").format(number=doing.number, count=doing.count))
        if doing.deed == "upload":
            done, total = self._words.size(doing.done), self._words.size(doing.total)
            parts.append(self.tr("{done} of {total}").format(done=done, total=total))
        if doing.remaining_ms is not None:
            parts.append(self._left(doing.remaining_ms))
        self.step(" · ".join(parts))

    def _left(self, remaining_ms: int) -> str:
        if remaining_ms >= 60_000:
            return self.tr("about %n min left", "", (remaining_ms + 30_000) // 60_000)
        return self.tr("about %n s left", "", max(1, (remaining_ms + 999) // 1_000))

    def progress(self, done: int, total: int, *, paused: bool = False) -> None:
        """How far it is, and whether it stands still."""
        self._bar.setRange(0, max(0, total))
        self._bar.setValue(done)
        self._show_paused(paused=paused)

    def _show_paused(self, *, paused: bool) -> None:
        self._paused = paused
        self.pause.setText(self.tr("Go on") if paused else self.tr("Pause"))
        self._show_doing()

    def _show_doing(self) -> None:
        self._step.setText(" · ".join((self.tr("Paused"), self._doing)) if self._paused else self._doing)

    def _on_pause(self) -> None:
        self.pause_asked.emit(not self._paused)

    def _on_stop(self) -> None:
        for part in (self.pause, self.stop):
            part.setEnabled(False)
        self.stop_asked.emit()

    def retranslate(self) -> None:
        """Take texts from the language in force."""
        self.stop.setText(self.tr("Cancel"))
        self._show_paused(paused=self._paused)
        self.close_button.setText(self.tr("Close"))
        self.publish.setText(self.tr("Publish"))
