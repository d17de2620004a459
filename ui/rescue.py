"""What is offered when the library cannot be opened: a daily copy to put back, or another try.

Nothing is done unasked. What stood in the copy's place is moved aside, never deleted, and the person is told where to.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from editor.errors import Known
from editor.progress import Progress
from ui.messages import Messages
from ui.tasks import Tasks
from ui.words import Words

if TYPE_CHECKING:
    from editor.workspace import Workspace

LOST = frozenset({"library.damaged", "library.missing"})
"""What a copy helps against."""


class Rescue(QObject):
    """Tells why a library cannot be used, with the best way out there is.

    Args:
        workspace: the workspace whose library it is; called in the library's thread.
        tasks: reading and copying are done there.
        messages: where it is told.
        words: dates.
        parent: Qt's owner.
    """

    def __init__(
        self,
        workspace: "Callable[[], Workspace]",
        tasks: Tasks,
        messages: Messages,
        words: Words,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._tasks = tasks
        self._messages = messages
        self._words = words

    def offer(self, known: Known, again: Callable[[], None]) -> None:
        """Tell of a failure; `again` opens the library anew."""

        def look(_progress: Progress) -> tuple[Path, date] | None:
            return self._workspace().newest_copy()

        def found(copy: tuple[Path, date] | None) -> None:
            if copy is None:
                self._try_again(known, again)
            else:
                text = self.tr("Put back the copy of {date}").format(date=self._words.date(copy[1]))
                self._messages.known(known, action=(text, lambda: self._put_back(*copy, again)))

        if known.code not in LOST:
            self._try_again(known, again)
            return
        self._tasks.run("", look, done=found, executor="library", quiet=True)

    def _try_again(self, known: Known, again: Callable[[], None]) -> None:
        self._messages.known(known, action=(self.tr("Try again"), again))

    def _put_back(self, copy: Path, day: date, again: Callable[[], None]) -> None:
        def done(restored: tuple[Path, Path]) -> None:
            text = self.tr("The library is as it was on {date}. What was in its place is kept in {folder}.")
            self._messages.tell(text.format(date=self._words.date(day), folder=restored[1]), kind="warning")
            again()

        self._tasks.run(
            self.tr("Putting the copy back"),
            lambda _progress: self._workspace().restore_copy(copy),
            done=done,
            failed=lambda known: self.offer(known, again),
            executor="library",
        )
