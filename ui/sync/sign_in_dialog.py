"""The dialog that signs in to a server."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from editor.errors import KnownError
from ui.sync.sync_service import SyncService
from ui.text.formatter import Formatter
from ui.widgets.basics import make_label


class SignInDialog(QDialog):
    """The dialog that signs in to a server by address, e-mail and password; it closes once signed in.

    An address without a scheme gets ``https://``. An error is shown in the dialog, which stays open.
    """

    def __init__(self, sync_service: SyncService, formatter: Formatter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Sign in to a server"))
        self._sync_service = sync_service
        self._formatter = formatter
        connection = sync_service.state.connection
        remote = connection if connection is not None and not connection.is_local else None
        self.address = QLineEdit(remote.address if remote else "")
        self.address.setPlaceholderText(self.tr("https://webinars.example.org"))
        self.email = QLineEdit(remote.email if remote else "")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._error_label = make_label("error", wrap=True)
        self._error_label.hide()
        buttons = QDialogButtonBox()
        self.ok = buttons.addButton(self.tr("Sign in"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok.setObjectName("primary")
        self.ok.setDefault(True)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._sign_in)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        rows = (
            (self.tr("Address"), self.address),
            (self.tr("E-mail"), self.email),
            (self.tr("Password"), self.password),
        )
        for text, field in rows:
            field.setAccessibleName(text)
            field.textChanged.connect(self._validate)
            form.addRow(make_label("quiet", text), field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self._error_label)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.resize(460, 220)
        self._validate()

    def _validate(self) -> None:
        self.ok.setEnabled(all(field.text().strip() for field in (self.address, self.email, self.password)))

    def _sign_in(self) -> None:
        self.ok.setEnabled(False)
        self._error_label.hide()
        address = self.address.text().strip()
        if "://" not in address:
            address = f"https://{address}"
        self._sync_service.sign_in(
            address, self.email.text().strip(), self.password.text(), self.accept, self._on_failed
        )

    def _on_failed(self, error: KnownError) -> None:
        self._error_label.setText(self._formatter.format_message(error))
        self._error_label.show()
        self._validate()
