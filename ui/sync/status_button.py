"""The button in the status bar that shows the state of synchronization, with a menu of what can be done."""

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget, QWidgetAction

from ui.services.action_registry import ActionRegistry
from ui.style import theme
from ui.sync.sync_service import SyncService
from ui.text.formatter import Formatter
from ui.text.plain_text import to_mnemonic_text, to_tooltip
from ui.widgets.basics import make_label

MENU_TEXT_WIDTH = 340
"""Width of sentences in the menu, in pixels."""


class SyncStatusButton(QPushButton):
    """The button in the status bar with the state of the sync in a few words; its menu has what can be done.

    It is hidden while no server is set up, and until the state of the open webinar is known.

    Args:
        sync_service: the connection to the server.
        actions: the actions of menus and keys.
        formatter: words times and errors in the language of the window.
        parent: Qt's owner.
    """

    sign_in_requested = Signal()
    conflict_requested = Signal()
    """The user wants to see the conflict of the open webinar."""

    def __init__(
        self,
        sync_service: SyncService,
        actions: ActionRegistry,
        formatter: Formatter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("link")
        self.setFlat(True)
        self.setAutoDefault(False)
        self._sync_service = sync_service
        self._actions = actions
        self._formatter = formatter
        self._reason = ""
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self.fill_menu)
        self.clicked.connect(self._open_menu)
        sync_service.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the state of the sync in a few words, or hide the button without a server or while the state is unknown.

        It is called by itself after changes.
        """
        text, tip = self._status_text()
        self.setText(to_mnemonic_text(text))
        self._reason = tip
        self.setToolTip(to_tooltip(tip))
        self.setVisible(bool(text))

    @property
    def has_conflict(self) -> bool:
        """Whether the open webinar has a conflict that the user has to resolve; False if none is open."""
        state = self._sync_service.state
        return state.webinar_id in state.conflicts

    def _status_text(self) -> tuple[str, str]:
        state = self._sync_service.state
        if state.connection is None:
            return "", ""
        if state.is_local_stopped:
            return self.tr("Server on this computer stopped"), ""
        if state.phase == "running":
            return self.tr("Syncing…"), ""
        error = state.sync_error or state.refresh_error
        reason = self._formatter.format_message(error) if error is not None else ""
        if state.phase == "waiting":
            seconds = max(1, (self._sync_service.remaining_ms + 999) // 1000)
            return f"{self._offline_text()} · " + self.tr("trying again in %n s", "", seconds), reason
        if state.phase == "refused":
            return (self.tr("Signed out") if state.is_signed_out else self.tr("Not synced")), reason
        if state.phase == "restored":
            return self.tr("Server restored from a backup, sync paused"), ""
        if error is not None:
            return self._offline_text(), reason
        return self._webinar_status_text()

    def _offline_text(self) -> str:
        since = self._sync_service.offline_since
        if since is None:
            return self.tr("Offline")
        return self.tr("Offline since {time}").format(time=self._formatter.format_time(since.astimezone()))

    def _webinar_status_text(self) -> tuple[str, str]:
        """Return text and tooltip for the open webinar, or for all of them if none is open."""
        state = self._sync_service.state
        remote = state.remote
        if self.has_conflict:
            return self.tr("Conflict: choose a version…"), ""
        if not state.webinar_id:
            conflict_count = len(state.conflicts)
            return (self.tr("%n conflict(s)", "", conflict_count) if conflict_count else self.tr("Up to date")), ""
        item = state.results.get(state.webinar_id)
        if item is not None and item.state == "refused" and item.notice is not None:
            return self.tr("Rejected by the server"), self._formatter.format_message(item.notice)
        if remote is None or remote.sync_status is None:
            return "", ""
        number = next((each.number for each in remote.versions if each.number is not None), None)
        if remote.sync_status.relation == "new" or number is None:
            return self.tr("Not on the server yet"), ""
        version_text = self.tr("version {number} on the server").format(number=number)
        state_text = {
            "same": self.tr("Up to date"),
            "ahead": self.tr("Newer on this computer"),
            "behind": self.tr("Newer on the server"),
            "apart": self.tr("Conflict"),
        }[remote.sync_status.relation]
        return f"{state_text} · {version_text}", ""

    # -------------------------------------------------------------------------------------------- the menu

    def fill_menu(self) -> QMenu:
        """Fill the button's menu anew with an explanation of the state and what can be done now, and return it."""
        menu, service, actions = self._menu, self._sync_service, self._actions
        state = service.state
        menu.clear()
        if self._reason:
            menu.addAction(self._make_text_action(self._reason))
            menu.addSeparator()
        if state.phase == "restored":
            menu.addAction(theme.icon("sync"), self.tr("Compare and continue"), service.accept_restored_server)
        elif state.phase == "waiting":
            menu.addAction(theme.icon("sync"), self.tr("Try now"), service.sync_on_request)
        else:
            menu.addAction(actions["sync_now"])
        if self.has_conflict:
            menu.addAction(self.tr("Show the conflict…"), self.conflict_requested.emit)
        if state.is_local_stopped and not state.is_busy:
            menu.addAction(self.tr("Start the server on this computer"), service.start_local)
        if not state.is_local:
            sign_in_text = self.tr("Sign in again…") if state.is_signed_out else self.tr("Sign in…")
            menu.addAction(to_mnemonic_text(sign_in_text), self.sign_in_requested.emit)
        if state.webinar_id:
            menu.addSeparator()
            menu.addAction(actions["publish"])
        return menu

    def _make_text_action(self, text: str) -> QWidgetAction:
        """Return a sentence as an entry of the menu, wrapped to lines."""
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
        """Show the state anew when Qt reports another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
