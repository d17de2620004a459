"""Uploads by tus 1.0 (core, creation, checksum, termination), and manifests.

Source: https://tus.io/protocols/resumable-upload. An upload names its content's SHA-256 at creation
(`Upload-Metadata: sha256 …`); it is finished only when that has been verified and the file is visible.
"""

import asyncio
import base64
import binascii
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Request, Response, delete, get, head, patch, post, put, route
from litestar.datastructures import State
from litestar.enums import HttpMethod
from litestar.exceptions import ClientException, InternalServerException

from editor.errors import Known
from editor.protocol.api import Asked, Had
from editor.protocol.manifest import Manifest
from hosting.accounts.routes import Team
from hosting.delivery.ranges import ranged
from hosting.guard import MOST_DOCUMENT
from hosting.house import House
from hosting.media import service
from hosting.media.store import CHUNK, Appending, Store
from hosting.problems import answers, register

register(
    {
        "upload.unknown": 404,
        "upload.offset": 409,
        "upload.in_use": 423,
        "upload.broken_off": 400,
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
TURN_MS = 15_000
"""How much longer than the idle time, after which a silent sender is given up, the next one waits for its turn."""
BYTES = "application/octet-stream"
BARE = answers(None, "Told by the headers")
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


@route("/uploads", http_method=[HttpMethod.OPTIONS], status_code=204, include_in_schema=False, sync_to_thread=False)
def options() -> Response[None]:
    """What of tus is spoken here."""
    told = {
        "Tus-Version": "1.0.0",
        "Tus-Extension": "creation,checksum,termination",
        "Tus-Checksum-Algorithm": "sha256",
    }
    return Response(None, status_code=204, headers={**TUS, **told})


@post("/uploads", status_code=201, responses={201: BARE}, sync_to_thread=True)
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
        store.require(upload, size, house.settings.reserve)
    # After the commit: an upload without its part is begun anew, a part without its upload would lie there for good.
    store.begin(upload)
    return Response(None, status_code=201, headers={**TUS, "Location": f"/api/uploads/{upload}"})


@head("/uploads/{upload_id:str}", responses={200: BARE})
async def state(upload_id: str, request: Anything, account: Team, house: House) -> Response[None]:
    """How far an upload is. A full one is verified first, so a sender that sees its end may believe it."""
    _checked(request)
    store = store_of(house)
    row, offset = await asyncio.to_thread(_standing, house, store, account.id, upload_id)
    if offset == row.size:
        async with _turn(house, upload_id):
            row, offset = await asyncio.to_thread(_standing, house, store, account.id, upload_id)
            await asyncio.to_thread(_finish, house, store, account.id, upload_id, row.sha256, row.size)
    return Response(None, headers={**TUS, "Upload-Offset": str(offset), "Upload-Length": str(row.size)})


@patch("/uploads/{upload_id:str}", status_code=204, request_max_body_size=None, responses={204: BARE})
async def append(upload_id: str, request: Anything, account: Team, house: House) -> Response[None]:
    """Add bytes at an offset. What arrived before the sender broke off is kept."""
    _checked(request)
    if request.headers.get("content-type") != "application/offset+octet-stream":
        raise ClientException(status_code=415, detail="application/offset+octet-stream is asked for")
    at, checksum = _number(request, "upload-offset"), _checksum(request)
    store = store_of(house)

    async with _turn(house, upload_id):
        found, _ = await asyncio.to_thread(_standing, house, store, account.id, upload_id)
        appending = await asyncio.to_thread(store.append, upload_id, at, found.size, checksum)
        whole = False
        try:
            await _take(request, appending)
            whole = True
        finally:
            # Also where this task is told to end: what has arrived is settled first.
            offset = await asyncio.shield(asyncio.to_thread(appending.close, whole=whole))
        if offset == found.size:
            await asyncio.to_thread(_finish, house, store, account.id, upload_id, found.sha256, found.size)
    return Response(None, status_code=204, headers={**TUS, "Upload-Offset": str(offset)})


async def _take(request: Anything, appending: Appending) -> None:
    """Write a body as it comes, a megabyte at a time and never in the event loop's thread."""
    waiting = bytearray()
    try:
        async for piece in request.stream():
            waiting += piece
            if len(waiting) >= CHUNK:
                data, waiting = bytes(waiting), bytearray()
                await asyncio.to_thread(appending.write, data)
    except InternalServerException as error:  # the framework's word for a sender that broke off
        raise Known("upload.broken_off") from error
    finally:
        if waiting:
            await asyncio.to_thread(appending.write, bytes(waiting))


@asynccontextmanager
async def _turn(house: House, upload_id: str) -> AsyncIterator[None]:
    """One sender at a time for each upload; the next waits for the one before it, but not for long."""
    turns: dict[str, tuple[asyncio.Lock, int]] = house.parts.setdefault("media.turns", {})
    lock, waiting = turns.get(upload_id, (asyncio.Lock(), 0))
    turns[upload_id] = lock, waiting + 1
    try:
        try:
            async with asyncio.timeout((house.settings.idle_ms + TURN_MS) / 1_000):
                await lock.acquire()
        except TimeoutError as error:
            raise Known("upload.in_use") from error
        try:
            yield
        finally:
            lock.release()
    finally:
        lock, waiting = turns.pop(upload_id)
        if waiting > 1:
            turns[upload_id] = lock, waiting - 1


@delete("/uploads/{upload_id:str}", status_code=204, responses={204: BARE})
async def terminate(upload_id: str, request: Anything, account: Team, house: House) -> Response[None]:
    """Give an upload up."""
    _checked(request)

    def forget() -> None:
        with house.db.write() as connection:
            service.upload(connection, account.id, upload_id)
            service.end(connection, upload_id)
        store_of(house).forget(upload_id)

    async with _turn(house, upload_id):
        await asyncio.to_thread(forget)
    return Response(None, status_code=204, headers=TUS)


def _standing(house: House, store: Store, account: str, upload_id: str) -> tuple[Any, int]:
    """An upload of the account's own, and how far it is."""
    with house.db.read() as connection:
        row = service.upload(connection, account, upload_id)
    try:
        return row, store.offset(upload_id)
    except Known:
        # Ended between the file's becoming visible and its being noted. That there is a file of this hash would not be
        # enough: another account may have it.
        if not store.path(row.sha256).exists():
            raise
        return row, row.size


def _finish(house: House, store: Store, account: str, upload_id: str, sha256: str, size: int) -> None:
    try:
        store.finish(upload_id, sha256)
    except Known as error:
        if error.code != "upload.wrong_hash":
            raise
        with house.db.write() as connection:
            service.end(connection, upload_id)
        raise
    with house.db.write() as connection:
        service.took(connection, account, sha256, size, house.now())
        service.end(connection, upload_id)


@post("/media/have", status_code=200, sync_to_thread=True)
def have(data: Asked, account: Team, house: House) -> Had:
    """Which of these files and manifests are here already? What the disk has lost is not, and may be sent again."""
    with house.db.read() as connection:
        return service.had(connection, account.id, data.sha256, store_of(house))


@put("/media/{media:str}/manifest", status_code=204, request_max_body_size=MOST_DOCUMENT, sync_to_thread=True)
def put_manifest(media: str, data: Manifest, account: Team, house: House) -> None:
    """What was prepared of a media; its files must be here."""
    if media != data.media:
        raise Known("manifest.invalid", media=media)
    with house.db.write() as connection:
        service.put_manifest(connection, account.id, data, store_of(house))


@get("/media/{media:str}/manifest", sync_to_thread=True)
def get_manifest(media: str, account: Team, house: House) -> Manifest:
    """What was prepared of a media."""
    with house.db.read() as connection:
        return service.manifest(connection, account.id, media)


@get(
    "/media/files/{sha256:str}",
    responses={
        200: answers(bytes, "The file", BYTES),
        206: answers(bytes, "A range of it", BYTES),
        304: BARE,
        416: BARE,
    },
    sync_to_thread=True,
)
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
    return ranged(store_of(house).path(sha256), request.headers, BYTES, etag=sha256)


API = (options, create, state, append, terminate, have, put_manifest, get_manifest, get_file)
