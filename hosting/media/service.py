"""Which files an account has, uploads and their bounds, and manifests that are whole."""

import uuid
from functools import lru_cache

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from editor.errors import Known
from editor.protocol.api import Had
from editor.protocol.manifest import MANIFEST, File, Manifest
from editor.schedule.model import Audio, Presentation, Webinar
from hosting.media.tables import FILES, MANIFESTS, UPLOADS


def had(connection: Connection, account: str, asked: tuple[str, ...]) -> Had:
    """Which of these the account has: as files, and as media with a manifest."""
    files = select(FILES.c.sha256).where(FILES.c.account == account, FILES.c.sha256.in_(asked))
    manifests = select(MANIFESTS.c.media).where(MANIFESTS.c.account == account, MANIFESTS.c.media.in_(asked))
    return Had(
        files=tuple(sorted(connection.execute(files).scalars())),
        manifests=tuple(sorted(connection.execute(manifests).scalars())),
    )


def has(connection: Connection, account: str, sha256: str) -> bool:
    """Whether an account has a file."""
    query = select(FILES.c.sha256).where(FILES.c.account == account, FILES.c.sha256 == sha256)
    return connection.execute(query).first() is not None


def begin(connection: Connection, account: str, sha256: str, size: int, now: int, *, most: int, quota: int) -> str:
    """Make an upload, or give the one that is under way for the same content; gives its id.

    Raises:
        Known: ``upload.too_large``, ``upload.quota``.
    """
    if size > most:
        raise Known("upload.too_large", most=most)
    there = connection.execute(
        select(UPLOADS.c.id).where(UPLOADS.c.account == account, UPLOADS.c.sha256 == sha256, UPLOADS.c.size == size)
    ).scalar()
    if there is not None:
        return str(there)
    kept = connection.execute(select(func.sum(FILES.c.size)).where(FILES.c.account == account)).scalar() or 0
    coming = connection.execute(select(func.sum(UPLOADS.c.size)).where(UPLOADS.c.account == account)).scalar() or 0
    if kept + coming + size > quota:
        raise Known("upload.quota", quota=quota)
    upload = uuid.uuid4().hex
    connection.execute(insert(UPLOADS).values(id=upload, account=account, sha256=sha256, size=size, begun_at=now))
    return upload


def upload(connection: Connection, account: str, upload_id: str) -> Row[tuple[str, str, str, int, int]]:
    """An upload of the account's own.

    Raises:
        Known: ``upload.unknown``.
    """
    row = connection.execute(select(UPLOADS).where(UPLOADS.c.id == upload_id, UPLOADS.c.account == account)).first()
    if row is None:
        raise Known("upload.unknown")
    return row


def took(connection: Connection, account: str, sha256: str, size: int, now: int) -> None:
    """The account has this file from now on."""
    values = {"account": account, "sha256": sha256, "size": size, "taken_at": now}
    connection.execute(upsert(FILES).values(values).on_conflict_do_nothing())


def end(connection: Connection, upload_id: str) -> None:
    """The upload is no more."""
    connection.execute(delete(UPLOADS).where(UPLOADS.c.id == upload_id))


# ------------------------------------------------------------------------------------------------ manifests


def files_of(manifest: Manifest) -> tuple[File, ...]:
    """Every file a manifest names."""
    rungs = tuple(rung.file for rung in manifest.rungs)
    stills = tuple(still.file for still in manifest.stills)
    sprites = tuple(file for file in (manifest.sprite, manifest.sprite_map) if file is not None)
    return (*rungs, *stills, *sprites, *(track.file for track in manifest.captions))


def put_manifest(connection: Connection, account: str, manifest: Manifest) -> None:
    """Take a manifest all of whose files are here; an older one of the same media makes way.

    Raises:
        Known: ``manifest.newer``, ``manifest.invalid`` (its index leaves its files), ``manifest.missing`` with the
            hashes that are not here.
    """
    if manifest.format > MANIFEST:
        raise Known("manifest.newer")
    for rung in manifest.rungs:
        end_of_last = rung.init_size
        for chunk in rung.chunks:
            if chunk.offset < end_of_last or chunk.size <= 0 or chunk.length_ms <= 0:
                raise Known("manifest.invalid", media=manifest.media)
            end_of_last = chunk.offset + chunk.size
        if end_of_last > rung.file.size:
            raise Known("manifest.invalid", media=manifest.media)
    wanted = {file.sha256 for file in files_of(manifest)}
    there = had(connection, account, tuple(wanted)).files
    missing = tuple(sorted(wanted - set(there)))
    if missing:
        raise Known("manifest.missing", missing=missing)
    body = msgspec.json.encode(manifest)
    values = {"account": account, "media": manifest.media, "body": body}
    connection.execute(
        upsert(MANIFESTS).values(values).on_conflict_do_update(index_elements=["account", "media"], set_={"body": body})
    )


def manifest(connection: Connection, account: str, media: str) -> Manifest:
    """What was prepared of a media.

    Raises:
        Known: ``manifest.unknown``.
    """
    query = select(MANIFESTS.c.body).where(MANIFESTS.c.account == account, MANIFESTS.c.media == media)
    body = connection.execute(query).scalar()
    if body is None:
        raise Known("manifest.unknown", media=media)
    return _decoded(body)


@lru_cache(128)
def _decoded(body: bytes) -> Manifest:
    """Manifests are asked for with every part that is given out; an hour of video has thousands of chunks."""
    return msgspec.json.decode(body, type=Manifest)


def media_of(webinar: Webinar) -> tuple[str, ...]:
    """Every media a webinar plays or shows."""
    wanted = {segment.media for segment in webinar.programme}
    wanted |= {each.picture for each in webinar.programme if isinstance(each, Audio) and each.picture}
    wanted |= {each.audio for each in webinar.programme if isinstance(each, Presentation) and each.audio}
    if webinar.waiting_picture is not None:
        wanted.add(webinar.waiting_picture)
    return tuple(sorted(wanted))


def missing(connection: Connection, account: str, webinar: Webinar) -> tuple[str, ...]:
    """The media of a webinar that are not here with all that was prepared of them."""
    wanted = media_of(webinar)
    return tuple(sorted(set(wanted) - set(had(connection, account, wanted).manifests)))
