"""The foot of the publish dialog: progress while publishing, the outcome, and the buttons."""

from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.publish.outcome_text import format_outcome
from ui.publish.publish_state import PublishState
from ui.text.formatter import Formatter
from ui.widgets.basics import make_button, make_label

if TYPE_CHECKING:
    from editor.sync.media_upload import TransferStatus

NAME_WIDTH = 280
"""Width of a file name in pixels; longer names are elided in the middle."""


class ProgressFooter(QFrame):
    """The lower part of the publish dialog: progress with Pause and Cancel, the last outcome, and Close and Publish.

    It shows a `PublishState`, and does nothing itself: the dialog handles the signals and buttons.
    """

    cancel_requested = Signal()
    pause_requested = Signal(bool)
    """Carries whether to pause (True) or to resume."""

    def __init__(self, formatter: Formatter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formatter = formatter
        self._state = PublishState()
        self.setObjectName("foot")
        self._stage_label = make_label("quiet")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self.pause_button = make_button()
        self.pause_button.clicked.connect(lambda: self.pause_requested.emit(not self._state.is_paused))
        self.cancel_button = make_button()
        self.cancel_button.clicked.connect(self.cancel_requested)
        self._result_label = make_label("quiet", wrap=True)
        self._result_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button = make_button()
        self.publish_button = make_button("primary")
        progress_row = QHBoxLayout()
        progress_row.setSpacing(8)
        progress_row.addWidget(self._bar, 1)
        progress_row.addWidget(self.pause_button)
        progress_row.addWidget(self.cancel_button)
        button_row = QHBoxLayout()
        button_row.setSpacing(8)
        button_row.addWidget(self._result_label, 1)
        button_row.addStretch(0)
        button_row.addWidget(self.close_button)
        button_row.addWidget(self.publish_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(8)
        column.addWidget(self._stage_label)
        column.addLayout(progress_row)
        column.addLayout(button_row)
        self.show_state(self._state)

    @property
    def result_text(self) -> str:
        """The text of the last outcome, shown or not; empty if there is none."""
        return self._result_label.text()

    @property
    def stage_text(self) -> str:
        """The text of the current stage, with "Paused" before it while the run is paused; empty without a stage."""
        return self._stage_label.text()

    def show_state(self, state: PublishState) -> None:
        """Show the progress with Pause and Cancel while something runs, else how the last run ended."""
        self._state = state
        # A bar without end while the whole is unknown.
        self._bar.setRange(0, max(0, state.total))
        self._bar.setValue(state.done)
        self._stage_label.setText(self._format_stage(state))
        self.pause_button.setText(self.tr("Resume") if state.is_paused else self.tr("Pause"))
        role, text = format_outcome(state.outcome, self._formatter) if state.outcome is not None else ("quiet", "")
        if role != self._result_label.objectName():
            self._result_label.setObjectName(role)
            self._result_label.style().polish(self._result_label)
        self._result_label.setText(text)
        for part in (self._bar, self._stage_label, self.pause_button, self.cancel_button):
            part.setVisible(state.is_busy)
        for part in (self.pause_button, self.cancel_button):
            part.setEnabled(state.can_pause)
        self._result_label.setVisible(bool(text) and not state.is_busy)

    def _format_stage(self, state: PublishState) -> str:
        text = self._format_transfer(state.transfer) if state.transfer is not None else self._format_step(state)
        return " · ".join((self.tr("Paused"), text)) if state.is_paused else text

    def _format_step(self, state: PublishState) -> str:
        match state.step:
            case "document":
                return self.tr("Sending the version…")
            case "media":
                return self.tr("Preparing and uploading media…")
            case "session":
                return self.tr("Scheduling the session…")
            case None:
                return ""
            case _:
                assert_never(state.step)

    def _format_transfer(self, transfer: "TransferStatus") -> str:
        """Return which file is being prepared or uploaded, its progress and the remaining time."""
        name = self.fontMetrics().elidedText(transfer.name, Qt.TextElideMode.ElideMiddle, NAME_WIDTH)
        if transfer.stage == "prepare":
            parts = [self.tr("Preparing {name}").format(name=name)]
        else:
            parts = [self.tr("Uploading {name}").format(name=name)]
        if transfer.count > 1:
            parts.append(self.tr("{number} of {count}").format(number=transfer.number, count=transfer.count))
        if transfer.stage == "upload":
            done, total = self._formatter.format_size(transfer.done), self._formatter.format_size(transfer.total)
            parts.append(self.tr("{done} of {total}").format(done=done, total=total))
        if transfer.remaining_ms is not None:
            parts.append(self._remaining_text(transfer.remaining_ms))
        return " · ".join(parts)

    def _remaining_text(self, remaining_ms: int) -> str:
        if remaining_ms >= 60_000:
            return self.tr("about %n min left", "", (remaining_ms + 30_000) // 60_000)
        return self.tr("about %n s left", "", max(1, (remaining_ms + 999) // 1_000))

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        Its owner calls this after a change of language.
        """
        self.cancel_button.setText(self.tr("Cancel"))
        self.close_button.setText(self.tr("Close"))
        self.show_state(self._state)
