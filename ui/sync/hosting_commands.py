"""Commands on the server: publishing, rescheduling, resolving conflicts.

Nothing here blocks. Short requests run one after another in the network thread. Preparing and uploading takes minutes
and has a worker thread and a connection of its own, so that other requests are answered meanwhile.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from editor.errors import KnownError
from editor.progress import Progress
from ui.services.notifications import Notifications
from ui.services.task_runner import Task, TaskRunner
from ui.sync.server_requests import use_connection
from ui.sync.sync_events import ConflictFound, ConflictResolved, RefreshRequested, SyncEvent

if TYPE_CHECKING:
    from editor.library.records import Version
    from editor.protocol import api
    from editor.schedule.model import Webinar
    from editor.sync.media_upload import OnTransfer
    from editor.sync.publisher import PublishRequest, PublishStep
    from editor.sync.webinar_sync import MergeConflictError, WebinarSync
    from editor.workspace import Workspace
    from ui.state.document_controller import DocumentController

T = TypeVar("T")


class HostingCommands(QObject):
    """The commands that change something on the server: publish, replace, reschedule, cancel, resolve a conflict.

    Made by `SyncService`. All of them return at once and call back on the GUI thread. `dispatch` gets the `SyncEvent`s
    that follow from them.

    Args:
        workspace: the library's workspace; used in background threads.
        tasks: runs background tasks.
        notifications: where messages are posted.
        dispatch: called with each `SyncEvent` that follows from a command, on the GUI thread.
        parent: Qt's owner.
    """

    def __init__(
        self,
        workspace: "Workspace",
        tasks: TaskRunner,
        notifications: Notifications,
        dispatch: Callable[[SyncEvent], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._tasks = tasks
        self._notifications = notifications
        self._dispatch = dispatch

    def publish(
        self,
        request: "PublishRequest",
        done: "Callable[[api.Session], None]",
        on_conflict: "Callable[[MergeConflictError], None]",
        failed: Callable[[KnownError], None],
        *,
        on_step: "Callable[[PublishStep], None]" = lambda _step: None,
        on_transfer: "OnTransfer" = lambda _transfer: None,
    ) -> "Task[api.Session | MergeConflictError]":
        """Upload a version and its media in the background, and schedule a session.

        Args:
            request: what to publish, and when.
            done: called with the session.
            on_conflict: called if a colleague's version has to be merged first; nothing was scheduled then.
            failed: called with the error otherwise.
            on_step: called in the thread of the task at the begin of each step.
            on_transfer: called in the thread of the task with the progress of preparing and uploading.

        Returns:
            The task, which can be paused and cancelled. Cancelled, it calls none of the three.
        """

        def publish_version(sync: "WebinarSync", progress: Progress) -> "api.Session":
            from editor.sync.publisher import publish_version

            workspace = self._workspace
            return publish_version(sync, workspace.library, workspace.catalog, request, progress, on_step, on_transfer)

        return self._run_long(self.tr("Publishing"), publish_version, done, on_conflict, failed)

    def replace_version(
        self,
        session: str,
        webinar: str,
        version: str,
        done: "Callable[[api.Session], None]",
        on_conflict: "Callable[[MergeConflictError], None]",
        failed: Callable[[KnownError], None],
        *,
        on_step: "Callable[[PublishStep], None]" = lambda _step: None,
        on_transfer: "OnTransfer" = lambda _transfer: None,
    ) -> "Task[api.Session | MergeConflictError]":
        """Upload a version and its media in the background, and let a session play it.

        Args:
            session: id of the session.
            webinar: id of its webinar.
            version: hash of the version.
            done: called with the session.
            on_conflict: called if a colleague's version has to be merged first; the session keeps its version then.
            failed: called with the error otherwise.
            on_step: called in the thread of the task at the begin of each step.
            on_transfer: called in the thread of the task with the progress of preparing and uploading.

        Returns:
            The task, which can be paused and cancelled. Cancelled, it calls none of the three.
        """

        def replace_on_hosting(sync: "WebinarSync", progress: Progress) -> "api.Session":
            from editor.sync.publisher import upload_version

            workspace = self._workspace
            uploaded = upload_version(
                sync, workspace.library, workspace.catalog, webinar, version, progress, on_step, on_transfer
            )
            return sync.client.replace_version(session, uploaded)

        return self._run_long(self.tr("Replacing the version"), replace_on_hosting, done, on_conflict, failed)

    def load_version(self, version: str, then: "Callable[[Webinar], None]") -> None:
        """Load the content of a saved version in the library's thread; an error is posted as a message.

        Args:
            version: hash of the version.
            then: called with its content.
        """
        self._tasks.run(
            "", lambda _progress: self._workspace.load_version(version), done=then, executor="library", quiet=True
        )

    def reschedule(self, session: str, start: str, zone: str) -> None:
        """Give a session another start, in the background; an error is posted as a message.

        Args:
            session: id of the session.
            start: local date and time (ISO 8601, without offset).
            zone: IANA time zone.
        """

        def send_reschedule(sync: "WebinarSync", _progress: Progress) -> object:
            from editor.protocol import api

            return sync.client.reschedule_session(session, api.RescheduleRequest(start=start, zone=zone))

        self.run(self.tr("Rescheduling"), send_reschedule)

    def cancel_session(self, session: str) -> None:
        """Cancel the session with this id, in the background.

        An error, such as that it has begun, is posted as a message.
        """
        self.run(self.tr("Cancelling the session"), lambda sync, _progress: sync.client.cancel_session(session))

    def resolve_conflict(self, conflict: "MergeConflictError", choice: str, controller: "DocumentController") -> None:
        """Keep "mine" or "theirs", or "both" as two webinars, and update the draft.

        With "mine", the other side's changes are kept wherever they do not conflict. With "both", this side is saved as
        a webinar of its own, and this one becomes the other side's. The draft is updated by one undo step; with "mine"
        it is left alone while it has unsaved edits. An error is posted as a message.

        Args:
            conflict: the conflict of the open webinar.
            choice: "mine", "theirs" or "both".
            controller: the open webinar.
        """
        webinar, workspace = controller.webinar, self._workspace
        copy_title = self.tr("{title} (mine)").format(title=webinar.title)
        draft_is_newer = controller.has_unsaved_edits

        def resolve(sync: "WebinarSync", _progress: Progress) -> "Version":
            from editor.sync.publisher import resolve_with_mine

            if choice == "mine":
                return sync.resolve(webinar.id, resolve_with_mine(conflict), conflict.rev)
            if choice == "both":
                # Only saved versions are sent to the server.
                workspace.save_version(workspace.duplicate(webinar.id, copy_title))
            return sync.pull(webinar.id)

        def done(version: "Version") -> None:
            self._dispatch(ConflictResolved(webinar.id))
            # Unsaved edits are not replaced by the saved version.
            if choice != "mine" or not draft_is_newer:
                controller.run_step(
                    lambda document: workspace.restore_version(document, version.hash),
                    lambda step: controller.set_base_version(version, step.after),
                )

        self.run(self.tr("Resolving the conflict"), resolve, done)

    def save_calendar(self, slug: str, file: Path) -> None:
        """Download the calendar file (RFC 5545) of a session in the background; an error is posted as a message.

        Args:
            slug: the last part of the session's web address, ``/w/<slug>``.
            file: where to save it; an existing file is replaced.
        """

        def download_calendar(sync: "WebinarSync", _progress: Progress) -> object:
            body = sync.client.request("GET", f"/w/{slug}/calendar.ics").content
            try:
                return file.write_bytes(body)
            except OSError as error:
                raise KnownError("library.unwritable", path=str(file), reason=error.strerror or str(error)) from error

        self.run(self.tr("Saving the calendar file"), download_calendar)

    def run(
        self,
        title: str,
        work: "Callable[[WebinarSync, Progress], T]",
        done: Callable[[T], None] | None = None,
    ) -> None:
        """Send a short request to the server in the background, and then refresh what the server has.

        An error is posted as a message, and `done` is not called.

        Args:
            title: translated name of the task.
            work: makes the request, in the executor "network"; the connection is closed after it.
            done: called with its result, on the GUI thread.
        """

        def on_done(result: T) -> None:
            if done is not None:
                done(result)
            self._dispatch(RefreshRequested())

        def on_failed(error: KnownError) -> None:
            self._notifications.post_error(error)
            self._dispatch(RefreshRequested())

        self._tasks.run(
            title, self._with_connection(work), done=on_done, failed=on_failed, executor="network", quiet=True
        )

    def _run_long(
        self,
        title: str,
        work: "Callable[[WebinarSync, Progress], api.Session]",
        done: "Callable[[api.Session], None]",
        on_conflict: "Callable[[MergeConflictError], None]",
        failed: Callable[[KnownError], None],
    ) -> "Task[api.Session | MergeConflictError]":
        from editor.sync.webinar_sync import MergeConflictError

        def work_or_conflict(sync: "WebinarSync", progress: Progress) -> "api.Session | MergeConflictError":
            try:
                return work(sync, progress)
            except MergeConflictError as both:
                return both

        def on_done(result: "api.Session | MergeConflictError") -> None:
            if isinstance(result, MergeConflictError):
                self._dispatch(ConflictFound(result))
                on_conflict(result)
            else:
                done(result)
            self._dispatch(RefreshRequested())

        task = self._tasks.run(
            title, self._with_connection(work_or_conflict), done=on_done, failed=failed, executor="work"
        )
        task.is_pausable = True
        return task

    def _with_connection(self, request: "Callable[[WebinarSync, Progress], T]") -> Callable[[Progress], T]:
        return lambda progress: use_connection(self._workspace, lambda sync: request(sync, progress))
