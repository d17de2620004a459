"""The permanent link: what it leads to, the way in, the calendar file. Who asks for `person` serves attendees alone."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.params import SkipValidation

from editor.errors import KnownError
from editor.protocol.api import EnterRequest, EnterResult, Landing
from hosting.accounts.routes import require_bearer_token
from hosting.attendees import service
from hosting.attendees.service import Person
from hosting.context import HostingContext
from hosting.sessions.attendee import views
from hosting.sessions.engine import permalinks
from hosting.sessions.engine.log_writer import get_log_writer

CurrentAttendee = NamedDependency[SkipValidation[Person]]
"""Whoever asks, in the session that the path names."""


def provide_person(request: Request[Any, Any, State], session_id: str, context: HostingContext) -> Person:
    """Whose token it is."""
    try:
        token = require_bearer_token(request)
    except KnownError as error:
        raise KnownError("person.unknown") from error
    with context.db.read() as connection:
        return service.require_person(connection, session_id, token)


@get("/w/{slug:str}", sync_to_thread=True)
def get_landing(slug: str, context: HostingContext) -> Landing:
    """What the link leads to now."""
    with context.db.read() as connection:
        state = get_log_writer(context).states.load_for_record(connection, permalinks.require_session(connection, slug))
        return views.make_landing(context, state, context.now())


@post("/w/{slug:str}/enter", status_code=201, sync_to_thread=True)
def enter(slug: str, data: EnterRequest, context: HostingContext) -> EnterResult:
    """Enter; the token is for this session's room alone."""
    log_writer = get_log_writer(context)
    with log_writer.write() as transaction:
        state = log_writer.states.load_for_record(
            transaction.connection, permalinks.require_session(transaction.connection, slug)
        )
        return views.enter_session(transaction.log, state, data, context.now())


@get("/w/{slug:str}/calendar.ics", include_in_schema=False, sync_to_thread=True)
def get_calendar(slug: str, context: HostingContext) -> Response[bytes]:
    """The session for a calendar."""
    with context.db.read() as connection:
        state = get_log_writer(context).states.load_for_record(connection, permalinks.require_session(connection, slug))
        body = views.render_calendar(context, state, context.now())
    headers = {"Content-Disposition": f'attachment; filename="{slug}.ics"', "Cache-Control": "no-cache"}
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)


API = (get_landing, enter)
PAGES = (get_calendar,)
DEPENDENCIES = {"person": Provide(provide_person, sync_to_thread=True)}
