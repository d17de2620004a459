"""The chat, first step: attendees write; who sees it is for the room machine to say."""

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
"""How many messages somebody who joins is shown."""


def record_message(
    log: EventLog, state: SessionState, person: Person, message_request: ChatMessageRequest, now: int
) -> int:
    """Take a message; gives the number of its row. The same id again is the same message.

    Raises:
        KnownError: what `room.may_say` gives, and ``room.message_taken`` where the id is somebody else's.
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
        state.phase(now),
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
    """The last messages that somebody who joins now gets, in order."""
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
