"""A session's event log: rows are written in the transaction of what they record, and sent once that is committed."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, bindparam, func, insert, select

from editor.protocol.stream_events import StreamFrame
from editor.schedule.room import PUBLIC, TEAM, Delivery
from editor.schedule.session_events import AnyLogRow
from hosting.sessions.engine.tables import LOG_ROWS, SESSIONS

MAX_MISSED_ROWS = 2_000
"""How many missed rows are sent one by one; a client that missed more takes a snapshot."""

# Built once: composing a statement takes longer than running it.
_INSERT_ROW = insert(LOG_ROWS)
_SELECT_LAST_SEQ = select(func.max(LOG_ROWS.c.seq)).where(LOG_ROWS.c.session == bindparam("of"))
_SELECT_AUDIENCE_LAST_SEQ = _SELECT_LAST_SEQ.where(LOG_ROWS.c.audience == bindparam("by"))
_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[AnyLogRow] = msgspec.json.Decoder(AnyLogRow)


def decode_row(body: bytes) -> AnyLogRow:
    """Return the row whose body, as the database has it, is the JSON of one of `AnyLogRow`.

    Raises:
        msgspec.DecodeError: The body is no such JSON.
    """
    return _decoder.decode(body)


class EncodedFrame(msgspec.Struct, frozen=True, gc=False):
    """Row of a session's log with its number and audience, as in `StreamFrame`, but with the row as encoded JSON.

    It is immutable. `seq` is the row's number in the session, `prev` the number of the previous row of the same
    audience (0 for none), `at` the server time in milliseconds.
    """

    epoch: str
    session: str
    audience: str
    seq: int
    prev: int
    at: int
    row: msgspec.Raw

    def to_event(self) -> bytes:
        """Return the frame as one event of a stream (Server-Sent Events): its JSON as `data`, and an empty line."""
        return b"data: " + _encoder.encode(self) + b"\n\n"

    def to_frame(self) -> StreamFrame:
        """Return the frame as a `StreamFrame`, with its row decoded."""
        return StreamFrame(
            epoch=self.epoch,
            session=self.session,
            audience=self.audience,
            seq=self.seq,
            prev=self.prev,
            at=self.at,
            row=_decoder.decode(self.row),
        )


class EventLog:
    """Log of sessions' events within one writing transaction, made by `LogWriter.write`.

    `frames` collects what was appended, in order; the `LogWriter` publishes them once the transaction is committed.

    Args:
        connection: The writing transaction.
        epoch: Of the database.
    """

    def __init__(self, connection: Connection, epoch: str) -> None:
        self.connection = connection
        self.frames: list[EncodedFrame] = []
        self._epoch = epoch

    def append(self, session: str, deliveries: Iterable[Delivery], at: int) -> int:
        """Append one row for each delivery to a session's log; return the number of the first.

        Without deliveries nothing is written, and the number is that of the session's next row.

        Args:
            session: The session's id.
            deliveries: The rows, each with its audience.
            at: The server time in milliseconds.
        """
        seq = first = self._find_last_seq(session) + 1
        for delivery in deliveries:
            body = _encoder.encode(delivery.row)
            prev = find_last_seq(self.connection, session, delivery.audience)
            row = {
                "session": session,
                "seq": seq,
                "audience": delivery.audience,
                "prev": prev,
                "kind": str(type(delivery.row).__struct_config__.tag),
                "at": at,
                "body": body,
            }
            self.connection.execute(_INSERT_ROW, row)
            self.frames.append(EncodedFrame(self._epoch, session, delivery.audience, seq, prev, at, msgspec.Raw(body)))
            seq += 1
        return first

    def _find_last_seq(self, session: str) -> int:
        return self.connection.execute(_SELECT_LAST_SEQ, {"of": session}).scalar() or 0


def find_last_seq(connection: Connection, session: str, audience: str) -> int:
    """Return the number of the last row that a session's log has for an audience; 0 if there is none.

    Args:
        connection: A transaction.
        session: The session's id.
        audience: `PUBLIC`, `TEAM` or a person's id.
    """
    return connection.execute(_SELECT_AUDIENCE_LAST_SEQ, {"of": session, "by": audience}).scalar() or 0


def find_missed_frames(
    connection: Connection, epoch: str, session: str, audience: str, seen: int
) -> tuple[EncodedFrame, ...] | None:
    """Return an audience's rows after the last one that a client has, in order; empty if it has all of them.

    Args:
        connection: A reading transaction.
        epoch: Of the database.
        session: The session's id.
        audience: `PUBLIC`, `TEAM` or a person's id; rows of other audiences are left out.
        seen: The number of the last row of this audience that the client has; 0 for none.

    Returns:
        None if the client must take a snapshot instead: it missed more than `MAX_MISSED_ROWS`, a new schedule has
        replaced the public rows, or the log has not reached `seen` (a backup was restored).
    """
    if audience == PUBLIC:
        floor = connection.execute(select(SESSIONS.c.floor).where(SESSIONS.c.id == session)).scalar() or 0
        if seen < floor:
            return None
    if seen > find_last_seq(connection, session, audience):
        return None
    query = (
        select(LOG_ROWS.c.seq, LOG_ROWS.c.prev, LOG_ROWS.c.at, LOG_ROWS.c.body)
        .where(LOG_ROWS.c.session == session, LOG_ROWS.c.audience == audience, LOG_ROWS.c.seq > seen)
        .order_by(LOG_ROWS.c.seq)
        .limit(MAX_MISSED_ROWS + 1)
    )
    rows = connection.execute(query).all()
    if len(rows) > MAX_MISSED_ROWS:
        return None
    return tuple(
        EncodedFrame(epoch, session, audience, row.seq, row.prev, row.at, msgspec.Raw(row.body)) for row in rows
    )


def load_team_frames(connection: Connection, epoch: str, session: str, after: int) -> tuple[StreamFrame, ...]:
    """Return the rows that the team may see, its own and the public ones, in order and at most `MAX_MISSED_ROWS`.

    Args:
        connection: A reading transaction.
        epoch: Of the database.
        session: The session's id.
        after: The number of the last row that the caller has; 0 for all from the first. Call again with the last number
            returned to get more.
    """
    query = (
        select(LOG_ROWS)
        .where(LOG_ROWS.c.session == session, LOG_ROWS.c.audience.in_((TEAM, PUBLIC)), LOG_ROWS.c.seq > after)
        .order_by(LOG_ROWS.c.seq)
        .limit(MAX_MISSED_ROWS)
    )
    return tuple(
        EncodedFrame(epoch, session, row.audience, row.seq, row.prev, row.at, msgspec.Raw(row.body)).to_frame()
        for row in connection.execute(query)
    )


def load_rows(connection: Connection, session: str, kind: str, audience: str) -> tuple[AnyLogRow, ...]:
    """Return all rows of a kind that a session's log has for one audience, in order, decoded.

    Args:
        connection: A transaction.
        session: The session's id.
        kind: The tag of the row's struct, such as "clocked".
        audience: `PUBLIC`, `TEAM` or a person's id.
    """
    query = (
        select(LOG_ROWS.c.body)
        .where(LOG_ROWS.c.session == session, LOG_ROWS.c.kind == kind, LOG_ROWS.c.audience == audience)
        .order_by(LOG_ROWS.c.seq)
    )
    return tuple(_decoder.decode(body) for body in connection.execute(query).scalars())
