"""The foot of the publish dialog: what is being done and how far it is, what came of it, and the buttons."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.parts import button, label


class Foot(QFrame):
    """Tells what its owner tells it."""

    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("foot")
        self._step = label("quiet")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self.stop = button()
        self.stop.clicked.connect(self._on_stop)
        self._said = label("quiet", wrap=True)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button = button()
        self.publish = button("primary")
        self._busy = False
        doing = QHBoxLayout()
        doing.setSpacing(12)
        doing.addWidget(self._step)
        doing.addWidget(self._bar, 1)
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
        self.stop.setEnabled(True)
        self.set_busy(busy=True)

    def set_busy(self, *, busy: bool) -> None:
        """Whether something is being done."""
        self._busy = busy
        for part in (self._bar, self._step, self.stop):
            part.setVisible(busy)
        self._said.setVisible(not busy and bool(self._said.text()))

    def step(self, text: str) -> None:
        """What is being done now."""
        self._step.setText(text)

    def progress(self, done: int, total: int) -> None:
        """How far it is."""
        self._bar.setRange(0, max(0, total))
        self._bar.setValue(done)

    def _on_stop(self) -> None:
        self.stop.setEnabled(False)
        self.stop_asked.emit()

    def retranslate(self) -> None:
        """Take texts from the language in force."""
        self.stop.setText(self.tr("Cancel"))
        self.close_button.setText(self.tr("Close"))
        self.publish.setText(self.tr("Publish"))
