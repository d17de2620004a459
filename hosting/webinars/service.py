"""What may be done with webinars here: list, read, push over the revision that was seen, delete, versions, notes.

Order is by revision, never by clocks. A document is kept byte for byte as it was pushed; it is decoded only to be
judged. The number of a version is given in the order of arrival.
"""

import hashlib
import json
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Update, delete, func, insert, select, update

from editor.errors import Known
from editor.protocol import patch
from editor.protocol.api import HostedVersion, NoteList, Push, Pushed, WebinarCard
from editor.schedule import wire
from editor.schedule.model import Webinar
from hosting.guard import MOST_DOCUMENT
from hosting.webinars.tables import ANSWERED, VERSIONS, WEBINARS

KEPT_MS = 30 * 86_400_000
"""How long the answer to a request with an idempotency key is kept."""


def cards(connection: Connection, account: str) -> tuple[WebinarCard, ...]:
    """All webinars of an account, deleted ones too: whoever syncs has to learn of that."""
    columns = (WEBINARS.c[name] for name in WebinarCard.__struct_fields__)
    query = select(*columns).where(WEBINARS.c.account == account).order_by(WEBINARS.c.id)
    return tuple(WebinarCard(**row._asdict()) for row in connection.execute(query))


def document(connection: Connection, account: str, webinar: str) -> tuple[bytes, int]:
    """A webinar's bytes and revision.

    Raises:
        Known: ``webinar.unknown``.
    """
    row = _row(connection, account, webinar)
    if row is None or row.deleted:
        raise Known("webinar.unknown", id=webinar)
    return row.body, row.rev


def push(connection: Connection, account: str, webinar: str, seen: int, pushed: Push, epoch: str, now: int) -> Pushed:
    """Take a saved document over revision `seen` (0: it is new here).

    Raises:
        Known: ``webinar.stale`` with the `rev` there is, ``webinar.other`` (the document is another webinar's), what
            `wire.decode` and `patch.apply` raise, ``webinar.base_unknown`` (send it whole), ``version.wrong_hash``.
    """
    row = _row(connection, account, webinar)
    if (row.rev if row else 0) != seen:
        raise Known("webinar.stale", id=webinar, rev=row.rev if row else 0)
    body = _pushed_body(connection, account, pushed)
    version = pushed.version
    # A patch's outcome is trusted for its hash alone; of a whole document, what is wrong with it says more.
    if pushed.patch is not None and wire.identity(body, version.parents) != version.hash:
        raise Known("version.wrong_hash", hash=version.hash)
    opened = wire.decode(body)
    if opened.webinar.id != webinar:
        raise Known("webinar.other", id=webinar, found=opened.webinar.id)
    if wire.identity(body, version.parents) != version.hash:
        raise Known("version.wrong_hash", hash=version.hash)
    values = {
        "rev": seen + 1,
        "hash": hashlib.sha256(body).hexdigest(),
        "title": opened.webinar.title,
        "version": version.hash,
        "body": body,
        "updated_at": now,
        "deleted": False,
    }
    if row is None:
        new = {"account": account, "id": webinar, "notes_rev": 0, "notes": b"{}"}
        connection.execute(insert(WEBINARS).values(**new, **values))
    else:
        connection.execute(_update(account, webinar).values(**values))
    return Pushed(rev=seen + 1, number=_keep_version(connection, account, webinar, pushed, body), epoch=epoch)


def remove(connection: Connection, account: str, webinar: str, seen: int, now: int) -> int:
    """Mark a webinar as deleted over revision `seen`; gives the new one. Its versions stay, sessions need them.

    Raises:
        Known: ``webinar.unknown``, ``webinar.stale``.
    """
    row = _row(connection, account, webinar)
    if row is None:
        raise Known("webinar.unknown", id=webinar)
    if row.rev != seen:
        raise Known("webinar.stale", id=webinar, rev=row.rev)
    connection.execute(_update(account, webinar).values(rev=seen + 1, deleted=True, updated_at=now))
    return seen + 1


def versions(connection: Connection, account: str, webinar: str) -> tuple[HostedVersion, ...]:
    """A webinar's versions, newest first."""
    query = select(VERSIONS).where(VERSIONS.c.account == account, VERSIONS.c.webinar == webinar)
    return tuple(
        HostedVersion(
            hash=row.hash,
            number=row.number,
            parents=tuple(json.loads(row.parents)),
            note=row.note,
            saved_at=row.saved_at,
        )
        for row in connection.execute(query.order_by(VERSIONS.c.number.desc()))
    )


def version_body(connection: Connection, account: str, version_hash: str) -> tuple[bytes, int]:
    """A version's bytes and number.

    Raises:
        Known: ``version.unknown``.
    """
    query = select(VERSIONS.c.body, VERSIONS.c.number).where(
        VERSIONS.c.account == account, VERSIONS.c.hash == version_hash
    )
    row = connection.execute(query).first()
    if row is None:
        raise Known("version.unknown", hash=version_hash)
    return row.body, row.number


def version(connection: Connection, account: str, version_hash: str) -> tuple[Webinar, int]:
    """What a version holds, and its number.

    Raises:
        Known: ``version.unknown``.
    """
    body, number = version_body(connection, account, version_hash)
    return wire.decode(body).webinar, number


def notes(connection: Connection, account: str, webinar: str) -> NoteList:
    """Presenters' notes.

    Raises:
        Known: ``webinar.unknown``.
    """
    row = _row(connection, account, webinar)
    if row is None:
        raise Known("webinar.unknown", id=webinar)
    return NoteList(rev=row.notes_rev, notes=msgspec.json.decode(row.notes))


def set_notes(connection: Connection, account: str, webinar: str, given: NoteList) -> NoteList:
    """Put notes in the place of those of revision `given.rev`.

    Raises:
        Known: ``webinar.unknown``, ``notes.stale`` with the `rev` there is.
    """
    there = notes(connection, account, webinar)
    if there.rev != given.rev:
        raise Known("notes.stale", id=webinar, rev=there.rev)
    body = msgspec.json.encode(given.notes, order="sorted")
    connection.execute(_update(account, webinar).values(notes_rev=given.rev + 1, notes=body))
    return NoteList(rev=given.rev + 1, notes=given.notes)


# --------------------------------------------------------------------------------------------- idempotency


def answered(connection: Connection, account: str, route: str, key: str, body: bytes) -> tuple[int, bytes] | None:
    """The status and answer that a request with this key got before; None where it is new.

    Raises:
        Known: ``idempotency.reused``: the key came with another body.
    """
    query = select(ANSWERED).where(ANSWERED.c.account == account, ANSWERED.c.route == route, ANSWERED.c.key == key)
    row = connection.execute(query).first()
    if row is None:
        return None
    if row.body_hash != hashlib.sha256(body).hexdigest():
        raise Known("idempotency.reused", key=key)
    return row.status, row.response


def keep_answer(
    connection: Connection, account: str, route: str, key: str, body: bytes, status: int, response: bytes, now: int
) -> None:
    """Remember an answer, and forget those that are 30 days old."""
    connection.execute(delete(ANSWERED).where(ANSWERED.c.answered_at < now - KEPT_MS))
    connection.execute(
        insert(ANSWERED).values(
            account=account,
            route=route,
            key=key,
            body_hash=hashlib.sha256(body).hexdigest(),
            status=status,
            response=response,
            answered_at=now,
        )
    )


def _pushed_body(connection: Connection, account: str, pushed: Push) -> bytes:
    """The bytes of a push: sent whole, or put together from a version that is here."""
    if (pushed.document is None) == (pushed.patch is None):
        raise Known("request.invalid", reason="either the document or a patch is sent")
    if pushed.document is not None:
        return pushed.document.encode()
    assert pushed.patch is not None
    here = VERSIONS.c.account == account, VERSIONS.c.hash == pushed.patch.base
    base = connection.execute(select(VERSIONS.c.body).where(*here)).scalar()
    if base is None:
        raise Known("webinar.base_unknown", hash=pushed.patch.base)
    return patch.apply(pushed.patch, base, MOST_DOCUMENT)


def _keep_version(connection: Connection, account: str, webinar: str, pushed: Push, body: bytes) -> int:
    there = connection.execute(
        select(VERSIONS.c.number).where(VERSIONS.c.account == account, VERSIONS.c.hash == pushed.version.hash)
    ).scalar()
    if there is not None:
        return int(there)
    last = select(func.max(VERSIONS.c.number)).where(VERSIONS.c.account == account, VERSIONS.c.webinar == webinar)
    number = int(connection.execute(last).scalar() or 0) + 1
    connection.execute(
        insert(VERSIONS).values(
            account=account,
            hash=pushed.version.hash,
            webinar=webinar,
            number=number,
            parents=json.dumps(pushed.version.parents),
            note=pushed.version.note,
            saved_at=pushed.version.saved_at,
            body=body,
        )
    )
    return number


def _row(connection: Connection, account: str, webinar: str) -> Row[Any] | None:
    query = select(WEBINARS).where(WEBINARS.c.account == account, WEBINARS.c.id == webinar)
    return connection.execute(query).first()


def _update(account: str, webinar: str) -> Update:
    return update(WEBINARS).where(WEBINARS.c.account == account, WEBINARS.c.id == webinar)
