"""The attendee's routes: the permanent link, entering, the calendar file, the snapshot, missed events, the chat."""

from typing import Annotated

from litestar import Response, get, post
from litestar.params import Parameter

from editor.errors import KnownError
from editor.protocol.api import Accepted, ChatMessageRequest, EnterRequest, EnterResult, Landing, TroubleReport
from editor.protocol.stream_events import Snapshot, StreamFrames
from editor.schedule.room import PUBLIC
from hosting.attendees.authentication import CurrentAttendee
from hosting.delivery.signing import make_media_base
from hosting.sessions.attendee import chat, views
from hosting.sessions.engine import event_log, permalinks
from hosting.sessions.engine.log_writer import LogWriter

Seq = Annotated[int, Parameter(ge=0, le=10**15)]
"""The number of a log row, as a query parameter."""


@get("/w/{slug:str}", sync_to_thread=True)
def get_landing(slug: str, log_writer: LogWriter) -> Landing:
    """Handle `GET /api/w/{slug}`: return what the landing page shows of the session that a permanent link leads to now.

    Raises:
        KnownError: ``link.unknown``.
    """
    context = log_writer.context
    with context.db.read() as connection:
        state = log_writer.states.load_for_record(connection, permalinks.require_session(connection, slug))
        return views.make_landing(context, state, context.now())


@post("/w/{slug:str}/enter", status_code=201, sync_to_thread=True)
def enter(slug: str, data: EnterRequest, log_writer: LogWriter) -> EnterResult:
    """Handle `POST /api/w/{slug}/enter`: add a person to the session; return their token, valid in this session only.

    Raises:
        KnownError: ``link.unknown``, and those of `enter_session`.
    """
    with log_writer.write() as transaction:
        state = log_writer.states.load_for_record(
            transaction.connection, permalinks.require_session(transaction.connection, slug)
        )
        return views.enter_session(transaction.log, state, data, log_writer.context.now())


@get("/w/{slug:str}/calendar.ics", include_in_schema=False, sync_to_thread=True)
def get_calendar(slug: str, log_writer: LogWriter) -> Response[bytes]:
    """Handle `GET /w/{slug}/calendar.ics`: return the session that a permanent link leads to now as a calendar file.

    The format is iCalendar (RFC 5545).

    Raises:
        KnownError: ``link.unknown``.
    """
    context = log_writer.context
    with context.db.read() as connection:
        state = log_writer.states.load_for_record(connection, permalinks.require_session(connection, slug))
        body = views.render_calendar(context, state, context.now())
    headers = {"Content-Disposition": f'attachment; filename="{slug}.ics"', "Cache-Control": "no-cache"}
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)


@get("/room/{session_id:str}/snapshot", sync_to_thread=True)
def get_snapshot(session_id: str, person: CurrentAttendee, log_writer: LogWriter) -> Snapshot:
    """Handle `GET /api/room/{session_id}/snapshot`: return all that a person's page needs to begin with.

    Raises:
        KnownError: ``session.unknown``.
    """
    context = log_writer.context
    base = make_media_base(context, session_id)
    with context.db.read() as connection:
        state = log_writer.states.load(connection, session_id)
        return views.make_snapshot(connection, context, state, person, base)


@get("/room/{session_id:str}/events", sync_to_thread=True)
def get_events(
    session_id: str, person: CurrentAttendee, log_writer: LogWriter, public: Seq = 0, own: Seq = 0
) -> StreamFrames:
    """Handle `GET /api/room/{session_id}/events`: return the rows after those that a page has, in order.

    Args:
        session_id: The session's id.
        person: Whose page; their own rows are among the result.
        log_writer: Of the hosting.
        public: The number of the last public row that the page has; 0 for none.
        own: The number of the last row of the person's own audience; 0 for none.

    Raises:
        KnownError: ``events.gone``: they cannot be sent one by one any more; the page begins again with a snapshot.
    """
    context = log_writer.context
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
def say(session_id: str, data: ChatMessageRequest, person: CurrentAttendee, log_writer: LogWriter) -> Accepted:
    """Handle `POST /api/room/{session_id}/chat`: write in the chat; a repeated message id writes nothing new.

    Args:
        session_id: The session's id.
        data: The message and its id.
        person: Who writes it.
        log_writer: Of the hosting.

    Raises:
        KnownError: Those of `record_message`, ``session.unknown``.
    """
    with log_writer.write() as transaction:
        state = log_writer.states.load(transaction.connection, session_id)
        return Accepted(seq=chat.record_message(transaction.log, state, person, data, log_writer.context.now()))


@post("/room/{session_id:str}/trouble", status_code=200, sync_to_thread=True)
def report_trouble(session_id: str, data: TroubleReport, person: CurrentAttendee, log_writer: LogWriter) -> Accepted:
    """Handle `POST /api/room/{session_id}/trouble`: report missing picture or sound to the team.

    Args:
        session_id: The session's id.
        data: What the person wrote, and what their page found out.
        person: Who reports it.
        log_writer: Of the hosting.

    Raises:
        KnownError: ``room.fast`` with `wait_ms`, ``session.unknown``.
    """
    with log_writer.write() as transaction:
        state = log_writer.states.load(transaction.connection, session_id)
        return Accepted(seq=views.report_trouble(transaction.log, state, person, data, log_writer.context.now()))


API = (get_landing, enter, get_snapshot, get_events, say, report_trouble)
PAGES = (get_calendar,)
