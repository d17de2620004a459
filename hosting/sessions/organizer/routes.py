"""The organizer's routes: schedule a session, list, reschedule and cancel it, replace its version, control it."""

from typing import Annotated

from litestar import get, post
from litestar.params import Parameter

from editor.protocol.api import (
    ControlRequest,
    CreateSessionRequest,
    ReplaceVersionRequest,
    RescheduleRequest,
    Session,
    SessionList,
)
from editor.protocol.stream_events import StreamFrames
from hosting.accounts.authentication import CurrentAccount
from hosting.sessions.engine import event_log
from hosting.sessions.engine.log_writer import LogTransaction, LogWriter
from hosting.sessions.organizer import service

Seq = Annotated[int, Parameter(ge=0, le=10**15)]
"""The number of a log row, as a query parameter."""


@post("/sessions", status_code=201, sync_to_thread=True)
def publish(data: CreateSessionRequest, account: CurrentAccount, log_writer: LogWriter) -> Session:
    """Handle `POST /api/sessions`: schedule a session of a version, or start a private test; return it.

    Raises:
        KnownError: Those of `organizer.service.publish`.
    """
    now = log_writer.context.now()
    waiting_ms = log_writer.context.settings.waiting_ms
    with log_writer.write() as transaction:
        session = service.publish(transaction.connection, account, data, now, waiting_ms=waiting_ms)
        return _to_session(transaction, log_writer, session, now)


@get("/sessions", sync_to_thread=True)
def list_sessions(account: CurrentAccount, log_writer: LogWriter, webinar: str | None = None) -> SessionList:
    """Handle `GET /api/sessions`: list the account's sessions, or those of one webinar by its id.

    Those that run or come are first, the next one first; then those over or cancelled, the last one first. For an
    unknown webinar the list is empty.
    """
    with log_writer.context.db.read() as connection:
        now = log_writer.context.now()
        return SessionList(sessions=service.list_sessions(connection, log_writer, account, now, webinar))


@get("/sessions/{session_id:str}", sync_to_thread=True)
def get_session(session_id: str, account: CurrentAccount, log_writer: LogWriter) -> Session:
    """Handle `GET /api/sessions/{session_id}`: return one session of the account as it is now.

    Raises:
        KnownError: ``session.unknown``.
    """
    context = log_writer.context
    with context.db.read() as connection:
        state = service.require_own_session(connection, log_writer, account, session_id)
        return service.to_session(connection, context, state, context.now())


@post("/sessions/{session_id:str}/reschedule", status_code=200, sync_to_thread=True)
def reschedule(session_id: str, data: RescheduleRequest, account: CurrentAccount, log_writer: LogWriter) -> Session:
    """Handle `POST /api/sessions/{session_id}/reschedule`: give a session another start; its link stays the same.

    Args:
        session_id: The session's id.
        data: The new local start and its zone.
        account: Whose session it is.
        log_writer: Of the hosting.

    Raises:
        KnownError: Those of `organizer.service.reschedule`, e.g. ``session.begun``.
    """
    now = log_writer.context.now()
    with log_writer.write() as transaction:
        service.reschedule(transaction, log_writer, account, session_id, data, now)
        return _to_session(transaction, log_writer, session_id, now)


@post("/sessions/{session_id:str}/cancel", status_code=200, sync_to_thread=True)
def cancel(session_id: str, account: CurrentAccount, log_writer: LogWriter) -> Session:
    """Handle `POST /api/sessions/{session_id}/cancel`: cancel a session of the account for good.

    An automated session can be cancelled before its start only, one on demand at any time. The link stays, and its page
    says that the event is cancelled.

    Raises:
        KnownError: ``session.unknown``; ``session.begun``: the session is automated and has begun.
    """
    now = log_writer.context.now()
    with log_writer.write() as transaction:
        service.cancel(transaction, log_writer, account, session_id, now)
        return _to_session(transaction, log_writer, session_id, now)


@post("/sessions/{session_id:str}/replace", status_code=200, sync_to_thread=True)
def replace(session_id: str, data: ReplaceVersionRequest, account: CurrentAccount, log_writer: LogWriter) -> Session:
    """Handle `POST /api/sessions/{session_id}/replace`: make a session play another version of its webinar.

    What has begun, or begins within the lead, must be the same in both.

    Args:
        session_id: The session's id.
        data: The hash of the version.
        account: Whose session it is.
        log_writer: Of the hosting.

    Raises:
        KnownError: Those of `organizer.service.replace`, e.g. ``locked``.
    """
    now = log_writer.context.now()
    with log_writer.write() as transaction:
        service.replace(transaction, log_writer, account, session_id, data.version, now)
        return _to_session(transaction, log_writer, session_id, now)


@post("/sessions/{session_id:str}/controls", status_code=200, sync_to_thread=True)
def control(session_id: str, data: ControlRequest, account: CurrentAccount, log_writer: LogWriter) -> Session:
    """Handle `POST /api/sessions/{session_id}/controls`: pause, resume, extend, skip or end it, or switch its chat.

    Args:
        session_id: The session's id.
        data: What to do, and the generation of the room clock that the team saw.
        account: Whose session it is.
        log_writer: Of the hosting.

    Raises:
        KnownError: Those of `organizer.service.control`, e.g. ``session.generation``.
    """
    now = log_writer.context.now()
    with log_writer.write() as transaction:
        service.control(transaction, log_writer, account, session_id, data, now)
        return _to_session(transaction, log_writer, session_id, now)


@get("/sessions/{session_id:str}/log", sync_to_thread=True)
def get_log(session_id: str, account: CurrentAccount, log_writer: LogWriter, after: Seq = 0) -> StreamFrames:
    """Handle `GET /api/sessions/{session_id}/log`: return the rows that the team may see, after a number, in order.

    There are at most `MAX_MISSED_ROWS` of them: ask again after the last one, until none are left.

    Args:
        session_id: The session's id.
        account: Whose session it is.
        log_writer: Of the hosting.
        after: The number of the last row that the caller has; 0 for all from the first.

    Raises:
        KnownError: ``session.unknown``.
    """
    context = log_writer.context
    with context.db.read() as connection:
        service.require_own_session(connection, log_writer, account, session_id)
        return StreamFrames(frames=event_log.load_team_frames(connection, context.epoch, session_id, after))


def _to_session(transaction: LogTransaction, log_writer: LogWriter, session: str, now: int) -> Session:
    """Return the session as this transaction leaves it, and let the scheduler look at the sessions again after it."""
    transaction.schedule_changed = True
    state = log_writer.states.load(transaction.connection, session)
    return service.to_session(transaction.connection, log_writer.context, state, now)


API = (publish, list_sessions, get_session, reschedule, cancel, replace, control, get_log)
