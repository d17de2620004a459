"""The routes of webinars: conditional writes (`If-Match`) that are safe to repeat (`Idempotency-Key`)."""

import re
from typing import Any

import msgspec
from litestar import Request, Response, delete, get, put
from litestar.datastructures import State

from editor.errors import KnownError
from editor.protocol.api import NoteList, PushRequest, PushResult, VersionList, WebinarList
from hosting.accounts.authentication import CurrentAccount
from hosting.context import HostingContext
from hosting.http.body_limits import MAX_DOCUMENT_BYTES
from hosting.http.problem_details import describe_response
from hosting.webinars import service

JSON = "application/json"
DOCUMENT_RESPONSE = describe_response(dict[str, Any], "A webinar in the wire format")


def require_revision(request: Request[object, object, State]) -> int:
    """Return the revision that a request names: 7 for `If-Match: "7"`, 0 for `If-None-Match: *`.

    Raises:
        KnownError: ``webinar.unconditional``: it has neither header, or the value is not a revision.
    """
    if request.headers.get("if-none-match", "").strip() == "*":
        return 0
    match = re.fullmatch(r'"(\d{1,9})"', request.headers.get("if-match", "").strip())
    if match is None:
        raise KnownError("webinar.unconditional")
    return int(match[1])


@get("/webinars", sync_to_thread=True)
def list_webinars(account: CurrentAccount, context: HostingContext) -> WebinarList:
    """Handle `GET /api/webinars`: list the account's webinars, deleted ones too, with the epoch of the database."""
    with context.db.read() as connection:
        return WebinarList(epoch=context.epoch, webinars=service.list_webinars(connection, account.id))


@get("/webinars/{webinar_id:str}", media_type=JSON, responses={200: DOCUMENT_RESPONSE}, sync_to_thread=True)
def get_webinar(webinar_id: str, account: CurrentAccount, context: HostingContext) -> Response[bytes]:
    """Handle `GET /api/webinars/{webinar_id}`: return its document, byte for byte as it was pushed.

    The document's revision is the ETag.

    Raises:
        KnownError: ``webinar.unknown``: there is none, or it was deleted.
    """
    with context.db.read() as connection:
        body, rev = service.load_document(connection, account.id, webinar_id)
    return Response(body, media_type=JSON, headers={"ETag": f'"{rev}"'})


@put(
    "/webinars/{webinar_id:str}",
    media_type=JSON,
    request_max_body_size=MAX_DOCUMENT_BYTES,
    responses={200: describe_response(PushResult, "The new revision")},
    sync_to_thread=True,
)
def put_webinar(
    webinar_id: str,
    data: PushRequest,
    request: Request[object, object, State],
    account: CurrentAccount,
    context: HostingContext,
) -> Response[bytes]:
    """Handle `PUT /api/webinars/{webinar_id}`: store a saved document over the revision in `If-Match`.

    A new webinar has `If-None-Match: *` instead. With an `Idempotency-Key`, repeating the request has the same
    response. A deleted webinar is there again afterwards.

    Args:
        webinar_id: The webinar's id.
        data: The document and its version.
        request: Its headers name the revision.
        account: Whose webinar it is.
        context: Of the hosting.

    Raises:
        KnownError: ``sync.went_back`` (the editor knows another epoch), ``webinar.unconditional``,
            ``idempotency.reused``, and those of `push`.
    """
    key = request.headers.get("idempotency-key", "")
    route = f"PUT /webinars/{webinar_id}"
    body = msgspec.json.encode(data)
    with context.db.write() as connection:
        recorded_response = service.find_recorded_response(connection, account.id, route, key, body) if key else None
        if recorded_response is not None:
            status, response_body = recorded_response
        elif data.epoch not in {"", context.epoch}:
            raise KnownError("sync.went_back", address=context.url_for(""), epoch=context.epoch)
        else:
            expected_rev = require_revision(request)
            pushed = service.push(connection, account.id, webinar_id, expected_rev, data, context.epoch, context.now())
            status, response_body = 200, msgspec.json.encode(pushed)
            if key:
                service.record_response(connection, account.id, route, key, body, status, response_body, context.now())
    rev = msgspec.json.decode(response_body, type=PushResult).rev
    return Response(response_body, status_code=status, media_type=JSON, headers={"ETag": f'"{rev}"'})


@delete("/webinars/{webinar_id:str}", status_code=204, sync_to_thread=True)
def delete_webinar(
    webinar_id: str, request: Request[object, object, State], account: CurrentAccount, context: HostingContext
) -> None:
    """Handle `DELETE /api/webinars/{webinar_id}`: mark a webinar as deleted over the revision in `If-Match`.

    Its document and versions stay, because sessions play them.

    Args:
        webinar_id: The webinar's id.
        request: Its headers name the revision.
        account: Whose webinar it is.
        context: Of the hosting.

    Raises:
        KnownError: ``webinar.unconditional``, ``webinar.unknown``, ``webinar.stale`` with the current `rev`.
    """
    with context.db.write() as connection:
        service.delete_webinar(connection, account.id, webinar_id, require_revision(request), context.now())


@get("/webinars/{webinar_id:str}/versions", sync_to_thread=True)
def list_versions(webinar_id: str, account: CurrentAccount, context: HostingContext) -> VersionList:
    """Handle `GET /api/webinars/{webinar_id}/versions`: list its versions, newest first; none for an unknown one."""
    with context.db.read() as connection:
        return VersionList(versions=service.list_versions(connection, account.id, webinar_id))


@get("/versions/{version_hash:str}", media_type=JSON, responses={200: DOCUMENT_RESPONSE}, sync_to_thread=True)
def get_version(version_hash: str, account: CurrentAccount, context: HostingContext) -> Response[bytes]:
    """Handle `GET /api/versions/{version_hash}`: return a version's document, byte for byte as it was pushed.

    Raises:
        KnownError: ``version.unknown``.
    """
    with context.db.read() as connection:
        body, _ = service.load_version_body(connection, account.id, version_hash)
    return Response(body, media_type=JSON, headers={"Cache-Control": "private, immutable"})


@get("/webinars/{webinar_id:str}/notes", sync_to_thread=True)
def get_notes(webinar_id: str, account: CurrentAccount, context: HostingContext) -> NoteList:
    """Handle `GET /api/webinars/{webinar_id}/notes`: return the presenters' notes, with a revision of their own.

    Those of a deleted webinar are returned too; without any they are empty and the revision is 0.

    Raises:
        KnownError: ``webinar.unknown``.
    """
    with context.db.read() as connection:
        return service.load_notes(connection, account.id, webinar_id)


@put("/webinars/{webinar_id:str}/notes", request_max_body_size=MAX_DOCUMENT_BYTES, sync_to_thread=True)
def put_notes(webinar_id: str, data: NoteList, account: CurrentAccount, context: HostingContext) -> NoteList:
    """Handle `PUT /api/webinars/{webinar_id}/notes`: replace all notes over the revision that `data` names.

    Args:
        webinar_id: The webinar's id.
        data: The notes by segment, and the revision that they replace.
        account: Whose webinar it is.
        context: Of the hosting.

    Raises:
        KnownError: ``webinar.unknown``, ``notes.stale`` with the current `rev`.
    """
    with context.db.write() as connection:
        return service.replace_notes(connection, account.id, webinar_id, data)


API = (list_webinars, get_webinar, put_webinar, delete_webinar, list_versions, get_version, get_notes, put_notes)
