"""What depends on this computer while it hosts: which session comes next, and that the machine stays up for it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from editor.schedule.model import HOUR, MINUTE
from ui.power.sleep_inhibitor import InhibitorState, SleepInhibitor

if TYPE_CHECKING:
    from editor.protocol.api import Session

UPCOMING_WITHIN_MS = 24 * HOUR
AWAKE_BEFORE_MS = 30 * MINUTE
"""So long before a session begins, its people come, and the machine must not sleep any more."""
PENDING_PHASES = frozenset({"planned", "waiting", "running", "held", "closing"})


class KeepAwakePolicy(QObject):
    """Watches over the sessions on this computer; keeps the machine up from 30 minutes before until the end."""

    changed = Signal()
    """Whether the machine is kept up is another."""

    def __init__(self, inhibitor: SleepInhibitor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inhibitor = inhibitor
        inhibitor.setParent(self)
        inhibitor.changed.connect(self.changed)
        self.next_session: Session | None = None
        """The session here that runs, or is the next to within a day; tests apart, which only we attend."""

    @property
    def state(self) -> InhibitorState:
        """Whether the machine is kept up: "off" while it need not be, "impossible" where nothing here can."""
        return self._inhibitor.state

    def update(self, sessions: "Sequence[Session]") -> None:
        """These are the sessions on this computer, as of the hosting's own clock; none where it does not host."""
        pending = [each for each in sessions if each.state == "planned" and each.phase in PENDING_PHASES]
        public = (each for each in pending if not each.test and each.starts_at - each.now <= UPCOMING_WITHIN_MS)
        self.next_session = min(public, key=lambda each: each.starts_at, default=None)
        self._inhibitor.set_needed(
            any(each.phase != "planned" or each.starts_at - each.now <= AWAKE_BEFORE_MS for each in pending)
        )

    def stop(self) -> None:
        """The program ends; the machine may sleep."""
        self.next_session = None
        self._inhibitor.set_needed(False)
