"""Clicks and answers over HTTP."""

from litestar import post

from editor.protocol.api import Accepted, AnswerRequest, ClickRequest
from hosting.attendees.routes import CurrentAttendee
from hosting.context import HostingContext
from hosting.responses import service
from hosting.sessions.engine.log_writer import get_log_writer


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
