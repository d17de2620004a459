"""What the inspector says of the webinar while nothing is selected, and the way to its plan."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from editor.schedule.model import Webinar
from ui import parts
from ui.words import Words


class Summary(QWidget):
    """The webinar in a few lines."""

    plan_asked = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._webinar: Webinar | None = None
        self._title = parts.label("strong", wrap=True)
        self._names = [parts.label("quiet") for _ in range(5)]
        self._values = [parts.label(wrap=True) for _ in range(5)]
        self._hint = parts.label("quiet", wrap=True)
        self._plan = parts.button("link")
        form = QGridLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(6)
        form.setColumnStretch(1, 1)
        for line, (name, value) in enumerate(zip(self._names, self._values, strict=True)):
            form.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            form.addWidget(value, line, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addLayout(form)
        column.addWidget(self._plan, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._hint)
        self._plan.clicked.connect(self.plan_asked)

    def show_webinar(self, webinar: Webinar) -> None:
        """Show a webinar."""
        self._webinar = webinar
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        webinar = self._webinar
        if webinar is None:
            return
        self._title.setText(webinar.title or self.tr("Untitled webinar"))
        names = (self.tr("Starts"), self.tr("Length"), self.tr("Room"), self.tr("Chat"), self.tr("Contains"))
        values = (
            self._start(webinar),
            self._words.duration(webinar.length_ms),
            self.tr("automated") if webinar.room == "automated" else self.tr("on demand"),
            {
                "none": self.tr("no chat"),
                "moderated": self.tr("moderated"),
                "answer_later": self.tr("answered later"),
            }[webinar.chat],
            self._contents(webinar),
        )
        for label, text in zip((*self._names, *self._values), (*names, *values), strict=True):
            label.setText(text)
        self._plan.setText(self.tr("Plan…"))
        self._hint.setText(
            self.tr("Select a segment to see and change what it is.")
            if webinar.segments
            else self.tr("Drop a video on the timeline to begin.")
        )

    def _start(self, webinar: Webinar) -> str:
        if webinar.start is None:
            return self.tr("not planned yet")
        return self._words.moment(datetime.fromisoformat(webinar.start), zone=webinar.zone)  # local to that zone

    def _contents(self, webinar: Webinar) -> str:
        return self._words.kinds(webinar.segments) or "—"
