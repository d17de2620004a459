"""Permanent links: one for each webinar, which leads to its next session however often that is rescheduled."""

import secrets

from sqlalchemy import Connection, case, insert, select

from editor.errors import KnownError
from hosting.sessions.engine.session_state import SessionRecord, to_record
from hosting.sessions.engine.tables import LINKS, SESSIONS

_SLUG_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters and digits that are easily confused."""


def ensure_slug(connection: Connection, account: str, webinar: str, *, test_session: str | None = None) -> str:
    """Return the slug of a webinar's link, the last part of ``/w/{slug}``; it is created on first use.

    Args:
        connection: A writing transaction.
        account: The account's id.
        webinar: The webinar's id.
        test_session: The id of a private test, for which a new link of its own is made; None for the webinar's link.
    """
    if test_session is None:
        condition = (LINKS.c.account == account, LINKS.c.webinar == webinar, LINKS.c.session.is_(None))
        existing_slug = connection.execute(select(LINKS.c.slug).where(*condition)).scalar()
        if existing_slug is not None:
            return str(existing_slug)
    slug = "".join(secrets.choice(_SLUG_LETTERS) for _ in range(12))
    connection.execute(insert(LINKS).values(slug=slug, account=account, webinar=webinar, session=test_session))
    return slug


def require_session(connection: Connection, slug: str) -> SessionRecord:
    """Return the record of the session that a link leads to: the one that runs or comes next, else the last one.

    The last one may be over or cancelled. Private tests are reached by their own links only.

    Args:
        connection: A transaction.
        slug: The last part of ``/w/{slug}``.

    Raises:
        KnownError: ``link.unknown``: there is no such link, or its webinar has no session.
    """
    link = connection.execute(select(LINKS).where(LINKS.c.slug == slug)).first()
    if link is None:
        raise KnownError("link.unknown")
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
    row = connection.execute(query).first()
    if row is None:
        raise KnownError("link.unknown")
    return to_record(row._asdict())
