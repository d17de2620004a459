"""Media for attendees, under signed paths: `/m/{session}/{signature}/{media}/…`.

Every answer was allowed by the session's gate at the moment of asking. What never changes (bytes of a rung, pictures)
is cached for good; what grows (playlists, captions, what a page is told about a media) is never cached. A signature
that is not the session's finds nothing, whether there is such a session or not.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.datastructures import State

from editor.errors import Known
from editor.protocol.manifest import Manifest, Rung
from editor.schedule import room
from hosting.delivery import captions, playlists, service
from hosting.delivery.gate import Gate, pages_of
from hosting.delivery.ranges import SAFE, ranged
from hosting.delivery.signing import media_base, signature, signed
from hosting.house import House
from hosting.media.store import Store
from hosting.problems import register

register({"room.too_early": 403, "room.gone": 403, "media.unsigned": 404})

__all__ = ["PAGES", "media_base"]

GROWING = {"Cache-Control": "no-store", **SAFE}
PLAYLIST = "application/vnd.apple.mpegurl"
POSTER = 1_280
"""How wide a poster is at least, if there is one so wide."""
Anything = Request[Any, Any, State]


class PublicManifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a page needs to know of a media to show it; nothing of it tells of pages or captions to come."""

    kind: str
    duration_ms: int
    rungs: tuple[str, ...]
    """Names of the qualities, the best first."""
    video: bool
    audio: bool
    still_widths: tuple[int, ...]
    width: int
    """Of the widest picture, for the shape of it."""
    height: int


def _open(house: House, session: str, signature: str, media: str) -> tuple[Gate, Manifest]:
    if not signed(house, session, signature):
        raise Known("media.unsigned")
    with house.db.read() as connection:
        gate, account = service.gate_of(connection, house, session)
        manifest = service.manifest_of(connection, account, media)
    return gate, manifest


@get("/m/{session:str}/{signature:str}/{media:str}/{name:str}", include_in_schema=False, sync_to_thread=True)
def get_part(session: str, signature: str, media: str, name: str, request: Anything, house: House) -> Response[Any]:
    """A playlist, bytes of a rung, the poster, or what the page is told of a media."""
    gate, manifest = _open(house, session, signature, media)
    if name == "poster.webp":
        return _still(gate, manifest, POSTER, None, request, house)
    stem, _, ending = name.rpartition(".")
    if ending == "mp4":
        rung = service.rung_of(manifest, stem)
        return ranged(
            _store(house).path(rung.file.sha256),
            request.headers,
            "video/mp4" if rung.kind == "video" else "audio/mp4",
            etag=rung.file.sha256,
            allow=partial(_up_to, gate, media, rung),
        )
    if ending == "m3u8" and stem != "index":
        rung = service.rung_of(manifest, stem)
        windows = gate.windows(media)
        gate.require(bool(windows))
        return _text(playlists.growing(rung, windows, complete=gate.complete(media)), PLAYLIST)
    if name not in {"index.m3u8", "manifest.json"}:
        raise Known("media.not_here", sha256=media)
    gate.require(gate.shows(manifest))
    if name == "index.m3u8":
        if not manifest.rungs:
            raise Known("media.not_here", sha256=media)
        return _text(playlists.master(manifest), PLAYLIST)
    return Response(_public(manifest), headers=GROWING)


def _up_to(gate: Gate, media: str, rung: Rung, begin: int, end: int, rest: bool) -> int:
    """Browsers that play HLS themselves ask for all the rest: they get what may be had, and come again."""
    reach = gate.reach(media, rung, begin, end)
    gate.require(reach > begin if rest else reach >= end)
    return reach


@get(
    "/m/{session:str}/{signature:str}/{media:str}/still/{name:str}",
    include_in_schema=False,
    sync_to_thread=True,
)
def get_still(session: str, signature: str, media: str, name: str, request: Anything, house: House) -> Response[Any]:
    """An image, a poster, or a page, at least so wide as asked for if there is one."""
    gate, manifest = _open(house, session, signature, media)
    found = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?\.webp", name, re.ASCII)
    if found is None:
        raise Known("media.not_here", sha256=media)
    return _still(gate, manifest, int(found[1]), None if found[2] is None else int(found[2]), request, house)


@get(
    "/m/{session:str}/{signature:str}/{media:str}/captions/{name:str}",
    include_in_schema=False,
    sync_to_thread=True,
)
def get_captions(session: str, signature: str, media: str, name: str, house: House) -> Response[Any]:
    """Captions of a media as far as they may be read; asked for again as they grow."""
    gate, manifest = _open(house, session, signature, media)
    source, _, ending = name.rpartition(".")
    if ending != "vtt":
        raise Known("media.not_here", sha256=media)
    track = service.track_of(manifest, source)
    windows = gate.windows(source, captions=True)
    gate.require(bool(windows))
    try:
        text = _store(house).path(track.file.sha256).read_text("utf-8", errors="replace")
    except FileNotFoundError as error:
        raise Known("media.not_here", sha256=media) from error
    return _text(captions.cut(text, windows), "text/vtt")


def _still(
    gate: Gate, manifest: Manifest, width: int, page: int | None, request: Anything, house: House
) -> Response[Any]:
    wanted = room.Still(manifest.media) if page is None else room.PageOf(manifest.media, page)
    gate.require(gate.allows(wanted))
    file = service.still_of(manifest, width, page).file
    return ranged(_store(house).path(file.sha256), request.headers, file.type, etag=file.sha256)


def _text(text: str, media_type: str) -> Response[Any]:
    return Response(text.encode(), media_type=media_type, headers=GROWING)


def _public(manifest: Manifest) -> PublicManifest:
    rungs = sorted(manifest.rungs, key=lambda rung: rung.bandwidth, reverse=True)
    stills = [still for still in manifest.stills if still.page is None or still.page == pages_of(manifest)[0]]
    widest = max(stills, key=lambda still: still.width, default=None)
    return PublicManifest(
        kind=manifest.kind,
        duration_ms=manifest.duration_ms,
        rungs=tuple(rung.name for rung in rungs),
        video=any(rung.kind == "video" for rung in rungs),
        audio=any(rung.kind == "audio" for rung in rungs),
        still_widths=tuple(sorted({still.width for still in stills})),
        width=widest.width if widest else 0,
        height=widest.height if widest else 0,
    )


def _store(house: House) -> Store:
    return Store(house.media)


@asynccontextmanager
async def running(house: House) -> AsyncIterator[None]:
    """Have the signatures' secret before anybody asks: who only reads waits for no writer, nor for a full disk."""
    await asyncio.to_thread(signature, house, "")
    yield


PAGES = (get_part, get_still, get_captions)
