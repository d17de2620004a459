"""The foot of the publish dialog: progress while publishing, the outcome, and the buttons."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.text.formatter import Formatter
from ui.widgets.basics import make_button, make_label

if TYPE_CHECKING:
    from editor.sync.media_upload import TransferStatus

NAME_WIDTH = 280
"""Width of a file name in pixels; longer names are elided in the middle."""


class ProgressFooter(QFrame):
    """The lower part of the publish dialog: progress with Pause and Cancel, the last outcome, and Close and Publish.

    It does nothing itself: the dialog sets what is shown, and handles the signals and buttons.
    """

    cancel_requested = Signal()
    pause_requested = Signal(bool)
    """Carries whether to pause (True) or to resume."""

    def __init__(self, formatter: Formatter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formatter = formatter
        self._stage_text = ""
        self._is_paused = False
        self.setObjectName("foot")
        self._stage_label = make_label("quiet")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self.pause_button = make_button()
        self.pause_button.clicked.connect(self._on_pause)
        self.cancel_button = make_button()
        self.cancel_button.clicked.connect(self._on_cancel)
        self._result_label = make_label("quiet", wrap=True)
        self._result_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button = make_button()
        self.publish_button = make_button("primary")
        self._is_busy = False
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
        self.set_busy(busy=False)

    @property
    def result_text(self) -> str:
        """The text of the last outcome, shown or not; empty if there is none."""
        return self._result_label.text()

    def show_result(self, role: str, text: str) -> None:
        """Show an outcome; while progress is shown, it appears only afterwards.

        Args:
            role: the text's name in the style sheet, such as "error".
            text: the translated outcome; empty for none.
        """
        self._result_label.setObjectName(role)
        self._result_label.style().polish(self._result_label)
        self._result_label.setText(text)
        self._result_label.setVisible(bool(text) and not self._is_busy)

    def reset(self) -> None:
        """Show the progress of something that has just begun, without a total, and drop the last outcome."""
        self.show_result("quiet", "")
        self._bar.setRange(0, 0)
        self.set_stage("")
        self._show_paused(paused=False)
        for part in (self.pause_button, self.cancel_button):
            part.setEnabled(True)
        self.set_busy(busy=True)

    def set_busy(self, *, busy: bool) -> None:
        """Show the progress with Pause and Cancel, or hide it and show the last outcome."""
        self._is_busy = busy
        for part in (self._bar, self._stage_label, self.pause_button, self.cancel_button):
            part.setVisible(busy)
        self._result_label.setVisible(not busy and bool(self._result_label.text()))

    @property
    def stage_text(self) -> str:
        """The text of the current stage, as shown; with "Paused" before it while the task is paused."""
        return self._stage_label.text()

    def set_stage(self, text: str) -> None:
        """Show a translated text of what is being done now; empty for none."""
        self._stage_text = text
        self._update_stage()

    def show_transfer(self, transfer: "TransferStatus") -> None:
        """Show which file is being prepared or uploaded, its progress and the remaining time."""
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
        self.set_stage(" · ".join(parts))

    def _remaining_text(self, remaining_ms: int) -> str:
        if remaining_ms >= 60_000:
            return self.tr("about %n min left", "", (remaining_ms + 30_000) // 60_000)
        return self.tr("about %n s left", "", max(1, (remaining_ms + 999) // 1_000))

    def set_progress(self, done: int, total: int, *, paused: bool = False) -> None:
        """Show the progress, and whether it is paused.

        Args:
            done: how much of `total` is done, in any unit.
            total: the whole; 0 while it is unknown, which shows a bar without end.
            paused: whether the task is paused.
        """
        self._bar.setRange(0, max(0, total))
        self._bar.setValue(done)
        self._show_paused(paused=paused)

    def _show_paused(self, *, paused: bool) -> None:
        self._is_paused = paused
        self.pause_button.setText(self.tr("Resume") if paused else self.tr("Pause"))
        self._update_stage()

    def _update_stage(self) -> None:
        self._stage_label.setText(
            " · ".join((self.tr("Paused"), self._stage_text)) if self._is_paused else self._stage_text
        )

    def _on_pause(self) -> None:
        self.pause_requested.emit(not self._is_paused)

    def _on_cancel(self) -> None:
        for part in (self.pause_button, self.cancel_button):
            part.setEnabled(False)
        self.cancel_requested.emit()

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        Its owner calls this after a change of language.
        """
        self.cancel_button.setText(self.tr("Cancel"))
        self._show_paused(paused=self._is_paused)
        self.close_button.setText(self.tr("Close"))
