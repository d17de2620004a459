"""Sessions over HTTP: the team's side, then the attendees' room; and what runs beside the requests."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from litestar import get, post
from litestar.params import Parameter

from editor.errors import KnownError
from editor.protocol.api import (
    Accepted,
    ChatMessageRequest,
    ControlRequest,
    CreateSessionRequest,
    ReplaceVersionRequest,
    RescheduleRequest,
    Session,
    SessionList,
    TroubleReport,
)
from editor.protocol.stream_events import Snapshot, StreamFrames
from editor.schedule.room import PUBLIC
from hosting.accounts.routes import CurrentAccount
from hosting.attendees.routes import CurrentAttendee
from hosting.context import HostingContext
from hosting.delivery.signing import make_media_base
from hosting.sessions.attendee import chat, event_stream, views
from hosting.sessions.engine import event_log
from hosting.sessions.engine.log_writer import LogTransaction, LogWriter, get_log_writer
from hosting.sessions.engine.scheduler import Scheduler
from hosting.sessions.organizer import service

Seq = Annotated[int, Parameter(ge=0, le=10**15)]


# ------------------------------------------------------------------------------------------------ the team


@post("/sessions", status_code=201, sync_to_thread=True)
def publish(data: CreateSessionRequest, account: CurrentAccount, context: HostingContext) -> Session:
    """Schedule a session, or begin a private test."""
    log_writer = get_log_writer(context)
    now = context.now()
    with log_writer.write() as transaction:
        session = service.publish(transaction.connection, account, data, now)
        return _to_session(transaction, log_writer, session, now)


@get("/sessions", sync_to_thread=True)
def list_sessions(account: CurrentAccount, context: HostingContext, webinar: str | None = None) -> SessionList:
    """The account's sessions, next first."""
    with context.db.read() as connection:
        return SessionList(
            sessions=service.list_sessions(connection, get_log_writer(context), account, context.now(), webinar)
        )


@get("/sessions/{session_id:str}", sync_to_thread=True)
def get_session(session_id: str, account: CurrentAccount, context: HostingContext) -> Session:
    """One session as it is now."""
    with context.db.read() as connection:
        state = service.require_own_session(connection, get_log_writer(context), account, session_id)
        return service.to_session(connection, context, state, context.now())


@post("/sessions/{session_id:str}/reschedule", status_code=200, sync_to_thread=True)
def reschedule(session_id: str, data: RescheduleRequest, account: CurrentAccount, context: HostingContext) -> Session:
    """Give it another start; the link stays."""
    log_writer = get_log_writer(context)
    now = context.now()
    with log_writer.write() as transaction:
        service.reschedule(transaction, log_writer, account, session_id, data, now)
        return _to_session(transaction, log_writer, session_id, now)


@post("/sessions/{session_id:str}/cancel", status_code=200, sync_to_thread=True)
def cancel(session_id: str, account: CurrentAccount, context: HostingContext) -> Session:
    """Call it off; the link stays and says so."""
    log_writer = get_log_writer(context)
    now = context.now()
    with log_writer.write() as transaction:
        service.cancel(transaction, log_writer, account, session_id, now)
        return _to_session(transaction, log_writer, session_id, now)


@post("/sessions/{session_id:str}/replace", status_code=200, sync_to_thread=True)
def replace(session_id: str, data: ReplaceVersionRequest, account: CurrentAccount, context: HostingContext) -> Session:
    """Play a later version, if what has begun stays the same."""
    log_writer = get_log_writer(context)
    now = context.now()
    with log_writer.write() as transaction:
        service.replace(transaction, log_writer, account, session_id, data.version, now)
        return _to_session(transaction, log_writer, session_id, now)


@post("/sessions/{session_id:str}/controls", status_code=200, sync_to_thread=True)
def control(session_id: str, data: ControlRequest, account: CurrentAccount, context: HostingContext) -> Session:
    """Step in."""
    log_writer = get_log_writer(context)
    now = context.now()
    with log_writer.write() as transaction:
        service.control(transaction, log_writer, account, session_id, data, now)
        return _to_session(transaction, log_writer, session_id, now)


@get("/sessions/{session_id:str}/log", sync_to_thread=True)
def get_log(session_id: str, account: CurrentAccount, context: HostingContext, after: Seq = 0) -> StreamFrames:
    """What the team may see of the log, from a number on; ask again until nothing comes."""
    with context.db.read() as connection:
        service.require_own_session(connection, get_log_writer(context), account, session_id)
        return StreamFrames(frames=event_log.load_team_frames(connection, context.epoch, session_id, after))


def _to_session(transaction: LogTransaction, log_writer: LogWriter, session: str, now: int) -> Session:
    transaction.schedule_changed = True
    state = log_writer.states.load(transaction.connection, session)
    return service.to_session(transaction.connection, log_writer.context, state, now)


# ------------------------------------------------------------------------------------------------ the room


@get("/room/{session_id:str}/snapshot", sync_to_thread=True)
def get_snapshot(session_id: str, person: CurrentAttendee, context: HostingContext) -> Snapshot:
    """Everything to begin with."""
    base = make_media_base(context, session_id)
    with context.db.read() as connection:
        state = get_log_writer(context).states.load(connection, session_id)
        return views.make_snapshot(connection, context, state, person, base)


@get("/room/{session_id:str}/events", sync_to_thread=True)
def get_events(
    session_id: str, person: CurrentAttendee, context: HostingContext, public: Seq = 0, own: Seq = 0
) -> StreamFrames:
    """What was missed since these rows, in order; 410 where only a snapshot helps."""
    with context.db.read() as connection:
        missed_frames = [
            event_log.find_missed_frames(connection, context.epoch, session_id, audience, seen)
            for audience, seen in ((PUBLIC, public), (person.id, own))
        ]
    rows = [row for rows in missed_frames for row in rows or ()]
    if None in missed_frames:
        raise KnownError("events.gone")
    return StreamFrames(frames=tuple(row.to_frame() for row in sorted(rows, key=lambda row: row.seq)))


@post("/room/{session_id:str}/chat", status_code=200, sync_to_thread=True)
def say(session_id: str, data: ChatMessageRequest, person: CurrentAttendee, context: HostingContext) -> Accepted:
    """Say something; the same id again is the same message."""
    log_writer = get_log_writer(context)
    with log_writer.write() as transaction:
        state = log_writer.states.load(transaction.connection, session_id)
        return Accepted(seq=chat.record_message(transaction.log, state, person, data, context.now()))


@post("/room/{session_id:str}/trouble", status_code=200, sync_to_thread=True)
def report_trouble(session_id: str, data: TroubleReport, person: CurrentAttendee, context: HostingContext) -> Accepted:
    """No picture or sound: tell the team."""
    log_writer = get_log_writer(context)
    with log_writer.write() as transaction:
        state = log_writer.states.load(transaction.connection, session_id)
        return Accepted(seq=views.report_trouble(transaction.log, state, person, data, context.now()))


@asynccontextmanager
async def lifespan(context: HostingContext) -> AsyncIterator[None]:
    """The hub and the conductor, for as long as the hosting runs."""
    log_writer = get_log_writer(context)
    tasks = [asyncio.create_task(log_writer.hub.run()), asyncio.create_task(Scheduler(context, log_writer).run())]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task


def before_shutdown(context: HostingContext) -> None:
    """End all streams."""
    get_log_writer(context).hub.close()


API = (
    publish,
    list_sessions,
    get_session,
    reschedule,
    cancel,
    replace,
    control,
    get_log,
    get_snapshot,
    get_events,
    say,
    report_trouble,
)
STREAM = (event_stream.is_stream_path, event_stream.make_stream_application, event_stream.STREAM_SCHEMA)
