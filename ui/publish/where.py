"""Where it is published: the hosting on this computer, or one that one signs in to."""

from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from editor.errors import Known
from ui.parts import button, label
from ui.publish.hosting_desk import HostingDesk
from ui.words import Words


class WhereForm(QWidget):
    """Shows which hosting it is, and changes it."""

    sign_in_asked = Signal()

    def __init__(self, hosting: HostingDesk, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hosting = hosting
        self._words = words
        self._until: datetime | None = None
        self._zone = ""
        self._which = label("strong", wrap=True)
        self._which.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._means = label("quiet", wrap=True)
        self._awake = label("warning", wrap=True)
        self._here = button()
        self._stop = button("link")
        self._sign_in = button()
        self._sign_out = button("link")
        self._here.clicked.connect(hosting.start_here)
        self._stop.clicked.connect(hosting.stop_here)
        self._sign_in.clicked.connect(self.sign_in_asked)
        self._sign_out.clicked.connect(hosting.sign_out)
        row = QHBoxLayout()
        row.setSpacing(8)
        for each in (self._here, self._sign_in, self._stop, self._sign_out):
            row.addWidget(each)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._which)
        column.addWidget(self._means)
        column.addWidget(self._awake)
        column.addLayout(row)
        hosting.changed.connect(self.show_it)
        self.show_it()

    def ends(self, until: datetime | None, zone: str) -> None:
        """Until when the machine is needed, as things are chosen now."""
        self._until, self._zone = until, zone
        self.show_it()

    def show_it(self) -> None:
        """Say which it is and what can be done."""
        hosting, account, running = self._hosting, self._hosting.account, self._hosting.running
        here = account is not None and account.here
        if account is None:
            which = self.tr("No hosting is set up yet.")
            means = self.tr(
                "Host on this computer, which needs nothing else, or sign in to a hosting that runs all the time."
            )
        elif here and running is not None:
            which = self.tr("This computer: {addresses}").format(addresses=" · ".join(running.addresses))
            means = self.tr("The hosting runs as long as Matinee does, and starts again with it.")
        elif here:
            which = self.tr("This computer; its hosting is stopped.")
            means = self.tr("Sessions planned there do not begin while it is stopped.")
        else:
            which = account.address
            means = self.tr("Signed in as {email}.").format(email=account.email)
        if hosting.busy:
            means = self.tr("One moment …")
        elif hosting.trouble is not None and not (here and running is None):
            means = self._words.sentence(hosting.trouble)
        self._which.setText(which)
        self._means.setText(means)
        self._awake.setText(self._awake_text())
        self._awake.setVisible(here and running is not None)
        self._here.setText(self.tr("Host on this computer"))
        self._stop.setText(self.tr("Stop it"))
        self._sign_in.setText(self.tr("Sign in to a hosting…"))
        self._sign_out.setText(self.tr("Sign out"))
        self._here.setVisible(not (here and running is not None))
        self._stop.setVisible(running is not None)
        self._sign_out.setVisible(account is not None and not account.here)
        for each in (self._here, self._stop, self._sign_in, self._sign_out):
            each.setEnabled(not hosting.busy)

    def _awake_text(self) -> str:
        if self._until is None:
            need = self.tr("This computer must stay awake and reachable, with Matinee open, until the session is over.")
        else:
            need = self.tr(
                "This computer must stay awake and reachable, with Matinee open, until the session is over: {moment}."
            ).format(moment=self._words.moment(self._until, zone=self._zone))
        how = {
            "held": self.tr("Matinee keeps it from going to sleep now; leave its lid open."),
            "impossible": self.tr(
                "Matinee cannot keep it from going to sleep here: switch that off in the system's settings until then."
            ),
        }.get(
            self._hosting.vigil.state,
            self.tr("Matinee keeps it from going to sleep from 30 minutes before; leave its lid open."),
        )
        return f"{need} {how}"

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_it()


class SignIn(QDialog):
    """Asks for address, e-mail and password of a hosting; closes when one is signed in."""

    def __init__(self, hosting: HostingDesk, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Sign in to a hosting"))
        self._hosting = hosting
        self._words = words
        account = hosting.account
        away = account if account is not None and not account.here else None
        self.address = QLineEdit(away.address if away else "")
        self.address.setPlaceholderText(self.tr("https://webinars.example.org"))
        self.email = QLineEdit(away.email if away else "")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._wrong = label("error", wrap=True)
        self._wrong.hide()
        buttons = QDialogButtonBox()
        self.ok = buttons.addButton(self.tr("Sign in"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok.setObjectName("primary")
        self.ok.setDefault(True)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._try)
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
            field.textChanged.connect(self._check)
            form.addRow(label("quiet", text), field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self._wrong)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.resize(460, 220)
        self._check()

    def _check(self) -> None:
        self.ok.setEnabled(all(field.text().strip() for field in (self.address, self.email, self.password)))

    def _try(self) -> None:
        self.ok.setEnabled(False)
        self._wrong.hide()
        address = self.address.text().strip()
        if "://" not in address:
            address = f"https://{address}"
        self._hosting.sign_in(address, self.email.text().strip(), self.password.text(), self.accept, self._on_failed)

    def _on_failed(self, known: Known) -> None:
        self._wrong.setText(self._words.sentence(known))
        self._wrong.show()
        self._check()
