"""Operations on an account's media: files, uploads and their limits, manifests."""

import uuid
from functools import lru_cache

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from editor.errors import KnownError
from editor.protocol.api import FileLookupResult
from editor.protocol.manifest import MANIFEST_FORMAT, Manifest, list_files
from editor.schedule.media_use import find_required_media
from editor.schedule.model import Webinar
from hosting.media import manifest_checks
from hosting.media.blob_store import BlobStore
from hosting.media.tables import FILES, MANIFESTS, UPLOADS


def find_present(connection: Connection, account: str, hashes: tuple[str, ...], store: BlobStore) -> FileLookupResult:
    """Return which hashes the account has as files, and which as media with a manifest whose files are all there.

    Both lists are sorted. A file that the disk has lost does not count, nor a manifest that is not valid.

    Args:
        connection: A reading transaction.
        account: The account's id.
        hashes: SHA-256 in hexadecimal, of files and media alike.
        store: Where the files must exist.
    """
    files = select(FILES.c.sha256).where(FILES.c.account == account, FILES.c.sha256.in_(hashes))
    query = select(MANIFESTS).where(MANIFESTS.c.account == account, MANIFESTS.c.media.in_(hashes))
    complete_media = [
        row.media
        for row in connection.execute(query)
        if (manifest := _decode_manifest(row.body)) is not None
        and all(store.has(file.sha256) for file in list_files(manifest))
    ]
    return FileLookupResult(
        files=tuple(sorted(sha256 for sha256 in connection.execute(files).scalars() if store.has(sha256))),
        manifests=tuple(sorted(complete_media)),
    )


def has_file(connection: Connection, account: str, sha256: str) -> bool:
    """Return whether an account has a file according to the database; the disk may have lost it.

    An unknown account has none.
    """
    query = select(FILES.c.sha256).where(FILES.c.account == account, FILES.c.sha256 == sha256)
    return connection.execute(query).first() is not None


def begin_upload(
    connection: Connection, account: str, sha256: str, size: int, now: int, *, max_size: int, quota: int
) -> str:
    """Record an upload, or find the unfinished one of the same hash and size; return its id.

    Only the database is written. After the commit, create the part on the disk (`BlobStore.create_part`). For one that
    is found, the quota is not checked again.

    Args:
        connection: A writing transaction.
        account: The account's id.
        sha256: Of the content, in hexadecimal.
        size: Of the content, in bytes.
        now: The server time in milliseconds.
        max_size: Of one file, in bytes.
        quota: Of all files and unfinished uploads of the account, in bytes.

    Raises:
        KnownError: ``upload.too_large`` with `most`, ``upload.quota`` with `quota`, both in bytes.
    """
    if size > max_size:
        raise KnownError("upload.too_large", most=max_size)
    existing_id = connection.execute(
        select(UPLOADS.c.id).where(UPLOADS.c.account == account, UPLOADS.c.sha256 == sha256, UPLOADS.c.size == size)
    ).scalar()
    if existing_id is not None:
        return str(existing_id)
    stored_bytes = connection.execute(select(func.sum(FILES.c.size)).where(FILES.c.account == account)).scalar() or 0
    pending_bytes = (
        connection.execute(select(func.sum(UPLOADS.c.size)).where(UPLOADS.c.account == account)).scalar() or 0
    )
    if stored_bytes + pending_bytes + size > quota:
        raise KnownError("upload.quota", quota=quota)
    upload = uuid.uuid4().hex
    connection.execute(insert(UPLOADS).values(id=upload, account=account, sha256=sha256, size=size, begun_at=now))
    return upload


def require_upload(connection: Connection, account: str, upload_id: str) -> Row[tuple[str, str, str, int, int]]:
    """Return the row of `UPLOADS` of an account's unfinished upload.

    Raises:
        KnownError: ``upload.unknown``: there is none of this id, or it belongs to another account.
    """
    row = connection.execute(select(UPLOADS).where(UPLOADS.c.id == upload_id, UPLOADS.c.account == account)).first()
    if row is None:
        raise KnownError("upload.unknown")
    return row


def record_file(connection: Connection, account: str, sha256: str, size: int, now: int) -> None:
    """Record that an account has a file; nothing happens if that is recorded already.

    Args:
        connection: A writing transaction.
        account: The account's id.
        sha256: Of the content, in hexadecimal.
        size: Of the content, in bytes.
        now: The server time in milliseconds.
    """
    values = {"account": account, "sha256": sha256, "size": size, "taken_at": now}
    connection.execute(upsert(FILES).values(values).on_conflict_do_nothing())


def delete_upload(connection: Connection, upload_id: str) -> None:
    """Delete an upload's row from the database, of whatever account, if there is one; its part on the disk stays."""
    connection.execute(delete(UPLOADS).where(UPLOADS.c.id == upload_id))


# ------------------------------------------------------------------------------------------------ manifests


def store_manifest(connection: Connection, account: str, manifest: Manifest, store: BlobStore) -> None:
    """Store a manifest whose files are all here, instead of an older one of the same media.

    Files declared as pictures must begin as such, because attendees' browsers open them.

    Args:
        connection: A writing transaction.
        account: The account's id.
        manifest: The manifest.
        store: Where its files must exist.

    Raises:
        KnownError: ``manifest.newer`` (of a later format), ``manifest.invalid`` (see `manifest_checks`, or a file is
            not of its declared type or size), ``manifest.missing`` with the hashes that are not here.
    """
    if manifest.format > MANIFEST_FORMAT:
        raise KnownError("manifest.newer")
    if not manifest_checks.is_valid(manifest):
        raise KnownError("manifest.invalid", media=manifest.media)
    required_files = {file.sha256: file for file in list_files(manifest)}
    query = select(FILES.c.sha256, FILES.c.size).where(FILES.c.account == account, FILES.c.sha256.in_(required_files))
    present_sizes = {row.sha256: row.size for row in connection.execute(query) if store.has(row.sha256)}
    missing_hashes = tuple(sorted(set(required_files) - set(present_sizes)))
    if missing_hashes:
        raise KnownError("manifest.missing", missing=missing_hashes)
    for file in required_files.values():
        has_signature = manifest_checks.PICTURE_SIGNATURES.get(file.type)
        if present_sizes[file.sha256] != file.size or (
            has_signature is not None and not has_signature(store.read_head(file.sha256))
        ):
            raise KnownError("manifest.invalid", media=manifest.media)
    body = msgspec.json.encode(manifest)
    values = {"account": account, "media": manifest.media, "body": body}
    connection.execute(
        upsert(MANIFESTS).values(values).on_conflict_do_update(index_elements=["account", "media"], set_={"body": body})
    )


def load_manifest(connection: Connection, account: str, media: str) -> Manifest:
    """Return the manifest that an account stored for a media.

    Args:
        connection: A transaction.
        account: The account's id.
        media: The media's hash.

    Raises:
        KnownError: ``manifest.unknown``: there is none that passes `manifest_checks.is_valid`.
    """
    query = select(MANIFESTS.c.body).where(MANIFESTS.c.account == account, MANIFESTS.c.media == media)
    body = connection.execute(query).scalar()
    manifest = None if body is None else _decode_manifest(body)
    if manifest is None:
        raise KnownError("manifest.unknown", media=media)
    return manifest


@lru_cache(128)
def _decode_manifest(body: bytes) -> Manifest | None:
    """Decode a manifest; None for one that was stored before these checks and does not pass them.

    Cached, as every request for media needs it, and an hour of video has thousands of chunks.
    """
    manifest = msgspec.json.decode(body, type=Manifest)
    return manifest if manifest_checks.is_valid(manifest) else None


def find_missing_media(connection: Connection, account: str, webinar: Webinar) -> tuple[str, ...]:
    """Return the hashes of the media that a webinar needs and that the account has no manifest of, sorted.

    Only the database is asked: files that the disk has lost are not noticed. An empty result means that none is
    missing.
    """
    required_media = find_required_media(webinar)
    query = select(MANIFESTS.c.media).where(MANIFESTS.c.account == account, MANIFESTS.c.media.in_(required_media))
    return tuple(sorted(required_media - set(connection.execute(query).scalars())))
