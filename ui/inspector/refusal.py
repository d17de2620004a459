"""Why an edit by number was refused, and the one way out that there is, to be taken with a click."""

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from editor.schedule.edits import Refused
from editor.schedule.operations import AnyOperation
from ui import parts
from ui.words import Words


class RefusalLine(QFrame):
    """A sentence, and a button where the refusal offers something; nothing at all while nothing is refused."""

    instead_asked = Signal(object)
    """The operation to carry out instead."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._refused: Refused | None = None
        self._instead: AnyOperation | None = None
        self._sentence = parts.label("error", wrap=True)
        self._button = parts.button("link")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._sentence)
        column.addWidget(self._button)
        self._button.clicked.connect(self._on_clicked)
        self.clear()

    @property
    def shown(self) -> bool:
        """Whether something was refused and not mended yet."""
        return self._refused is not None

    def show_refusal(self, refused: Refused, operation: AnyOperation) -> None:
        """Say why an operation was refused."""
        self._refused = refused
        locked = refused.code == "refused.locked"
        self._instead = msgspec.structs.replace(operation, unlock=True) if locked else refused.instead
        self.retranslate()

    def clear(self) -> None:
        """Nothing is refused."""
        self._refused = self._instead = None
        self.hide()

    def retranslate(self) -> None:
        """Say it in the language in force."""
        if self._refused is None:
            return
        self._sentence.setText(self._words.sentence(self._refused))
        if self._refused.code == "refused.locked":
            self._button.setText(self.tr("Unlock and do it"))
        elif self._refused.nearest is not None:
            place = self._words.position(self._refused.nearest)
            self._button.setText(self.tr("Put it at {place} instead").format(place=place))
        else:
            self._button.setText(self.tr("Go as far as it can"))
        self._button.setVisible(self._instead is not None)
        self.show()

    def _on_clicked(self) -> None:
        instead = self._instead
        self.clear()
        if instead is not None:
            self.instead_asked.emit(instead)
