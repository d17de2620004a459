"""The routes of media for attendees, under signed paths: `/m/{session}/{signature}/{media}/…`.

The session's gate decides on every request. Immutable content (bytes of a rung, stills) may be cached for good; what
grows (playlists, captions, the public manifest) is not cached. A wrong signature gets 404, whether or not there is such
a session.
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

from editor.errors import KnownError
from editor.protocol.manifest import Manifest, Rung
from editor.schedule import room
from hosting.context import HostingContext
from hosting.delivery import captions, playlists, service
from hosting.delivery.gate import Gate, list_pages
from hosting.delivery.signing import is_signed, make_signature
from hosting.http.byte_ranges import UNTRUSTED_FILE_HEADERS, make_range_response
from hosting.media.blob_store import BlobStore
from hosting.sessions.engine.log_writer import LogWriter

NO_STORE_HEADERS = {"Cache-Control": "no-store", **UNTRUSTED_FILE_HEADERS}
PLAYLIST_TYPE = "application/vnd.apple.mpegurl"
POSTER_WIDTH = 1_280
"""The least width of a poster in pixels, if there is a still of that width."""
AnyRequest = Request[Any, Any, State]


class PublicManifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a page needs to show a media, cut from its manifest: the JSON of `manifest.json`. It is immutable.

    Nothing in it tells of pages or captions still to come. `rungs` are names, best first, `still_widths` pixels,
    ascending; `width` and `height` are 0 without a still.
    """

    kind: str
    duration_ms: int
    rungs: tuple[str, ...]
    """Names of the rungs, the best first."""
    video: bool
    audio: bool
    still_widths: tuple[int, ...]
    width: int
    """Of the widest still in pixels; pages derive the aspect ratio from it."""
    height: int


def _load_gate(log_writer: LogWriter, session: str, signature: str, media: str) -> tuple[Gate, Manifest]:
    context = log_writer.context
    if not is_signed(context, session, signature):
        raise KnownError("media.unsigned")
    with context.db.read() as connection:
        gate, account = service.load_gate(connection, log_writer, session)
        manifest = service.require_manifest(connection, account, media)
    return gate, manifest


@get("/m/{session:str}/{signature:str}/{media:str}/{name:str}", include_in_schema=False, sync_to_thread=True)
def get_media_part(
    session: str, signature: str, media: str, name: str, request: AnyRequest, log_writer: LogWriter
) -> Response[Any]:
    """Serve a playlist, bytes of a rung, the poster, or the public manifest of a media, as far as it is allowed now.

    Args:
        session: The session's id.
        signature: The signature of the session's media paths.
        media: The media's hash.
        name: ``index.m3u8``, ``{rung}.m3u8``, ``{rung}.mp4``, ``poster.webp`` or ``manifest.json``.
        request: Its headers may ask for a range.
        log_writer: Of the hosting.

    Raises:
        KnownError: ``media.unsigned`` (a wrong signature), ``media.not_here`` (no such part), ``session.unknown``, and
            those of `Gate.require`.
    """
    gate, manifest = _load_gate(log_writer, session, signature, media)
    if name == "poster.webp":
        return _make_still_response(gate, manifest, POSTER_WIDTH, None, request, log_writer.context)
    stem, _, ending = name.rpartition(".")
    if ending == "mp4":
        rung = service.require_rung(manifest, stem)
        return make_range_response(
            _make_store(log_writer.context).find_path(rung.file.sha256),
            request.headers,
            "video/mp4" if rung.kind == "video" else "audio/mp4",
            etag=rung.file.sha256,
            limit_end=partial(_limit_range_end, gate, media, rung),
        )
    if ending == "m3u8" and stem != "index":
        rung = service.require_rung(manifest, stem)
        windows = gate.find_windows(media)
        gate.require(bool(windows))
        return _make_text_response(
            playlists.render_media_playlist(rung, windows, complete=gate.is_complete(media)), PLAYLIST_TYPE
        )
    if name not in {"index.m3u8", "manifest.json"}:
        raise KnownError("media.not_here", sha256=media)
    gate.require(gate.has_anything_allowed(manifest))
    if name == "index.m3u8":
        if not manifest.rungs:
            raise KnownError("media.not_here", sha256=media)
        return _make_text_response(playlists.render_master(manifest), PLAYLIST_TYPE)
    return Response(_make_public_manifest(manifest), headers=NO_STORE_HEADERS)


def _limit_range_end(gate: Gate, media: str, rung: Rung, begin: int, end: int, open_ended: bool) -> int:
    """Return the byte up to which a range is served.

    Browsers that play HLS natively request the whole rest of the file; they get what is allowed and ask again.
    """
    reach = gate.find_reach(media, rung, begin, end)
    gate.require(reach > begin if open_ended else reach >= end)
    return reach


@get(
    "/m/{session:str}/{signature:str}/{media:str}/still/{name:str}",
    include_in_schema=False,
    sync_to_thread=True,
)
def get_still(
    session: str, signature: str, media: str, name: str, request: AnyRequest, log_writer: LogWriter
) -> Response[Any]:
    """Serve an image, a poster or a page, at least as wide as requested if there is such a still.

    Args:
        session: The session's id.
        signature: The signature of the session's media paths.
        media: The media's hash.
        name: ``{width}.webp``, or for a page (from 0) ``{width}-{page}.webp``; the width is in pixels.
        request: Its headers may ask for a range.
        log_writer: Of the hosting.

    Raises:
        KnownError: As `get_media_part`.
    """
    gate, manifest = _load_gate(log_writer, session, signature, media)
    match = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?\.webp", name, re.ASCII)
    if match is None:
        raise KnownError("media.not_here", sha256=media)
    return _make_still_response(
        gate, manifest, int(match[1]), None if match[2] is None else int(match[2]), request, log_writer.context
    )


@get(
    "/m/{session:str}/{signature:str}/{media:str}/captions/{name:str}",
    include_in_schema=False,
    sync_to_thread=True,
)
def get_captions(session: str, signature: str, media: str, name: str, log_writer: LogWriter) -> Response[Any]:
    """Serve those cues of a caption file, as WebVTT, that are allowed now; pages ask again, as more become so.

    The response is not cached. Only whole cues are served, with their text unchanged.

    Args:
        session: The session's id.
        signature: The signature of the session's media paths.
        media: The media's hash.
        name: The hash of the caption file, and ``.vtt``.
        log_writer: Of the hosting.

    Raises:
        KnownError: As `get_media_part`.
    """
    gate, manifest = _load_gate(log_writer, session, signature, media)
    source, _, ending = name.rpartition(".")
    if ending != "vtt":
        raise KnownError("media.not_here", sha256=media)
    track = service.require_track(manifest, source)
    windows = gate.find_windows(source, captions=True)
    gate.require(bool(windows))
    try:
        text = _make_store(log_writer.context).find_path(track.file.sha256).read_text("utf-8", errors="replace")
    except FileNotFoundError as error:
        raise KnownError("media.not_here", sha256=media) from error
    return _make_text_response(captions.cut_captions(text, windows), "text/vtt")


def _make_still_response(
    gate: Gate, manifest: Manifest, width: int, page: int | None, request: AnyRequest, context: HostingContext
) -> Response[Any]:
    item = room.StillImage(manifest.media) if page is None else room.SlidePage(manifest.media, page)
    gate.require(gate.is_allowed(item))
    file = service.require_still(manifest, width, page).file
    return make_range_response(
        _make_store(context).find_path(file.sha256), request.headers, file.type, etag=file.sha256
    )


def _make_text_response(text: str, media_type: str) -> Response[Any]:
    return Response(text.encode(), media_type=media_type, headers=NO_STORE_HEADERS)


def _make_public_manifest(manifest: Manifest) -> PublicManifest:
    rungs = sorted(manifest.rungs, key=lambda rung: rung.bandwidth, reverse=True)
    stills = [still for still in manifest.stills if still.page is None or still.page == list_pages(manifest)[0]]
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


def _make_store(context: HostingContext) -> BlobStore:
    return BlobStore(context.media_folder)


@asynccontextmanager
async def lifespan(log_writer: LogWriter) -> AsyncIterator[None]:
    """Load the secret of the media paths' signatures, or create it, before the first request.

    Requests that only read the database then never wait for its writer.
    """
    await asyncio.to_thread(make_signature, log_writer.context, "")
    yield


PAGES = (get_media_part, get_still, get_captions)
