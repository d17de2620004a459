"""Messages about refused edits, each with a button for the alternative if there is one."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from editor.errors import KnownError
from editor.schedule.operations import Duplicate, Paste
from ui.services.notifications import Notifications
from ui.state.document_controller import DocumentController, RefusedEdit
from ui.text.formatter import Formatter


class EditErrors(QObject):
    """The reporter of edits that are refused or fail: it posts a message for each, from when it is made.

    Nothing is posted for a refusal while the focused field shows its errors itself. A message has a button for the
    alternative, if there is one; pasted or duplicated segments whose position is taken are placed at the nearest free
    one at once.

    Args:
        controller: the open webinar.
        notifications: where messages are posted.
        formatter: words the errors.
        is_shown_elsewhere: returns whether the focused field shows its errors itself.
        parent: Qt's owner.
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

    def _on_refused(self, refused: RefusedEdit) -> None:
        if self._is_shown_elsewhere():
            return
        error = refused.error
        if refused.alternative is None:
            self._notifications.post_error(error)
        elif isinstance(refused.operation, (Paste, Duplicate)) and error.nearest is not None:
            # Pasted segments go to the nearest free position, as dropped ones do.
            text = self.tr("That position is taken. Placed at the nearest free one, {place}.")
            self._notifications.post(text.format(place=self._formatter.format_position(error.nearest)))
            self._controller.apply_alternative(refused)
        else:
            label = (
                self.tr("Unlock and continue") if error.code == "refused.locked" else self.tr("Move as far as possible")
            )
            self._notifications.post_error(error, action=(label, partial(self._controller.apply_alternative, refused)))

    def _on_failed(self, error: KnownError) -> None:
        if error.code == "library.stale":
            self._notifications.post_error(error, action=(self.tr("Reload"), self._controller.reload))
        else:
            self._notifications.post_error(error)
