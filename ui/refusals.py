"""What a refused edit says, and the way out it offers."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from editor.errors import Known
from editor.schedule.edits import Refused
from editor.schedule.operations import AnyOperation, Duplicate, Paste
from ui.bridge import Bridge
from ui.messages import Messages
from ui.words import Words


class Refusals(QObject):
    """Listens to a bridge and tells what could not be done.

    `told_elsewhere` says whether the person is in a field that shows its refusals itself.
    """

    def __init__(
        self,
        bridge: Bridge,
        messages: Messages,
        words: Words,
        told_elsewhere: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._told_elsewhere = told_elsewhere
        self._bridge = bridge
        self._messages = messages
        self._words = words
        bridge.refused.connect(self._on_refused)
        bridge.failed.connect(self._on_failed)

    def _on_refused(self, refused: Refused, op: AnyOperation) -> None:
        if self._told_elsewhere():
            return
        if refused.code == "refused.locked":
            unlock = (self.tr("Unlock and do it"), lambda: self._bridge.unlock_and_do(op))
            self._messages.known(refused, action=unlock)
        elif refused.instead is None:
            self._messages.known(refused)
        elif isinstance(op, (Paste, Duplicate)) and refused.nearest is not None:
            # What is put down lands at the nearest free place, as what is dropped does.
            text = self.tr("That place is taken: placed at {place}, the nearest that is free.")
            self._messages.tell(text.format(place=self._words.position(refused.nearest)))
            self._bridge.edit(refused.instead)
        else:
            instead = refused.instead
            self._messages.known(refused, action=(self.tr("As far as it goes"), lambda: self._bridge.edit(instead)))

    def _on_failed(self, known: Known) -> None:
        if known.code == "library.stale":
            self._messages.known(known, action=(self.tr("Show what is there now"), self._bridge.reload))
        else:
            self._messages.known(known)
