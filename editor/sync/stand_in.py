"""Fetching what the hosting has of media that are not on this machine, so that a colleague's webinar can be previewed.

Of a video comes the rung of 720 lines (or the next below) and the best sound, put together without encoding; of a sound
the best; of an image the largest still, of a presentation one still a page; and captions where their files are not
here. Files come in pieces by byte range, each at its place of a file aside, so that what was interrupted goes on at
the byte; they are verified by their hashes before anything is made of them. `editor.media.hosted` says where it lies.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

import msgspec

from editor.errors import Known
from editor.media import captions, hosted, images
from editor.media.files import made_aside
from editor.media.shelf import Shelf
from editor.progress import Progress
from editor.protocol.manifest import MANIFEST, File, Manifest, Rung, Still
from editor.schedule.model import Media
from editor.sync.client import Client

LINES = 720
"""A preview is seldom larger."""
PIECE, LARGEST_PIECE = 256 << 10, 8 << 20
"""Bytes asked for at a time: few to begin with, more as long as they come quickly, so that a cancel is felt."""
QUICK_S, SLOW_S = 0.25, 1.0
MARGIN = 64 << 20
"""Bytes to leave free on the disk."""


class Offer(msgspec.Struct, frozen=True):
    """What the hosting has of a media, as far as it is wanted here."""

    media: Media
    manifest: Manifest
    files: tuple[File, ...]
    whole: bool
    """Whether the media itself is wanted, or captions alone."""

    @property
    def size(self) -> int:
        """Bytes to be fetched, those included that are here already from a fetch that was interrupted."""
        return sum(file.size for file in self.files)


def lacks(shelf: Shelf, media: Media) -> bool:
    """Whether something of a media is not here, and nothing stands in for it."""
    return shelf.state(media.sha256) == "missing" or bool(_tracks_wanted(shelf, media))


def offers(client: Client, shelf: Shelf, media: Iterable[Media]) -> tuple[Offer, ...]:
    """What the hosting has of those media that lack something here, the smallest first.

    Raises:
        Known: ``sync.*``, ``account.signed_out``.
    """
    lacking = {each.sha256: each for each in media if lacks(shelf, each)}
    there = client.have(tuple(lacking)).manifests if lacking else ()
    found = (_offer(shelf, lacking[sha256], client.manifest(sha256)) for sha256 in there)
    return tuple(sorted((each for each in found if each.files), key=lambda offer: (offer.size, offer.media.sha256)))


def fetch(client: Client, shelf: Shelf, offer: Offer, progress: Progress) -> None:
    """Fetch what was offered, and let it stand in; what came of it before is not fetched again.

    Args:
        client: the hosting, signed in.
        shelf: where it will stand in.
        offer: what to fetch.
        progress: told bytes; its cancel ends the fetching, which goes on there the next time.

    Raises:
        Known: ``sync.*``; ``media.not_here`` (the hosting has it no more); ``stand_in.full``; ``stand_in.wrong`` (what
            came is not what was said, or does not go together; it is thrown away); ``media.unwritable``,
            ``media.unreadable``.
        Cancelled: it was given up.
    """
    coming = shelf.stand_ins.folder(offer.media.sha256) / "coming"
    try:
        _look_for_room(coming, offer)
        _bring_all(client, offer, coming, progress)
        for track in offer.manifest.captions:
            if track.file in offer.files:
                shelf.stand_ins.keep_cues(track.source, captions.read(coming / track.file.sha256))
        if offer.whole:
            _make(shelf, offer, coming, progress)
    except Known:
        if not _is_found(shelf, offer):
            raise
    if not offer.whole or _is_found(shelf, offer):
        shutil.rmtree(coming, ignore_errors=True)
    progress.report(offer.size, offer.size)


def _is_found(shelf: Shelf, offer: Offer) -> bool:
    """Whether the file that was missing is here now: then its stand-in was dropped, with what was on its way."""
    return offer.whole and shelf.path(offer.media.sha256) is not None


# ------------------------------------------------------------------------------------------------ what is wanted


def _offer(shelf: Shelf, media: Media, manifest: Manifest) -> Offer:
    whole = shelf.state(media.sha256) == "missing"
    fitting = manifest.media == media.sha256 and manifest.format <= MANIFEST
    wanted = [rung.file for rung in _rungs(manifest)] + [still.file for still in _stills(manifest)] if whole else []
    sources = set(_tracks_wanted(shelf, media))
    wanted += [track.file for track in manifest.captions if track.source in sources]
    return Offer(media, manifest, tuple(dict.fromkeys(wanted)) if fitting else (), whole)


def _tracks_wanted(shelf: Shelf, media: Media) -> tuple[str, ...]:
    sources = (track.sha256 for track in media.captions)
    return tuple(each for each in sources if shelf.captions_file(each) is None and shelf.stand_ins.cues(each) is None)


def _rungs(manifest: Manifest) -> tuple[Rung, ...]:
    """The picture and the sound of what plays."""
    pictures = [rung for rung in manifest.rungs if rung.kind == "video"]
    small = [rung for rung in pictures if rung.height <= LINES]
    sounds = [rung for rung in manifest.rungs if rung.kind == "audio"]
    chosen = [max(small, key=lambda rung: rung.height)] if small else []
    if pictures and not small:
        chosen = [min(pictures, key=lambda rung: rung.height)]
    return (*chosen, *([max(sounds, key=lambda rung: rung.bandwidth)] if sounds else []))


def _stills(manifest: Manifest) -> tuple[Still, ...]:
    """An image's largest still, or the largest of each page, in the order of the pages."""
    if manifest.kind not in {"image", "presentation"}:
        return ()
    largest: dict[int, Still] = {}
    for still in manifest.stills:
        kept = largest.get(still.page or 0)
        if kept is None or kept.width < still.width:
            largest[still.page or 0] = still
    return tuple(largest[page] for page in sorted(largest))


# ---------------------------------------------------------------------------------------------------- bringing it


def _look_for_room(coming: Path, offer: Offer) -> None:
    """Say now, and not after minutes, that it will not fit: the parts, and once more when they are put together.

    Raises:
        Known: ``stand_in.full``.
    """
    place = next(each for each in coming.parents if each.exists())
    here = sum(each.stat().st_size for each in coming.glob("*")) if coming.exists() else 0
    need, free = 2 * offer.size - here + MARGIN, shutil.disk_usage(place).free
    if need > free:
        raise Known("stand_in.full", name=offer.media.name, need_mb=need >> 20, free_mb=free >> 20)


def _bring_all(client: Client, offer: Offer, coming: Path, progress: Progress) -> None:
    done, total = 0, offer.size
    for file in offer.files:
        progress.report(done, total)

        def tell(came: int, _size: int, before: int = done) -> None:
            progress.report(before + came, total)

        _bring(client, file, coming / file.sha256, offer.media.name, Progress(tell))
        done += file.size


def _bring(client: Client, file: File, target: Path, name: str, progress: Progress) -> None:
    """Fetch one file, on from the byte where its part stands; `target` is there when it is whole and verified."""
    if target.exists():
        return
    part = target.with_name(f"{target.name}.part")
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        with part.open("r+b" if part.exists() else "w+b") as out:
            # At its place and not at the end: another program that fetches the same writes the same bytes there.
            at, size = out.seek(0, os.SEEK_END), PIECE
            while at < file.size:
                progress.report(at, file.size)
                began = time.monotonic()
                out.seek(at)
                at += out.write(_piece(client, file, at, min(size, file.size - at), name))
                out.flush()
                size = _next_size(size, time.monotonic() - began)
            out.seek(0)
            right = at == file.size and hashlib.file_digest(out, "sha256").hexdigest() == file.sha256
            os.fsync(out.fileno())
        if not right:
            part.unlink(missing_ok=True)
            raise Known("stand_in.wrong", name=name)
        part.replace(target)
    except OSError as error:
        folder = os.fsencode(part.parent).decode("utf-8", "replace")
        raise Known("media.unwritable", folder=folder, reason=error.strerror or str(error)) from error


def _piece(client: Client, file: File, at: int, size: int, name: str) -> bytes:
    asked = {"Range": f"bytes={at}-{at + size - 1}"}
    answer = client.call("GET", f"/api/media/files/{file.sha256}", headers=asked)
    if answer.status_code != 206 or len(answer.content) != size:
        raise Known("stand_in.wrong", name=name)
    return answer.content


def _next_size(size: int, took_s: float) -> int:
    if took_s < QUICK_S:
        return min(2 * size, LARGEST_PIECE)
    return max(size // 2, PIECE) if took_s > SLOW_S else size


# ----------------------------------------------------------------------------------------------- what comes of it


def _make(shelf: Shelf, offer: Offer, coming: Path, progress: Progress) -> None:
    """Put in place what the verified files give."""
    media, manifest = offer.media, offer.manifest
    folder = shelf.stand_ins.folder(media.sha256)
    rungs, stills = _rungs(manifest), _stills(manifest)
    if rungs:
        name = "play.mp4" if rungs[0].kind == "video" else "play.m4a"
        _join(rungs, coming, folder / name, media, Progress(lambda *_: progress.report(offer.size, offer.size)))
        made = hosted.StandIn(file=name)
    else:
        names = tuple(f"page-{page}.webp" for page in range(len(stills)))
        whole = len(stills) == (media.pages if manifest.kind == "presentation" else 1)
        if not whole:
            raise Known("stand_in.wrong", name=media.name)
        for name, still in zip(names, stills, strict=True):
            images.measure(coming / still.file.sha256)
            with made_aside(folder / name) as aside:
                shutil.copyfile(coming / still.file.sha256, aside)
        made = hosted.StandIn(pages=names) if manifest.kind == "presentation" else hosted.StandIn(file=names[0])
    if not _is_found(shelf, offer):
        shelf.know(media)
        shelf.stand_ins.keep(media.sha256, made)


def _join(rungs: tuple[Rung, ...], coming: Path, target: Path, media: Media, progress: Progress) -> None:
    place = {rung.kind: coming / rung.file.sha256 for rung in rungs}
    starts = [chunk.start_ms for rung in rungs if rung.kind == "video" for chunk in rung.chunks]
    with made_aside(target) as aside:
        hosted.join(place.get("video"), place.get("audio"), aside, progress)
        if not hosted.agrees(aside, starts):
            raise Known("stand_in.wrong", name=media.name)
