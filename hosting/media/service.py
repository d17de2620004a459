"""Which files an account has, uploads and their bounds, and manifests that are whole."""

import re
import uuid
from collections.abc import Callable
from functools import lru_cache

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from editor.errors import Known
from editor.protocol.api import Had
from editor.protocol.manifest import MANIFEST, Manifest, Rung, files_of
from editor.schedule.model import Audio, Presentation, Webinar
from hosting.media.store import Store
from hosting.media.tables import FILES, MANIFESTS, UPLOADS

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}", re.ASCII)
"""What a rung may be called: the name becomes part of a path and of a playlist."""
TEXTS = {"text/vtt"}
PICTURES: dict[str, Callable[[bytes], bool]] = {
    "image/webp": lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP",
    "image/jpeg": lambda head: head[:3] == b"\xff\xd8\xff",
    "image/png": lambda head: head[:8] == b"\x89PNG\r\n\x1a\n",
}
"""The pictures that are taken, and how each begins."""


def had(connection: Connection, account: str, asked: tuple[str, ...], store: Store) -> Had:
    """Which of these the account has: as files, and as media with a manifest, all on the disk."""
    files = select(FILES.c.sha256).where(FILES.c.account == account, FILES.c.sha256.in_(asked))
    query = select(MANIFESTS).where(MANIFESTS.c.account == account, MANIFESTS.c.media.in_(asked))
    whole = [
        row.media
        for row in connection.execute(query)
        if all(store.has(file.sha256) for file in files_of(_decoded(row.body)))
    ]
    return Had(
        files=tuple(sorted(sha256 for sha256 in connection.execute(files).scalars() if store.has(sha256))),
        manifests=tuple(sorted(whole)),
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


def put_manifest(connection: Connection, account: str, manifest: Manifest, store: Store) -> None:
    """Take a manifest all of whose files are here; an older one of the same media makes way.

    What is told to be a picture has to begin as one, for attendees' browsers will open it.

    Raises:
        Known: ``manifest.newer``, ``manifest.invalid`` (its index leaves its files, or a file is not what it is told
            to be), ``manifest.missing`` with the hashes that are not here.
    """
    if manifest.format > MANIFEST:
        raise Known("manifest.newer")
    sound = all(_in_order(rung) for rung in manifest.rungs) and _typed(manifest)
    if not sound or len({rung.name for rung in manifest.rungs}) != len(manifest.rungs):
        raise Known("manifest.invalid", media=manifest.media)
    wanted = {file.sha256: file for file in files_of(manifest)}
    query = select(FILES.c.sha256, FILES.c.size).where(FILES.c.account == account, FILES.c.sha256.in_(wanted))
    there = {row.sha256: row.size for row in connection.execute(query) if store.has(row.sha256)}
    missing = tuple(sorted(set(wanted) - set(there)))
    if missing:
        raise Known("manifest.missing", missing=missing)
    for file in wanted.values():
        picture = PICTURES.get(file.type)
        if there[file.sha256] != file.size or (picture is not None and not picture(store.head(file.sha256))):
            raise Known("manifest.invalid", media=manifest.media)
    body = msgspec.json.encode(manifest)
    values = {"account": account, "media": manifest.media, "body": body}
    connection.execute(
        upsert(MANIFESTS).values(values).on_conflict_do_update(index_elements=["account", "media"], set_={"body": body})
    )


def _in_order(rung: Rung) -> bool:
    """Whether a rung's chunks lie one after another, on the media's axis and in its file."""
    time = 0
    place = rung.init_size
    for chunk in rung.chunks:
        if chunk.start_ms < time or chunk.length_ms <= 0 or chunk.offset < place or chunk.size <= 0:
            return False
        time, place = chunk.start_ms + chunk.length_ms, chunk.offset + chunk.size
    return rung.init_size > 0 and place <= rung.file.size and bool(NAME.fullmatch(rung.name))


def _typed(manifest: Manifest) -> bool:
    """Whether every file is told to be of a kind that its place in the manifest has."""
    pictures = [still.file for still in manifest.stills] + ([manifest.sprite] if manifest.sprite else [])
    texts = [track.file for track in manifest.captions] + ([manifest.sprite_map] if manifest.sprite_map else [])
    return all(file.type in PICTURES for file in pictures) and all(file.type in TEXTS for file in texts)


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
    query = select(MANIFESTS.c.media).where(MANIFESTS.c.account == account, MANIFESTS.c.media.in_(wanted))
    return tuple(sorted(set(wanted) - set(connection.execute(query).scalars())))
