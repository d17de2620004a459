"""How things stand with the hosting, in a few words at the foot of the window, with what can be done about it."""

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget, QWidgetAction

from ui import theme
from ui.actions import Actions
from ui.parts import label
from ui.publish.hosting_desk import HostingDesk
from ui.publish.syncing import Syncing
from ui.words import Words

WIDE = 340
"""Of a sentence in the menu."""


class StatusLine(QPushButton):
    """Says it; whoever clicks gets a menu: what it means, and every way on."""

    sign_in_asked = Signal()
    differs_asked = Signal()
    """What was changed on both sides is to be shown."""

    def __init__(
        self, hosting: HostingDesk, syncing: Syncing, actions: Actions, words: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("link")
        self.setFlat(True)
        self.setAutoDefault(False)
        self._hosting = hosting
        self._syncing = syncing
        self._actions = actions
        self._words = words
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self.fill)
        self.clicked.connect(self._open)
        hosting.changed.connect(self.show_it)
        syncing.changed.connect(self.show_it)
        self.show_it()

    def show_it(self) -> None:
        """Say how it stands."""
        text, tip = self._told()
        self.setText(text)
        self.setToolTip(tip)
        self.setVisible(bool(text))

    @property
    def both(self) -> bool:
        """Whether the open webinar was changed on both sides, and somebody has to choose."""
        return self._hosting.webinar in self._hosting.apart

    def _told(self) -> tuple[str, str]:
        hosting, syncing = self._hosting, self._syncing
        account = hosting.account
        if account is None:
            return "", ""
        if account.here and hosting.running is None:
            return self.tr("hosting on this computer: stopped"), ""
        if syncing.state == "running":
            return self.tr("syncing …"), ""
        trouble = syncing.trouble or hosting.trouble
        why = self._words.sentence(trouble) if trouble is not None else ""
        if syncing.state == "waiting":
            seconds = max(1, (syncing.left_ms + 999) // 1000)
            return self.tr("hosting: not reached · next try in %n s", "", seconds), why
        if syncing.state == "refused":
            signed_out = trouble is not None and trouble.facts.get("status") == 401
            return (self.tr("hosting: signed out") if signed_out else self.tr("hosting: not synced")), why
        if syncing.state == "went_back":
            return self.tr("hosting: restored from a backup, nothing is sent"), ""
        if trouble is not None:
            return self.tr("hosting: not reached"), why
        return self._webinar_told()

    def _webinar_told(self) -> tuple[str, str]:
        """How the open webinar stands, or all of them where none is open."""
        hosting, there = self._hosting, self._hosting.there
        if self.both:
            return self.tr("changed on both sides: choose …"), ""
        if not hosting.webinar:
            apart = len(hosting.apart)
            return (self.tr("%n to choose", "", apart) if apart else self.tr("synced")), ""
        item = self._syncing.items.get(hosting.webinar)
        if item is not None and item.state == "refused" and item.known is not None:
            return self.tr("not taken by the hosting"), self._words.sentence(item.known)
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

    # -------------------------------------------------------------------------------------------- the menu

    def fill(self) -> QMenu:
        """Put into the menu what can be done now."""
        menu, hosting, syncing, actions = self._menu, self._hosting, self._syncing, self._actions
        menu.clear()
        why = self.toolTip()
        if why:
            menu.addAction(self._said(why))
            menu.addSeparator()
        if syncing.state == "went_back":
            menu.addAction(theme.icon("sync"), self.tr("Compare and go on"), syncing.accept)
        elif syncing.state == "waiting":
            menu.addAction(theme.icon("sync"), self.tr("Try now"), syncing.ask)
        else:
            menu.addAction(actions["sync_now"])
        if self.both:
            menu.addAction(self.tr("Show what differs…"), self.differs_asked.emit)
        if hosting.account is not None and hosting.account.here and hosting.running is None and not hosting.busy:
            menu.addAction(self.tr("Start the hosting on this computer"), hosting.start_here)
        if hosting.account is None or not hosting.account.here:
            signed_out = syncing.trouble is not None and syncing.trouble.facts.get("status") == 401
            menu.addAction(
                self.tr("Sign in again…") if signed_out else self.tr("Sign in…"),
                self.sign_in_asked.emit,
            )
        if hosting.webinar:
            menu.addSeparator()
            menu.addAction(actions["publish"])
        return menu

    def _said(self, text: str) -> QWidgetAction:
        """A sentence in the menu, on as many lines as it needs."""
        said = label("quiet", text, wrap=True)
        said.setContentsMargins(12, 6, 12, 6)
        said.setFixedWidth(WIDE)
        said.setMinimumHeight(said.heightForWidth(WIDE))
        action = QWidgetAction(self._menu)
        action.setDefaultWidget(said)
        return action

    def _open(self) -> None:
        menu = self.fill()
        menu.popup(self.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_it()
