"""Clicks and answers over HTTP."""

from litestar import post

from editor.protocol.api import Accepted, AnswerRequest, ClickRequest
from hosting.attendees.routes import CurrentAttendee
from hosting.context import HostingContext
from hosting.http.problem_details import register_statuses
from hosting.responses import service
from hosting.sessions.engine.log_writer import get_log_writer

register_statuses(
    {
        "room.no_offer": 404,
        "room.no_question": 404,
        "room.offer_over": 409,
        "room.answered": 409,
        "room.answer_needed": 422,
        "room.answer_choice": 422,
        "room.answer_one": 422,
        "room.answer_rating": 422,
        "room.answer_long": 422,
        "room.answer_kind": 422,
    }
)


@post("/room/{session_id:str}/clicks", status_code=200, sync_to_thread=True)
def click(session_id: str, data: ClickRequest, person: CurrentAttendee, context: HostingContext) -> Accepted:
    """Press a call to action's button; counted once."""
    log_writer = get_log_writer(context)
    with log_writer.write() as transaction:
        state = log_writer.states.load(transaction.connection, session_id)
        return Accepted(seq=service.record_click(transaction.log, state, person, data, context.now()))


@post("/room/{session_id:str}/answers", status_code=200, sync_to_thread=True)
def answer(session_id: str, data: AnswerRequest, person: CurrentAttendee, context: HostingContext) -> Accepted:
    """Answer a question; once."""
    log_writer = get_log_writer(context)
    with log_writer.write() as transaction:
        state = log_writer.states.load(transaction.connection, session_id)
        return Accepted(seq=service.record_answer(transaction.log, state, person, data, context.now()))


API = (click, answer)
