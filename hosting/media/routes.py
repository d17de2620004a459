"""The routes of media: uploads by tus 1.0 (core, creation, checksum, termination), and manifests.

Source: https://tus.io/protocols/resumable-upload. An upload names the SHA-256 of its content when it is created
(`Upload-Metadata: sha256 …`); it is finished only when that has been verified and the file is available.
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

from editor.errors import KnownError
from editor.protocol.api import FileLookupRequest, FileLookupResult
from editor.protocol.manifest import Manifest
from editor.schedule.model import SECOND
from hosting.accounts.authentication import CurrentAccount
from hosting.context import HostingContext
from hosting.http.body_limits import MAX_DOCUMENT_BYTES
from hosting.http.byte_ranges import make_range_response
from hosting.http.problem_details import describe_response
from hosting.keyed_locks import LockTimeoutError
from hosting.media import service
from hosting.media.blob_store import CHUNK_BYTES, BlobStore, PartWriter

TUS_HEADERS = {"Tus-Resumable": "1.0.0", "Cache-Control": "no-store"}
LOCK_MARGIN_MS = 15_000
"""How much longer than the idle time, after which an inactive sender is dropped, the next request waits."""
OCTET_STREAM = "application/octet-stream"
NO_BODY = describe_response(None, "Only headers")
AnyRequest = Request[Any, Any, State]


def make_store(context: HostingContext) -> BlobStore:
    """Make a `BlobStore` on the hosting's media folder; each call makes another one, which is cheap and has no state.

    Missing folders are created, which may block.

    Raises:
        OSError: The folders cannot be created.
    """
    return BlobStore(context.media_folder)


def _require_tus_version(request: AnyRequest) -> None:
    if request.headers.get("tus-resumable") != "1.0.0":
        raise KnownError("upload.version")


def _require_number(request: AnyRequest, name: str) -> int:
    text = request.headers.get(name, "")
    if not re.fullmatch(r"\d{1,18}", text, re.ASCII):
        raise KnownError("request.invalid", reason=f"{name} is missing or no number")
    return int(text)


def _parse_metadata(request: AnyRequest) -> dict[str, str]:
    metadata: dict[str, str] = {}
    for pair in request.headers.get("upload-metadata", "").split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            metadata[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise KnownError("request.invalid", reason="Upload-Metadata is not base64") from error
    return metadata


def _parse_checksum(request: AnyRequest) -> bytes | None:
    text = request.headers.get("upload-checksum")
    if text is None:
        return None
    algorithm, _, value = text.partition(" ")
    if algorithm != "sha256":
        raise KnownError("request.invalid", reason="Upload-Checksum is not sha256")
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise KnownError("request.invalid", reason="Upload-Checksum is not base64") from error


@route("/uploads", http_method=[HttpMethod.OPTIONS], status_code=204, include_in_schema=False, sync_to_thread=False)
def get_tus_options() -> Response[None]:
    """Handle `OPTIONS /api/uploads`: return headers with the version and extensions of tus that the server supports."""
    capabilities = {
        "Tus-Version": "1.0.0",
        "Tus-Extension": "creation,checksum,termination",
        "Tus-Checksum-Algorithm": "sha256",
    }
    return Response(None, status_code=204, headers={**TUS_HEADERS, **capabilities})


@post("/uploads", status_code=201, responses={201: NO_BODY}, sync_to_thread=True)
def create_upload(request: AnyRequest, account: CurrentAccount, context: HostingContext) -> Response[None]:
    """Handle `POST /api/uploads` (tus): create an upload, or find the unfinished one of the same content.

    The `Location` of the response is its path. Headers of the request give the size in bytes and the SHA-256.

    Raises:
        KnownError: ``upload.version``, ``request.invalid`` (a header is missing or wrong), ``hosting.full``, and those
            of `begin_upload`.
    """
    _require_tus_version(request)
    size = _require_number(request, "upload-length")
    sha256 = _parse_metadata(request).get("sha256", "")
    if not re.fullmatch("[0-9a-f]{64}", sha256):
        raise KnownError("request.invalid", reason="Upload-Metadata has no sha256")
    store = make_store(context)
    with context.db.write() as connection:
        upload = service.begin_upload(
            connection,
            account.id,
            sha256,
            size,
            context.now(),
            max_size=context.settings.upload_most,
            quota=context.settings.quota,
        )
        store.require_space(upload, size, context.settings.reserve)
    # After the commit: an upload without its part is created anew, a part without its upload would never be deleted.
    store.create_part(upload)
    return Response(None, status_code=201, headers={**TUS_HEADERS, "Location": f"/api/uploads/{upload}"})


@head("/uploads/{upload_id:str}", responses={200: NO_BODY})
async def get_upload(
    upload_id: str, request: AnyRequest, account: CurrentAccount, context: HostingContext
) -> Response[None]:
    """Handle `HEAD /api/uploads/{upload_id}` (tus): return the upload's offset and size, in bytes, as headers.

    A full upload is verified first and becomes a file of the account, so that the sender can rely on its end. If its
    content has another hash, it is deleted.

    Args:
        upload_id: The upload's id.
        request: Its headers name the version of tus.
        account: Whose upload it is.
        context: Of the hosting.

    Raises:
        KnownError: ``upload.version``, ``upload.unknown``, ``upload.in_use``; of a full one also ``upload.wrong_hash``,
            ``hosting.full``.
    """
    _require_tus_version(request)
    store = make_store(context)
    row, offset = await asyncio.to_thread(_load_upload, context, store, account.id, upload_id)
    if offset == row.size:
        async with _lock_upload(context, upload_id):
            row, offset = await asyncio.to_thread(_load_upload, context, store, account.id, upload_id)
            await asyncio.to_thread(_finish_upload, context, store, account.id, upload_id, row.sha256, row.size)
    return Response(None, headers={**TUS_HEADERS, "Upload-Offset": str(offset), "Upload-Length": str(row.size)})


@patch("/uploads/{upload_id:str}", status_code=204, request_max_body_size=None, responses={204: NO_BODY})
async def append_to_upload(
    upload_id: str, request: AnyRequest, account: CurrentAccount, context: HostingContext
) -> Response[None]:
    """Handle `PATCH /api/uploads/{upload_id}` (tus): append the body at an offset, and finish a full upload.

    If the sender breaks off, the bytes received so far are kept, unless it sent a checksum of them.

    Args:
        upload_id: The upload's id.
        request: Its headers name the offset in bytes; its body is written while it arrives.
        account: Whose upload it is.
        context: Of the hosting.

    Raises:
        KnownError: ``upload.version``, ``upload.unknown``, ``upload.in_use``, ``upload.offset``, ``upload.too_long``,
            ``upload.checksum``, ``upload.broken_off``, ``upload.wrong_hash`` (the full upload is deleted),
            ``request.invalid``, ``hosting.full``.
        ClientException: The content type is not that of tus (status 415).
    """
    _require_tus_version(request)
    if request.headers.get("content-type") != "application/offset+octet-stream":
        raise ClientException(status_code=415, detail="application/offset+octet-stream is required")
    start_offset, checksum = _require_number(request, "upload-offset"), _parse_checksum(request)
    store = make_store(context)

    async with _lock_upload(context, upload_id):
        row, _ = await asyncio.to_thread(_load_upload, context, store, account.id, upload_id)
        part_writer = await asyncio.to_thread(store.open_part, upload_id, start_offset, row.size, checksum)
        complete = False
        try:
            await _receive_body(request, part_writer)
            complete = True
        finally:
            # Also when this task is cancelled: the bytes received are flushed first.
            offset = await asyncio.shield(asyncio.to_thread(part_writer.close, complete=complete))
        if offset == row.size:
            await asyncio.to_thread(_finish_upload, context, store, account.id, upload_id, row.sha256, row.size)
    return Response(None, status_code=204, headers={**TUS_HEADERS, "Upload-Offset": str(offset)})


async def _receive_body(request: AnyRequest, part_writer: PartWriter) -> None:
    """Write a body while it arrives, a megabyte at a time, in a worker thread."""
    buffer = bytearray()
    try:
        async for piece in request.stream():
            buffer += piece
            if len(buffer) >= CHUNK_BYTES:
                data, buffer = bytes(buffer), bytearray()
                await asyncio.to_thread(part_writer.write, data)
    except InternalServerException as error:  # what the framework raises when the sender breaks off
        raise KnownError("upload.broken_off") from error
    finally:
        if buffer:
            await asyncio.to_thread(part_writer.write, bytes(buffer))


@asynccontextmanager
async def _lock_upload(context: HostingContext, upload_id: str) -> AsyncIterator[None]:
    """Let one request at a time write to an upload; the next waits until an idle sender has been given up.

    Raises:
        KnownError: ``upload.in_use``: the other request did not end within that time.
    """
    try:
        async with context.upload_locks.hold(upload_id, (context.settings.idle_ms + LOCK_MARGIN_MS) / SECOND):
            yield
    except LockTimeoutError as error:
        raise KnownError("upload.in_use") from error


@delete("/uploads/{upload_id:str}", status_code=204, responses={204: NO_BODY})
async def delete_upload(
    upload_id: str, request: AnyRequest, account: CurrentAccount, context: HostingContext
) -> Response[None]:
    """Handle `DELETE /api/uploads/{upload_id}` (tus): delete an unfinished upload and its bytes.

    Args:
        upload_id: The upload's id.
        request: Its headers name the version of tus.
        account: Whose upload it is.
        context: Of the hosting.

    Raises:
        KnownError: ``upload.version``, ``upload.unknown``, ``upload.in_use``.
    """
    _require_tus_version(request)

    def forget_upload() -> None:
        with context.db.write() as connection:
            service.require_upload(connection, account.id, upload_id)
            service.delete_upload(connection, upload_id)
        make_store(context).delete_part(upload_id)

    async with _lock_upload(context, upload_id):
        await asyncio.to_thread(forget_upload)
    return Response(None, status_code=204, headers=TUS_HEADERS)


def _load_upload(context: HostingContext, store: BlobStore, account: str, upload_id: str) -> tuple[Any, int]:
    """Return the row of the account's upload, and its offset in bytes."""
    with context.db.read() as connection:
        row = service.require_upload(connection, account, upload_id)
        was_verified = service.has_file(connection, account, row.sha256)
    try:
        return row, store.read_offset(upload_id)
    except KnownError:
        # With the account's own record of the file, the process ended after the rename and before the upload was
        # deleted. That the file exists proves nothing, as it may come from another account: the process may as well
        # have ended before the part was created, or after it was deleted for its wrong hash.
        if not (was_verified and store.has(row.sha256)):
            raise
        return row, row.size


def _finish_upload(
    context: HostingContext, store: BlobStore, account: str, upload_id: str, sha256: str, size: int
) -> None:
    """Make a complete upload a file of the account; after a kill at any line the next request does the rest."""
    try:
        store.verify_part(upload_id, sha256)
    except KnownError:
        with context.db.write() as connection:
            service.delete_upload(connection, upload_id)
        raise
    with context.db.write() as connection:
        # Before the rename, so that an upload without its part is known to have been sent by this account.
        service.record_file(connection, account, sha256, size, context.now())
    store.finish_part(upload_id, sha256)
    with context.db.write() as connection:
        service.delete_upload(connection, upload_id)


@post("/media/have", status_code=200, sync_to_thread=True)
def find_present_media(data: FileLookupRequest, account: CurrentAccount, context: HostingContext) -> FileLookupResult:
    """Handle `POST /api/media/have`: return which of the files and manifests asked for the account has here.

    Those that the disk has lost do not count: the editor sends them again. A manifest counts only if all its files are
    on the disk.
    """
    with context.db.read() as connection:
        return service.find_present(connection, account.id, data.sha256, make_store(context))


@put("/media/{media:str}/manifest", status_code=204, request_max_body_size=MAX_DOCUMENT_BYTES, sync_to_thread=True)
def put_manifest(media: str, data: Manifest, account: CurrentAccount, context: HostingContext) -> None:
    """Handle `PUT /api/media/{media}/manifest`: store the manifest of a media, whose files must be here.

    Args:
        media: The media's hash.
        data: The manifest.
        account: Whose media it is.
        context: Of the hosting.

    Raises:
        KnownError: ``manifest.invalid`` (of another media), and those of `store_manifest`.
    """
    if media != data.media:
        raise KnownError("manifest.invalid", media=media)
    with context.db.write() as connection:
        service.store_manifest(connection, account.id, data, make_store(context))


@get("/media/{media:str}/manifest", sync_to_thread=True)
def get_manifest(media: str, account: CurrentAccount, context: HostingContext) -> Manifest:
    """Handle `GET /api/media/{media}/manifest`: return the manifest that the account stored for a media, by its hash.

    Raises:
        KnownError: ``manifest.unknown``.
    """
    with context.db.read() as connection:
        return service.load_manifest(connection, account.id, media)


@get(
    "/media/files/{sha256:str}",
    responses={
        200: describe_response(bytes, "The file", OCTET_STREAM),
        206: describe_response(bytes, "A range of the file", OCTET_STREAM),
        304: NO_BODY,
        416: NO_BODY,
    },
    sync_to_thread=True,
)
def get_file(
    sha256: str,
    account: CurrentAccount,
    context: HostingContext,
    request: AnyRequest,
) -> Response[Any]:
    """Handle `GET /api/media/files/{sha256}`: serve a file of the account, whole or one range of its bytes.

    Args:
        sha256: The file's hash.
        account: Whose file.
        context: Of the hosting.
        request: Its headers may ask for a range.

    Raises:
        KnownError: ``media.not_here``: the account has no such file, or the disk has lost it.
    """
    with context.db.read() as connection:
        if not service.has_file(connection, account.id, sha256):
            raise KnownError("media.not_here", sha256=sha256)
    return make_range_response(make_store(context).find_path(sha256), request.headers, OCTET_STREAM, etag=sha256)


API = (
    get_tus_options,
    create_upload,
    get_upload,
    append_to_upload,
    delete_upload,
    find_present_media,
    put_manifest,
    get_manifest,
    get_file,
)
