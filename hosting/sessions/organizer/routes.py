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
    """Schedule a session, or start a private test."""
    now = log_writer.context.now()
    waiting_ms = log_writer.context.settings.waiting_ms
    with log_writer.write() as transaction:
        session = service.publish(transaction.connection, account, data, now, waiting_ms=waiting_ms)
        return _to_session(transaction, log_writer, session, now)


@get("/sessions", sync_to_thread=True)
def list_sessions(account: CurrentAccount, log_writer: LogWriter, webinar: str | None = None) -> SessionList:
    """List the account's sessions, or those of one webinar: what runs or comes next first."""
    with log_writer.context.db.read() as connection:
        now = log_writer.context.now()
        return SessionList(sessions=service.list_sessions(connection, log_writer, account, now, webinar))


@get("/sessions/{session_id:str}", sync_to_thread=True)
def get_session(session_id: str, account: CurrentAccount, log_writer: LogWriter) -> Session:
    """Return one session as it is now."""
    context = log_writer.context
    with context.db.read() as connection:
        state = service.require_own_session(connection, log_writer, account, session_id)
        return service.to_session(connection, context, state, context.now())


@post("/sessions/{session_id:str}/reschedule", status_code=200, sync_to_thread=True)
def reschedule(session_id: str, data: RescheduleRequest, account: CurrentAccount, log_writer: LogWriter) -> Session:
    """Give a session another start; its link stays the same."""
    now = log_writer.context.now()
    with log_writer.write() as transaction:
        service.reschedule(transaction, log_writer, account, session_id, data, now)
        return _to_session(transaction, log_writer, session_id, now)


@post("/sessions/{session_id:str}/cancel", status_code=200, sync_to_thread=True)
def cancel(session_id: str, account: CurrentAccount, log_writer: LogWriter) -> Session:
    """Cancel a session; its link stays, and its page says that the event is cancelled."""
    now = log_writer.context.now()
    with log_writer.write() as transaction:
        service.cancel(transaction, log_writer, account, session_id, now)
        return _to_session(transaction, log_writer, session_id, now)


@post("/sessions/{session_id:str}/replace", status_code=200, sync_to_thread=True)
def replace(session_id: str, data: ReplaceVersionRequest, account: CurrentAccount, log_writer: LogWriter) -> Session:
    """Replace the version that a session plays; what has begun must be the same in both."""
    now = log_writer.context.now()
    with log_writer.write() as transaction:
        service.replace(transaction, log_writer, account, session_id, data.version, now)
        return _to_session(transaction, log_writer, session_id, now)


@post("/sessions/{session_id:str}/controls", status_code=200, sync_to_thread=True)
def control(session_id: str, data: ControlRequest, account: CurrentAccount, log_writer: LogWriter) -> Session:
    """Pause, resume, extend, skip or end a running session, or switch its chat on or off."""
    now = log_writer.context.now()
    with log_writer.write() as transaction:
        service.control(transaction, log_writer, account, session_id, data, now)
        return _to_session(transaction, log_writer, session_id, now)


@get("/sessions/{session_id:str}/log", sync_to_thread=True)
def get_log(session_id: str, account: CurrentAccount, log_writer: LogWriter, after: Seq = 0) -> StreamFrames:
    """Return the rows of the log after a number that the team may see; ask again until none are left."""
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
