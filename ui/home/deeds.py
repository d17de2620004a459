"""What can be done with the webinars of the library, one thin method each; all of it off the GUI thread."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from editor.progress import Progress
from ui.messages import Messages
from ui.tasks import Tasks

if TYPE_CHECKING:
    from editor.library.values import Card
    from editor.schedule.model import Webinar
    from editor.workspace import Workspace

T = TypeVar("T")


class LibraryDeeds(QObject):
    """Reads and rearranges the library. `changed` is told after each deed, for whoever shows the cards."""

    changed = Signal()

    def __init__(
        self,
        workspace: "Callable[[], Workspace]",
        tasks: Tasks,
        messages: Messages,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._tasks = tasks
        self._messages = messages

    def cards(
        self, then: "Callable[[tuple[Card, ...]], None]", *, archived: bool = False, deleted: bool = False
    ) -> None:
        """Read the cards of one part of the library."""

        def read(_progress: Progress) -> "tuple[Card, ...]":
            return self._workspace().library.cards(archived=archived, deleted=deleted)

        self._tasks.run(self.tr("Reading the library"), read, done=then, executor="library", quiet=True)

    def create(self, webinar: "Webinar", then: Callable[[str], None], *, template: str | None = None) -> None:
        """Make a webinar as it was planned, or one from a template with that plan; `then` gets its id."""

        def make(_progress: Progress) -> str:
            workspace = self._workspace()
            if template is None:
                workspace.library.create(webinar)
                return webinar.id
            return workspace.library.duplicate(template, webinar.title, **_plan_of(webinar))

        self._do(self.tr("Making the webinar"), make, then)

    def duplicate(self, webinar_id: str, title: str, then: Callable[[str], None] | None = None) -> None:
        """Copy a webinar under another title."""
        self._do(self.tr("Duplicating"), lambda _progress: self._workspace().library.duplicate(webinar_id, title), then)

    def set_template(self, webinar_id: str, template: bool) -> None:
        """Mark a webinar as one that others are made from, or no longer."""
        self._do(
            self.tr("Marking the template"),
            lambda _progress: self._workspace().library.set_template(webinar_id, template),
        )

    def archive(self, webinar_id: str, title: str, archived: bool) -> None:
        """Put a webinar into the archive, or take it back; with a way back."""

        def done(_nothing: object) -> None:
            text = self.tr("“{title}” is in the archive.") if archived else self.tr("“{title}” is back.")
            undo = (self.tr("Undo"), lambda: self.archive(webinar_id, title, not archived))
            self._messages.tell(text.format(title=title), action=undo)

        self._do(self.tr("Archiving"), lambda _progress: self._workspace().library.archive(webinar_id, archived), done)

    def delete(self, webinar_id: str, title: str, deleted: bool) -> None:
        """Delete a webinar, or bring it back; with a way back. It can be brought back for 30 days."""

        def done(_nothing: object) -> None:
            if deleted:
                text = self.tr("“{title}” is deleted. It can be brought back for 30 days.")
            else:
                text = self.tr("“{title}” is back.")
            undo = (self.tr("Undo"), lambda: self.delete(webinar_id, title, not deleted))
            self._messages.tell(text.format(title=title), action=undo)

        self._do(self.tr("Deleting"), lambda _progress: self._workspace().library.delete(webinar_id, deleted), done)

    def _do(self, title: str, work: Callable[[Progress], T], then: Callable[[T], None] | None = None) -> None:
        def done(result: T) -> None:
            self.changed.emit()
            if then is not None:
                then(result)

        self._tasks.run(title, work, done=done, executor="library", quiet=True)


def _plan_of(webinar: "Webinar") -> dict[str, object]:
    """The fields of a webinar that the plan dialog sets."""
    from editor.schedule.operations import Plan

    return {name: getattr(webinar, name) for name in Plan.__struct_fields__ if name not in {"unlock", "title", "media"}}
