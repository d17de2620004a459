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
    """A session as it is stored; see `hosting.sessions.engine.tables`."""

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
    """Everything that the room machine needs to know about one session."""

    record: SessionRecord
    webinar: Webinar
    events: tuple[AnyClockEvent, ...]
    clock: RoomClock

    @property
    def is_cancelled(self) -> bool:
        """Return whether the session is cancelled."""
        return self.record.state == "cancelled"

    def find_phase(self, now: int) -> room.SessionPhase:
        """Return the session's phase at a server time in milliseconds."""
        return room.find_phase(
            self.clock,
            now,
            waiting_ms=self.record.waiting_ms,
            cancelled=self.is_cancelled,
            on_demand=self.record.room == "on_demand",
        )

    def find_reached_ms(self, now: int) -> int:
        """Return the furthest position reached up to a server time; both in milliseconds."""
        return room.find_furthest_ms(self.events, self.clock, now)


class SessionStates:
    """Loads the states of sessions. The versions that they play never change, so they are cached decoded."""

    def __init__(self, settings: HostingSettings) -> None:
        self._resume_after_ms = settings.resume_after_ms
        self._webinars: OrderedDict[str, Webinar] = OrderedDict()

    def load(self, connection: Connection, session: str) -> SessionState:
        """Load the state of a session.

        Raises:
            KnownError: ``session.unknown``.
        """
        return self.load_for_record(connection, require_record(connection, session))

    def load_for_record(self, connection: Connection, record: SessionRecord) -> SessionState:
        """Load the state of a session whose record is known already."""
        webinar = self.load_webinar(connection, record.account, record.version)
        clock_rows = event_log.load_rows(connection, record.id, "clocked", TEAM)
        events = (Started(at_ms=record.starts_at), *(one.event for one in clock_rows if isinstance(one, ClockChanged)))
        clock = room.make_clock(webinar, events, resume_after_ms=self._resume_after_ms)
        return SessionState(record=record, webinar=webinar, events=events, clock=clock)

    def load_webinar(self, connection: Connection, account: str, version: str) -> Webinar:
        """Load the webinar of a version, from the cache if it is there."""
        cached = self._webinars.get(version)
        if cached is None:
            cached, _number = webinars.load_version(connection, account, version)
            self._webinars[version] = cached
            if len(self._webinars) > MAX_CACHED_WEBINARS:
                self._webinars.popitem(last=False)
        return cached


def require_record(connection: Connection, session: str) -> SessionRecord:
    """Return the record of a session.

    Raises:
        KnownError: ``session.unknown``.
    """
    row = connection.execute(select(SESSIONS).where(SESSIONS.c.id == session)).first()
    if row is None:
        raise KnownError("session.unknown")
    return to_record(row._asdict())


def to_record(columns: Mapping[str, Any]) -> SessionRecord:
    """Convert a row of the table to a record."""
    price = columns["price"]
    # SQLAlchemy's column names are of a subclass of str, which msgspec does not accept as str.
    values = {str(name): value for name, value in columns.items()}
    values["price"] = msgspec.json.decode(price, type=Price) if price else None
    return msgspec.convert(values, SessionRecord)


def to_columns(record: SessionRecord) -> dict[str, Any]:
    """Convert a record to the columns of the table; the inverse of `to_record`."""
    columns = msgspec.structs.asdict(record)
    columns["price"] = None if record.price is None else msgspec.json.encode(record.price)
    return columns
