"""What depends on this computer while it hosts: which session comes next, and that the machine stays up for it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from editor.schedule.model import HOUR, MINUTE
from ui.publish.awake import Awake, State

if TYPE_CHECKING:
    from editor.protocol.api import Session

SOON_MS = 24 * HOUR
BEFORE_MS = 30 * MINUTE
"""So long before a session begins, its people come, and the machine must not sleep any more."""
AHEAD = frozenset({"planned", "waiting", "running", "held", "closing"})


class Vigil(QObject):
    """Watches over the sessions on this computer; keeps the machine up from 30 minutes before until the end."""

    changed = Signal()
    """Whether the machine is kept up is another."""

    def __init__(self, awake: Awake, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._awake = awake
        awake.setParent(self)
        awake.changed.connect(self.changed)
        self.coming: Session | None = None
        """The session here that runs, or is the next to within a day; tests apart, which only we attend."""

    @property
    def state(self) -> State:
        """Whether the machine is kept up: "off" while it need not be, "impossible" where nothing here can."""
        return self._awake.state

    def look(self, sessions: "Sequence[Session]") -> None:
        """These are the sessions on this computer, as of the hosting's own clock; none where it does not host."""
        ahead = [each for each in sessions if each.state == "planned" and each.phase in AHEAD]
        public = (each for each in ahead if not each.test and each.starts_at - each.now <= SOON_MS)
        self.coming = min(public, key=lambda each: each.starts_at, default=None)
        self._awake.need(any(each.phase != "planned" or each.starts_at - each.now <= BEFORE_MS for each in ahead))

    def end(self) -> None:
        """The program ends; the machine may sleep."""
        self.coming = None
        self._awake.need(False)
