"""Permanent links: one per webinar, which leads to its next session whatever becomes of the plans."""

import secrets

from sqlalchemy import Connection, case, insert, select

from editor.errors import Known
from hosting.sessions.rooms import Row, as_row
from hosting.sessions.tables import LINKS, SESSIONS

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for one another when read aloud."""


def slug_of(connection: Connection, account: str, webinar: str, *, test_session: str | None = None) -> str:
    """A webinar's slug, made when first asked for; a private test gets one of its own."""
    if test_session is None:
        mine = (LINKS.c.account == account, LINKS.c.webinar == webinar, LINKS.c.session.is_(None))
        found = connection.execute(select(LINKS.c.slug).where(*mine)).scalar()
        if found is not None:
            return str(found)
    slug = "".join(secrets.choice(_LETTERS) for _ in range(12))
    connection.execute(insert(LINKS).values(slug=slug, account=account, webinar=webinar, session=test_session))
    return slug


def session_of(connection: Connection, slug: str) -> Row:
    """The session a link leads to: the one that runs or comes next, else the last there was.

    Raises:
        Known: ``link.unknown``.
    """
    link = connection.execute(select(LINKS).where(LINKS.c.slug == slug)).first()
    if link is None:
        raise Known("link.unknown")
    query = select(SESSIONS)
    if link.session is not None:
        query = query.where(SESSIONS.c.id == link.session)
    else:
        planned = SESSIONS.c.state == "planned"
        query = (
            query.where(
                SESSIONS.c.account == link.account, SESSIONS.c.webinar == link.webinar, SESSIONS.c.test.is_(False)
            )
            .order_by(
                case((planned, 0), else_=1),
                case((planned, SESSIONS.c.starts_at), else_=-SESSIONS.c.starts_at),
                SESSIONS.c.sequence.desc(),
            )
            .limit(1)
        )
    found = connection.execute(query).first()
    if found is None:
        raise Known("link.unknown")
    return as_row(found._asdict())
