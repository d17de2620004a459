"""The shelf: what is known of each media, and where it was seen last.

A media is known by its SHA-256. Under the root lie

* `media/facts/<hash>.json` what was found out about it, once;
* `media/places/<hash>/<path's hash>.json` every file that held it, with the size and time of change it had then;
* `media/tracks/<hash>/<caption's hash>.json` which subtitles were attached to it;
* `media/captions/<caption's hash>` the subtitle files themselves, byte for byte: they are small, and belong to us;
* `cache/` whatever can be made again: hashes by path, slides as PDF, pictures, peaks. It may be deleted at any time.

Where a file is not here, what the hosting prepared of it may stand in for it (`editor.media.proxy_store`): `shown`
gives
what is to be looked at and listened to, `path` the media itself and nothing else.

One small file per fact, each written aside and renamed, and no file that is read, changed and written back: so two
programs, or many threads, may use one shelf at once. Media files themselves are never written, moved or copied.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from editor.errors import KnownError
from editor.media import content_search
from editor.media.content_hash import ContentHasher
from editor.media.files import (
    display_name,
    replace_atomically,
    require_regular_file,
    translate_read_errors,
    write_atomically,
)
from editor.media.formats import captions, office
from editor.media.formats.captions import CaptionCue
from editor.media.formats.file_format import OFFICE_FORMATS, FileFormat, detect_format
from editor.media.formats.probe import MediaNotice, ProbeResult, probe
from editor.media.proxy_store import ProxyStore
from editor.progress import Progress
from editor.schedule.model import CaptionTrack, Media

MediaState = Literal["ready", "hosted", "missing", "unprepared"]

PROBE_VERSION = 1
"""Raised when probing learns something new: older facts are found out again at the next `take`."""

_LANGUAGE_SUFFIX = re.compile(r"\.([A-Za-z]{2}(?:-[A-Za-z0-9]{2,8})*)$")


class _Facts(msgspec.Struct, frozen=True):
    """What lies in a facts file."""

    media: Media
    notices: tuple[MediaNotice, ...] = ()
    office: FileFormat | None = None
    """For a presentation that must become a PDF: what it is now."""
    probe: int = 0


class MediaCatalog:
    """What is known of media, under a root of its own.

    Args:
        root: the folder of the library; `media/` and `cache/` are made in it when something is first stored.
    """

    def __init__(self, root: Path) -> None:
        self._media = root / "media"
        self.cache = root / "cache"
        self.proxies = ProxyStore(self.cache / "hosted")
        self._hasher = ContentHasher(self.cache / "digests")

    # ------------------------------------------------------------------------------------------- taking in

    def add_file(self, path: Path, progress: Progress | None = None) -> Media:
        """Make a file known: hash it, find out what it is, remember where it is.

        The file stays where it is. Content that is known already is not examined again.

        Raises:
            Known: all that `probe` and `Digests.sha256` say; media.unwritable.
            Cancelled: the work was given up.
        """
        path = path.absolute()
        info = require_regular_file(path)
        file_format = detect_format(path)
        sha256 = self._hasher.get_sha256(path, progress)
        facts = self._load_facts(sha256)
        if facts is None or facts.probe < PROBE_VERSION:
            # The file has been read: its bytes stay at all of them, and a cancel still takes effect.
            probe_progress = progress.part(info.st_size, info.st_size, info.st_size) if progress is not None else None
            pdf = self._ensure_pdf(path, sha256, file_format, probe_progress) if file_format in OFFICE_FORMATS else None
            result = probe(path, probe_progress, pdf=pdf)
            office_format = file_format if file_format in OFFICE_FORMATS else None
            media = _make_media(sha256, path, info.st_size, result)
            facts = _Facts(media, result.notices, office_format, PROBE_VERSION)
            self._store_facts(facts)
        self._store_location(sha256, path, info)
        return msgspec.structs.replace(facts.media, name=display_name(path), captions=self._load_tracks(sha256))

    def add_known(self, media: Media) -> None:
        """Remember what another shelf found out about a media, unless it is known here."""
        if self._load_facts(media.sha256) is None:
            self._store_facts(_Facts(msgspec.structs.replace(media, captions=())))
        for track in media.captions:
            if self.find_captions_file(track.sha256) is not None:
                self._store_track(media.sha256, track)

    # --------------------------------------------------------------------------------------------- knowing

    def find_media(self, sha256: str) -> Media | None:
        """What is known of a media; None if it was never taken in here."""
        facts = self._load_facts(sha256)
        if facts is None:
            return None
        return msgspec.structs.replace(facts.media, captions=self._load_tracks(sha256))

    def list_notices(self, sha256: str) -> tuple[KnownError, ...]:
        """What to know of a media that can be used all the same, e.g. that it was cut off."""
        facts = self._load_facts(sha256)
        return tuple(KnownError(each.code, **each.facts) for each in facts.notices) if facts is not None else ()

    def find_path(self, sha256: str) -> Path | None:
        """A file that holds this content: one that has still the size and time of change it had when it was hashed."""
        return next((path for path, holds in self._load_locations(sha256) if holds), None)

    def get_state(self, sha256: str) -> MediaState:
        """How a media stands: its file is here, a stand-in is, neither is, or its slides are not converted here yet."""
        if self.find_path(sha256) is None:
            return "missing" if self.proxies.find(sha256) is None else "hosted"
        return "ready" if self._find_office_format(sha256) is None or self._pdf_path(sha256).exists() else "unprepared"

    def require_path(self, sha256: str) -> Path:
        """As `path`, for those who cannot do without.

        Raises:
            Known: media.missing, with the name the file had.
        """
        path = self.find_path(sha256)
        if path is None:
            facts = self._load_facts(sha256)
            raise KnownError("media.missing", name=facts.media.name if facts is not None else sha256[:12])
        return path

    def find_preview_path(self, sha256: str) -> Path | None:
        """The file that previews play or paint: the media itself, else what stands in for it."""
        return self.find_path(sha256) or self.proxies.find_path(sha256)

    def require_preview_path(self, sha256: str) -> Path:
        """As `shown`, for those who cannot do without.

        Raises:
            Known: media.missing.
        """
        return self.find_preview_path(sha256) or self.require_path(sha256)

    def find_proxy_page(self, sha256: str, page: int) -> Path | None:
        """The picture that stands in for a page of a presentation, counted from 0; None where its PDF is here."""
        is_local = self.find_path(sha256) is not None or self._pdf_path(sha256).exists()
        return None if is_local else self.proxies.find_page(sha256, page)

    def previews_folder(self, sha256: str) -> Path:
        """Where what is drawn of a media lies: what is made of a stand-in is kept apart, and goes with it."""
        is_proxy = self.find_path(sha256) is None and self.proxies.find(sha256) is not None
        return self.proxies.previews_folder(sha256) if is_proxy else self.cache

    def require_pdf(self, sha256: str, progress: Progress | None = None) -> Path:
        """A presentation as PDF: the file itself, or what LibreOffice made of it, kept in the cache.

        Raises:
            Known: media.missing, or what the conversion says.
            Cancelled: the work was given up.
        """
        office_format = self._find_office_format(sha256)
        if office_format is None:
            return self.require_path(sha256)
        pdf = self._pdf_path(sha256)
        return pdf if pdf.exists() else self._ensure_pdf(self.require_path(sha256), sha256, office_format, progress)

    # ------------------------------------------------------------------------------------------ finding again

    def add_location(self, sha256: str, path: Path, progress: Progress | None = None) -> None:
        """Remember that a file holds a content, after making sure of it.

        Raises:
            Known: media.other when it holds something else; that it cannot be read; media.unwritable.
            Cancelled: the work was given up.
        """
        path = path.absolute()
        info = require_regular_file(path)
        if self._hasher.get_sha256(path, progress) != sha256:
            raise KnownError("media.other", name=display_name(path))
        self._store_location(sha256, path, info)

    def relink(self, paths: Iterable[Path], hashes: Iterable[str], progress: Progress | None = None) -> dict[str, Path]:
        """Find contents again, whatever their files are called now: by size first, then by hash.

        Looks where they were before, too: a file that was only touched or copied back is found there.

        Args:
            paths: files, and folders that are looked through with all that is in them.
            hashes: hashes.
            progress: told the bytes hashed of those that may have to be; its cancel ends the search, and what was
                found until then stays found.

        Returns:
            What was found, by hash; it is remembered already.
        """
        sizes = {sha256: self._media_size(sha256) for sha256 in hashes}
        known_paths = [path for sha256 in sizes for path, _ in self._load_locations(sha256)]
        found: dict[str, Path] = {}
        for sha256, path in content_search.search_by_hash([*known_paths, *paths], sizes, self._hasher, progress):
            self._store_location(sha256, path, require_regular_file(path))
            found[sha256] = path
        return found

    # -------------------------------------------------------------------------------------------- captions

    def attach_captions(self, media: Media, path: Path, language: str = "") -> Media:
        """Attach a subtitle file to a media; it is copied, and stays whatever becomes of the file.

        Args:
            media: the media as the webinar knows it.
            path: SubRip or WebVTT, in any encoding.
            language: a BCP 47 tag; else the one in the file's name ("talk.fr.srt"), if there is one.

        Returns:
            The media with the track at the end of its captions (once, however often it is attached).

        Raises:
            Known: media.captions_unreadable, media.captions_kind, that it cannot be read, media.unwritable.
        """
        name = display_name(path)
        named = _LANGUAGE_SUFFIX.search(Path(name).stem)
        tag = language or (named.group(1) if named else "")
        track = CaptionTrack(sha256=self.store_captions(path), language=tag, name=name)
        self._store_track(media.sha256, track)
        others = tuple(each for each in media.captions if each.sha256 != track.sha256)
        return msgspec.structs.replace(media, captions=(*others, track))

    def detach_captions(self, media: Media, captions_sha256: str) -> Media:
        """Take a track away from a media again; the stored file stays for webinars that show it."""
        self._track_file(media.sha256, captions_sha256).unlink(missing_ok=True)
        others = tuple(each for each in media.captions if each.sha256 != captions_sha256)
        return msgspec.structs.replace(media, captions=others)

    def store_captions(self, path: Path) -> str:
        """Keep a copy of a subtitle file and give its hash.

        Raises:
            Known: as `attach_captions`.
        """
        captions.read_captions(path)
        with translate_read_errors(path):
            data = path.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        if self.find_captions_file(sha256) is None:
            write_atomically(self._media / "captions" / sha256, data, durable=True)
        return sha256

    def find_captions_file(self, sha256: str) -> Path | None:
        """The stored subtitle file of that hash, byte for byte as it was attached; None if there is none."""
        path = self._media / "captions" / sha256
        return path if path.exists() else None

    def load_cues(self, sha256: str) -> tuple[CaptionCue, ...]:
        """The cues of a stored subtitle file.

        Raises:
            Known: media.captions_missing if it is not on this shelf.
        """
        path = self.find_captions_file(sha256)
        if path is None:
            proxy_cues = self.proxies.load_cues(sha256)
            if proxy_cues is not None:
                return proxy_cues
            raise KnownError("media.captions_missing", name=sha256[:12])
        cached = self.cache / "cues" / f"{sha256}.json"
        try:
            return msgspec.json.decode(cached.read_bytes(), type=tuple[CaptionCue, ...])
        except (OSError, msgspec.DecodeError):
            cues = captions.read_captions(path)
            write_atomically(cached, msgspec.json.encode(cues))
            return cues

    def _store_track(self, sha256: str, track: CaptionTrack) -> None:
        write_atomically(self._track_file(sha256, track.sha256), msgspec.json.encode(track), durable=True)

    def _load_tracks(self, sha256: str) -> tuple[CaptionTrack, ...]:
        """The tracks attached to a media, in the order in which they were."""
        dated: list[tuple[int, CaptionTrack]] = []
        for file in (self._media / "tracks" / sha256).glob("[0-9a-f]*.json"):
            try:
                dated.append((file.stat().st_mtime_ns, msgspec.json.decode(file.read_bytes(), type=CaptionTrack)))
            except (OSError, msgspec.DecodeError):
                continue  # taken away by another program just now, or not ours
        return tuple(track for _, track in sorted(dated, key=lambda pair: (pair[0], pair[1].sha256)))

    def _track_file(self, sha256: str, captions_sha256: str) -> Path:
        return self._media / "tracks" / sha256 / f"{captions_sha256}.json"

    # ------------------------------------------------------------------------------------- facts and places

    def _load_facts(self, sha256: str) -> _Facts | None:
        try:
            return msgspec.json.decode((self._media / "facts" / f"{sha256}.json").read_bytes(), type=_Facts)
        except (OSError, msgspec.DecodeError):
            return None  # never known, or damaged: found out again at the next take

    def _store_facts(self, facts: _Facts) -> None:
        path = self._media / "facts" / f"{facts.media.sha256}.json"
        write_atomically(path, msgspec.json.encode(facts), durable=True)

    def _media_size(self, sha256: str) -> int:
        facts = self._load_facts(sha256)
        return facts.media.size if facts is not None else 0

    def _store_location(self, sha256: str, path: Path, info: os.stat_result) -> None:
        """Write down that a file held a content when it was `found` so. The path's odd bytes are kept, escaped."""
        key = hashlib.sha256(os.fsencode(path)).hexdigest()
        location = {"path": str(path), "size": info.st_size, "mtime_ns": info.st_mtime_ns}
        write_atomically(self._media / "places" / sha256 / f"{key}.json", json.dumps(location).encode(), durable=True)
        self.proxies.delete(sha256)

    def _load_locations(self, sha256: str) -> list[tuple[Path, bool]]:
        """Every file that held a content, and whether it is as it was then."""
        locations: list[tuple[Path, bool]] = []
        for file in sorted((self._media / "places" / sha256).glob("[0-9a-f]*.json")):
            try:
                location = json.loads(file.read_bytes())
                path = Path(location["path"])
                signature = (location["size"], location["mtime_ns"])
            except (OSError, ValueError, KeyError, TypeError):
                continue
            try:
                info = path.stat()
                locations.append((path, (info.st_size, info.st_mtime_ns) == signature))
            except OSError:
                locations.append((path, False))
        return locations

    # ---------------------------------------------------------------------------------------- presentations

    def _find_office_format(self, sha256: str) -> FileFormat | None:
        """What a presentation is that must become a PDF; None for all else, and for what is not there."""
        facts = self._load_facts(sha256)
        if facts is None or facts.media.kind != "presentation":
            return None
        if facts.probe == PROBE_VERSION:
            return facts.office
        path = self.find_path(sha256)  # known from another shelf only, which does not tell
        file_format = detect_format(path) if path is not None else None
        return file_format if file_format in OFFICE_FORMATS else None

    def _pdf_path(self, sha256: str) -> Path:
        return self.cache / "slides" / sha256 / "document.pdf"

    def _ensure_pdf(self, path: Path, sha256: str, office_format: FileFormat, progress: Progress | None) -> Path:
        pdf = self._pdf_path(sha256)
        if not pdf.exists():
            with replace_atomically(pdf) as temporary:
                office.convert_to_pdf(path, office_format, temporary, progress)
        return pdf


def _make_media(sha256: str, path: Path, size: int, result: ProbeResult) -> Media:
    return Media(
        sha256=sha256,
        kind=result.kind,
        name=display_name(path),
        size=size,
        duration_ms=result.duration_ms,
        width=result.width,
        height=result.height,
        pages=result.pages,
        has_audio=result.has_audio,
    )
