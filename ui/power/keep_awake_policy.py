"""Decides when this computer has to stay awake while it hosts sessions."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from editor.schedule.model import HOUR, MINUTE
from ui.power.sleep_inhibitor import InhibitorState, SleepInhibitor

if TYPE_CHECKING:
    from editor.protocol.api import Session

UPCOMING_WITHIN_MS = 24 * HOUR
AWAKE_BEFORE_MS = 30 * MINUTE
"""Attendees arrive this long before a session starts, and the computer must not sleep any more."""
PENDING_PHASES = frozenset({"planned", "waiting", "running", "held", "closing"})


class KeepAwakePolicy(QObject):
    """The rule that keeps this computer awake from 30 minutes before a session on it until the session's end.

    It acts at `update` alone, on the GUI thread, and has no clock of its own. `changed` is emitted when `state` is
    another.
    """

    changed = Signal()
    """Whether the computer is kept awake has changed."""

    def __init__(self, inhibitor: SleepInhibitor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inhibitor = inhibitor
        inhibitor.setParent(self)
        inhibitor.changed.connect(self.changed)
        self.next_session: Session | None = None
        """The session here that runs or starts within a day; private tests do not count, only the team attends them."""

    @property
    def state(self) -> InhibitorState:
        """Whether the computer is kept awake: "off", "asking", "held" or "impossible", as in `SleepInhibitor`."""
        return self._inhibitor.state

    def update(self, sessions: "Sequence[Session]") -> None:
        """Set the sessions on this computer, and keep it awake or let it sleep accordingly.

        Cancelled, ended and on-demand sessions do not count. Private tests keep it awake too, but are never
        `next_session`.

        Args:
            sessions: the sessions, with times of the server's clock; empty while this computer does not host.
        """
        pending = [each for each in sessions if each.state == "planned" and each.phase in PENDING_PHASES]
        public = (each for each in pending if not each.test and each.starts_at - each.now <= UPCOMING_WITHIN_MS)
        self.next_session = min(public, key=lambda each: each.starts_at, default=None)
        self._inhibitor.set_needed(
            any(each.phase != "planned" or each.starts_at - each.now <= AWAKE_BEFORE_MS for each in pending)
        )

    def stop(self) -> None:
        """Let the computer sleep, and forget the sessions; call it when the application closes."""
        self.next_session = None
        self._inhibitor.set_needed(False)
