"""A line that shows why an edit was refused, with a button for the alternative."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from editor.schedule.edits import EditRefusedError
from editor.schedule.operations import AnyOperation
from ui.text.formatter import Formatter
from ui.text.plain_text import to_mnemonic_text
from ui.widgets import basics


class ErrorLine(QFrame):
    """The line with the sentence of a refused edit, and a button if there is an alternative.

    Hidden before `show_error`. It edits nothing itself: `alternative_requested` carries the operation.
    """

    alternative_requested = Signal(object)
    """Carries the operation to carry out instead."""

    def __init__(self, formatter: Formatter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formatter = formatter
        self._error: EditRefusedError | None = None
        self._alternative: AnyOperation | None = None
        self._message_label = basics.make_label("error", wrap=True)
        self._button = basics.make_button("link")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._message_label)
        column.addWidget(self._button)
        self._button.clicked.connect(self._on_clicked)
        self.clear()

    @property
    def is_shown(self) -> bool:
        """Whether a refused edit is shown."""
        return self._error is not None

    def show_error(self, error: EditRefusedError, alternative: AnyOperation | None) -> None:
        """Show why an operation was refused, in place of the refusal before.

        Args:
            error: the refusal, whose sentence is shown.
            alternative: the operation that `alternative_requested` carries when the button is clicked, which also
                hides the line; None shows no button.
        """
        self._error, self._alternative = error, alternative
        self.retranslate()

    def clear(self) -> None:
        """Hide the line, and forget the refusal."""
        self._error = self._alternative = None
        self.hide()

    def retranslate(self) -> None:
        """Set sentence and button anew in the language in use; the owner calls this after a change of language."""
        if self._error is None:
            return
        self._message_label.setText(self._formatter.format_message(self._error))
        if self._error.code == "refused.locked":
            self._button.setText(self.tr("Unlock and continue"))
        elif self._error.nearest is not None:
            position = self._formatter.format_position(self._error.nearest)
            self._button.setText(to_mnemonic_text(self.tr("Place it at {place}").format(place=position)))
        else:
            self._button.setText(self.tr("Move as far as possible"))
        self._button.setVisible(self._alternative is not None)
        self.show()

    def _on_clicked(self) -> None:
        alternative = self._alternative
        self.clear()
        if alternative is not None:
            self.alternative_requested.emit(alternative)
