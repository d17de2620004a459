"""The permanent link: what it leads to, the way in, the calendar file. Who asks for `person` serves attendees alone."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.params import SkipValidation

from editor.errors import Known
from editor.protocol.api import Enter, Entered, Landing
from hosting.accounts.routes import bearer
from hosting.house import House
from hosting.problems import register
from hosting.registration import service
from hosting.registration.service import Person
from hosting.sessions import links, visiting
from hosting.sessions.desk import desk_of

register(
    {
        "link.unknown": 404,
        "person.unknown": 401,
        "person.name": 422,
        "person.email": 422,
        "room.not_yours": 403,
        "room.cancelled": 409,
        "room.over": 409,
        "room.closed": 409,
        "room.unpaid": 402,
        "room.fast": 429,
    }
)

Attendee = NamedDependency[SkipValidation[Person]]
"""Whoever asks, in the session that the path names."""


def provide_person(request: Request[Any, Any, State], session_id: str, house: House) -> Person:
    """Whose token it is."""
    try:
        token = bearer(request)
    except Known as error:
        raise Known("person.unknown") from error
    with house.db.read() as connection:
        return service.person_of(connection, session_id, token)


@get("/w/{slug:str}", sync_to_thread=True)
def get_landing(slug: str, house: House) -> Landing:
    """What the link leads to now."""
    with house.db.read() as connection:
        state = desk_of(house).rooms.state_of(connection, links.session_of(connection, slug))
        return visiting.landing(house, state, house.now())


@post("/w/{slug:str}/enter", status_code=201, sync_to_thread=True)
def enter(slug: str, data: Enter, house: House) -> Entered:
    """Enter; the token is for this session's room alone."""
    desk = desk_of(house)
    with desk.write() as writing:
        state = desk.rooms.state_of(writing.connection, links.session_of(writing.connection, slug))
        return visiting.enter(writing.log, state, data, house.now())


@get("/w/{slug:str}/calendar.ics", include_in_schema=False, sync_to_thread=True)
def get_calendar(slug: str, house: House) -> Response[bytes]:
    """The session for a calendar."""
    with house.db.read() as connection:
        state = desk_of(house).rooms.state_of(connection, links.session_of(connection, slug))
        body = visiting.calendar(house, state, house.now())
    headers = {"Content-Disposition": f'attachment; filename="{slug}.ics"', "Cache-Control": "no-cache"}
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)


API = (get_landing, enter)
PAGES = (get_calendar,)
DEPENDENCIES = {"person": Provide(provide_person, sync_to_thread=True)}
