"""Recovery of a library that cannot be opened: restore a daily backup, or try again.

Nothing is done before the user asks. The damaged library is moved aside, never deleted, and the message says where to.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from editor.errors import KnownError
from editor.progress import Progress
from ui.services.notifications import Notifications
from ui.services.task_runner import TaskRunner
from ui.text.formatter import Formatter

if TYPE_CHECKING:
    from editor.workspace import Workspace

RESTORABLE_ERRORS = frozenset({"library.damaged", "library.missing"})
"""Errors that restoring a backup can remedy."""


class LibraryRecovery(QObject):
    """The message that the library cannot be opened, with a button for the best remedy; `offer` posts it.

    Args:
        get_workspace: returns the workspace of the library; called in the library's thread.
        tasks: runs reading and copying.
        notifications: where the message is posted.
        formatter: formats the backup's date.
        parent: Qt's owner.
    """

    def __init__(
        self,
        get_workspace: "Callable[[], Workspace]",
        tasks: TaskRunner,
        notifications: Notifications,
        formatter: Formatter,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._get_workspace = get_workspace
        self._tasks = tasks
        self._notifications = notifications
        self._formatter = formatter

    def offer(self, error: KnownError, retry: Callable[[], None]) -> None:
        """Post why the library cannot be opened, with a button: restore the newest backup, or else try again.

        Restoring is offered for `RESTORABLE_ERRORS` alone, and only if there is a backup; that is looked for in the
        background, and the message follows then.

        Args:
            error: the failure.
            retry: opens the library anew; called after the button, and after a backup was restored.
        """

        def find_backup(_progress: Progress) -> tuple[Path, date] | None:
            return self._get_workspace().find_newest_backup()

        def on_found(backup: tuple[Path, date] | None) -> None:
            if backup is None:
                self._offer_retry(error, retry)
            else:
                text = self.tr("Restore the backup of {date}").format(date=self._formatter.format_date(backup[1]))
                self._notifications.post_error(error, action=(text, lambda: self._restore_backup(*backup, retry)))

        if error.code not in RESTORABLE_ERRORS:
            self._offer_retry(error, retry)
            return
        self._tasks.run("", find_backup, done=on_found, executor="library", quiet=True)

    def _offer_retry(self, error: KnownError, retry: Callable[[], None]) -> None:
        self._notifications.post_error(error, action=(self.tr("Try again"), retry))

    def _restore_backup(self, backup: Path, day: date, retry: Callable[[], None]) -> None:
        def done(restored: tuple[Path, Path]) -> None:
            text = self.tr("The library was restored to {date}. The damaged one was moved to {folder}.")
            self._notifications.post(
                text.format(date=self._formatter.format_date(day), folder=restored[1]), kind="warning"
            )
            retry()

        self._tasks.run(
            self.tr("Restoring the backup"),
            lambda _progress: self._get_workspace().restore_backup(backup),
            done=done,
            failed=lambda known: self.offer(known, retry),
            executor="library",
        )
