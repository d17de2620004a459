"""The dialog that asks for a note when a version is saved."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from ui.widgets.basics import make_label


class SaveVersionDialog(QDialog):
    """The dialog that asks for the note of a version; it saves nothing itself: read `note` once it is accepted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Save with a note"))
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._text.setPlaceholderText(self.tr("What changed in this version?"))
        self._text.setAccessibleName(self.tr("Note"))
        buttons = QDialogButtonBox()
        save = buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        save.setObjectName("primary")
        save.setDefault(True)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(
            make_label("quiet", self.tr("The note is saved with the version and cannot be changed later."), wrap=True)
        )
        layout.addWidget(self._text, 1)
        layout.addWidget(buttons)
        self.resize(440, 240)
        self._text.setFocus()

    @property
    def note(self) -> str:
        """The note as it was typed, without spaces around it; may be empty."""
        return self._text.toPlainText().strip()
