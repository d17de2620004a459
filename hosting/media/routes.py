"""Uploads by tus 1.0 (core, creation, checksum, termination), and manifests.

Source: https://tus.io/protocols/resumable-upload. An upload names its content's SHA-256 at creation
(`Upload-Metadata: sha256 …`); it is finished only when that has been verified and the file is visible.
"""

import asyncio
import base64
import binascii
import queue
import re
from collections.abc import Iterator
from typing import Any

from litestar import Request, Response, delete, get, head, patch, post, put, route
from litestar.datastructures import State
from litestar.enums import HttpMethod
from litestar.exceptions import ClientException

from editor.errors import Known
from editor.protocol.api import Asked, Had
from editor.protocol.manifest import Manifest
from hosting.accounts.routes import Team
from hosting.delivery.ranges import ranged
from hosting.house import House
from hosting.media import service
from hosting.media.store import Store
from hosting.problems import register

register(
    {
        "upload.unknown": 404,
        "upload.offset": 409,
        "upload.too_long": 413,
        "upload.too_large": 413,
        "upload.quota": 507,
        "upload.checksum": 460,
        "upload.wrong_hash": 422,
        "upload.version": 412,
        "manifest.missing": 422,
        "manifest.invalid": 422,
        "manifest.newer": 422,
        "manifest.unknown": 404,
        "media.not_here": 404,
    }
)
TUS = {"Tus-Resumable": "1.0.0", "Cache-Control": "no-store"}
Anything = Request[Any, Any, State]


def store_of(house: House) -> Store:
    """The files of the hosting."""
    return Store(house.media)


def _checked(request: Anything) -> None:
    if request.headers.get("tus-resumable") != "1.0.0":
        raise Known("upload.version")


def _number(request: Anything, name: str) -> int:
    text = request.headers.get(name, "")
    if not re.fullmatch(r"\d{1,18}", text, re.ASCII):
        raise Known("request.invalid", reason=f"{name} is missing or no number")
    return int(text)


def _metadata(request: Anything) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in request.headers.get("upload-metadata", "").split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise Known("request.invalid", reason="Upload-Metadata is not base64") from error
    return found


def _checksum(request: Anything) -> bytes | None:
    text = request.headers.get("upload-checksum")
    if text is None:
        return None
    kind, _, value = text.partition(" ")
    if kind != "sha256":
        raise Known("request.invalid", reason="Upload-Checksum is not sha256")
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise Known("request.invalid", reason="Upload-Checksum is not base64") from error


@route("/uploads", http_method=[HttpMethod.OPTIONS], status_code=204, sync_to_thread=False)
def options() -> Response[None]:
    """What of tus is spoken here."""
    told = {
        "Tus-Version": "1.0.0",
        "Tus-Extension": "creation,checksum,termination",
        "Tus-Checksum-Algorithm": "sha256",
    }
    return Response(None, status_code=204, headers={**TUS, **told})


@post("/uploads", status_code=201, sync_to_thread=True)
def create(request: Anything, account: Team, house: House) -> Response[None]:
    """Begin an upload, or find the one that is under way for the same content."""
    _checked(request)
    size = _number(request, "upload-length")
    sha256 = _metadata(request).get("sha256", "")
    if not re.fullmatch("[0-9a-f]{64}", sha256):
        raise Known("request.invalid", reason="Upload-Metadata has no sha256")
    store = store_of(house)
    with house.db.write() as connection:
        upload = service.begin(
            connection,
            account.id,
            sha256,
            size,
            house.now(),
            most=house.settings.upload_most,
            quota=house.settings.quota,
        )
        try:
            store.offset(upload)
        except Known:
            store.begin(upload)
    return Response(None, status_code=201, headers={**TUS, "Location": f"/api/uploads/{upload}"})


@head("/uploads/{upload_id:str}", sync_to_thread=True)
def state(upload_id: str, request: Anything, account: Team, house: House) -> Response[None]:
    """How far an upload is. A full one is verified first, so a sender that sees its end may believe it."""
    _checked(request)
    with house.db.read() as connection:
        row = service.upload(connection, account.id, upload_id)
    store = store_of(house)
    offset = row.size if store.path(row.sha256).exists() else store.offset(upload_id)
    if offset == row.size:
        _finish(house, store, account.id, upload_id, row.sha256, row.size)
    return Response(None, headers={**TUS, "Upload-Offset": str(offset), "Upload-Length": str(row.size)})


@patch("/uploads/{upload_id:str}", status_code=204)
async def append(upload_id: str, request: Anything, account: Team, house: House) -> Response[None]:
    """Add bytes at an offset. What arrived before the sender broke off is kept."""
    _checked(request)
    if request.headers.get("content-type") != "application/offset+octet-stream":
        raise ClientException(status_code=415, detail="application/offset+octet-stream is asked for")
    at, checksum = _number(request, "upload-offset"), _checksum(request)

    def begin() -> Any:
        with house.db.read() as connection:
            return service.upload(connection, account.id, upload_id)

    row = await asyncio.to_thread(begin)
    store = store_of(house)
    pipe: queue.Queue[bytes | BaseException | None] = queue.Queue(maxsize=8)
    writing = asyncio.create_task(asyncio.to_thread(store.append, upload_id, at, _drained(pipe), row.size, checksum))
    broken: BaseException | None = None
    try:
        async for chunk in request.stream():
            while not writing.done():
                try:
                    pipe.put_nowait(chunk)
                    break
                except queue.Full:
                    await asyncio.sleep(0.001)
            if writing.done():
                break
    except Exception as error:  # noqa: BLE001 - the sender broke off; what had arrived is kept
        broken = error
    await asyncio.to_thread(_close, pipe, writing)
    offset = await writing
    if broken is not None:
        raise broken
    if offset == row.size:
        await asyncio.to_thread(_finish, house, store, account.id, upload_id, row.sha256, row.size)
    return Response(None, status_code=204, headers={**TUS, "Upload-Offset": str(offset)})


def _close(pipe: "queue.Queue[bytes | BaseException | None]", writing: "asyncio.Task[int]") -> None:
    while not writing.done():
        try:
            pipe.put(None, timeout=0.05)
        except queue.Full:
            continue
        return


def _drained(pipe: "queue.Queue[bytes | BaseException | None]") -> Iterator[bytes]:
    while isinstance(chunk := pipe.get(), bytes):
        yield chunk


@delete("/uploads/{upload_id:str}", status_code=204, sync_to_thread=True)
def terminate(upload_id: str, request: Anything, account: Team, house: House) -> Response[None]:
    """Give an upload up."""
    _checked(request)
    with house.db.write() as connection:
        service.upload(connection, account.id, upload_id)
        service.end(connection, upload_id)
    store_of(house).forget(upload_id)
    return Response(None, status_code=204, headers=TUS)


def _finish(house: House, store: Store, account: str, upload_id: str, sha256: str, size: int) -> None:
    try:
        store.finish(upload_id, sha256)
    except Known:
        with house.db.write() as connection:
            service.end(connection, upload_id)
        raise
    with house.db.write() as connection:
        service.took(connection, account, sha256, size, house.now())
        service.end(connection, upload_id)


@post("/media/have", status_code=200, sync_to_thread=True)
def have(data: Asked, account: Team, house: House) -> Had:
    """Which of these files and manifests are here already?"""
    with house.db.read() as connection:
        return service.had(connection, account.id, data.sha256)


@put("/media/{media:str}/manifest", status_code=204, sync_to_thread=True)
def put_manifest(media: str, data: Manifest, account: Team, house: House) -> None:
    """What was prepared of a media; its files must be here."""
    if media != data.media:
        raise Known("manifest.invalid", media=media)
    with house.db.write() as connection:
        service.put_manifest(connection, account.id, data)


@get("/media/{media:str}/manifest", sync_to_thread=True)
def get_manifest(media: str, account: Team, house: House) -> Manifest:
    """What was prepared of a media."""
    with house.db.read() as connection:
        return service.manifest(connection, account.id, media)


@get("/media/files/{sha256:str}", sync_to_thread=True)
def get_file(
    sha256: str,
    account: Team,
    house: House,
    request: Anything,
) -> Response[Any]:
    """A file of the account's own, whole or by range."""
    with house.db.read() as connection:
        if not service.has(connection, account.id, sha256):
            raise Known("media.not_here", sha256=sha256)
    return ranged(store_of(house).path(sha256), request.headers, "application/octet-stream", etag=sha256)


API = (options, create, state, append, terminate, have, put_manifest, get_manifest, get_file)
