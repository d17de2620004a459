"""The routes of clicks and answers."""

from litestar import post

from editor.protocol.api import Accepted, AnswerRequest, ClickRequest
from hosting.attendees.authentication import CurrentAttendee
from hosting.responses import service
from hosting.sessions.engine.log_writer import LogWriter


@post("/room/{session_id:str}/clicks", status_code=200, sync_to_thread=True)
def click(session_id: str, data: ClickRequest, person: CurrentAttendee, log_writer: LogWriter) -> Accepted:
    """Handle `POST /api/room/{session_id}/clicks`: record a person's click on a call to action; it counts once.

    Args:
        session_id: The session's id.
        data: Which offer.
        person: Who clicked.
        log_writer: Of the hosting.

    Raises:
        KnownError: Those of `record_click`, ``session.unknown``.
    """
    with log_writer.write() as transaction:
        state = log_writer.states.load(transaction.connection, session_id)
        return Accepted(seq=service.record_click(transaction.log, state, person, data, log_writer.context.now()))


@post("/room/{session_id:str}/answers", status_code=200, sync_to_thread=True)
def answer(session_id: str, data: AnswerRequest, person: CurrentAttendee, log_writer: LogWriter) -> Accepted:
    """Handle `POST /api/room/{session_id}/answers`: record a person's answer to a question; it cannot be changed.

    Args:
        session_id: The session's id.
        data: The question and the answer.
        person: Who answers.
        log_writer: Of the hosting.

    Raises:
        KnownError: Those of `record_answer`, ``session.unknown``.
    """
    with log_writer.write() as transaction:
        state = log_writer.states.load(transaction.connection, session_id)
        return Accepted(seq=service.record_answer(transaction.log, state, person, data, log_writer.context.now()))


API = (click, answer)
