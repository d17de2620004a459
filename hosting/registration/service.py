"""Entering a session, and telling whose a token is."""

import hashlib
import secrets
import uuid

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from editor.errors import Known
from editor.protocol.api import Enter, Entered
from editor.schedule.model import SECOND
from editor.schedule.room import plain
from hosting.registration.tables import PERSONS

TROUBLE_MS = 10 * SECOND
"""How long after one report of trouble another is taken."""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in a session."""

    id: str
    session: str
    name: str
    email: str
    language: str


def hashed(token: str) -> str:
    """What is kept of a token: it is random, so a plain hash hides it."""
    return hashlib.sha256(token.encode()).hexdigest()


def enter(connection: Connection, session: str, wish: Enter, now: int, *, email_owed: bool) -> Entered:
    """Let somebody in; the token is shown this once.

    Raises:
        Known: ``person.name`` (nothing is left of it), ``person.email`` (none, where one is owed).
    """
    name = " ".join(plain(wish.name).split())
    if not name:
        raise Known("person.name")
    email = plain(wish.email)
    before, _, after = email.partition("@")
    if (email or email_owed) and not (before and "." in after and " " not in email):
        raise Known("person.email", email=email)
    person, token = uuid.uuid4().hex, secrets.token_urlsafe(32)
    connection.execute(
        insert(PERSONS).values(
            id=person,
            session=session,
            name=name,
            email=email,
            language=wish.language,
            token=hashed(token),
            entered_at=now,
            troubled_at=0,
        )
    )
    return Entered(token=token, person=person, session=session)


def person_of(connection: Connection, session: str, token: str) -> Person:
    """Whose a token is, in this session.

    Raises:
        Known: ``person.unknown`` (no such token), ``room.not_yours`` (it is for another session).
    """
    row = connection.execute(select(PERSONS).where(PERSONS.c.token == hashed(token))).first()
    if row is None:
        raise Known("person.unknown")
    if row.session != session:
        raise Known("room.not_yours")
    return Person(id=row.id, session=row.session, name=row.name, email=row.email, language=row.language)


def count(connection: Connection, session: str) -> int:
    """How many entered a session."""
    return connection.execute(
        select(func.count()).select_from(PERSONS).where(PERSONS.c.session == session)
    ).scalar_one()


def may_report(connection: Connection, person: Person, now: int) -> None:
    """Note that a person reports trouble.

    Raises:
        Known: ``room.fast``: they just did.
    """
    reported = select(PERSONS.c.troubled_at).where(PERSONS.c.id == person.id)
    since = now - connection.execute(reported).scalar_one()
    if since < TROUBLE_MS:
        raise Known("room.fast", most=1, wait_ms=TROUBLE_MS - since)
    connection.execute(update(PERSONS).where(PERSONS.c.id == person.id).values(troubled_at=now))
