"""Operations on the attendees of a session: create, find by token, count, record reports of trouble."""

import uuid

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from editor.errors import KnownError
from editor.protocol.api import EnterRequest, EnterResult
from editor.schedule.model import SECOND
from editor.schedule.room import normalize_text
from hosting.accounts.tokens import hash_token, make_token
from hosting.attendees.tables import PERSONS

TROUBLE_REPORT_INTERVAL_MS = 10 * SECOND
"""How long after a report of trouble the same person may send the next."""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """An attendee of one session, as stored when entering; immutable. Who enters twice is two persons.

    `email` may be empty.
    """

    id: str
    session: str
    name: str
    email: str
    language: str


def create_person(
    connection: Connection, session: str, request: EnterRequest, now: int, *, email_required: bool
) -> EnterResult:
    """Add a person to a session, and return their token. Only its hash is stored, so it cannot be shown again.

    Args:
        connection: A writing transaction.
        session: The session's id.
        request: Name, e-mail address and language as the person gave them.
        now: The server time in milliseconds.
        email_required: Whether an e-mail address must be given.

    Raises:
        KnownError: ``person.name`` (nothing is left of it once cleaned), ``person.email`` (missing though required, or
            not an address).
    """
    name = " ".join(normalize_text(request.name).split())
    if not name:
        raise KnownError("person.name")
    email = normalize_text(request.email)
    local_part, _, domain = email.partition("@")
    if (email or email_required) and not (local_part and "." in domain and " " not in email):
        raise KnownError("person.email", email=email)
    person, token = uuid.uuid4().hex, make_token()
    connection.execute(
        insert(PERSONS).values(
            id=person,
            session=session,
            name=name,
            email=email,
            language=request.language,
            token=hash_token(token),
            entered_at=now,
            troubled_at=0,
        )
    )
    return EnterResult(token=token, person=person, session=session)


def require_person(connection: Connection, session: str, token: str) -> Person:
    """Return the person of a token in a session.

    Raises:
        KnownError: ``person.unknown`` (no such token), ``room.not_yours`` (it is for another session).
    """
    row = connection.execute(select(PERSONS).where(PERSONS.c.token == hash_token(token))).first()
    if row is None:
        raise KnownError("person.unknown")
    if row.session != session:
        raise KnownError("room.not_yours")
    return Person(id=row.id, session=row.session, name=row.name, email=row.email, language=row.language)


def count_persons(connection: Connection, session: str) -> int:
    """Return how many persons ever entered a session, whether they are there now or not."""
    return connection.execute(
        select(func.count()).select_from(PERSONS).where(PERSONS.c.session == session)
    ).scalar_one()


def record_trouble_report(connection: Connection, person: Person, now: int) -> None:
    """Record the time at which a person reports trouble, so that the next report can be refused if it comes too soon.

    Args:
        connection: A writing transaction.
        person: Who reports it.
        now: The server time in milliseconds.

    Raises:
        KnownError: ``room.fast`` with `wait_ms`: the last report was less than `TROUBLE_REPORT_INTERVAL_MS` ago.
    """
    reported = select(PERSONS.c.troubled_at).where(PERSONS.c.id == person.id)
    since = now - connection.execute(reported).scalar_one()
    if since < TROUBLE_REPORT_INTERVAL_MS:
        raise KnownError("room.fast", most=1, wait_ms=TROUBLE_REPORT_INTERVAL_MS - since)
    connection.execute(update(PERSONS).where(PERSONS.c.id == person.id).values(troubled_at=now))
