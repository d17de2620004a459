"""A session's log: rows are written in the transaction of what they record, and sent only once that is on the disk."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, bindparam, func, insert, select

from editor.protocol.frames import Frame
from editor.schedule.log import AnyRow
from editor.schedule.room import PUBLIC, TEAM, Told
from hosting.sessions.tables import ROWS, SESSIONS

MOST_MISSED = 2_000
"""Rows that are caught up one by one; who missed more takes a snapshot."""

# Made once: putting statements together costs more than the database takes for them.
_ADD = insert(ROWS)
_LAST = select(func.max(ROWS.c.seq)).where(ROWS.c.session == bindparam("of"))
_LAST_OF = _LAST.where(ROWS.c.audience == bindparam("by"))
_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[AnyRow] = msgspec.json.Decoder(AnyRow)


def decode(body: bytes) -> AnyRow:
    """A row's body."""
    return _decoder.decode(body)


class Written(msgspec.Struct, frozen=True, gc=False):
    """A row of the log in the form of a `Frame`, its body encoded already."""

    epoch: str
    session: str
    audience: str
    seq: int
    prev: int
    at: int
    row: msgspec.Raw

    def event(self) -> bytes:
        """The frame as the event stream carries it."""
        return b"data: " + _encoder.encode(self) + b"\n\n"

    def frame(self) -> Frame:
        """The frame itself."""
        return Frame(
            epoch=self.epoch,
            session=self.session,
            audience=self.audience,
            seq=self.seq,
            prev=self.prev,
            at=self.at,
            row=_decoder.decode(self.row),
        )


class Log:
    """Writes rows within one transaction and remembers them, to be sent when it is committed."""

    def __init__(self, connection: Connection, epoch: str) -> None:
        self.connection = connection
        self.written: list[Written] = []
        self._epoch = epoch

    def add(self, session: str, told: Iterable[Told], at: int) -> int:
        """Append rows; gives the number of the first."""
        seq = first = self._last(session) + 1
        for one in told:
            body = _encoder.encode(one.row)
            prev = last_of(self.connection, session, one.audience)
            row = {
                "session": session,
                "seq": seq,
                "audience": one.audience,
                "prev": prev,
                "kind": str(type(one.row).__struct_config__.tag),
                "at": at,
                "body": body,
            }
            self.connection.execute(_ADD, row)
            self.written.append(Written(self._epoch, session, one.audience, seq, prev, at, msgspec.Raw(body)))
            seq += 1
        return first

    def _last(self, session: str) -> int:
        return self.connection.execute(_LAST, {"of": session}).scalar() or 0


def last_of(connection: Connection, session: str, audience: str) -> int:
    """The number of an audience's last row, 0 before the first."""
    return connection.execute(_LAST_OF, {"of": session, "by": audience}).scalar() or 0


def missed(connection: Connection, epoch: str, session: str, audience: str, seen: int) -> tuple[Written, ...] | None:
    """An audience's rows after the one it saw last, in order.

    None where they cannot be told one by one: too many, overturned since, or `seen` is a number that this log has not
    reached (a backup was restored).
    """
    if audience == PUBLIC:
        floor = connection.execute(select(SESSIONS.c.floor).where(SESSIONS.c.id == session)).scalar() or 0
        if seen < floor:
            return None
    if seen > last_of(connection, session, audience):
        return None
    query = (
        select(ROWS.c.seq, ROWS.c.prev, ROWS.c.at, ROWS.c.body)
        .where(ROWS.c.session == session, ROWS.c.audience == audience, ROWS.c.seq > seen)
        .order_by(ROWS.c.seq)
        .limit(MOST_MISSED + 1)
    )
    rows = connection.execute(query).all()
    if len(rows) > MOST_MISSED:
        return None
    return tuple(Written(epoch, session, audience, row.seq, row.prev, row.at, msgspec.Raw(row.body)) for row in rows)


def for_team(connection: Connection, epoch: str, session: str, after: int) -> tuple[Frame, ...]:
    """What the team may see of a log: its own rows and the public ones, at most `MOST_MISSED` at a time."""
    query = (
        select(ROWS)
        .where(ROWS.c.session == session, ROWS.c.audience.in_((TEAM, PUBLIC)), ROWS.c.seq > after)
        .order_by(ROWS.c.seq)
        .limit(MOST_MISSED)
    )
    return tuple(
        Written(epoch, session, row.audience, row.seq, row.prev, row.at, msgspec.Raw(row.body)).frame()
        for row in connection.execute(query)
    )


def rows_of(connection: Connection, session: str, kind: str, audience: str) -> tuple[AnyRow, ...]:
    """All rows of a kind that one audience got, in order."""
    query = (
        select(ROWS.c.body)
        .where(ROWS.c.session == session, ROWS.c.kind == kind, ROWS.c.audience == audience)
        .order_by(ROWS.c.seq)
    )
    return tuple(_decoder.decode(body) for body in connection.execute(query).scalars())
