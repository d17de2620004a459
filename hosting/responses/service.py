"""Operations on clicks and answers: record each once, list those of a person."""

import msgspec
from sqlalchemy import Connection, insert, select

from editor.errors import KnownError
from editor.protocol.api import AnswerRequest, ClickRequest
from editor.schedule import room
from editor.schedule.session_events import AnyLogRow, OfferClicked, QuestionAnswered
from hosting.attendees.service import Person
from hosting.responses.tables import ANSWERS, CLICKS
from hosting.sessions.engine.event_log import EventLog
from hosting.sessions.engine.session_state import SessionState


def record_click(log: EventLog, state: SessionState, person: Person, click_request: ClickRequest, now: int) -> int:
    """Record a click on a call to action; return the number of its log row, the first click's if it is a repeat.

    A repeat is accepted at any time, also after the end.

    Args:
        log: The event log of a writing transaction.
        state: Of the session.
        person: Who clicked.
        click_request: Which offer.
        now: The server time in milliseconds.

    Raises:
        KnownError: ``room.cancelled``, ``room.no_offer`` (not in this webinar, not opened yet, or no call to action),
            ``room.offer_over`` (the time after the end in which responses are accepted has passed).
    """
    condition = (
        CLICKS.c.session == state.record.id,
        CLICKS.c.person == person.id,
        CLICKS.c.offer == click_request.offer,
    )
    existing_seq = log.connection.execute(select(CLICKS.c.seq).where(*condition)).scalar()
    if existing_seq is not None:
        return int(existing_seq)
    _require_open_offer(state, click_request.offer, now)
    if room.find_cta(state.webinar, click_request.offer) is None:
        raise KnownError("room.no_offer")
    row = OfferClicked(person=person.id, offer=click_request.offer)
    seq = _append_row(log, state, row, now)
    log.connection.execute(
        insert(CLICKS).values(session=state.record.id, person=person.id, offer=click_request.offer, seq=seq, at=now)
    )
    return seq


def record_answer(log: EventLog, state: SessionState, person: Person, answer_request: AnswerRequest, now: int) -> int:
    """Record the answer to a question; return the number of its log row, the first one's if it is a repeat.

    A repeat of the same answer is accepted at any time, also after the end.

    Args:
        log: The event log of a writing transaction.
        state: Of the session.
        person: Who answered.
        answer_request: The question and the answer.
        now: The server time in milliseconds.

    Raises:
        KnownError: ``room.cancelled``, ``room.no_offer`` (not in this webinar, not opened yet, or no survey),
            ``room.offer_over``, ``room.answered`` (the person gave another answer to this question before), and the
            codes of `room.check_answer`.
    """
    row = QuestionAnswered(
        person=person.id,
        offer=answer_request.offer,
        question=answer_request.question,
        choices=answer_request.choices,
        text=room.normalize_text(answer_request.text),
        rating=answer_request.rating,
    )
    body = msgspec.json.encode(row)
    own_answers = select(ANSWERS.c.seq, ANSWERS.c.body).where(
        ANSWERS.c.session == state.record.id, ANSWERS.c.person == person.id
    )
    query = own_answers.where(ANSWERS.c.offer == answer_request.offer, ANSWERS.c.question == answer_request.question)
    existing = log.connection.execute(query).first()
    if existing is not None:
        if existing.body != body:
            raise KnownError("room.answered")
        return int(existing.seq)
    _require_open_offer(state, answer_request.offer, now)
    survey = room.find_survey(state.webinar, answer_request.offer)
    if survey is None:
        raise KnownError("room.no_offer")
    error = room.check_answer(survey, row)
    if error is not None:
        raise error
    seq = _append_row(log, state, row, now)
    log.connection.execute(
        insert(ANSWERS).values(
            session=state.record.id,
            person=person.id,
            offer=answer_request.offer,
            question=answer_request.question,
            seq=seq,
            at=now,
            body=body,
        )
    )
    return seq


def list_clicked_offers(connection: Connection, session: str, person: str) -> tuple[str, ...]:
    """Return the ids of the offers that a person clicked in a session, each once, in the order of the first clicks."""
    query = select(CLICKS.c.offer).where(CLICKS.c.session == session, CLICKS.c.person == person).order_by(CLICKS.c.seq)
    return tuple(connection.execute(query).scalars())


def list_answers(connection: Connection, session: str, person: str) -> tuple[QuestionAnswered, ...]:
    """Return a person's answers in a session, one for each question answered, in the order in which they were given."""
    query = select(ANSWERS.c.body).where(ANSWERS.c.session == session, ANSWERS.c.person == person)
    bodies = connection.execute(query.order_by(ANSWERS.c.seq)).scalars()
    return tuple(msgspec.json.decode(body, type=QuestionAnswered) for body in bodies)


def _require_open_offer(state: SessionState, offer: str, now: int) -> None:
    error = KnownError("room.cancelled") if state.is_cancelled else None
    error = error or room.check_response_allowed(
        state.webinar, state.events, state.clock, now, offer, replay=state.record.replay
    )
    if error is not None:
        raise error


def _append_row(log: EventLog, state: SessionState, row: AnyLogRow, now: int) -> int:
    return log.append(state.record.id, room.make_deliveries(row, state.record.chat_now), now)
