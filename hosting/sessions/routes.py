"""Sessions over HTTP: the team's side, then the attendees' room; and what runs beside the requests."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from litestar import get, post
from litestar.params import Parameter

from editor.errors import Known
from editor.protocol.api import Control, Publish, Replace, Reschedule, Say, Session, SessionList, Taken, Trouble
from editor.protocol.frames import Frames, Snapshot
from editor.schedule.room import PUBLIC
from hosting.accounts.routes import Team
from hosting.delivery.signing import media_base
from hosting.house import House
from hosting.problems import register
from hosting.registration.routes import Attendee
from hosting.sessions import chat, log, service, stream, visiting
from hosting.sessions.conductor import Conductor
from hosting.sessions.desk import Desk, Writing, desk_of

register(
    {
        "session.unknown": 404,
        "session.empty": 422,
        "session.no_start": 422,
        "session.missing_hour": 422,
        "session.past": 422,
        "session.begun": 409,
        "session.cancelled": 409,
        "session.over": 409,
        "session.on_demand": 409,
        "session.generation": 409,
        "version.other": 422,
        "start.zone": 422,
        "start.invalid": 422,
        "publish.media_missing": 422,
        "plan.overlap": 409,
        "plan.longest": 409,
        "locked": 409,
        "control.incomplete": 422,
        "clock.begun": 409,
        "clock.waiting": 409,
        "clock.over": 409,
        "clock.held": 409,
        "clock.not_held": 409,
        "clock.closing": 409,
        "clock.past_end": 422,
        "clock.unused": 409,
        "events.gone": 410,
        "hosting.stopping": 503,
        "room.chat_off": 409,
        "room.not_open": 409,
        "room.chat_over": 409,
        "room.empty": 422,
        "room.long": 422,
        "room.message_taken": 409,
    }
)

Seq = Annotated[int, Parameter(ge=0, le=10**15)]


# ------------------------------------------------------------------------------------------------ the team


@post("/sessions", status_code=201, sync_to_thread=True)
def publish(data: Publish, account: Team, house: House) -> Session:
    """Schedule a session, or begin a private test."""
    desk = desk_of(house)
    now = house.now()
    with desk.write() as writing:
        session = service.publish(writing.connection, account, data, now)
        return _told(writing, desk, session, now)


@get("/sessions", sync_to_thread=True)
def list_sessions(account: Team, house: House, webinar: str | None = None) -> SessionList:
    """The account's sessions, next first."""
    with house.db.read() as connection:
        return SessionList(sessions=service.sessions(connection, desk_of(house), account, house.now(), webinar))


@get("/sessions/{session_id:str}", sync_to_thread=True)
def get_session(session_id: str, account: Team, house: House) -> Session:
    """One session as it is now."""
    with house.db.read() as connection:
        state = service.own(connection, desk_of(house), account, session_id)
        return service.told(connection, house, state, house.now())


@post("/sessions/{session_id:str}/reschedule", status_code=200, sync_to_thread=True)
def reschedule(session_id: str, data: Reschedule, account: Team, house: House) -> Session:
    """Give it another start; the link stays."""
    desk = desk_of(house)
    now = house.now()
    with desk.write() as writing:
        service.reschedule(writing, desk, account, session_id, data, now)
        return _told(writing, desk, session_id, now)


@post("/sessions/{session_id:str}/cancel", status_code=200, sync_to_thread=True)
def cancel(session_id: str, account: Team, house: House) -> Session:
    """Call it off; the link stays and says so."""
    desk = desk_of(house)
    now = house.now()
    with desk.write() as writing:
        service.cancel(writing, desk, account, session_id, now)
        return _told(writing, desk, session_id, now)


@post("/sessions/{session_id:str}/replace", status_code=200, sync_to_thread=True)
def replace(session_id: str, data: Replace, account: Team, house: House) -> Session:
    """Play a later version, if what has begun stays the same."""
    desk = desk_of(house)
    now = house.now()
    with desk.write() as writing:
        service.replace(writing, desk, account, session_id, data.version, now)
        return _told(writing, desk, session_id, now)


@post("/sessions/{session_id:str}/controls", status_code=200, sync_to_thread=True)
def control(session_id: str, data: Control, account: Team, house: House) -> Session:
    """Step in."""
    desk = desk_of(house)
    now = house.now()
    with desk.write() as writing:
        service.control(writing, desk, account, session_id, data, now)
        return _told(writing, desk, session_id, now)


@get("/sessions/{session_id:str}/log", sync_to_thread=True)
def get_log(session_id: str, account: Team, house: House, after: Seq = 0) -> Frames:
    """What the team may see of the log, from a number on; ask again until nothing comes."""
    with house.db.read() as connection:
        service.own(connection, desk_of(house), account, session_id)
        return Frames(frames=log.for_team(connection, house.epoch, session_id, after))


def _told(writing: Writing, desk: Desk, session: str, now: int) -> Session:
    writing.replanned = True
    state = desk.rooms.state(writing.connection, session)
    return service.told(writing.connection, desk.house, state, now)


# ------------------------------------------------------------------------------------------------ the room


@get("/room/{session_id:str}/snapshot", sync_to_thread=True)
def get_snapshot(session_id: str, person: Attendee, house: House) -> Snapshot:
    """Everything to begin with."""
    base = media_base(house, session_id)
    with house.db.read() as connection:
        state = desk_of(house).rooms.state(connection, session_id)
        return visiting.snapshot(connection, house, state, person, base)


@get("/room/{session_id:str}/events", sync_to_thread=True)
def get_events(session_id: str, person: Attendee, house: House, public: Seq = 0, own: Seq = 0) -> Frames:
    """What was missed since these rows, in order; 410 where only a snapshot helps."""
    with house.db.read() as connection:
        found = [
            log.missed(connection, house.epoch, session_id, audience, seen)
            for audience, seen in ((PUBLIC, public), (person.id, own))
        ]
    rows = [row for rows in found for row in rows or ()]
    if None in found:
        raise Known("events.gone")
    return Frames(frames=tuple(row.frame() for row in sorted(rows, key=lambda row: row.seq)))


@post("/room/{session_id:str}/chat", status_code=200, sync_to_thread=True)
def say(session_id: str, data: Say, person: Attendee, house: House) -> Taken:
    """Say something; the same id again is the same message."""
    desk = desk_of(house)
    with desk.write() as writing:
        state = desk.rooms.state(writing.connection, session_id)
        return Taken(seq=chat.say(writing.log, state, person, data, house.now()))


@post("/room/{session_id:str}/trouble", status_code=200, sync_to_thread=True)
def report_trouble(session_id: str, data: Trouble, person: Attendee, house: House) -> Taken:
    """No picture or sound: tell the team."""
    desk = desk_of(house)
    with desk.write() as writing:
        state = desk.rooms.state(writing.connection, session_id)
        return Taken(seq=visiting.report(writing.log, state, person, data, house.now()))


@asynccontextmanager
async def running(house: House) -> AsyncIterator[None]:
    """The hub and the conductor, for as long as the hosting runs."""
    desk = desk_of(house)
    tasks = [asyncio.create_task(desk.hub.run()), asyncio.create_task(Conductor(house, desk).run())]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task


def stopping(house: House) -> None:
    """End all streams."""
    desk_of(house).hub.close()


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
STREAM = (stream.owns, stream.make, stream.SCHEMA)
