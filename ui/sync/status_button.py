"""How things stand with the hosting, in a few words at the foot of the window, with what can be done about it."""

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget, QWidgetAction

from ui.services.action_registry import ActionRegistry
from ui.style import theme
from ui.sync.auto_sync import AutoSync
from ui.sync.hosting_service import HostingService
from ui.text.formatter import Formatter
from ui.widgets.basics import make_label

MENU_TEXT_WIDTH = 340
"""Of a sentence in the menu."""


class SyncStatusButton(QPushButton):
    """Says it; whoever clicks gets a menu: what it means, and every way on."""

    sign_in_requested = Signal()
    conflict_requested = Signal()
    """What was changed on both sides is to be shown."""

    def __init__(
        self,
        hosting: HostingService,
        auto_sync: AutoSync,
        actions: ActionRegistry,
        formatter: Formatter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("link")
        self.setFlat(True)
        self.setAutoDefault(False)
        self._hosting = hosting
        self._auto_sync = auto_sync
        self._actions = actions
        self._formatter = formatter
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self.fill_menu)
        self.clicked.connect(self._open_menu)
        hosting.changed.connect(self.refresh)
        auto_sync.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say how it stands."""
        text, tip = self._status_text()
        self.setText(text)
        self.setToolTip(tip)
        self.setVisible(bool(text))

    @property
    def has_conflict(self) -> bool:
        """Whether the open webinar was changed on both sides, and somebody has to choose."""
        return self._hosting.webinar_id in self._hosting.conflicts

    def _status_text(self) -> tuple[str, str]:
        hosting, auto_sync = self._hosting, self._auto_sync
        connection = hosting.connection
        if connection is None:
            return "", ""
        if connection.is_local and hosting.local_hosting is None:
            return self.tr("hosting on this computer: stopped"), ""
        if auto_sync.state == "running":
            return self.tr("syncing …"), ""
        error = auto_sync.last_error or hosting.last_error
        reason = self._formatter.format_message(error) if error is not None else ""
        if auto_sync.state == "waiting":
            seconds = max(1, (auto_sync.remaining_ms + 999) // 1000)
            return self.tr("hosting: not reached · next try in %n s", "", seconds), reason
        if auto_sync.state == "refused":
            signed_out = error is not None and error.facts.get("status") == 401
            return (self.tr("hosting: signed out") if signed_out else self.tr("hosting: not synced")), reason
        if auto_sync.state == "went_back":
            return self.tr("hosting: restored from a backup, nothing is sent"), ""
        if error is not None:
            return self.tr("hosting: not reached"), reason
        return self._webinar_status_text()

    def _webinar_status_text(self) -> tuple[str, str]:
        """How the open webinar stands, or all of them where none is open."""
        hosting, remote = self._hosting, self._hosting.remote
        if self.has_conflict:
            return self.tr("changed on both sides: choose …"), ""
        if not hosting.webinar_id:
            conflict_count = len(hosting.conflicts)
            return (self.tr("%n to choose", "", conflict_count) if conflict_count else self.tr("synced")), ""
        item = self._auto_sync.results.get(hosting.webinar_id)
        if item is not None and item.state == "refused" and item.notice is not None:
            return self.tr("not taken by the hosting"), self._formatter.format_message(item.notice)
        if remote is None or remote.sync_status is None:
            return "", ""
        number = next((each.number for each in remote.versions if each.number is not None), None)
        if remote.sync_status.relation == "new" or number is None:
            return self.tr("not on the hosting yet"), ""
        version_text = self.tr("on the hosting: version {number}").format(number=number)
        state_text = {
            "same": self.tr("synced"),
            "ahead": self.tr("newer here"),
            "behind": self.tr("newer there"),
            "apart": self.tr("changed on both sides"),
        }[remote.sync_status.relation]
        return f"{version_text} · {state_text}", ""

    # -------------------------------------------------------------------------------------------- the menu

    def fill_menu(self) -> QMenu:
        """Put into the menu what can be done now."""
        menu, hosting, auto_sync, actions = self._menu, self._hosting, self._auto_sync, self._actions
        menu.clear()
        reason = self.toolTip()
        if reason:
            menu.addAction(self._make_text_action(reason))
            menu.addSeparator()
        if auto_sync.state == "went_back":
            menu.addAction(theme.icon("sync"), self.tr("Compare and go on"), auto_sync.accept_restored_server)
        elif auto_sync.state == "waiting":
            menu.addAction(theme.icon("sync"), self.tr("Try now"), auto_sync.sync_on_request)
        else:
            menu.addAction(actions["sync_now"])
        if self.has_conflict:
            menu.addAction(self.tr("Show what differs…"), self.conflict_requested.emit)
        if (
            hosting.connection is not None
            and hosting.connection.is_local
            and hosting.local_hosting is None
            and not hosting.is_busy
        ):
            menu.addAction(self.tr("Start the hosting on this computer"), hosting.start_local)
        if hosting.connection is None or not hosting.connection.is_local:
            signed_out = auto_sync.last_error is not None and auto_sync.last_error.facts.get("status") == 401
            menu.addAction(
                self.tr("Sign in again…") if signed_out else self.tr("Sign in…"),
                self.sign_in_requested.emit,
            )
        if hosting.webinar_id:
            menu.addSeparator()
            menu.addAction(actions["publish"])
        return menu

    def _make_text_action(self, text: str) -> QWidgetAction:
        """A sentence in the menu, on as many lines as it needs."""
        text_label = make_label("quiet", text, wrap=True)
        text_label.setContentsMargins(12, 6, 12, 6)
        text_label.setFixedWidth(MENU_TEXT_WIDTH)
        text_label.setMinimumHeight(text_label.heightForWidth(MENU_TEXT_WIDTH))
        action = QWidgetAction(self._menu)
        action.setDefaultWidget(text_label)
        return action

    def _open_menu(self) -> None:
        menu = self.fill_menu()
        menu.popup(self.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
