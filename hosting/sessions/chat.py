"""The chat, first step: attendees write; who sees it is for the room machine to say."""

from sqlalchemy import Connection, insert, or_, select

from editor.errors import Known
from editor.protocol.api import Say
from editor.schedule import room
from editor.schedule.log import Said
from editor.schedule.room.chat import WITHIN_MS
from hosting.registration.service import Person
from hosting.sessions.log import Log
from hosting.sessions.rooms import RoomState
from hosting.sessions.tables import MESSAGES

SHOWN = 300
"""How many messages somebody who joins is shown."""


def say(log: Log, state: RoomState, person: Person, said: Say, now: int) -> int:
    """Take a message; gives the number of its row. The same id again is the same message.

    Raises:
        Known: what `room.may_say` gives, and ``room.message_taken`` where the id is somebody else's.
    """
    connection, session = log.connection, state.row.id
    query = select(MESSAGES.c.person, MESSAGES.c.seq).where(
        MESSAGES.c.session == session, MESSAGES.c.message == said.id
    )
    before = connection.execute(query).first()
    if before is not None:
        if before.person != person.id:
            raise Known("room.message_taken")
        return int(before.seq)
    lately = select(MESSAGES.c.at).where(
        MESSAGES.c.session == session, MESSAGES.c.person == person.id, MESSAGES.c.at > now - WITHIN_MS
    )
    refused = room.may_say(
        "none" if state.row.room == "on_demand" else state.row.chat_now,
        state.phase(now),
        now,
        tuple(connection.execute(lately).scalars()),
        said.text,
        over_ms=room.over_since(state.clock, now),
    )
    if refused is not None:
        raise refused
    row = Said(
        message=said.id,
        person=person.id,
        name=person.name,
        text=room.plain(said.text),
        position_ms=state.clock.read(now).position_ms,
        at=now,
    )
    seq = log.add(session, room.audience_of(row, state.row.chat_now), now)
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


def seen_by(connection: Connection, session: str, person: str) -> tuple[Said, ...]:
    """The last messages that somebody who joins now gets, in order."""
    query = (
        select(MESSAGES)
        .where(MESSAGES.c.session == session, or_(MESSAGES.c.person == person, MESSAGES.c.approved.is_(True)))
        .order_by(MESSAGES.c.seq.desc())
        .limit(SHOWN)
    )
    rows = connection.execute(query).all()[::-1]
    said = tuple(
        Said(
            message=row.message,
            person=row.person,
            name=row.name,
            text=row.text,
            position_ms=row.position_ms,
            at=row.at,
        )
        for row in rows
    )
    return room.messages_for(person, said, {row.message: bool(row.approved) for row in rows})
