"""Commands on the webinars of the library, run in the background."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from editor.library.records import RESTORABLE_FOR
from editor.progress import Progress
from ui.services.notifications import Notifications
from ui.services.task_runner import TaskRunner

if TYPE_CHECKING:
    from editor.library.records import WebinarSummary
    from editor.schedule.model import Webinar
    from editor.workspace import Workspace

T = TypeVar("T")


class LibraryCommands(QObject):
    """The commands of Home that read and change the library in its thread; `changed` is emitted after each change.

    They return at once, and call back on the GUI thread. Errors are posted as messages, and nothing is called then.

    Args:
        get_workspace: returns the library's workspace; called in the library's thread.
        tasks: runs background tasks.
        notifications: where messages are posted.
        parent: Qt's owner.
    """

    changed = Signal()

    def __init__(
        self,
        get_workspace: "Callable[[], Workspace]",
        tasks: TaskRunner,
        notifications: Notifications,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._get_workspace = get_workspace
        self._tasks = tasks
        self._notifications = notifications

    def load_summaries(
        self, then: "Callable[[tuple[WebinarSummary, ...]], None]", *, archived: bool = False, deleted: bool = False
    ) -> None:
        """Read the summaries of one section of the library in the background; an error is posted as a message.

        Args:
            then: called with the summaries, on the GUI thread.
            archived: whether to read the archived webinars instead of the others.
            deleted: whether to read the deleted webinars instead of the others.
        """

        def read(_progress: Progress) -> "tuple[WebinarSummary, ...]":
            return self._get_workspace().library.list_webinars(archived=archived, deleted=deleted)

        self._tasks.run(self.tr("Reading the library"), read, done=then, executor="library", quiet=True)

    def create(self, webinar: "Webinar", then: Callable[[str], None], *, template: str | None = None) -> None:
        """Create a webinar in the background, or a copy of a template with other settings.

        Args:
            webinar: the new webinar; of a copy, it gives the title and what the settings dialog sets.
            then: called with the id of the new webinar, after `changed`; for a copy, not the id of `webinar`.
            template: id of the webinar to copy; None creates `webinar` itself.
        """

        def create_webinar(_progress: Progress) -> str:
            workspace = self._get_workspace()
            if template is None:
                workspace.library.create(webinar)
                return webinar.id
            return workspace.library.duplicate(template, webinar.title, **_settings_of(webinar))

        self._run(self.tr("Creating the webinar"), create_webinar, then)

    def duplicate(self, webinar_id: str, title: str, then: Callable[[str], None] | None = None) -> None:
        """Copy a webinar in the background, as "… (copy)"; `changed` follows.

        Args:
            webinar_id: id of the webinar to copy.
            title: the title of the original.
            then: called with the id of the copy, after `changed`; None calls nothing.
        """
        copy = self.tr("{title} (copy)").format(title=title)
        self._run(
            self.tr("Duplicating"), lambda _progress: self._get_workspace().library.duplicate(webinar_id, copy), then
        )

    def set_template(self, webinar_id: str, template: bool) -> None:
        """Mark a webinar (by its id) as a template for new ones (`template` true), or unmark it; `changed` follows."""
        self._run(
            self.tr("Marking the template"),
            lambda _progress: self._get_workspace().library.set_template(webinar_id, template),
        )

    def archive(self, webinar_id: str, title: str, archived: bool) -> None:
        """Move a webinar to the archive (`archived` true) or back, in the background; a message then offers Undo.

        Args:
            webinar_id: id of the webinar.
            title: the title, for the message.
            archived: whether it is to be in the archive.
        """

        def done(_nothing: object) -> None:
            text = self.tr("“{title}” was archived.") if archived else self.tr("“{title}” was restored.")
            undo = (self.tr("Undo"), lambda: self.archive(webinar_id, title, not archived))
            self._notifications.post(text.format(title=title), action=undo)

        self._run(
            self.tr("Archiving"),
            lambda _progress: self._get_workspace().library.set_archived(webinar_id, archived),
            done,
        )

    def delete(self, webinar_id: str, title: str, deleted: bool) -> None:
        """Delete a webinar (`deleted` true) or restore it, in the background; a message then offers Undo.

        A deleted webinar can be restored for `RESTORABLE_FOR`.

        Args:
            webinar_id: id of the webinar.
            title: the title, for the message.
            deleted: whether it is to be deleted.
        """

        def done(_nothing: object) -> None:
            if deleted:
                text = self.tr("“{title}” was deleted. You can restore it for %n day(s).", "", RESTORABLE_FOR.days)
            else:
                text = self.tr("“{title}” was restored.")
            undo = (self.tr("Undo"), lambda: self.delete(webinar_id, title, not deleted))
            self._notifications.post(text.format(title=title), action=undo)

        self._run(
            self.tr("Deleting"), lambda _progress: self._get_workspace().library.set_deleted(webinar_id, deleted), done
        )

    def _run(self, title: str, work: Callable[[Progress], T], then: Callable[[T], None] | None = None) -> None:
        def done(result: T) -> None:
            self.changed.emit()
            if then is not None:
                then(result)

        self._tasks.run(title, work, done=done, executor="library", quiet=True)


def _settings_of(webinar: "Webinar") -> dict[str, object]:
    """Return the fields of a webinar that the settings dialog sets."""
    from editor.schedule.operations import ChangeProperties

    return {
        name: getattr(webinar, name)
        for name in ChangeProperties.__struct_fields__
        if name not in {"unlock", "title", "media"}
    }
