"""How the open webinar stands to the hosting, in a few words at the foot of the window."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ui.publish.hosting_desk import HostingDesk
from ui.words import Words


class StatusLine(QPushButton):
    """Says it; whoever clicks wants the publish dialog."""

    def __init__(self, hosting: HostingDesk, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("link")
        self.setFlat(True)
        self.setAutoDefault(False)
        self._hosting = hosting
        self._words = words
        hosting.changed.connect(self.show_it)
        self.show_it()

    def show_it(self) -> None:
        """Say how it stands."""
        text, tip = self._told()
        self.setText(text)
        self.setToolTip(tip)
        self.setVisible(bool(text))

    def _told(self) -> tuple[str, str]:
        hosting = self._hosting
        account, there = hosting.account, hosting.there
        if account is None:
            return "", ""
        if account.here and hosting.running is None:
            return self.tr("hosting on this computer: stopped"), ""
        if hosting.trouble is not None:
            return self.tr("hosting: not reached"), self._words.sentence(hosting.trouble)
        if there is None or there.standing is None:
            return "", ""
        number = next((each.number for each in there.versions if each.number is not None), None)
        if there.standing.state == "new" or number is None:
            return self.tr("not on the hosting yet"), ""
        on_it = self.tr("on the hosting: version {number}").format(number=number)
        how = {
            "same": self.tr("synced"),
            "ahead": self.tr("newer here"),
            "behind": self.tr("newer there"),
            "apart": self.tr("changed on both sides"),
        }[there.standing.state]
        return f"{on_it} · {how}", ""

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_it()
