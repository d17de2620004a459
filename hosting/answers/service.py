"""Taking clicks and answers, once each."""

import msgspec
from sqlalchemy import Connection, insert, select

from editor.errors import Known
from editor.protocol.api import Answer, Click
from editor.schedule import room
from editor.schedule.log import Answered, AnyRow, Clicked
from hosting.answers.tables import ANSWERS, CLICKS
from hosting.registration.service import Person
from hosting.sessions.log import Log
from hosting.sessions.rooms import RoomState


def click(log: Log, state: RoomState, person: Person, clicked: Click, now: int) -> int:
    """Note that a button was pressed; gives the number of its row, the first one's if it was pressed before.

    Raises:
        Known: what `room.may_take` gives, and ``room.no_offer`` where it is no call to action.
    """
    one = (CLICKS.c.session == state.row.id, CLICKS.c.person == person.id, CLICKS.c.offer == clicked.offer)
    before = log.connection.execute(select(CLICKS.c.seq).where(*one)).scalar()
    if before is not None:
        return int(before)
    _may_take(state, clicked.offer, now)
    if room.cta_of(state.webinar, clicked.offer) is None:
        raise Known("room.no_offer")
    row = Clicked(person=person.id, offer=clicked.offer)
    seq = _add(log, state, row, now)
    log.connection.execute(
        insert(CLICKS).values(session=state.row.id, person=person.id, offer=clicked.offer, seq=seq, at=now)
    )
    return seq


def answer(log: Log, state: RoomState, person: Person, given: Answer, now: int) -> int:
    """Note an answer; gives the number of its row, the first one's if it is a repeat.

    Raises:
        Known: what `room.may_take` and `room.answers_ok` give, ``room.no_offer`` where it is no survey, and
            ``room.answered`` where the person has answered this question otherwise.
    """
    row = Answered(
        person=person.id,
        offer=given.offer,
        question=given.question,
        choices=given.choices,
        text=room.plain(given.text),
        rating=given.rating,
    )
    body = msgspec.json.encode(row)
    mine = select(ANSWERS.c.seq, ANSWERS.c.body).where(ANSWERS.c.session == state.row.id, ANSWERS.c.person == person.id)
    one = mine.where(ANSWERS.c.offer == given.offer, ANSWERS.c.question == given.question)
    before = log.connection.execute(one).first()
    if before is not None:
        if before.body != body:
            raise Known("room.answered")
        return int(before.seq)
    _may_take(state, given.offer, now)
    survey = room.survey_of(state.webinar, given.offer)
    if survey is None:
        raise Known("room.no_offer")
    refused = room.answers_ok(survey, row)
    if refused is not None:
        raise refused
    seq = _add(log, state, row, now)
    log.connection.execute(
        insert(ANSWERS).values(
            session=state.row.id,
            person=person.id,
            offer=given.offer,
            question=given.question,
            seq=seq,
            at=now,
            body=body,
        )
    )
    return seq


def clicked_by(connection: Connection, session: str, person: str) -> tuple[str, ...]:
    """The offers whose button a person pressed, in order."""
    query = select(CLICKS.c.offer).where(CLICKS.c.session == session, CLICKS.c.person == person).order_by(CLICKS.c.seq)
    return tuple(connection.execute(query).scalars())


def answered_by(connection: Connection, session: str, person: str) -> tuple[Answered, ...]:
    """A person's answers, in order."""
    query = select(ANSWERS.c.body).where(ANSWERS.c.session == session, ANSWERS.c.person == person)
    bodies = connection.execute(query.order_by(ANSWERS.c.seq)).scalars()
    return tuple(msgspec.json.decode(body, type=Answered) for body in bodies)


def _may_take(state: RoomState, offer: str, now: int) -> None:
    refused = Known("room.cancelled") if state.cancelled else None
    refused = refused or room.may_take(state.webinar, state.events, state.clock, now, offer, replay=state.row.replay)
    if refused is not None:
        raise refused


def _add(log: Log, state: RoomState, row: AnyRow, now: int) -> int:
    return log.add(state.row.id, room.audience_of(row, state.row.chat_now), now)
