"""What a session is at this moment: its row, the version it plays, and the room clock from its log."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, select

from editor.errors import Known
from editor.schedule import room
from editor.schedule.clock import AnyEvent, RoomClock, Started
from editor.schedule.log import Clocked
from editor.schedule.model import ChatMode, Price, RoomType, Webinar
from editor.schedule.room import TEAM
from hosting.sessions import log
from hosting.sessions.tables import SESSIONS
from hosting.settings import Settings
from hosting.webinars import service as webinars

KEPT = 32
"""Decoded versions that are kept at hand."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A session as it is stored; see `hosting.sessions.tables`."""

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


class RoomState(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the room machine asks for about one session."""

    row: Row
    webinar: Webinar
    events: tuple[AnyEvent, ...]
    clock: RoomClock

    @property
    def cancelled(self) -> bool:
        """Whether it was called off."""
        return self.row.state == "cancelled"

    def phase(self, now: int) -> room.Phase:
        """What it is doing."""
        return room.phase(
            self.clock,
            now,
            waiting_ms=self.row.waiting_ms,
            cancelled=self.cancelled,
            on_demand=self.row.room == "on_demand",
        )

    def reached_ms(self, now: int) -> int:
        """The furthest position that it ever came to."""
        return room.reached(self.events, self.clock, now)


class Rooms:
    """Reads sessions, and keeps the versions they play decoded: a version never changes."""

    def __init__(self, settings: Settings) -> None:
        self._resume_after_ms = settings.resume_after_ms
        self._webinars: OrderedDict[str, Webinar] = OrderedDict()

    def state(self, connection: Connection, session: str) -> RoomState:
        """A session as it is now.

        Raises:
            Known: ``session.unknown``.
        """
        return self.state_of(connection, row_of(connection, session))

    def state_of(self, connection: Connection, row: Row) -> RoomState:
        """The same where its row is known."""
        webinar = self.webinar(connection, row.account, row.version)
        told = log.rows_of(connection, row.id, "clocked", TEAM)
        events = (Started(at_ms=row.starts_at), *(one.event for one in told if isinstance(one, Clocked)))
        clock = room.clock_of(webinar, events, resume_after_ms=self._resume_after_ms)
        return RoomState(row=row, webinar=webinar, events=events, clock=clock)

    def webinar(self, connection: Connection, account: str, version: str) -> Webinar:
        """The webinar of a version that a session plays."""
        found = self._webinars.get(version)
        if found is None:
            found, _number = webinars.version(connection, account, version)
            self._webinars[version] = found
            if len(self._webinars) > KEPT:
                self._webinars.popitem(last=False)
        return found


def row_of(connection: Connection, session: str) -> Row:
    """A session's row.

    Raises:
        Known: ``session.unknown``.
    """
    found = connection.execute(select(SESSIONS).where(SESSIONS.c.id == session)).first()
    if found is None:
        raise Known("session.unknown")
    return as_row(found._asdict())


def as_row(found: Mapping[str, Any]) -> Row:
    """A row of the table as a struct."""
    price = found["price"]
    # SQLAlchemy's names are strings of its own kind, which msgspec takes for no strings.
    values = {str(name): value for name, value in found.items()}
    values["price"] = msgspec.json.decode(price, type=Price) if price else None
    return msgspec.convert(values, Row)
