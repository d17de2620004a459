"""The choice of when a session starts: as scheduled in the settings, or at once as a private test."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from editor.protocol.api import PRIVATE_TEST_DELAY_MS
from editor.schedule.model import SECOND, Webinar
from editor.schedule.start_time import compute_time_of_day
from ui.text.formatter import Formatter
from ui.text.plain_text import to_mnemonic_text
from ui.widgets.basics import make_button, make_label


class ScheduleForm(QWidget):
    """The part of the publish dialog that chooses between the scheduled start and a private test.

    `changed` is emitted with another choice.
    """

    changed = Signal()
    settings_requested = Signal()

    def __init__(self, formatter: Formatter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formatter = formatter
        self.test_delay_ms = PRIVATE_TEST_DELAY_MS
        """A private test starts this long after it is published."""
        self._planned = QRadioButton()
        self._planned.setChecked(True)
        self._test = QRadioButton()
        self._planned_note = make_label("quiet", wrap=True)
        self._test_note = make_label("quiet", wrap=True)
        self._plan = make_button("link")
        self._plan.clicked.connect(self.settings_requested)
        self._test.toggled.connect(lambda _on: self.changed.emit())
        plan = QHBoxLayout()
        plan.setSpacing(8)
        plan.addWidget(self._planned)
        plan.addWidget(self._plan)
        plan.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(plan)
        column.addWidget(self._planned_note)
        column.addSpacing(4)
        column.addWidget(self._test)
        column.addWidget(self._test_note)
        for means in (self._planned_note, self._test_note):
            means.setContentsMargins(26, 0, 0, 0)

    @property
    def is_test(self) -> bool:
        """Whether a private test is chosen, and not the scheduled start."""
        return self._test.isChecked()

    def select_test(self) -> None:
        """Choose the private test, as the user does; `changed` is emitted unless it was chosen before."""
        self._test.setChecked(True)

    def show_webinar(self, webinar: Webinar) -> None:
        """Show when this webinar starts, in its own time zone and that of this computer; or that it has no date."""
        start = compute_time_of_day(webinar, 0)
        self._plan.setText(self.tr("Change…"))
        self._test.setText(self.tr("Private test, now"))
        self._test_note.setText(
            self.tr(
                "Starts in {seconds} seconds on your server and counts in no statistics or limits. Only you get "
                "its link."
            ).format(seconds=self.test_delay_ms // SECOND)
        )
        if start is None:
            self._planned.setText(self.tr("As scheduled: no date yet"))
            self._planned_note.clear()
            return
        self._planned.setText(to_mnemonic_text(self._formatter.format_datetime(start, zone=webinar.zone)))
        local_start = start.astimezone()
        if local_start.utcoffset() == start.utcoffset():
            self._planned_note.setText(self.tr("Starts by itself, with or without you."))
        else:
            text = self.tr("That is {moment} on this computer's clock. Starts by itself, with or without you.")
            self._planned_note.setText(text.format(moment=self._formatter.format_datetime(local_start)))
