"""Authentication of attendees: a handler that declares `person: CurrentAttendee` requires an attendee's token."""

from typing import Any

from litestar import Request
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.params import SkipValidation

from editor.errors import KnownError
from hosting.attendees import service
from hosting.attendees.service import Person
from hosting.context import HostingContext
from hosting.http.bearer import parse_bearer_token

CurrentAttendee = NamedDependency[SkipValidation[Person]]
"""The person whose token the request carries, in the session that the path names."""


def provide_person(request: Request[Any, Any, State], session_id: str, context: HostingContext) -> Person:
    """Return the person of the request's token, for handlers with a parameter `person`; it reads the database.

    Raises:
        KnownError: ``person.unknown`` (no token, or an unknown one), ``room.not_yours`` (it is for another session).
    """
    token = parse_bearer_token(request.headers.get("authorization", ""))
    if token is None:
        raise KnownError("person.unknown")
    with context.db.read() as connection:
        return service.require_person(connection, session_id, token)


DEPENDENCIES = {"person": Provide(provide_person, sync_to_thread=True)}
