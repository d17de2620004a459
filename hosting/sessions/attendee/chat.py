"""The chat as attendees use it. `editor.schedule.room` decides who may write and who sees a message."""

from sqlalchemy import Connection, insert, or_, select

from editor.errors import KnownError
from editor.protocol.api import ChatMessageRequest
from editor.schedule import room
from editor.schedule.room.chat import MESSAGE_WINDOW_MS
from editor.schedule.session_events import ChatMessageSent
from hosting.attendees.service import Person
from hosting.sessions.engine.event_log import EventLog
from hosting.sessions.engine.session_state import SessionState
from hosting.sessions.engine.tables import MESSAGES

MAX_SHOWN_MESSAGES = 300
"""How many messages a person who joins gets."""


def record_message(
    log: EventLog, state: SessionState, person: Person, message_request: ChatMessageRequest, now: int
) -> int:
    """Record a chat message, unless one of its id is recorded already; return the number of its log row.

    A repeat of the same person is accepted at any time, whatever its text, and gives the number of the first.

    Args:
        log: The event log of a writing transaction.
        state: Of the session.
        person: Who wrote it.
        message_request: The message and its id.
        now: The server time in milliseconds.

    Raises:
        KnownError: ``room.chat_off`` (always on demand), ``room.not_open``, ``room.chat_over``, ``room.cancelled``,
            ``room.empty``, ``room.long``, ``room.fast`` (see `room.check_message_allowed`), and ``room.message_taken``
            if another person used the id.
    """
    connection, session = log.connection, state.record.id
    query = select(MESSAGES.c.person, MESSAGES.c.seq).where(
        MESSAGES.c.session == session, MESSAGES.c.message == message_request.id
    )
    existing = connection.execute(query).first()
    if existing is not None:
        if existing.person != person.id:
            raise KnownError("room.message_taken")
        return int(existing.seq)
    recent_times = select(MESSAGES.c.at).where(
        MESSAGES.c.session == session, MESSAGES.c.person == person.id, MESSAGES.c.at > now - MESSAGE_WINDOW_MS
    )
    error = room.check_message_allowed(
        "none" if state.record.room == "on_demand" else state.record.chat_now,
        state.find_phase(now),
        now,
        tuple(connection.execute(recent_times).scalars()),
        message_request.text,
        over_ms=room.find_end_ms(state.clock, now),
    )
    if error is not None:
        raise error
    row = ChatMessageSent(
        message=message_request.id,
        person=person.id,
        name=person.name,
        text=room.normalize_text(message_request.text),
        position_ms=state.clock.read(now).position_ms,
        at=now,
    )
    seq = log.append(session, room.make_deliveries(row, state.record.chat_now), now)
    connection.execute(
        insert(MESSAGES).values(
            session=session,
            message=row.message,
            person=row.person,
            name=row.name,
            text=row.text,
            position_ms=row.position_ms,
            seq=seq,
            at=now,
        )
    )
    return seq


def load_visible_messages(connection: Connection, session: str, person: str) -> tuple[ChatMessageSent, ...]:
    """Return the last `MAX_SHOWN_MESSAGES` messages that a person who joins now gets, oldest first.

    These are their own messages, and those of others that a moderator approved.

    Args:
        connection: A reading transaction.
        session: The session's id.
        person: The person's id.
    """
    query = (
        select(MESSAGES)
        .where(MESSAGES.c.session == session, or_(MESSAGES.c.person == person, MESSAGES.c.approved.is_(True)))
        .order_by(MESSAGES.c.seq.desc())
        .limit(MAX_SHOWN_MESSAGES)
    )
    rows = connection.execute(query).all()[::-1]
    messages = tuple(
        ChatMessageSent(
            message=row.message,
            person=row.person,
            name=row.name,
            text=row.text,
            position_ms=row.position_ms,
            at=row.at,
        )
        for row in rows
    )
    return room.select_messages(person, messages, {row.message: bool(row.approved) for row in rows})
