"""The state of a session: its stored record, the version that it plays, and its room clock from the log."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, select

from editor.errors import KnownError
from editor.schedule import room
from editor.schedule.clock import AnyClockEvent, RoomClock, Started
from editor.schedule.model import ChatMode, Price, RoomType, Webinar
from editor.schedule.room import TEAM
from editor.schedule.session_events import ClockChanged
from hosting.sessions.engine import event_log
from hosting.sessions.engine.tables import SESSIONS
from hosting.settings import HostingSettings
from hosting.webinars import service as webinars

MAX_CACHED_WEBINARS = 32
"""How many decoded versions are cached."""


class SessionRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Row of the table of sessions: what is stored about one session; the room clock is not in it but in the log.

    `start` is local time without a zone, in the IANA zone `zone`; `starts_at` is the same instant in milliseconds since
    the epoch. `version` and `number` are the hash and the number of the webinar's version that plays. `chat` is the
    planned chat mode, `chat_now` the current one. `test` marks a private test. `state` stays "planned" while the
    session runs: `SessionState.find_phase` tells what it does now. `floor` and `sequence` are explained at
    `hosting.sessions.engine.tables.SESSIONS`.
    """

    id: str
    account: str
    webinar: str
    version: str
    number: int
    title: str
    slug: str
    start: str
    zone: str
    starts_at: int
    length_ms: int
    room: RoomType
    chat: ChatMode
    chat_now: ChatMode
    price: Price | None
    test: bool
    replay: bool
    waiting_ms: int
    state: Literal["planned", "cancelled", "over"]
    floor: int
    sequence: int


class SessionState(msgspec.Struct, frozen=True, kw_only=True):
    """One session with all that the room machine needs: its record, the webinar of its version, its clock.

    It is immutable, and read from the database by `SessionStates`: load another one after an event. `events` are those
    of the room clock in order, the planned start first; `clock` is the clock after all of them.
    """

    record: SessionRecord
    webinar: Webinar
    events: tuple[AnyClockEvent, ...]
    clock: RoomClock

    @property
    def is_cancelled(self) -> bool:
        """Whether the session was cancelled."""
        return self.record.state == "cancelled"

    def find_phase(self, now: int) -> room.SessionPhase:
        """Return the session's phase at a server time, as attendees see it; always "cancelled" once it is cancelled.

        Args:
            now: The server time in milliseconds.
        """
        return room.find_phase(
            self.clock,
            now,
            waiting_ms=self.record.waiting_ms,
            cancelled=self.is_cancelled,
            on_demand=self.record.room == "on_demand",
        )

    def find_reached_ms(self, now: int) -> int:
        """Return the furthest position of the webinar reached up to a server time; negative before the start.

        Args:
            now: The server time in milliseconds.

        Returns:
            Milliseconds from the beginning of the webinar.
        """
        return room.find_furthest_ms(self.events, self.clock, now)


class SessionStates:
    """Loader of sessions' states from the database; the hosting's `LogWriter` has one.

    Only the decoded webinars are cached, the last `MAX_CACHED_WEBINARS` of them, because a version never changes.
    Records and events are read anew each time.

    Args:
        settings: Of the hosting.
    """

    def __init__(self, settings: HostingSettings) -> None:
        self._resume_after_ms = settings.resume_after_ms
        self._webinars: OrderedDict[str, Webinar] = OrderedDict()

    def load(self, connection: Connection, session: str) -> SessionState:
        """Load the state that a session has within a transaction.

        Args:
            connection: A transaction, reading or writing.
            session: The session's id.

        Raises:
            KnownError: ``session.unknown``.
        """
        return self.load_for_record(connection, require_record(connection, session))

    def load_for_record(self, connection: Connection, record: SessionRecord) -> SessionState:
        """Load the state of a session whose record was read in the same transaction."""
        webinar = self.load_webinar(connection, record.account, record.version)
        clock_rows = event_log.load_rows(connection, record.id, "clocked", TEAM)
        events = (Started(at_ms=record.starts_at), *(one.event for one in clock_rows if isinstance(one, ClockChanged)))
        clock = room.make_clock(webinar, events, resume_after_ms=self._resume_after_ms)
        return SessionState(record=record, webinar=webinar, events=events, clock=clock)

    def load_webinar(self, connection: Connection, account: str, version: str) -> Webinar:
        """Return the webinar of a version, decoded, from the cache or the database.

        Args:
            connection: A transaction.
            account: The account's id.
            version: The version's hash.

        Raises:
            KnownError: ``version.unknown``.
        """
        cached = self._webinars.get(version)
        if cached is None:
            cached, _number = webinars.load_version(connection, account, version)
            self._webinars[version] = cached
            if len(self._webinars) > MAX_CACHED_WEBINARS:
                self._webinars.popitem(last=False)
        return cached


def require_record(connection: Connection, session: str) -> SessionRecord:
    """Return the record of a session, of whatever account.

    Raises:
        KnownError: ``session.unknown``.
    """
    row = connection.execute(select(SESSIONS).where(SESSIONS.c.id == session)).first()
    if row is None:
        raise KnownError("session.unknown")
    return to_record(row._asdict())


def to_record(columns: Mapping[str, Any]) -> SessionRecord:
    """Convert a row of the table of sessions, as a mapping by column name, to a record."""
    price = columns["price"]
    # SQLAlchemy's column names are of a subclass of str, which msgspec does not accept as str.
    values = {str(name): value for name, value in columns.items()}
    values["price"] = msgspec.json.decode(price, type=Price) if price else None
    return msgspec.convert(values, SessionRecord)


def to_columns(record: SessionRecord) -> dict[str, Any]:
    """Convert a record to values by the names of the table's columns; the inverse of `to_record`."""
    columns = msgspec.structs.asdict(record)
    columns["price"] = None if record.price is None else msgspec.json.encode(record.price)
    return columns
