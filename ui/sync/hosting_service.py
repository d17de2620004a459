"""The hosting as the window sees it: which one, whether it is reached, what is there of the open webinar.

Nothing here blocks: what asks the hosting runs in the network's thread. What is done there is `deeds`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from editor.errors import KnownError
from editor.progress import Progress
from ui.power.keep_awake_policy import KeepAwakePolicy
from ui.power.sleep_inhibitor import SleepInhibitor, make_backends
from ui.services.notifications import Notifications
from ui.services.task_runner import TaskRunner
from ui.sync.hosting_commands import HostingCommands

if TYPE_CHECKING:
    from editor.library.records import Version
    from editor.protocol import api
    from editor.sync.connections import Connection
    from editor.sync.library_sync import SyncReport
    from editor.sync.local_hosting import RunningHosting
    from editor.sync.webinar_sync import MergeConflictError, SyncStatus
    from editor.workspace import Workspace

    HostingState = tuple[Connection | None, RunningHosting | None]

REFRESH_INTERVAL_MS = 60_000
"""How often the hosting is looked at while a webinar is open: offline and online come and go."""


@dataclass(frozen=True)
class RemoteState:
    """What the hosting has of one webinar, and the versions here."""

    webinar: str
    """Its id; "" where none is followed."""
    versions: "tuple[Version, ...]"
    sync_status: "SyncStatus | None"
    """None while there is no saved version."""
    sessions: "tuple[api.Session, ...]"
    local_sessions: "tuple[api.Session, ...]" = ()
    """All sessions of the hosting on this computer, where it is that."""


class HostingService(QObject):
    """One library's hosting. `changed` is told whenever anything shown of it is another."""

    changed = Signal()
    _local_hosting_died = Signal()

    def __init__(
        self,
        workspace: "Workspace",
        tasks: TaskRunner,
        notifications: Notifications,
        parent: QObject | None = None,
        *,
        sleep_inhibitor: SleepInhibitor | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._tasks = tasks
        self._notifications = notifications
        self.connection: Connection | None = None
        self.local_hosting: RunningHosting | None = None
        self.last_error: KnownError | None = None
        """Why the hosting was not reached the last time."""
        self.remote: RemoteState | None = None
        self.is_busy = False
        """Whether the hosting on this computer is just being started or stopped."""
        self.conflicts: dict[str, MergeConflictError] = {}
        """What has to be chosen before a webinar can be published, by webinar."""
        self.commands = HostingCommands(workspace, tasks, notifications, self)
        self.commands.finished.connect(self.refresh)
        self.commands.conflict_found.connect(self._on_conflict)
        self.commands.conflict_resolved.connect(lambda webinar: self.conflicts.pop(webinar, None))
        self.keep_awake = KeepAwakePolicy(sleep_inhibitor or SleepInhibitor(make_backends()), self)
        """What depends on this computer."""
        self.keep_awake.changed.connect(self.changed)
        self.webinar_id = ""
        """Which one is followed."""
        self._is_refreshing = False
        self._refresh_timer = QTimer(self, interval=REFRESH_INTERVAL_MS)
        self._refresh_timer.timeout.connect(self.refresh)
        self._local_hosting_died.connect(self._on_local_hosting_died)

    # ------------------------------------------------------------------------------------------ which hosting

    def start(self) -> None:
        """Read which hosting it is; start the one on this computer if it ran when the editor was last closed."""

        def work(_progress: Progress) -> "HostingState":
            embedded = self._workspace.local_hosting
            embedded.on_end = self._local_hosting_died.emit
            connection = self._workspace.connections.load()
            return connection, embedded.start() if embedded.is_autostarted else None

        self._change_hosting(self.tr("Looking for the hosting"), work)

    def start_local(self) -> None:
        """Host on this computer, and go there from now on."""

        def work(_progress: Progress) -> "HostingState":
            from editor.sync.connections import Connection

            server = self._workspace.local_hosting.start()
            self._workspace.connections.save(Connection())
            return Connection(), server

        self._change_hosting(self.tr("Starting the hosting on this computer"), work)

    def stop_local(self) -> None:
        """Stop the hosting on this computer; sessions planned there do not begin while it is stopped."""

        def work(_progress: Progress) -> "HostingState":
            self._workspace.local_hosting.stop()
            return self._workspace.connections.load(), None

        self._change_hosting(self.tr("Stopping the hosting on this computer"), work)

    def shut_down(self) -> None:
        """The program ends: ask nothing any more, also not for a dialog that is still open."""
        self._is_refreshing = True
        self._refresh_timer.stop()
        self.keep_awake.stop()

    def sign_in(
        self, address: str, email: str, password: str, done: Callable[[], None], failed: Callable[[KnownError], None]
    ) -> None:
        """Sign in to a hosting elsewhere, and go there from now on."""

        def work(_progress: Progress) -> "Connection":
            from editor.sync.client import ApiClient
            from editor.sync.connections import Connection

            client = ApiClient(address)
            try:
                answer = client.sign_in(email, password)
            finally:
                client.close()
            connection = Connection(address=client.base_url, email=answer.account.email)
            self._workspace.connections.save(connection, answer.token)
            return connection

        def on_signed_in(connection: "Connection") -> None:
            self._switch_to(connection)
            done()

        self._tasks.run(self.tr("Signing in"), work, done=on_signed_in, failed=failed, executor="network")

    def sign_out(self) -> None:
        """Go to no hosting any more. What is published there stays."""

        def work(_progress: Progress) -> None:
            self._workspace.connections.delete()

        self._tasks.run(
            self.tr("Signing out"), work, done=lambda _none: self._switch_to(None), executor="network", quiet=True
        )

    def _switch_to(self, connection: "Connection | None") -> None:
        self.connection, self.remote, self.last_error = connection, None, None
        self.conflicts.clear()
        self.changed.emit()
        self.refresh()

    def _change_hosting(self, title: str, work: "Callable[[Progress], HostingState]") -> None:
        self.is_busy = True
        self.changed.emit()
        self._tasks.run(
            title, work, done=self._on_hosting_changed, failed=self._on_change_failed, executor="network", quiet=True
        )

    def _on_hosting_changed(self, state: "HostingState") -> None:
        self.is_busy = False
        self.connection, self.local_hosting = state
        self.remote = self.last_error = None
        if self.local_hosting is None:
            self.keep_awake.update(())
        self._refresh_timer.start()
        self.changed.emit()
        self.refresh()

    def _on_change_failed(self, error: KnownError) -> None:
        self.is_busy, self.local_hosting = False, None
        self.keep_awake.update(())
        self._notifications.post_error(error)
        self.changed.emit()

    def _on_local_hosting_died(self) -> None:
        self.local_hosting = None
        self.keep_awake.update(())
        self._notifications.post(
            self.tr("The hosting on this computer has ended unexpectedly. Attendees cannot reach it now."),
            kind="error",
            action=(self.tr("Start it again"), self.start_local),
        )
        self.changed.emit()
        self.refresh()

    # --------------------------------------------------------------------------------------- what is there

    def watch_webinar(self, webinar_id: str) -> None:
        """Look after this webinar from now on; "" after none."""
        self.webinar_id, self.remote = webinar_id, None
        self.changed.emit()
        if webinar_id:
            self.refresh()

    def refresh(self) -> None:
        """See what is there of the webinar that is followed, and what depends on this computer."""
        webinar_id, connection = self.webinar_id, self.connection
        is_local = connection is not None and connection.is_local
        if self._is_refreshing or self.is_busy or not (webinar_id or (is_local and self.local_hosting is not None)):
            return
        self._is_refreshing = True

        def work(_progress: Progress) -> RemoteState:
            versions = self._workspace.list_versions(webinar_id) if webinar_id else ()
            if connection is None:
                return RemoteState(webinar_id, versions, None, ())
            sync = self._workspace.open_sync()
            try:
                sync_status = sync.compare(webinar_id) if versions else None
                sessions = sync.client.fetch_sessions(None if is_local else webinar_id)
            finally:
                sync.client.close()
            own_sessions = tuple(session for session in sessions if session.webinar == webinar_id)
            return RemoteState(webinar_id, versions, sync_status, own_sessions, sessions if is_local else ())

        self._tasks.run(
            "", work, done=self._on_refreshed, failed=self._on_refresh_failed, executor="network", quiet=True
        )

    def apply_report(self, report: "SyncReport") -> None:
        """An exchange has gone through: what has to be chosen, and what there is, may be another."""
        if report.was_restored:
            return
        self.conflicts = {item.webinar: item.conflict for item in report.items if item.conflict is not None}
        was_offline, self.last_error = self.last_error is not None, None
        self.changed.emit()
        if was_offline or any(item.webinar == self.webinar_id and item.state != "same" for item in report.items):
            self.refresh()

    def _on_refreshed(self, remote: RemoteState) -> None:
        self._is_refreshing = False
        if self.connection is not None and self.connection.is_local and self.local_hosting is not None:
            self.keep_awake.update(remote.local_sessions)
        if remote.webinar != self.webinar_id:
            self.refresh()
            return
        self.remote, self.last_error = remote, None
        self.changed.emit()

    def _on_refresh_failed(self, error: KnownError) -> None:
        self._is_refreshing = False
        self.last_error = error
        self.changed.emit()

    def _on_conflict(self, conflict: "MergeConflictError") -> None:
        self.conflicts[conflict.theirs.id] = conflict
        self.changed.emit()
