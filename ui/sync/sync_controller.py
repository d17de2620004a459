"""Connects synchronization with the window: when it runs, what is shown, and what the user is asked."""

from collections.abc import Callable
from datetime import UTC
from functools import partial
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from editor.timestamps import to_datetime
from ui.services.timer import Timer
from ui.state.app_context import LibraryContext
from ui.sync.status_button import SyncStatusButton
from ui.sync.sync_badge import SyncBadge, find_badge
from ui.sync.sync_service import SyncService
from ui.widgets.basics import make_message_box

if TYPE_CHECKING:
    from editor.library.records import Version, WebinarSummary
    from editor.protocol.api import Session
    from editor.sync.library_sync import SyncItem, SyncReport
    from editor.sync.webinar_sync import MergeConflictError
    from ui.state.document_controller import DocumentController
    from ui.state.notes import Notes
    from ui.sync.incoming_version import IncomingVersion


class SyncedPage(Protocol):
    """The parts of the editor page that synchronization uses while its webinar is open.

    They are its document, its notes, and its newer version from the server.
    """

    document_controller: "DocumentController"
    notes: "Notes"
    incoming_version: "IncomingVersion"


class SyncController(QObject):
    """The synchronization of one window: the `SyncService`, its button in the status bar, and the dialogs it needs.

    Nothing is exchanged before `start`.

    Args:
        context: the services of the window and the library.
        parent_window: parent of dialogs.
        parent: Qt's owner.
        timer: the clock that exchanges wait by.
    """

    def __init__(
        self,
        context: LibraryContext,
        parent_window: QWidget,
        parent: QObject | None = None,
        *,
        timer: Timer | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._parent_window = parent_window
        self._page: SyncedPage | None = None
        self._notified: set[tuple[str, str]] = set()
        self._keep_mine_webinar = ""
        """Id of the webinar whose draft was saved so that it wins over a colleague's version."""
        self._saved_version: Version | None = None
        """A version that was saved and is not known to be on the server yet."""
        self.service = SyncService(
            context.workspace, context.tasks, context.notifications, self, timer=timer, now=context.now
        )
        self.status_button = SyncStatusButton(self.service, context.actions, context.formatter)
        self.status_button.sign_in_requested.connect(self.open_sign_in_dialog)
        self.status_button.conflict_requested.connect(self.show_conflict)
        self.service.sign_in_requested.connect(self.open_sign_in_dialog)
        self.service.report_received.connect(self._on_report)
        self.service.changed.connect(self._offer_session_update)
        context.actions.set_handlers({"sync_now": self.sync_now})
        watch_network(self, self.service.on_network_restored)

    def start(self) -> None:
        """Find the server in use in the background, and exchange with it from then on; call it once."""
        self.service.start()

    def shut_down(self) -> None:
        """Start no exchange any more, and let the computer sleep; call it when the application closes."""
        self.service.shut_down()

    def sync_now(self) -> None:
        """Exchange with the server at the user's request.

        Without a server that runs, post a message with the way out.
        """
        if self.service.state.phase != "off":
            self.service.sync_on_request()
            return
        if self.service.state.is_local:
            text = self.tr("The server on this computer is stopped.")
            self._context.notifications.post(text, action=(self.tr("Start"), self.service.start_local))
        else:
            text = self.tr("No server is set up yet. Choose Publish… to host on this computer, or sign in to a server.")
            self._context.notifications.post(text, action=(self.tr("Sign in…"), self.open_sign_in_dialog))

    def find_sync_badge(self, summary: "WebinarSummary") -> SyncBadge:
        """Return how a webinar compared with the server in the last exchange; empty if it was not part of one."""
        return find_badge(self.service.state.results.get(summary.id), summary)

    # ---------------------------------------------------------------------------------------- the open webinar

    def attach_page(self, page: SyncedPage) -> None:
        """Follow the webinar of this page until `detach_page`.

        A saved version is exchanged at once, a note within seconds. The library is searched for a newer version, and
        the server asked for the webinar's state, at once.
        """
        self._page = page
        page.document_controller.saved.connect(self._on_saved)
        page.notes.saved.connect(self.service.schedule_sync)
        page.incoming_version.conflict_found.connect(self._on_draft_conflict)
        page.incoming_version.check()
        self.service.watch_webinar(page.document_controller.webinar.id)

    def detach_page(self) -> None:
        """Stop following the open webinar; call it before its page closes."""
        self._page = self._saved_version = None
        self.service.watch_webinar("")

    def _on_saved(self, version: "Version") -> None:
        self._saved_version = version
        if self._page is not None:
            self._page.incoming_version.check()
        if self.service.state.phase == "off":
            self.service.refresh()
        else:
            self.service.sync_now()

    def _offer_session_update(self) -> None:
        """Once a saved version is on the server, offer to let the next scheduled session play it."""
        saved, remote = self._saved_version, self.service.state.remote
        if saved is None or remote is None or remote.sync_status is None or remote.sync_status.relation != "same":
            return
        if not remote.versions or remote.versions[0].hash != saved.hash:
            return
        self._saved_version = None
        older = [each for each in remote.sessions if each.state == "planned" and each.version != saved.hash]
        session = min((each for each in older if not each.test), key=lambda each: each.starts_at, default=None)
        if session is None:
            return
        number = next((each.ordinal for each in remote.versions if each.hash == session.version), session.number)
        text = self.tr("Saved as version {number}. Attendees still get version {older}.")
        label = self.tr("Update the session to version {number}").format(number=saved.ordinal)
        self._context.notifications.post(
            text.format(number=saved.ordinal, older=number),
            action=(label, partial(self._update_session, session, saved)),
        )

    def _update_session(self, session: "Session", version: "Version") -> None:
        notifications = self._context.notifications
        text = self.tr("Attendees now get version {number}.").format(number=version.ordinal)
        self.service.commands.replace_version(
            session.id,
            session.webinar,
            version.hash,
            lambda _session: notifications.post(text),
            lambda _conflict: self.show_conflict(),
            notifications.post_error,
        )

    def _on_report(self, report: "SyncReport") -> None:
        page = self._page
        webinar = page.document_controller.webinar.id if page is not None else ""
        # The last message stays visible, so that of the open webinar comes last.
        for each in sorted(report.items, key=lambda item: item.webinar == webinar):
            self._notify_about(each)
        if page is None or report.was_restored:
            return
        page.incoming_version.check()
        page.notes.reload()
        item = self.service.state.results.get(webinar)
        if item is None:
            return
        if item.conflict is not None and self._keep_mine_webinar == webinar:
            self.service.commands.resolve_conflict(item.conflict, "mine", page.document_controller)
        if item.state != "refused":
            self._keep_mine_webinar = ""

    def _notify_about(self, item: "SyncItem") -> None:
        """Post what the user has to know about a webinar, once per version."""
        known = item.notice
        notified_key = (item.version.hash if item.version else item.webinar, known.code if known else "")
        if known is not None and notified_key not in self._notified:
            self._notified.add(notified_key)
            kind = "warning" if item.state == "refused" else "info"
            self._context.notifications.post(self._context.formatter.format_message(known), kind=kind)  # type: ignore[arg-type]

    # ----------------------------------------------------------------------------------------- asking somebody

    def open_sign_in_dialog(self) -> None:
        """Open the dialog that asks for address, e-mail and password of a server, and return."""
        from ui.sync.sign_in_dialog import SignInDialog

        self._open_dialog(SignInDialog(self.service, self._context.formatter, self._parent_window))

    def show_conflict(self) -> None:
        """Open the dialog that shows the conflict of the open webinar and asks how to resolve it.

        Without a conflict nothing happens.
        """
        page = self._page
        conflict = self.service.state.conflicts.get(self.service.state.webinar_id)
        if page is not None and conflict is not None:
            controller = page.document_controller
            self._open_conflict_dialog(
                conflict, lambda choice: self.service.commands.resolve_conflict(conflict, choice, controller)
            )

    def _on_draft_conflict(self, conflict: "MergeConflictError") -> None:
        """Ask how to resolve a conflict between unsaved edits and a newer version, before anything is changed."""
        page = self._page
        if page is None:
            return
        workspace, controller, version = (
            self._context.workspace,
            page.document_controller,
            page.incoming_version.version,
        )
        title = self.tr("{title} (mine)").format(title=controller.webinar.title)

        def resolve(choice: str) -> None:
            if choice == "mine":
                # The saved version then conflicts with theirs, and that conflict is resolved for mine.
                self._keep_mine_webinar = controller.webinar.id
                controller.save("")
                return

            def save_copy() -> None:
                if choice == "both":
                    workspace.save_version(workspace.duplicate(controller.webinar.id, title))

            page.incoming_version.replace_draft(version, save_copy)

        self._open_conflict_dialog(conflict, resolve)

    def _open_conflict_dialog(self, conflict: "MergeConflictError", on_chosen: Callable[[str], object]) -> None:
        from ui.sync.conflict_dialog import ConflictDialog

        dialog = ConflictDialog(conflict, self._context.formatter, self._parent_window)
        dialog.chosen.connect(on_chosen)
        self._open_dialog(dialog)

    def confirm_close(self, close: Callable[[], None]) -> bool:
        """Ask before closing if a session, other than a private test, plays on this computer or starts within a day.

        The question does not block; the caller must not close while it is open.

        Args:
            close: called if the user chooses to close.

        Returns:
            Whether the user is asked; if false, `close` is not called, and the caller may close.
        """
        session = self.service.keep_awake.next_session
        if session is None:
            return False
        formatter = self._context.formatter
        start_text = formatter.format_datetime(
            to_datetime(session.starts_at).astimezone(ZoneInfo(session.zone)), zone=session.zone
        )
        title = session.title or self.tr("Untitled webinar")
        if to_datetime(session.starts_at) <= self._context.now().astimezone(UTC):
            text = self.tr("“{title}” is playing from this computer. If you close Matinee, it stops for all attendees.")
        else:
            text = self.tr(
                "“{title}” is scheduled on this computer for {moment}. It does not start while Matinee is closed."
            )
        question = make_message_box(
            self._parent_window,
            self.tr("Close Matinee"),
            text.format(title=title, moment=start_text),
            icon=QMessageBox.Icon.Question,
        )
        yes = question.addButton(self.tr("Close anyway"), QMessageBox.ButtonRole.DestructiveRole)
        stay = question.addButton(self.tr("Keep Matinee open"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(stay)
        yes.clicked.connect(close)
        self._open_dialog(question)
        return True

    @staticmethod
    def _open_dialog(dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def watch_network(owner: QObject, on_reconnected: Callable[[], None]) -> None:
    """Call `on_reconnected` whenever the network changes and is not cut off, on systems that report it.

    Args:
        owner: the calls end when this object is destroyed.
        on_reconnected: called on the GUI thread; also where the network was never lost, such as on a change of kind.
    """
    from PySide6.QtNetwork import QNetworkInformation

    if not QNetworkInformation.loadDefaultBackend():
        return
    network = QNetworkInformation.instance()

    def on_changed(reachability: QNetworkInformation.Reachability) -> None:
        if reachability != QNetworkInformation.Reachability.Disconnected:
            on_reconnected()

    network.reachabilityChanged.connect(on_changed)
    owner.destroyed.connect(lambda: network.reachabilityChanged.disconnect(on_changed))
