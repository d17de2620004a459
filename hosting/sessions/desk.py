"""The one place that writes to sessions' logs: what was written is sent in the order of its commits."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from editor.errors import Known
from hosting.house import House
from hosting.sessions.hub import Hub
from hosting.sessions.issuing import Issued
from hosting.sessions.log import Log
from hosting.sessions.rooms import Rooms


class Writing:
    """One transaction that writes to logs."""

    def __init__(self, connection: Connection, log: Log) -> None:
        self.connection = connection
        self.log = log
        self.overturned: list[str] = []
        """Sessions whose streams end with this, because a new plan holds."""
        self.replanned = False
        """Whether the conductor has to look again."""


class Desk:
    """What the session rooms share while the hosting runs."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.rooms = Rooms(house.settings)
        self.hub = Hub(house.settings.heartbeat_ms)
        self.issued = Issued()
        self.kick: Callable[[], None] = lambda: None
        """Wakes the conductor, whose plans may have changed; does nothing while there is none."""
        self._order = threading.Lock()

    @contextmanager
    def write(self) -> Iterator[Writing]:
        """A writing transaction; its rows are sent once it is committed, and not at all if it is not.

        Raises:
            Known: ``hosting.busy``, ``hosting.full``.
        """
        # The database has one writer at a time; the lock only makes the order of sending that of committing.
        if not self._order.acquire(timeout=self.house.db.busy_s):
            raise Known("hosting.busy")
        try:
            with self.house.db.write() as connection:
                writing = Writing(connection, Log(connection, self.house.epoch))
                yield writing
            # First the end: whoever is told the new plan's row as if it were one more would take no snapshot.
            for session in writing.overturned:
                self.hub.overturn(session)
            self.hub.told(writing.log.written)
            if writing.replanned:
                self.kick()
        finally:
            self._order.release()


def desk_of(house: House) -> Desk:
    """The desk of a hosting; made when first asked for."""
    found = house.parts.get("sessions")
    if not isinstance(found, Desk):
        found = house.parts.setdefault("sessions", Desk(house))
    assert isinstance(found, Desk)
    return found
