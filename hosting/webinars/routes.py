"""Webinars over HTTP: conditional writes (`If-Match`) that can be repeated (`Idempotency-Key`)."""

import re
from typing import Any

import msgspec
from litestar import Request, Response, delete, get, put
from litestar.datastructures import State

from editor.errors import Known
from editor.protocol.api import NoteList, Push, Pushed, VersionList, WebinarList
from hosting.accounts.routes import Team
from hosting.guard import MOST_DOCUMENT
from hosting.house import House
from hosting.problems import answers, register
from hosting.webinars import service

register(
    {
        "webinar.unknown": 404,
        "version.unknown": 404,
        "webinar.stale": 412,
        "notes.stale": 412,
        "webinar.unconditional": 428,
        "webinar.other": 422,
        "webinar.base_unknown": 422,
        "sync.went_back": 409,
        "version.wrong_hash": 422,
        "wire.newer": 422,
        "wire.invalid": 422,
        "idempotency.reused": 422,
    }
)
JSON = "application/json"
DOCUMENT = answers(dict[str, Any], "A webinar in the wire format")


def seen_revision(request: Request[object, object, State]) -> int:
    """The revision of `If-Match: "7"`; 0 of `If-None-Match: *`.

    Raises:
        Known: ``webinar.unconditional``: neither is there, or it is no revision.
    """
    if request.headers.get("if-none-match", "").strip() == "*":
        return 0
    found = re.fullmatch(r'"(\d{1,9})"', request.headers.get("if-match", "").strip())
    if found is None:
        raise Known("webinar.unconditional")
    return int(found[1])


@get("/webinars", sync_to_thread=True)
def list_webinars(account: Team, house: House) -> WebinarList:
    """All webinars of the account, and the database's epoch."""
    with house.db.read() as connection:
        return WebinarList(epoch=house.epoch, webinars=service.cards(connection, account.id))


@get("/webinars/{webinar_id:str}", media_type=JSON, responses={200: DOCUMENT}, sync_to_thread=True)
def get_webinar(webinar_id: str, account: Team, house: House) -> Response[bytes]:
    """The document, byte for byte as it was pushed; its revision is the ETag."""
    with house.db.read() as connection:
        body, rev = service.document(connection, account.id, webinar_id)
    return Response(body, media_type=JSON, headers={"ETag": f'"{rev}"'})


@put(
    "/webinars/{webinar_id:str}",
    media_type=JSON,
    request_max_body_size=MOST_DOCUMENT,
    responses={200: answers(Pushed, "The new revision")},
    sync_to_thread=True,
)
def put_webinar(
    webinar_id: str, data: Push, request: Request[object, object, State], account: Team, house: House
) -> Response[bytes]:
    """Push a saved document over the revision in If-Match (or If-None-Match: * where it is new)."""
    key = request.headers.get("idempotency-key", "")
    route = f"PUT /webinars/{webinar_id}"
    body = msgspec.json.encode(data)
    with house.db.write() as connection:
        before = service.answered(connection, account.id, route, key, body) if key else None
        if before is not None:
            status, answer = before
        elif data.epoch not in {"", house.epoch}:
            raise Known("sync.went_back", address=house.link(""), epoch=house.epoch)
        else:
            seen = seen_revision(request)
            pushed = service.push(connection, account.id, webinar_id, seen, data, house.epoch, house.now())
            status, answer = 200, msgspec.json.encode(pushed)
            if key:
                service.keep_answer(connection, account.id, route, key, body, status, answer, house.now())
    rev = msgspec.json.decode(answer, type=Pushed).rev
    return Response(answer, status_code=status, media_type=JSON, headers={"ETag": f'"{rev}"'})


@delete("/webinars/{webinar_id:str}", status_code=204, sync_to_thread=True)
def delete_webinar(webinar_id: str, request: Request[object, object, State], account: Team, house: House) -> None:
    """Mark a webinar as deleted over the revision in If-Match."""
    with house.db.write() as connection:
        service.remove(connection, account.id, webinar_id, seen_revision(request), house.now())


@get("/webinars/{webinar_id:str}/versions", sync_to_thread=True)
def list_versions(webinar_id: str, account: Team, house: House) -> VersionList:
    """A webinar's versions, newest first."""
    with house.db.read() as connection:
        return VersionList(versions=service.versions(connection, account.id, webinar_id))


@get("/versions/{version_hash:str}", media_type=JSON, responses={200: DOCUMENT}, sync_to_thread=True)
def get_version(version_hash: str, account: Team, house: House) -> Response[bytes]:
    """A version's document."""
    with house.db.read() as connection:
        body, _ = service.version_body(connection, account.id, version_hash)
    return Response(body, media_type=JSON, headers={"Cache-Control": "private, immutable"})


@get("/webinars/{webinar_id:str}/notes", sync_to_thread=True)
def get_notes(webinar_id: str, account: Team, house: House) -> NoteList:
    """Presenters' notes, with a revision of their own."""
    with house.db.read() as connection:
        return service.notes(connection, account.id, webinar_id)


@put("/webinars/{webinar_id:str}/notes", request_max_body_size=MOST_DOCUMENT, sync_to_thread=True)
def put_notes(webinar_id: str, data: NoteList, account: Team, house: House) -> NoteList:
    """Put notes in the place of those of the revision given."""
    with house.db.write() as connection:
        return service.set_notes(connection, account.id, webinar_id, data)


API = (list_webinars, get_webinar, put_webinar, delete_webinar, list_versions, get_version, get_notes, put_notes)
