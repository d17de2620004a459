"""The window's connection to its server: holds the state and carries out the effects of the reducer."""

from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, assert_never

from PySide6.QtCore import QObject, QTimer, Signal

from editor.errors import KnownError
from editor.progress import Progress
from ui.power.keep_awake_policy import KeepAwakePolicy
from ui.power.sleep_inhibitor import SleepInhibitor, make_backends
from ui.services.notifications import Notifications
from ui.services.task_runner import Task, TaskRunner
from ui.services.timer import Timer
from ui.sync import server_requests
from ui.sync import sync_events as events
from ui.sync.hosting_commands import HostingCommands
from ui.sync.reducer import reduce
from ui.sync.server_state import ServerState, WebinarOnServer
from ui.sync.sync_events import SyncEffect, SyncEvent

if TYPE_CHECKING:
    from editor.sync.connections import Connection
    from editor.sync.library_sync import SyncReport
    from editor.workspace import Workspace
    from ui.sync.server_requests import ServerInUse

REFRESH_INTERVAL_MS = 60_000
"""How often the server is asked for the open webinar, so that going offline and coming back is noticed."""
SHOW_PROGRESS_AFTER_MS = 1_000
"""An exchange that takes longer is shown in the status bar."""


class SyncService(QObject):
    """The exchange of one library with its server, on the GUI thread; all methods return at once.

    It holds the `ServerState` in `state`, gives events to `reduce`, and carries out the effects by background tasks.
    Errors are posted as messages or kept in `state`; no method raises a `KnownError`.

    Args:
        workspace: the library's workspace.
        tasks: runs the requests in the background.
        notifications: shows what the user has to know.
        parent: Qt's owner.
        timer: the clock that exchanges wait by.
        sleep_inhibitor: keeps the computer awake; by default in the way of this system.
        now: the clock of the times that are shown, UTC-aware.
    """

    changed = Signal()
    """`state`, or the time until the next exchange, has changed."""
    server_changed = Signal()
    """Another server is in use, or it was started, stopped, reached or lost."""
    report_received = Signal(object)
    """Carries the `SyncReport` of an exchange that went through."""
    sign_in_requested = Signal()
    _local_server_died = Signal()

    def __init__(
        self,
        workspace: "Workspace",
        tasks: TaskRunner,
        notifications: Notifications,
        parent: QObject | None = None,
        *,
        timer: Timer | None = None,
        sleep_inhibitor: SleepInhibitor | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._tasks = tasks
        self._notifications = notifications
        self._timer = timer or Timer(self)
        self._now = now
        self.state = ServerState()
        self._events: deque[SyncEvent] = deque()
        self._sync_task: Task[SyncReport] | None = None
        self._sync_started_ms = 0
        self._downloads: dict[Task[Any], str] = {}
        self.commands = HostingCommands(workspace, tasks, notifications, self.dispatch, self)
        self.keep_awake = KeepAwakePolicy(sleep_inhibitor or SleepInhibitor(make_backends()), self)
        self.keep_awake.changed.connect(self.changed)
        self._refresh_timer = QTimer(self, interval=REFRESH_INTERVAL_MS)
        self._refresh_timer.timeout.connect(self.refresh)
        self._local_server_died.connect(lambda: self.dispatch(events.LocalServerDied()))
        tasks.progressed.connect(self._on_progress)
        tasks.ended.connect(self._on_task_ended)

    @property
    def remaining_ms(self) -> int:
        """The milliseconds until the next exchange with the server; 0 when it is due, or none is planned."""
        return self.state.remaining_ms(self._timer.now_ms())

    @property
    def offline_since(self) -> datetime | None:
        """The time since which the server is out of reach, UTC-aware; None while it is not."""
        since_ms = self.state.offline_since_ms
        if since_ms is None:
            return None
        return self._now() - timedelta(milliseconds=self._timer.now_ms() - since_ms)

    # --------------------------------------------------------------------------------------------- the server

    def start(self) -> None:
        """Find the server in use, in the background; `server_changed` follows. Call it once, before anything else.

        The server on this computer is started if it ran when the editor was last closed.
        """
        load = partial(server_requests.load_server, self._workspace, self._local_server_died.emit)
        self._change_server(self.tr("Looking for the server"), load)

    def start_local(self) -> None:
        """Start the server on this computer in the background and use it from now on; `server_changed` follows.

        A failure is posted as a message.
        """
        start = partial(server_requests.start_local_server, self._workspace)
        self._change_server(self.tr("Starting the server on this computer"), start)

    def stop_local(self) -> None:
        """Stop the server on this computer in the background; `server_changed` follows, and it stays the server in use.

        Sessions scheduled on it do not begin while it is stopped. A failure is posted as a message.
        """
        stop = partial(server_requests.stop_local_server, self._workspace)
        self._change_server(self.tr("Stopping the server on this computer"), stop)

    def sign_in(
        self, address: str, email: str, password: str, done: Callable[[], None], failed: Callable[[KnownError], None]
    ) -> None:
        """Sign in to a server in the background and use it from now on; `server_changed` follows.

        Args:
            address: the server's web address.
            email: the account's e-mail address.
            password: the account's password, which is not stored.
            done: called once signed in, on the GUI thread.
            failed: called with the error otherwise: ``sync.*`` if the server is not reached, ``account.*`` if it
                refuses.
        """

        def on_signed_in(connection: "Connection") -> None:
            self.dispatch(events.AccountChanged(connection))
            done()

        self._tasks.run(
            self.tr("Signing in"),
            lambda _progress: server_requests.sign_in(self._workspace, address, email, password),
            done=on_signed_in,
            failed=failed,
            executor="network",
        )

    def sign_out(self) -> None:
        """Forget the server in use and its sign-in, in the background; what is published there stays.

        The server is not told. `server_changed` follows.
        """
        self._tasks.run(
            self.tr("Signing out"),
            lambda _progress: self._workspace.connections.delete(),
            done=lambda _none: self.dispatch(events.AccountChanged(None)),
            executor="network",
            quiet=True,
        )

    def _change_server(self, title: str, change: "Callable[[], ServerInUse]") -> None:
        def on_changed(server: "ServerInUse") -> None:
            self._refresh_timer.start()
            self.dispatch(events.ServerChanged(*server))

        self.dispatch(events.ServerChangeStarted())
        self._tasks.run(
            title,
            lambda _progress: change(),
            done=on_changed,
            failed=lambda error: self.dispatch(events.ServerChangeFailed(error)),
            executor="network",
            quiet=True,
        )

    def watch_webinar(self, webinar_id: str) -> None:
        """Follow the webinar with this id on the server from now on, in place of another; an empty id follows none.

        Its state on the server is asked for in the background, and arrives as `state.remote` with `server_changed`.
        """
        self.dispatch(events.WebinarOpened(webinar_id))

    def refresh(self) -> None:
        """Ask the server in the background what it has of the open webinar, unless that is being asked already.

        `state.remote` or `state.refresh_error` follows, with the signal `changed`. Without an open webinar only the
        server on this computer is asked, for its sessions.
        """
        self.dispatch(events.RefreshRequested())

    # ------------------------------------------------------------------------------------------- the exchange

    def sync_now(self) -> None:
        """Exchange the library with the server at once in the background, or after the exchange that is under way.

        Without a server to talk to nothing happens. `report_received` follows if the exchange succeeds.
        """
        self.dispatch(events.SyncRequested())

    def sync_on_request(self) -> None:
        """Exchange as `sync_now` does, because the user asks.

        A failure is posted even if the same one was posted before.
        """
        self.dispatch(events.SyncRequested(by_user=True))

    def schedule_sync(self) -> None:
        """Exchange within 3 seconds, since something small has changed and more changes may follow in that time.

        While an exchange runs, another one follows it. While the server is out of reach or refuses, nothing changes.
        """
        self.dispatch(events.SmallChangeMade())

    def on_network_restored(self) -> None:
        """Exchange at once if the next exchange waits because the server was out of reach; else nothing happens."""
        self.dispatch(events.NetworkRestored())

    def accept_restored_server(self) -> None:
        """Continue with a server that was restored from a backup: compare with it in the background, then exchange.

        What the server lost is sent again. An error is posted as a message.
        """

        def work(_progress: Progress) -> None:
            from editor.sync.library_sync import accept_restored_hosting

            server_requests.use_connection(self._workspace, accept_restored_hosting)

        self._tasks.run(
            self.tr("Comparing with the server"),
            work,
            done=lambda _none: self.sync_now(),
            failed=self._notifications.post_error,
            executor="network",
        )

    def download(self, webinar_id: str, done: Callable[[str], None]) -> None:
        """Download a webinar that is on the server alone, in the background; an error is posted as a message.

        Nothing happens, and `done` is not called, if it is being downloaded already.

        Args:
            webinar_id: id of the webinar.
            done: called with that id once the webinar is in the library.
        """
        if webinar_id in self.state.downloads:
            return

        def work(_progress: Progress) -> str:
            from editor.sync.library_sync import fetch_webinar

            server_requests.use_connection(self._workspace, lambda sync: fetch_webinar(sync, webinar_id))
            return webinar_id

        def on_downloaded(webinar: str) -> None:
            self.dispatch(events.Downloaded(webinar))
            done(webinar)

        task = self._tasks.run(self.tr("Downloading the webinar"), work, done=on_downloaded, executor="network")
        self._downloads[task] = webinar_id
        self.dispatch(events.DownloadStarted(webinar_id))

    def delete_remote(self, webinar_id: str, title: str) -> None:
        """Delete a webinar on the server that was deleted in the library, in the background.

        The outcome, good or bad, is posted as a message.

        Args:
            webinar_id: id of the webinar.
            title: the title, for the message.
        """

        def work(_progress: Progress) -> None:
            from editor.sync.library_sync import delete_remotely

            server_requests.use_connection(self._workspace, lambda sync: delete_remotely(sync, webinar_id))

        def done(_none: None) -> None:
            self._notifications.post(self.tr("“{title}” was deleted on the server, too.").format(title=title))

        self._tasks.run(self.tr("Deleting on the server"), work, done=done, executor="network", quiet=True)

    def shut_down(self) -> None:
        """Start no exchange any more, and let the computer sleep; call it when the application closes.

        Requests that run already go on. `state` stays as it is from then on, whatever is called.
        """
        self._refresh_timer.stop()
        self.dispatch(events.ShutDown())
        self.keep_awake.stop()

    # ---------------------------------------------------------------------------------------- state and effects

    def dispatch(self, event: SyncEvent) -> None:
        """Apply an event to `state`, carry out the effects that follow, and emit `changed` and `server_changed`.

        The signals are emitted only where the state differs. Events that are dispatched meanwhile wait their turn. Call
        it on the GUI thread.
        """
        self._events.append(event)
        if len(self._events) > 1:
            return
        while self._events:
            before = self.state
            self.state, effects = reduce(before, self._events[0], self._timer.now_ms())
            try:
                for effect in effects:
                    self._carry_out(effect)
                self._emit_changes(before)
            finally:
                self._events.popleft()

    def _emit_changes(self, before: ServerState) -> None:
        after = self.state
        if after is before:
            return
        if (before.connection, before.local_hosting, before.is_busy) != (
            after.connection,
            after.local_hosting,
            after.is_busy,
        ) or (before.remote, before.refresh_error) != (after.remote, after.refresh_error):
            self.server_changed.emit()
        self.changed.emit()

    def _carry_out(self, effect: SyncEffect) -> None:
        match effect:
            case events.StartSync():
                self._start_sync()
            case events.StartRefresh(webinar_id, connection):
                self._start_refresh(webinar_id, connection)
            case events.SetTimer(delay_ms):
                self._timer.start(delay_ms, lambda: self.dispatch(events.TimerFired()))
            case events.CancelTimer():
                self._timer.cancel()
            case events.UpdateKeepAwake(sessions):
                self.keep_awake.update(sessions)
            case events.DeliverReport(report):
                self.report_received.emit(report)
            case events.NotifyError() | events.NotifyRefused():
                self._notify_error(effect)
            case events.NotifyServerRestored():
                self._notify_server_restored()
            case events.NotifyLocalServerDied():
                self._notify_local_server_died()
            case _:
                assert_never(effect)

    def _start_sync(self) -> None:
        def work(progress: Progress) -> "SyncReport":
            from editor.sync.library_sync import sync_library

            return server_requests.use_connection(self._workspace, lambda sync: sync_library(sync, progress))

        self._sync_started_ms = self._timer.now_ms()
        self._sync_task = self._tasks.run(
            self.tr("Syncing"),
            work,
            done=lambda report: self.dispatch(events.SyncReported(report)),
            failed=lambda error: self.dispatch(events.SyncFailed(error)),
            executor="network",
            quiet=True,
        )

    def _start_refresh(self, webinar_id: str, connection: "Connection | None") -> None:
        def on_refreshed(remote: WebinarOnServer) -> None:
            self.dispatch(events.Refreshed(remote))

        self._tasks.run(
            "",
            lambda _progress: server_requests.fetch_remote_state(self._workspace, webinar_id, connection),
            done=on_refreshed,
            failed=lambda error: self.dispatch(events.RefreshFailed(error)),
            executor="network",
            quiet=True,
        )

    def _on_progress(self, task: Task[object]) -> None:
        if task is self._sync_task and self._timer.now_ms() - self._sync_started_ms >= SHOW_PROGRESS_AFTER_MS:
            task.is_quiet = False

    def _on_task_ended(self, task: Task[object]) -> None:
        """Tell the reducer that a background task ended; its outcome follows."""
        webinar_id = self._downloads.pop(task, None)
        if webinar_id is not None:
            self.dispatch(events.DownloadEnded(webinar_id))
        if task is self._sync_task:
            self._sync_task = None
            self.dispatch(events.SyncEnded(is_cancelled=task.state == "cancelled"))

    # ---------------------------------------------------------------------------------------------- sentences

    def _notify_error(self, effect: events.NotifyError | events.NotifyRefused) -> None:
        action = None
        if isinstance(effect, events.NotifyRefused):
            sign_in = (self.tr("Sign in again…"), self.sign_in_requested.emit)
            action = sign_in if self.state.is_signed_out else (self.tr("Sync now"), self.sync_on_request)
        self._notifications.post_error(effect.error, action=action)

    def _notify_server_restored(self) -> None:
        self._notifications.post(
            self.tr(
                "The server was restored from an older backup, so nothing is sent to it. Your versions are safe on "
                "this computer. Compare to send again what the server has lost."
            ),
            kind="warning",
            action=(self.tr("Compare and continue"), self.accept_restored_server),
        )

    def _notify_local_server_died(self) -> None:
        self._notifications.post(
            self.tr("The server on this computer stopped unexpectedly. Attendees cannot reach it."),
            kind="error",
            action=(self.tr("Start again"), self.start_local),
        )
