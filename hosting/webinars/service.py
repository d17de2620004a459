"""Operations on webinars: list, load, push over a known revision, delete; their versions and notes; idempotency.

The order of changes is that of revisions, never that of clocks. A document is stored byte for byte as it was pushed; it
is decoded only to be checked. Versions are numbered in the order in which they arrive.
"""

import hashlib
import json
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Update, delete, func, insert, select, update

from editor.errors import KnownError
from editor.protocol import patch
from editor.protocol.api import HostedVersion, NoteList, PushRequest, PushResult, WebinarListItem
from editor.schedule import serialization
from editor.schedule.model import Webinar
from hosting.http.body_limits import MAX_DOCUMENT_BYTES
from hosting.webinars.tables import ANSWERED_REQUESTS, VERSIONS, WEBINARS

IDEMPOTENCY_KEY_RETENTION_MS = 30 * 86_400_000
"""How long the response to a request with an idempotency key is kept, in milliseconds."""


def list_webinars(connection: Connection, account: str) -> tuple[WebinarListItem, ...]:
    """Return all webinars of an account, sorted by id, deleted ones too: editors learn of a deletion by syncing."""
    columns = (WEBINARS.c[name] for name in WebinarListItem.__struct_fields__)
    query = select(*columns).where(WEBINARS.c.account == account).order_by(WEBINARS.c.id)
    return tuple(WebinarListItem(**row._asdict()) for row in connection.execute(query))


def load_document(connection: Connection, account: str, webinar: str) -> tuple[bytes, int]:
    """Return a webinar's document, byte for byte as it was pushed last, and its revision.

    Raises:
        KnownError: ``webinar.unknown``: there is none, or it was deleted.
    """
    row = _find_row(connection, account, webinar)
    if row is None or row.deleted:
        raise KnownError("webinar.unknown", id=webinar)
    return row.body, row.rev


def push(
    connection: Connection,
    account: str,
    webinar: str,
    expected_rev: int,
    push_request: PushRequest,
    epoch: str,
    now: int,
) -> PushResult:
    """Store a saved document as the next revision of a webinar, and as a version.

    A deleted webinar is there again afterwards. A version that the account has already keeps its number.

    Args:
        connection: A writing transaction.
        account: The account's id.
        webinar: The webinar's id.
        expected_rev: The revision that the editor knows; 0 for a new webinar.
        push_request: The document, whole or as a patch of a version that is here.
        epoch: Of the database; part of the result.
        now: The server time in milliseconds.

    Raises:
        KnownError: ``webinar.stale`` with the current `rev`, ``webinar.other`` (the document is another webinar's),
            ``webinar.base_unknown`` (the patch's base is not here: send the document whole), ``version.wrong_hash``,
            and what `serialization.decode` and `patch.apply` raise.
    """
    row = _find_row(connection, account, webinar)
    if (row.rev if row else 0) != expected_rev:
        raise KnownError("webinar.stale", id=webinar, rev=row.rev if row else 0)
    body = _resolve_body(connection, account, push_request)
    version = push_request.version
    # A patched document is checked by its hash first: if that is wrong, errors in its content would mislead.
    if push_request.patch is not None and serialization.hash_version(body, version.parents) != version.hash:
        raise KnownError("version.wrong_hash", hash=version.hash)
    decoded = serialization.decode(body)
    if decoded.webinar.id != webinar:
        raise KnownError("webinar.other", id=webinar, found=decoded.webinar.id)
    if serialization.hash_version(body, version.parents) != version.hash:
        raise KnownError("version.wrong_hash", hash=version.hash)
    values = {
        "rev": expected_rev + 1,
        "hash": hashlib.sha256(body).hexdigest(),
        "title": decoded.webinar.title,
        "version": version.hash,
        "body": body,
        "updated_at": now,
        "deleted": False,
    }
    if row is None:
        new = {"account": account, "id": webinar, "notes_rev": 0, "notes": b"{}"}
        connection.execute(insert(WEBINARS).values(**new, **values))
    else:
        connection.execute(_update_webinar(account, webinar).values(**values))
    return PushResult(
        rev=expected_rev + 1, number=_store_version(connection, account, webinar, push_request, body), epoch=epoch
    )


def delete_webinar(connection: Connection, account: str, webinar: str, expected_rev: int, now: int) -> int:
    """Mark a webinar as deleted; return the new revision. Its document and versions stay, because sessions play them.

    One that is deleted already gets a new revision too.

    Args:
        connection: A writing transaction.
        account: The account's id.
        webinar: The webinar's id.
        expected_rev: The revision that the editor knows.
        now: The server time in milliseconds.

    Raises:
        KnownError: ``webinar.unknown``, ``webinar.stale`` with the current `rev`.
    """
    row = _find_row(connection, account, webinar)
    if row is None:
        raise KnownError("webinar.unknown", id=webinar)
    if row.rev != expected_rev:
        raise KnownError("webinar.stale", id=webinar, rev=row.rev)
    connection.execute(_update_webinar(account, webinar).values(rev=expected_rev + 1, deleted=True, updated_at=now))
    return expected_rev + 1


def list_versions(connection: Connection, account: str, webinar: str) -> tuple[HostedVersion, ...]:
    """Return a webinar's versions, newest first; those of a deleted webinar too, none for an unknown one."""
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


def load_version_body(connection: Connection, account: str, version_hash: str) -> tuple[bytes, int]:
    """Return a version's document, byte for byte as it was pushed, and the version's number (from 1) in its webinar.

    Raises:
        KnownError: ``version.unknown``: the account has no version of this hash.
    """
    query = select(VERSIONS.c.body, VERSIONS.c.number).where(
        VERSIONS.c.account == account, VERSIONS.c.hash == version_hash
    )
    row = connection.execute(query).first()
    if row is None:
        raise KnownError("version.unknown", hash=version_hash)
    return row.body, row.number


def load_version(connection: Connection, account: str, version_hash: str) -> tuple[Webinar, int]:
    """Return the webinar of a version, decoded, and the version's number (from 1).

    Raises:
        KnownError: ``version.unknown``: the account has no version of this hash.
    """
    body, number = load_version_body(connection, account, version_hash)
    return serialization.decode(body).webinar, number


def load_whole_version(connection: Connection, account: str, version_hash: str) -> tuple[Webinar, int]:
    """Do what `load_version` does for a version that is to be published, of which nothing may be left out.

    Raises:
        KnownError: ``version.unknown``; ``publish.unknown_kinds`` with the kinds and fields (`unknown`) that this
            server does not know.
    """
    body, number = load_version_body(connection, account, version_hash)
    decoded = serialization.decode(body)
    if decoded.unknown:
        raise KnownError("publish.unknown_kinds", unknown=decoded.unknown)
    return decoded.webinar, number


def load_notes(connection: Connection, account: str, webinar: str) -> NoteList:
    """Return the presenters' notes of a webinar with the notes' own revision, 0 while there never were any.

    Those of a deleted webinar are returned too.

    Raises:
        KnownError: ``webinar.unknown``.
    """
    row = _find_row(connection, account, webinar)
    if row is None:
        raise KnownError("webinar.unknown", id=webinar)
    return NoteList(rev=row.notes_rev, notes=msgspec.json.decode(row.notes))


def replace_notes(connection: Connection, account: str, webinar: str, submitted: NoteList) -> NoteList:
    """Replace the notes of a webinar, and return them with their new revision.

    The revision of its document stays.

    Args:
        connection: A writing transaction.
        account: The account's id.
        webinar: The webinar's id.
        submitted: The notes, with the revision that they replace.

    Raises:
        KnownError: ``webinar.unknown``, ``notes.stale`` with the current `rev`.
    """
    current = load_notes(connection, account, webinar)
    if current.rev != submitted.rev:
        raise KnownError("notes.stale", id=webinar, rev=current.rev)
    body = msgspec.json.encode(submitted.notes, order="sorted")
    connection.execute(_update_webinar(account, webinar).values(notes_rev=submitted.rev + 1, notes=body))
    return NoteList(rev=submitted.rev + 1, notes=submitted.notes)


# --------------------------------------------------------------------------------------------- idempotency


def find_recorded_response(
    connection: Connection, account: str, route: str, key: str, body: bytes
) -> tuple[int, bytes] | None:
    """Return the status and body of the response to an earlier request with the same idempotency key, or None.

    Args:
        connection: A transaction.
        account: The account's id.
        route: Method and path of the request.
        key: Its idempotency key.
        body: Its body.

    Raises:
        KnownError: ``idempotency.reused``: the earlier request had another body.
    """
    query = select(ANSWERED_REQUESTS).where(
        ANSWERED_REQUESTS.c.account == account, ANSWERED_REQUESTS.c.route == route, ANSWERED_REQUESTS.c.key == key
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    if row.body_hash != hashlib.sha256(body).hexdigest():
        raise KnownError("idempotency.reused", key=key)
    return row.status, row.response


def record_response(
    connection: Connection, account: str, route: str, key: str, body: bytes, status: int, response: bytes, now: int
) -> None:
    """Store the response to a request with an idempotency key, and delete the responses that are too old.

    `IDEMPOTENCY_KEY_RETENTION_MS` says how long one is kept.

    Args:
        connection: A writing transaction.
        account: The account's id.
        route: Method and path of the request.
        key: Its idempotency key.
        body: Its body.
        status: Of the response.
        response: The body of the response.
        now: The server time in milliseconds.
    """
    kept_since = now - IDEMPOTENCY_KEY_RETENTION_MS
    connection.execute(delete(ANSWERED_REQUESTS).where(ANSWERED_REQUESTS.c.answered_at < kept_since))
    connection.execute(
        insert(ANSWERED_REQUESTS).values(
            account=account,
            route=route,
            key=key,
            body_hash=hashlib.sha256(body).hexdigest(),
            status=status,
            response=response,
            answered_at=now,
        )
    )


def _resolve_body(connection: Connection, account: str, push_request: PushRequest) -> bytes:
    """Return the pushed document: sent whole, or as a patch of a version that is here."""
    if (push_request.document is None) == (push_request.patch is None):
        raise KnownError("request.invalid", reason="either the document or a patch is sent")
    if push_request.document is not None:
        return push_request.document.encode()
    assert push_request.patch is not None
    condition = VERSIONS.c.account == account, VERSIONS.c.hash == push_request.patch.base
    base = connection.execute(select(VERSIONS.c.body).where(*condition)).scalar()
    if base is None:
        raise KnownError("webinar.base_unknown", hash=push_request.patch.base)
    return patch.apply(push_request.patch, base, MAX_DOCUMENT_BYTES)


def _store_version(connection: Connection, account: str, webinar: str, push_request: PushRequest, body: bytes) -> int:
    existing_number = connection.execute(
        select(VERSIONS.c.number).where(VERSIONS.c.account == account, VERSIONS.c.hash == push_request.version.hash)
    ).scalar()
    if existing_number is not None:
        return int(existing_number)
    last = select(func.max(VERSIONS.c.number)).where(VERSIONS.c.account == account, VERSIONS.c.webinar == webinar)
    number = int(connection.execute(last).scalar() or 0) + 1
    connection.execute(
        insert(VERSIONS).values(
            account=account,
            hash=push_request.version.hash,
            webinar=webinar,
            number=number,
            parents=json.dumps(push_request.version.parents),
            note=push_request.version.note,
            saved_at=push_request.version.saved_at,
            body=body,
        )
    )
    return number


def _find_row(connection: Connection, account: str, webinar: str) -> Row[Any] | None:
    query = select(WEBINARS).where(WEBINARS.c.account == account, WEBINARS.c.id == webinar)
    return connection.execute(query).first()


def _update_webinar(account: str, webinar: str) -> Update:
    return update(WEBINARS).where(WEBINARS.c.account == account, WEBINARS.c.id == webinar)
