"""What a refused edit says, and the way out it offers."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from editor.errors import KnownError
from editor.schedule.edits import EditRefusedError
from editor.schedule.operations import AnyOperation, Duplicate, Paste
from ui.services.notifications import Notifications
from ui.state.document_controller import DocumentController
from ui.text.formatter import Formatter


class EditErrors(QObject):
    """Listens to a bridge and tells what could not be done.

    `told_elsewhere` says whether the person is in a field that shows its refusals itself.
    """

    def __init__(
        self,
        controller: DocumentController,
        notifications: Notifications,
        formatter: Formatter,
        is_shown_elsewhere: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._is_shown_elsewhere = is_shown_elsewhere
        self._controller = controller
        self._notifications = notifications
        self._formatter = formatter
        controller.refused.connect(self._on_refused)
        controller.failed.connect(self._on_failed)

    def _on_refused(self, error: EditRefusedError, op: AnyOperation) -> None:
        if self._is_shown_elsewhere():
            return
        if error.code == "refused.locked":
            unlock = (self.tr("Unlock and do it"), lambda: self._controller.unlock_and_retry(op))
            self._notifications.post_error(error, action=unlock)
        elif error.alternative is None:
            self._notifications.post_error(error)
        elif isinstance(op, (Paste, Duplicate)) and error.nearest is not None:
            # What is put down lands at the nearest free place, as what is dropped does.
            text = self.tr("That place is taken: placed at {place}, the nearest that is free.")
            self._notifications.post(text.format(place=self._formatter.format_position(error.nearest)))
            self._controller.edit(error.alternative)
        else:
            alternative = error.alternative
            self._notifications.post_error(
                error, action=(self.tr("As far as it goes"), lambda: self._controller.edit(alternative))
            )

    def _on_failed(self, error: KnownError) -> None:
        if error.code == "library.stale":
            self._notifications.post_error(error, action=(self.tr("Show what is there now"), self._controller.reload))
        else:
            self._notifications.post_error(error)
