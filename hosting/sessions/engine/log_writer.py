"""Writes to the event logs of all sessions, and publishes the rows in the order of their commits."""

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
    """A writing transaction, as the `with` block of `LogWriter.write` receives it: a connection and an event log.

    `invalidated_sessions` and `schedule_changed` are set in the block, and say what is to be done after the commit.
    """

    def __init__(self, connection: Connection, log: EventLog) -> None:
        self.connection = connection
        self.log = log
        self.invalidated_sessions: list[str] = []
        """Sessions whose streams are ended after the commit, because a new schedule holds."""
        self.schedule_changed = False
        """Whether the scheduler has to look at the sessions again after the commit."""


class LogWriter:
    """The one writer of a hosting's event logs, with what sessions share in memory: states, issued cues, the hub.

    There is one a process. All that writes log rows goes through `write`, from any worker thread.

    Args:
        context: Of the hosting.
    """

    def __init__(self, context: HostingContext) -> None:
        self.context = context
        self.states = SessionStates(context.settings)
        self.hub = Hub(context.settings.heartbeat_ms)
        self.issued_cues = IssuedCues()
        self.wake_scheduler: Callable[[], None] = lambda: None
        """Wakes the scheduler, because sessions have changed; does nothing while no scheduler runs."""
        self._commit_lock = threading.Lock()

    @contextmanager
    def write(self) -> Iterator[LogTransaction]:
        """Begin a writing transaction: its rows are published once it is committed, and dropped if anything is raised.

        It waits for the transaction before it, so call it in a worker thread, and not within another one.

        Raises:
            KnownError: ``hosting.busy`` (the wait took longer than the setting `busy_ms`), ``hosting.full``.
        """
        # The database has one writer at a time; the lock makes the order of publishing that of committing.
        if not self._commit_lock.acquire(timeout=self.context.db.busy_timeout_s):
            raise KnownError("hosting.busy")
        try:
            with self.context.db.write() as connection:
                transaction = LogTransaction(connection, EventLog(connection, self.context.epoch))
                yield transaction
            # End the streams first: a client that got the new schedule's row on its stream would take no snapshot.
            for session in transaction.invalidated_sessions:
                self.hub.end_streams(session)
            self.hub.publish(transaction.log.frames)
            if transaction.schedule_changed:
                self.wake_scheduler()
        finally:
            self._commit_lock.release()
