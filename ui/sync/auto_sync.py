"""Syncing by itself: whenever there is a reason to, and again and again while the hosting is not reached.

Reasons are the start, a saved version, a changed note, the network coming back, a minute gone by, and somebody who
asks. Where the hosting is not reached it is tried again, less and less often; what the hosting refuses (401, 403, 409,
412) is not: that waits for somebody. All of it runs in the network's thread.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, TypeVar

from PySide6.QtCore import QObject, Signal

from editor.errors import KnownError
from editor.progress import Progress
from editor.sync.retry import BACKGROUND_SYNC_RETRY
from ui.services.notifications import Notifications
from ui.services.task_runner import Task, TaskRunner
from ui.services.timer import Timer
from ui.sync.hosting_service import HostingService

if TYPE_CHECKING:
    from editor.protocol.api import WebinarListItem
    from editor.sync.connections import Connection
    from editor.sync.library_sync import SyncItem, SyncReport
    from editor.sync.webinar_sync import WebinarSync
    from editor.workspace import Workspace

T = TypeVar("T")
AutoSyncState = Literal["off", "idle", "running", "waiting", "refused", "went_back"]

SYNC_INTERVAL_MS = 60_000
DEBOUNCE_MS = 3_000
"""What small changes follow each other within this is sent together."""
TICK_MS = 1_000
"""How often the time that is left is told."""
SHOW_PROGRESS_AFTER_MS = 1_000
"""What takes longer is shown among what runs, with its progress."""


class AutoSync(QObject):
    """Runs the exchange of the library and its hosting. Nothing here blocks."""

    changed = Signal()
    """The state, or the time that is left, is another."""
    report_received = Signal(object)
    """A `Report`: an exchange has gone through."""
    sign_in_requested = Signal()

    def __init__(
        self,
        workspace: "Workspace",
        hosting: HostingService,
        tasks: TaskRunner,
        notifications: Notifications,
        parent: QObject | None = None,
        *,
        timer: Timer | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._hosting = hosting
        self._tasks = tasks
        self._notifications = notifications
        self._timer = timer or Timer(self)
        self.state: AutoSyncState = "off"
        self.last_error: KnownError | None = None
        """Why the last try came to nothing."""
        self.results: Mapping[str, SyncItem] = {}
        """What was done about each webinar the last time."""
        self.remote_only: tuple[WebinarListItem, ...] | None = None
        """What is on the hosting alone; None before that is known."""
        self.downloads: dict[str, Task[str]] = {}
        """What is being got of that."""
        self._task: Task[SyncReport] | None = None
        self._started_ms = 0
        self._due_ms = 0
        self._failure_count = 0
        self._run_again = False
        self._server_restored = False
        self._synced_with: tuple[Connection | None, bool] = (None, False)
        hosting.changed.connect(self._on_hosting_changed)
        tasks.progressed.connect(self._on_progress)
        tasks.ended.connect(self._on_task_ended)

    # -------------------------------------------------------------------------------------------- reasons

    def sync_now(self) -> None:
        """Sync at once; after the exchange that is under way, if there is one."""
        if self.state == "off":
            return
        if self._task is not None:
            self._run_again = True
        else:
            self._start_sync()

    def sync_on_request(self) -> None:
        """Somebody asks: sync at once, and say why not."""
        self.last_error = None
        self.sync_now()

    def schedule_sync(self) -> None:
        """Something small has changed, and more of it may follow."""
        if self.state == "idle":
            self._schedule(min(DEBOUNCE_MS, self.remaining_ms))
        elif self.state == "running":
            self._run_again = True

    def on_network_restored(self) -> None:
        """The network is back: what waits for it need not."""
        if self.state == "waiting":
            self._failure_count = 0
            self.sync_now()

    def accept_restored_server(self) -> None:
        """The hosting was restored from a backup: go on with what it has."""

        def work(_progress: Progress) -> None:
            from editor.sync.library_sync import accept_restored_hosting

            self._with_connection(accept_restored_hosting)

        self._tasks.run(
            self.tr("Comparing with the hosting"),
            work,
            done=lambda _none: self.sync_now(),
            failed=self._notifications.post_error,
            executor="network",
        )

    def download(self, webinar_id: str, done: Callable[[str], None]) -> None:
        """Get a webinar that is on the hosting alone."""
        if webinar_id in self.downloads:
            return

        def work(_progress: Progress) -> str:
            from editor.sync.library_sync import fetch_webinar

            self._with_connection(lambda sync: fetch_webinar(sync, webinar_id))
            return webinar_id

        def on_downloaded(webinar: str) -> None:
            self.remote_only = tuple(card for card in self.remote_only or () if card.id != webinar)
            self.changed.emit()
            done(webinar)
            self.sync_now()

        self.downloads[webinar_id] = self._tasks.run(
            self.tr("Getting the webinar"), work, done=on_downloaded, executor="network"
        )
        self.changed.emit()

    def delete_remote(self, webinar_id: str, title: str) -> None:
        """Delete a webinar on the hosting, which is deleted here."""

        def work(_progress: Progress) -> None:
            from editor.sync.library_sync import delete_remotely

            self._with_connection(lambda sync: delete_remotely(sync, webinar_id))

        def done(_none: None) -> None:
            self._notifications.post(self.tr("“{title}” is deleted on the hosting, too.").format(title=title))

        self._tasks.run(self.tr("Deleting on the hosting"), work, done=done, executor="network", quiet=True)

    def shut_down(self) -> None:
        """The program ends: nothing more by itself."""
        self._timer.cancel()
        self.state = "off"

    # ------------------------------------------------------------------------------------------- the state

    @property
    def remaining_ms(self) -> int:
        """How long until the next try."""
        return max(0, self._due_ms - self._timer.now_ms())

    def _on_hosting_changed(self) -> None:
        """Another account, or the hosting here was started or stopped: begin with it, or leave off."""
        hosting = self._hosting
        connection = hosting.connection
        is_available = (
            connection is not None
            and (not connection.is_local or hosting.local_hosting is not None)
            and not hosting.is_busy
        )
        current = (connection, is_available)
        if current == self._synced_with:
            return
        is_other_hosting = connection != self._synced_with[0]
        self._synced_with = current
        if is_other_hosting:
            self.results, self.remote_only = {}, None
        if is_available:
            self._failure_count = 0
            self._set_state("idle")
            self.sync_now()
        else:
            self._timer.cancel()
            self._set_state("off")

    def _start_sync(self) -> None:
        self._timer.cancel()
        self._run_again = False
        self._started_ms = self._timer.now_ms()

        def work(progress: Progress) -> "SyncReport":
            from editor.sync.library_sync import sync_library

            return self._with_connection(lambda sync: sync_library(sync, progress))

        self._task = self._tasks.run(
            self.tr("Syncing"), work, done=self._on_report, failed=self._on_failed, executor="network", quiet=True
        )
        self._set_state("running")

    def _with_connection(self, use_sync: "Callable[[WebinarSync], T]") -> T:
        sync = self._workspace.open_sync()
        try:
            return use_sync(sync)
        finally:
            sync.client.close()

    def _on_progress(self, task: Task[object]) -> None:
        if task is self._task and self._timer.now_ms() - self._started_ms >= SHOW_PROGRESS_AFTER_MS:
            task.is_quiet = False

    def _on_task_ended(self, task: Task[object]) -> None:
        """The task is over, however; what came of it is told after this."""
        downloaded = next((webinar for webinar, getting in self.downloads.items() if getting is task), None)
        if downloaded is not None:
            del self.downloads[downloaded]
            self.changed.emit()
        if task is not self._task:
            return
        self._task = None
        if self.state == "running":
            self._schedule(SYNC_INTERVAL_MS)
            if task.state == "cancelled":
                self._finish_run("idle", SYNC_INTERVAL_MS)

    def _on_report(self, report: "SyncReport") -> None:
        if self.state == "off":
            return
        self._failure_count, self.last_error = 0, None
        if report.was_restored:
            if not self._server_restored:
                self._notify_server_restored()
            self._server_restored = True
            self._finish_run("went_back", SYNC_INTERVAL_MS)
        else:
            self._server_restored = False
            self.results = {item.webinar: item for item in report.items}
            self.remote_only = report.remote_only
            self._finish_run("idle", SYNC_INTERVAL_MS)
        self.report_received.emit(report)

    def _on_failed(self, error: KnownError) -> None:
        if self.state == "off":
            return
        previous, self.last_error = self.last_error, error
        delay = BACKGROUND_SYNC_RETRY.next_delay_ms(error, self._failure_count + 1)
        if delay is not None:
            self._failure_count += 1
            self._finish_run("waiting", delay)
            return
        self._run_again = False
        self._timer.cancel()
        self._set_state("refused")
        if previous is None or previous.code != error.code:
            self._notify_refused(error)

    def _finish_run(self, state: AutoSyncState, delay_ms: int) -> None:
        if self._run_again and state == "idle":
            self._start_sync()
            return
        self.state = state
        self._schedule(delay_ms)
        self.changed.emit()

    def _schedule(self, delay_ms: int) -> None:
        """Run again after this; where one waits for the hosting, the seconds are told."""
        self._due_ms = self._timer.now_ms() + delay_ms
        self._timer.start(min(delay_ms, TICK_MS) if self.state == "waiting" else delay_ms, self._tick)

    def _tick(self) -> None:
        remaining = self.remaining_ms
        if remaining <= 0:
            self._start_sync()
            return
        self._schedule(remaining)
        self.changed.emit()

    def _set_state(self, state: AutoSyncState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit()

    # -------------------------------------------------------------------------------------------- sentences

    def _notify_refused(self, error: KnownError) -> None:
        if error.facts.get("status") == 401:
            self._notifications.post_error(error, action=(self.tr("Sign in again…"), self.sign_in_requested.emit))
        else:
            self._notifications.post_error(error, action=(self.tr("Sync now"), self.sync_on_request))

    def _notify_server_restored(self) -> None:
        self._notifications.post(
            self.tr(
                "The hosting was restored from an older backup, so nothing is sent there. Your versions are all here. "
                "Compare to send again what it has lost."
            ),
            kind="warning",
            action=(self.tr("Compare and go on"), self.accept_restored_server),
        )
