"""What is done with the hosting: publishing, rescheduling, choosing between two versions.

Nothing here blocks. Short calls run one after another in the network's thread; what prepares and uploads for minutes
has a thread of the workers' and a connection of its own, so that the rest still answers meanwhile.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from editor.errors import Known
from editor.progress import Progress
from ui.messages import Messages
from ui.tasks import Task, Tasks

if TYPE_CHECKING:
    from editor.library.values import Version
    from editor.protocol import api
    from editor.schedule.model import Webinar
    from editor.sync.publishing import Wish
    from editor.sync.sync import Apart, Sync
    from editor.workspace import Workspace
    from ui.bridge import Bridge

T = TypeVar("T")


class Deeds(QObject):
    """Does it, in a thread. `ended` is told after each, whatever came of it."""

    ended = Signal()
    stepped = Signal(str)
    """Publishing has come to "document", "media" or "session"."""
    doing = Signal(object)
    """A `sending.Doing`: which media is being prepared or uploaded, and how far that is."""
    came_apart = Signal(object)
    """An `Apart`: somebody has to choose."""
    chosen = Signal(str)
    """What was changed on both sides of this webinar is settled."""

    def __init__(self, workspace: "Workspace", tasks: Tasks, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._tasks = tasks
        self._messages = messages

    def publish(
        self,
        wish: "Wish",
        done: "Callable[[api.Session], None]",
        apart: "Callable[[Apart], None]",
        failed: Callable[[Known], None],
    ) -> "Task[api.Session | Apart]":
        """Bring a version and its media there, and schedule a session."""

        def deed(sync: "Sync", progress: Progress) -> "api.Session":
            from editor.sync.publishing import publish

            workspace = self._workspace
            told = (self.stepped.emit, self.doing.emit)
            return publish(sync, workspace.library, workspace.shelf, wish, progress, *told)

        return self._long(self.tr("Publishing"), deed, done, apart, failed)

    def replace(
        self,
        session: str,
        webinar: str,
        version: str,
        done: "Callable[[api.Session], None]",
        apart: "Callable[[Apart], None]",
        failed: Callable[[Known], None],
    ) -> "Task[api.Session | Apart]":
        """Bring a version and its media there, and let a session play it."""

        def deed(sync: "Sync", progress: Progress) -> "api.Session":
            from editor.sync.publishing import bring

            workspace = self._workspace
            told = (self.stepped.emit, self.doing.emit)
            brought = bring(sync, workspace.library, workspace.shelf, webinar, version, progress, *told)
            return sync.client.replace(session, brought)

        return self._long(self.tr("Replacing the version"), deed, done, apart, failed)

    def read(self, version: str, then: "Callable[[Webinar], None]") -> None:
        """Read what a saved version holds."""
        self._tasks.run(
            "", lambda _progress: self._workspace.version(version), done=then, executor="library", quiet=True
        )

    def reschedule(self, session: str, start: str, zone: str) -> None:
        """Give a session another start."""

        def deed(sync: "Sync", _progress: Progress) -> object:
            from editor.protocol import api

            return sync.client.reschedule(session, api.Reschedule(start=start, zone=zone))

        self.call(self.tr("Rescheduling"), deed)

    def cancel(self, session: str) -> None:
        """Call a session off."""
        self.call(self.tr("Cancelling the session"), lambda sync, _progress: sync.client.cancel(session))

    def choose(self, both: "Apart", choice: str, bridge: "Bridge") -> None:
        """After `Apart`: let "mine" or "theirs" hold, or keep "both" as two webinars; then the draft follows.

        Mine takes along what the other side changed elsewhere, where all of that goes together.
        """
        webinar, workspace = bridge.webinar, self._workspace
        copy = self.tr("{title} (mine)").format(title=webinar.title)
        draft_is_newer = bridge.unsaved

        def deed(sync: "Sync", _progress: Progress) -> "Version":
            from editor.sync.publishing import mine

            if choice == "mine":
                return sync.settle(webinar.id, mine(both), both.rev)
            if choice == "both":
                # Saved, so that it goes to the hosting, too.
                workspace.save(workspace.duplicate(webinar.id, copy))
            return sync.pull(webinar.id)

        def done(version: "Version") -> None:
            self.chosen.emit(webinar.id)
            # Edits that were never saved are not put aside for what was saved.
            if choice != "mine" or not draft_is_newer:
                bridge.carry_out(
                    lambda document: workspace.restore(document, version.hash),
                    lambda step: bridge.goes_on_from(version, step.after),
                )

        self.call(self.tr("Keeping what was chosen"), deed, done)

    def save_calendar(self, slug: str, file: Path) -> None:
        """Write a session's calendar file."""

        def deed(sync: "Sync", _progress: Progress) -> object:
            body = sync.client.call("GET", f"/w/{slug}/calendar.ics").content
            try:
                return file.write_bytes(body)
            except OSError as error:
                raise Known("library.unwritable", path=str(file), reason=error.strerror or str(error)) from error

        self.call(self.tr("Saving the calendar file"), deed)

    def call(
        self,
        title: str,
        deed: "Callable[[Sync, Progress], T]",
        done: Callable[[T], None] | None = None,
    ) -> None:
        """Do something short with the hosting, and say that it has ended. What fails is told where everything is."""

        def ended(result: T) -> None:
            if done is not None:
                done(result)
            self.ended.emit()

        def failed(known: Known) -> None:
            self._messages.known(known)
            self.ended.emit()

        self._tasks.run(title, self._connected(deed), done=ended, failed=failed, executor="network", quiet=True)

    def _long(
        self,
        title: str,
        deed: "Callable[[Sync, Progress], api.Session]",
        done: "Callable[[api.Session], None]",
        apart: "Callable[[Apart], None]",
        failed: Callable[[Known], None],
    ) -> "Task[api.Session | Apart]":
        from editor.sync.sync import Apart

        def choosing(sync: "Sync", progress: Progress) -> "api.Session | Apart":
            try:
                return deed(sync, progress)
            except Apart as both:
                return both

        def ended(result: "api.Session | Apart") -> None:
            if isinstance(result, Apart):
                self.came_apart.emit(result)
                apart(result)
            else:
                done(result)
            self.ended.emit()

        task = self._tasks.run(title, self._connected(choosing), done=ended, failed=failed, executor="work")
        task.pausable = True
        return task

    def _connected(self, deed: "Callable[[Sync, Progress], T]") -> Callable[[Progress], T]:
        def work(progress: Progress) -> T:
            sync = self._workspace.hosting()
            try:
                return deed(sync, progress)
            finally:
                sync.client.close()

        return work
