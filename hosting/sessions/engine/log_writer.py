"""The one place that writes to sessions' logs: what was written is sent in the order of its commits."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from editor.errors import KnownError
from hosting.context import HostingContext
from hosting.sessions.engine.cue_issuer import IssuedCues
from hosting.sessions.engine.event_log import EventLog
from hosting.sessions.engine.hub import Hub
from hosting.sessions.engine.session_state import SessionStates


class LogTransaction:
    """One transaction that writes to logs."""

    def __init__(self, connection: Connection, log: EventLog) -> None:
        self.connection = connection
        self.log = log
        self.invalidated_sessions: list[str] = []
        """Sessions whose streams end with this, because a new plan holds."""
        self.schedule_changed = False
        """Whether the conductor has to look again."""


class LogWriter:
    """What the session rooms share while the hosting runs."""

    def __init__(self, context: HostingContext) -> None:
        self.context = context
        self.states = SessionStates(context.settings)
        self.hub = Hub(context.settings.heartbeat_ms)
        self.issued_cues = IssuedCues()
        self.wake_scheduler: Callable[[], None] = lambda: None
        """Wakes the conductor, whose plans may have changed; does nothing while there is none."""
        self._commit_lock = threading.Lock()

    @contextmanager
    def write(self) -> Iterator[LogTransaction]:
        """A writing transaction; its rows are sent once it is committed, and not at all if it is not.

        Raises:
            KnownError: ``hosting.busy``, ``hosting.full``.
        """
        # The database has one writer at a time; the lock only makes the order of sending that of committing.
        if not self._commit_lock.acquire(timeout=self.context.db.busy_timeout_s):
            raise KnownError("hosting.busy")
        try:
            with self.context.db.write() as connection:
                transaction = LogTransaction(connection, EventLog(connection, self.context.epoch))
                yield transaction
            # First the end: whoever is told the new plan's row as if it were one more would take no snapshot.
            for session in transaction.invalidated_sessions:
                self.hub.end_streams(session)
            self.hub.publish(transaction.log.frames)
            if transaction.schedule_changed:
                self.wake_scheduler()
        finally:
            self._commit_lock.release()
