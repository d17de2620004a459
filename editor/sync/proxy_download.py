"""Download of proxies for media that are missing here, so that a colleague's webinar can be previewed.

A proxy of a video is its rung of 720 lines (or the next below) and its best sound, muxed without encoding; of a sound,
the best one; of an image the largest still, of a presentation one still for each page; and missing caption files. Files
come in chunks by byte range, so that an interrupted download continues at the byte; they are verified by their hashes
before they are used. `editor.media.proxy_store` stores them.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

import msgspec

from editor.atomic_file import replace_file
from editor.errors import KnownError
from editor.media import proxy_store
from editor.media.catalog import MediaCatalog
from editor.media.files import replace_atomically
from editor.media.formats import captions, still_images
from editor.private_files import create_private_file, make_private_folder
from editor.progress import Progress
from editor.protocol.manifest import MANIFEST_FORMAT, Manifest, PreparedFile, Rung, Still
from editor.schedule.model import Media
from editor.sync.client import ApiClient

MAX_HEIGHT = 720
"""A preview is seldom larger."""
FIRST_CHUNK_BYTES, MAX_CHUNK_BYTES = 256 << 10, 8 << 20
"""Bytes asked for at a time: few to begin with, more as long as they come quickly, so that a cancel is felt."""
FAST_CHUNK_S, SLOW_CHUNK_S = 0.25, 1.0
FREE_SPACE_MARGIN = 64 << 20
"""Bytes to leave free on the disk."""


class RemoteMedia(msgspec.Struct, frozen=True):
    """What `download` can fetch for one media: the prepared files that the hosting has and that are missing here.

    It is immutable; `find_remote_media` makes it.
    """

    media: Media
    manifest: Manifest
    files: tuple[PreparedFile, ...]
    includes_media: bool
    """Whether the media itself is wanted, or captions alone."""

    @property
    def size(self) -> int:
        """The bytes to be downloaded, with those that are here already from a download that was interrupted."""
        return sum(file.size for file in self.files)


def is_missing(catalog: MediaCatalog, media: Media) -> bool:
    """Return whether a media, or one of its caption files, is neither on this computer nor downloaded as a proxy."""
    return catalog.get_state(media.sha256) == "missing" or bool(_find_missing_tracks(catalog, media))


def find_remote_media(client: ApiClient, catalog: MediaCatalog, media: Iterable[Media]) -> tuple[RemoteMedia, ...]:
    """Return what the hosting has of those media that are missing here, the smallest first; nothing is downloaded.

    Media that the hosting does not have, or whose manifest is of a newer format, are left out.

    Args:
        client: The hosting, signed in.
        catalog: Tells what is missing.
        media: The media to look for; those that are here are passed over.

    Raises:
        KnownError: The codes of `ApiClient.request`, ``account.signed_out``.
    """
    missing = {each.sha256: each for each in media if is_missing(catalog, each)}
    available = client.find_available_media(tuple(missing)).manifests if missing else ()
    candidates = (_make_remote_media(catalog, missing[sha256], client.fetch_manifest(sha256)) for sha256 in available)
    return tuple(
        sorted((each for each in candidates if each.files), key=lambda offer: (offer.size, offer.media.sha256))
    )


def download(client: ApiClient, catalog: MediaCatalog, remote: RemoteMedia, progress: Progress) -> None:
    """Download a proxy and store it; chunks of an earlier, interrupted download are used.

    Args:
        client: The hosting, signed in.
        catalog: Where the proxy is stored. If the original is found meanwhile, no proxy is stored and no error raised.
        remote: What to download, of `find_remote_media`.
        progress: Receives bytes; a cancelled download continues at that byte the next time.

    Raises:
        KnownError: ``sync.*``; ``media.not_here`` (the hosting has it no more); ``stand_in.full``;
            ``stand_in.wrong`` (the files do not match their hashes or each other, and are deleted);
            ``media.unwritable``, ``media.unreadable``.
        CancelledError: The progress was cancelled.
    """
    download_folder = catalog.proxies.media_folder(remote.media.sha256) / "coming"
    try:
        _check_free_space(download_folder, remote)
        _download_files(client, remote, download_folder, progress)
        for track in remote.manifest.captions:
            if track.file in remote.files:
                catalog.proxies.save_cues(track.source, captions.read_captions(download_folder / track.file.sha256))
        if remote.includes_media:
            _store_proxy(catalog, remote, download_folder, progress)
    except KnownError:
        if not _is_original_found(catalog, remote):
            raise
    if not remote.includes_media or _is_original_found(catalog, remote):
        shutil.rmtree(download_folder, ignore_errors=True)
    progress.report(remote.size, remote.size)


def _is_original_found(catalog: MediaCatalog, remote: RemoteMedia) -> bool:
    """Return whether the missing file has been found meanwhile; then its proxy is dropped."""
    return remote.includes_media and catalog.find_path(remote.media.sha256) is not None


# ------------------------------------------------------------------------------------------------ what is wanted


def _make_remote_media(catalog: MediaCatalog, media: Media, manifest: Manifest) -> RemoteMedia:
    includes_media = catalog.get_state(media.sha256) == "missing"
    is_readable = manifest.media == media.sha256 and manifest.format <= MANIFEST_FORMAT
    wanted_files = (
        [rung.file for rung in _select_rungs(manifest)] + [still.file for still in _select_stills(manifest)]
        if includes_media
        else []
    )
    sources = set(_find_missing_tracks(catalog, media))
    wanted_files += [track.file for track in manifest.captions if track.source in sources]
    return RemoteMedia(media, manifest, tuple(dict.fromkeys(wanted_files)) if is_readable else (), includes_media)


def _find_missing_tracks(catalog: MediaCatalog, media: Media) -> tuple[str, ...]:
    sources = (track.sha256 for track in media.captions)
    return tuple(
        each for each in sources if catalog.find_captions_file(each) is None and catalog.proxies.load_cues(each) is None
    )


def _select_rungs(manifest: Manifest) -> tuple[Rung, ...]:
    """Return the picture and the sound to fetch of a video or a sound."""
    video_rungs = [rung for rung in manifest.rungs if rung.kind == "video"]
    small_rungs = [rung for rung in video_rungs if rung.height <= MAX_HEIGHT]
    audio_rungs = [rung for rung in manifest.rungs if rung.kind == "audio"]
    chosen = [max(small_rungs, key=lambda rung: rung.height)] if small_rungs else []
    if video_rungs and not small_rungs:
        chosen = [min(video_rungs, key=lambda rung: rung.height)]
    return (*chosen, *([max(audio_rungs, key=lambda rung: rung.bandwidth)] if audio_rungs else []))


def _select_stills(manifest: Manifest) -> tuple[Still, ...]:
    """Return an image's largest still, or the largest one of each page in order."""
    if manifest.kind not in {"image", "presentation"}:
        return ()
    largest: dict[int, Still] = {}
    for still in manifest.stills:
        best = largest.get(still.page or 0)
        if best is None or best.width < still.width:
            largest[still.page or 0] = still
    return tuple(largest[page] for page in sorted(largest))


# ---------------------------------------------------------------------------------------------------- bringing it


def _check_free_space(download_folder: Path, remote: RemoteMedia) -> None:
    """Check at the start that the proxy will fit: its parts, and once more when they are muxed.

    Raises:
        KnownError: ``stand_in.full``.
    """
    existing_folder = next(each for each in download_folder.parents if each.exists())
    downloaded = sum(each.stat().st_size for each in download_folder.glob("*")) if download_folder.exists() else 0
    required, free = 2 * remote.size - downloaded + FREE_SPACE_MARGIN, shutil.disk_usage(existing_folder).free
    if required > free:
        raise KnownError("stand_in.full", name=remote.media.name, need_mb=required >> 20, free_mb=free >> 20)


def _download_files(client: ApiClient, remote: RemoteMedia, download_folder: Path, progress: Progress) -> None:
    done, total = 0, remote.size
    for file in remote.files:
        progress.report(done, total)

        def report(downloaded: int, _size: int, before: int = done) -> None:
            progress.report(before + downloaded, total)

        _download_file(client, file, download_folder / file.sha256, remote.media.name, Progress(report))
        done += file.size


def _download_file(client: ApiClient, file: PreparedFile, target: Path, name: str, progress: Progress) -> None:
    """Download one file, continuing at the end of its part; `target` exists once it is complete and verified."""
    if target.exists():
        return
    part = target.with_name(f"{target.name}.part")
    try:
        make_private_folder(part.parent)
        create_private_file(part)
        with part.open("r+b") as out:
            # At its place and not at the end: another program that fetches the same writes the same bytes there.
            offset, size = out.seek(0, os.SEEK_END), FIRST_CHUNK_BYTES
            while offset < file.size:
                progress.report(offset, file.size)
                started_at = time.monotonic()
                out.seek(offset)
                offset += out.write(_fetch_chunk(client, file, offset, min(size, file.size - offset), name))
                out.flush()
                size = _adapt_chunk_bytes(size, time.monotonic() - started_at)
            out.seek(0)
            is_verified = offset == file.size and hashlib.file_digest(out, "sha256").hexdigest() == file.sha256
        if not is_verified:
            part.unlink(missing_ok=True)
            raise KnownError("stand_in.wrong", name=name)
        replace_file(part, target)
    except OSError as error:
        folder = os.fsencode(part.parent).decode("utf-8", "replace")
        raise KnownError("media.unwritable", folder=folder, reason=error.strerror or str(error)) from error


def _fetch_chunk(client: ApiClient, file: PreparedFile, offset: int, size: int, name: str) -> bytes:
    range_header = {"Range": f"bytes={offset}-{offset + size - 1}"}
    response = client.request("GET", f"/api/media/files/{file.sha256}", headers=range_header)
    if response.status_code != 206 or len(response.content) != size:
        raise KnownError("stand_in.wrong", name=name)
    return response.content


def _adapt_chunk_bytes(size: int, took_s: float) -> int:
    if took_s < FAST_CHUNK_S:
        return min(2 * size, MAX_CHUNK_BYTES)
    return max(size // 2, FIRST_CHUNK_BYTES) if took_s > SLOW_CHUNK_S else size


# ----------------------------------------------------------------------------------------------- what comes of it


def _store_proxy(catalog: MediaCatalog, remote: RemoteMedia, download_folder: Path, progress: Progress) -> None:
    """Store the proxy that is made of verified files."""
    media, manifest = remote.media, remote.manifest
    folder = catalog.proxies.media_folder(media.sha256)
    rungs, stills = _select_rungs(manifest), _select_stills(manifest)
    if rungs:
        name = "play.mp4" if rungs[0].kind == "video" else "play.m4a"
        _join_rungs(
            rungs, download_folder, folder / name, media, Progress(lambda *_: progress.report(remote.size, remote.size))
        )
        proxy = proxy_store.ProxyMedia(file=name)
    else:
        names = tuple(f"page-{page}.webp" for page in range(len(stills)))
        is_complete = len(stills) == (media.pages if manifest.kind == "presentation" else 1)
        if not is_complete:
            raise KnownError("stand_in.wrong", name=media.name)
        for name, still in zip(names, stills, strict=True):
            still_images.measure_image(download_folder / still.file.sha256)
            with replace_atomically(folder / name) as temporary:
                shutil.copyfile(download_folder / still.file.sha256, temporary)
        proxy = (
            proxy_store.ProxyMedia(pages=names)
            if manifest.kind == "presentation"
            else proxy_store.ProxyMedia(file=names[0])
        )
    if not _is_original_found(catalog, remote):
        catalog.add_known(media)
        catalog.proxies.save(media.sha256, proxy)


def _join_rungs(rungs: tuple[Rung, ...], download_folder: Path, target: Path, media: Media, progress: Progress) -> None:
    path_by_kind = {rung.kind: download_folder / rung.file.sha256 for rung in rungs}
    starts = [chunk.start_ms for rung in rungs if rung.kind == "video" for chunk in rung.chunks]
    with replace_atomically(target) as temporary:
        proxy_store.mux_proxy(path_by_kind.get("video"), path_by_kind.get("audio"), temporary, progress)
        if not proxy_store.has_expected_starts(temporary, starts):
            raise KnownError("stand_in.wrong", name=media.name)
