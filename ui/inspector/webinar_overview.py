"""The overview of the webinar, shown in the inspector while nothing is selected."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from editor.schedule.model import Webinar
from ui.text.formatter import Formatter
from ui.widgets import basics


class WebinarOverview(QWidget):
    """The page of the inspector while nothing is selected: start, length, room, chat and contents of the webinar.

    Its button asks for the webinar settings, by `settings_requested`.
    """

    settings_requested = Signal()

    def __init__(self, formatter: Formatter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formatter = formatter
        self._webinar: Webinar | None = None
        self._title = basics.make_label("strong", wrap=True)
        self._names = [basics.make_label("quiet") for _ in range(5)]
        self._values = [basics.make_label(wrap=True) for _ in range(5)]
        self._hint = basics.make_label("quiet", wrap=True)
        self._settings_button = basics.make_button("link")
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
        column.addWidget(self._settings_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._hint)
        self._settings_button.clicked.connect(self.settings_requested)

    def show_webinar(self, webinar: Webinar) -> None:
        """Show title, start, length, room, chat and contents of a webinar; call it again after each change."""
        self._webinar = webinar
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        Its owner calls this after a change of language.
        """
        webinar = self._webinar
        if webinar is None:
            return
        self._title.setText(webinar.title or self.tr("Untitled webinar"))
        names = (self.tr("Starts"), self.tr("Length"), self.tr("Room"), self.tr("Chat"), self.tr("Contains"))
        values = (
            self._format_start(webinar),
            self._formatter.format_duration(webinar.length_ms),
            self.tr("automated") if webinar.room == "automated" else self.tr("on demand"),
            {
                "none": self.tr("no chat"),
                "moderated": self.tr("moderated"),
                "answer_later": self.tr("answers later"),
            }[webinar.chat],
            self._format_contents(webinar),
        )
        for label, text in zip((*self._names, *self._values), (*names, *values), strict=True):
            label.setText(text)
        self._settings_button.setText(self.tr("Webinar settings…"))
        self._hint.setText(
            self.tr("Select a segment to edit it.")
            if webinar.segments
            else self.tr("Drop a video on the timeline to begin.")
        )

    def _format_start(self, webinar: Webinar) -> str:
        if webinar.start is None:
            return self.tr("not scheduled yet")
        return self._formatter.format_datetime(
            datetime.fromisoformat(webinar.start), zone=webinar.zone
        )  # local to that zone

    def _format_contents(self, webinar: Webinar) -> str:
        return self._formatter.format_kinds(webinar.segments) or "—"
