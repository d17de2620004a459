"""The catalog of media: the facts of each media, and the files that hold it.

A media is identified by its SHA-256. The library's folder holds

* `media/facts/<hash>.json`: the probed facts;
* `media/places/<hash>/<hash of the path>.json`: every file that held it, with the size and modification time it had;
* `media/tracks/<hash>/<hash of the captions>.json`: the caption tracks attached to it;
* `media/captions/<hash>`: the caption files themselves, byte for byte;
* `cache/`: hashes by path, slides as PDF, previews, peaks. It may be deleted at any time.

Where a media's file is missing, a proxy from the hosting may replace it in previews (`editor.media.proxy_store`):
`find_preview_path` gives the file that previews show, `find_path` only the media itself.

Each fact is a file of its own, replaced atomically and never read, changed and written back, so several programs and
threads may use one catalog. Media files themselves are never written, moved or copied.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterable
from pathlib import Path

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
from editor.schedule.preflight_inputs import MediaState

PROBE_VERSION = 1
"""Increased when probing changes: files with older facts are probed again when they are added."""

_LANGUAGE_SUFFIX = re.compile(r"\.([A-Za-z]{2}(?:-[A-Za-z0-9]{2,8})*)$")


class _Facts(msgspec.Struct, frozen=True):
    """Content of a facts file."""

    media: Media
    notices: tuple[MediaNotice, ...] = ()
    office: FileFormat | None = None
    """Format of a presentation that must be converted to PDF; None for all else."""
    probe: int = 0


class MediaCatalog:
    """Facts and locations of media, stored in the folder of one library; for any thread, and several programs at once.

    A media is named by its SHA-256, in hexadecimal digits; a hash that is unknown here counts as missing.

    Args:
        root: Folder of the library; `media/` and `cache/` are created in it when something is first stored.
    """

    def __init__(self, root: Path) -> None:
        self._media = root / "media"
        self.cache = root / "cache"
        self.proxies = ProxyStore(self.cache / "hosted")
        self._hasher = ContentHasher(self.cache / "digests")

    # --------------------------------------------------------------------------------------------- adding

    def add_file(self, path: Path, progress: Progress | None = None) -> Media:
        """Add a file: hash it, probe it, and store its facts and its location.

        The file is not moved or copied. Content that is in the catalog already is not probed again. It is probed again
        where the facts come from another catalog or an older `PROBE_VERSION`. The media's proxy is deleted.

        Args:
            path: The file, of any supported format; a relative path is made absolute.
            progress: Receives bytes read.

        Returns:
            The media, under this file's name, with the captions that are attached to this content already.

        Raises:
            KnownError: The codes of `probe` and `ContentHasher.get_sha256`; ``media.unwritable``.
            CancelledError: The progress was cancelled.
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
        """Store the facts of a media that another catalog probed, unless they are known here.

        Of its captions, those are attached whose files are stored here (`store_captions`). No location is stored.

        Raises:
            KnownError: ``media.unwritable``.
        """
        if self._load_facts(media.sha256) is None:
            self._store_facts(_Facts(msgspec.structs.replace(media, captions=())))
        for track in media.captions:
            if self.find_captions_file(track.sha256) is not None:
                self._store_track(media.sha256, track)

    # --------------------------------------------------------------------------------------------- looking up

    def find_media(self, sha256: str) -> Media | None:
        """Return a media with its stored name and captions, even if its file is missing; None for an unknown one."""
        facts = self._load_facts(sha256)
        if facts is None:
            return None
        return msgspec.structs.replace(facts.media, captions=self._load_tracks(sha256))

    def list_notices(self, sha256: str) -> tuple[KnownError, ...]:
        """Return the warnings about a usable media, such as a file that was cut off; none for an unknown media."""
        facts = self._load_facts(sha256)
        return tuple(KnownError(each.code, **each.facts) for each in facts.notices) if facts is not None else ()

    def find_path(self, sha256: str) -> Path | None:
        """Return a file with this content; None where none is here.

        It has the size and modification time it was hashed with; it is not hashed again.
        """
        return next((path for path, holds in self._load_locations(sha256) if holds), None)

    def get_state(self, sha256: str) -> MediaState:
        """Return whether a media can be used on this computer.

        Returns:
            "ready" (its file is here), "unprepared" (it is here, but its slides are not converted to PDF yet), "hosted"
            (only a proxy is here) or "missing" (neither is).
        """
        if self.find_path(sha256) is None:
            return "missing" if self.proxies.find(sha256) is None else "hosted"
        return "ready" if self._find_office_format(sha256) is None or self._pdf_path(sha256).exists() else "unprepared"

    def require_path(self, sha256: str) -> Path:
        """Return a file with this content, as `find_path` does.

        Raises:
            KnownError: ``media.missing`` with the name the file had, or the first 12 digits of an unknown hash.
        """
        path = self.find_path(sha256)
        if path is None:
            facts = self._load_facts(sha256)
            raise KnownError("media.missing", name=facts.media.name if facts is not None else sha256[:12])
        return path

    def find_preview_path(self, sha256: str) -> Path | None:
        """Return the file that previews play or paint: the media itself, else its proxy, else None.

        The proxy of a presentation is several files (`find_proxy_page`), for which this is None.
        """
        return self.find_path(sha256) or self.proxies.find_path(sha256)

    def require_preview_path(self, sha256: str) -> Path:
        """Return the file that previews play or paint, as `find_preview_path` does.

        Raises:
            KnownError: ``media.missing``, also for a presentation of which only a proxy is here.
        """
        return self.find_preview_path(sha256) or self.require_path(sha256)

    def find_proxy_page(self, sha256: str, page: int) -> Path | None:
        """Return the proxy image of a presentation's page, counted from 0.

        None where the presentation itself or its PDF is here, or the proxy has no such page.
        """
        is_local = self.find_path(sha256) is not None or self._pdf_path(sha256).exists()
        return None if is_local else self.proxies.find_page(sha256, page)

    def previews_folder(self, sha256: str) -> Path:
        """Return the folder in whose subfolders a media's previews are cached; it need not exist.

        It is the library's cache; for previews made from a proxy, a folder that is deleted with the proxy.
        """
        is_proxy = self.find_path(sha256) is None and self.proxies.find(sha256) is not None
        return self.proxies.previews_folder(sha256) if is_proxy else self.cache

    def require_pdf(self, sha256: str, progress: Progress | None = None) -> Path:
        """Return a presentation as PDF: the file itself, or LibreOffice's conversion, made now unless cached.

        A conversion in the cache is returned even where the file is missing.

        Raises:
            KnownError: ``media.missing``, or the codes of `convert_to_pdf`.
            CancelledError: The progress was cancelled.
        """
        office_format = self._find_office_format(sha256)
        if office_format is None:
            return self.require_path(sha256)
        pdf = self._pdf_path(sha256)
        return pdf if pdf.exists() else self._ensure_pdf(self.require_path(sha256), sha256, office_format, progress)

    # ---------------------------------------------------------------------------------------------- relinking

    def add_location(self, sha256: str, path: Path, progress: Progress | None = None) -> None:
        """Store a file as a location of a media, after checking its hash; the media's proxy is deleted.

        Args:
            sha256: The media's hash; its facts need not be known.
            path: The file; a relative path is made absolute.
            progress: Receives bytes read.

        Raises:
            KnownError: ``media.other`` for another content; ``media.unwritable``; the codes of `hash_file`.
            CancelledError: The progress was cancelled.
        """
        path = path.absolute()
        info = require_regular_file(path)
        if self._hasher.get_sha256(path, progress) != sha256:
            raise KnownError("media.other", name=display_name(path))
        self._store_location(sha256, path, info)

    def relink(self, paths: Iterable[Path], hashes: Iterable[str], progress: Progress | None = None) -> dict[str, Path]:
        """Find missing media by content, whatever their files are called: by size first, then by hash.

        The known locations are searched too, for files that were touched or copied back. Unreadable files are skipped.

        Args:
            paths: Files, and folders that are searched recursively.
            hashes: SHA-256 of the media to find.
            progress: Receives hashed bytes; media found before a cancel stay found.

        Returns:
            The found files by hash; their locations are stored already.

        Raises:
            KnownError: ``media.unwritable``, or a found file vanished before its location was stored.
            CancelledError: The progress was cancelled.
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
        """Attach a caption file to a media; the file is copied into the catalog.

        The media's facts need not be stored here.

        Args:
            media: The media as the webinar has it.
            path: SubRip or WebVTT file in any encoding.
            language: BCP 47 tag; where it is empty, the one in the file's name ("talk.fr.srt"), if any.

        Returns:
            The media with the track at the end of its captions; attaching it again does not repeat it.

        Raises:
            KnownError: ``media.unwritable``, or the codes of `read_captions`.
        """
        name = display_name(path)
        named = _LANGUAGE_SUFFIX.search(Path(name).stem)
        tag = language or (named.group(1) if named else "")
        track = CaptionTrack(sha256=self.store_captions(path), language=tag, name=name)
        self._store_track(media.sha256, track)
        others = tuple(each for each in media.captions if each.sha256 != track.sha256)
        return msgspec.structs.replace(media, captions=(*others, track))

    def store_captions(self, path: Path) -> str:
        """Store a copy of a caption file, attached to no media, and return its SHA-256.

        Raises:
            KnownError: ``media.unwritable``, or the codes of `read_captions`: the file must have cues.
        """
        captions.read_captions(path)
        with translate_read_errors(path):
            data = path.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        if self.find_captions_file(sha256) is None:
            write_atomically(self._media / "captions" / sha256, data, durable=True)
        return sha256

    def find_captions_file(self, sha256: str) -> Path | None:
        """Return the stored caption file of a hash, byte for byte as it was attached; None if there is none."""
        path = self._media / "captions" / sha256
        return path if path.exists() else None

    def load_cues(self, sha256: str) -> tuple[CaptionCue, ...]:
        """Return the cues of a caption file stored here, else the copy from the hosting (`ProxyStore.load_cues`).

        Those of a file stored here are parsed at the first call and cached.

        Args:
            sha256: The hash of the caption file.

        Raises:
            KnownError: ``media.captions_missing``: neither is here. ``media.unwritable``: the cache cannot be written.
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
        """Return the tracks attached to a media, the oldest first."""
        dated: list[tuple[int, CaptionTrack]] = []
        for file in (self._media / "tracks" / sha256).glob("[0-9a-f]*.json"):
            try:
                dated.append((file.stat().st_mtime_ns, msgspec.json.decode(file.read_bytes(), type=CaptionTrack)))
            except (OSError, msgspec.DecodeError):
                continue  # detached by another program just now, or a foreign file
        return tuple(track for _, track in sorted(dated, key=lambda pair: (pair[0], pair[1].sha256)))

    def _track_file(self, sha256: str, captions_sha256: str) -> Path:
        return self._media / "tracks" / sha256 / f"{captions_sha256}.json"

    # ---------------------------------------------------------------------------------- facts and locations

    def _load_facts(self, sha256: str) -> _Facts | None:
        try:
            return msgspec.json.decode((self._media / "facts" / f"{sha256}.json").read_bytes(), type=_Facts)
        except (OSError, msgspec.DecodeError):
            return None  # never stored, or damaged: probed again when the file is added

    def _store_facts(self, facts: _Facts) -> None:
        path = self._media / "facts" / f"{facts.media.sha256}.json"
        write_atomically(path, msgspec.json.encode(facts), durable=True)

    def _media_size(self, sha256: str) -> int:
        facts = self._load_facts(sha256)
        return facts.media.size if facts is not None else 0

    def _store_location(self, sha256: str, path: Path, info: os.stat_result) -> None:
        """Store that a file holds a content in this state; undecodable bytes of its path are stored escaped."""
        key = hashlib.sha256(os.fsencode(path)).hexdigest()
        location = {"path": str(path), "size": info.st_size, "mtime_ns": info.st_mtime_ns}
        write_atomically(self._media / "places" / sha256 / f"{key}.json", json.dumps(location).encode(), durable=True)
        self.proxies.delete(sha256)

    def _load_locations(self, sha256: str) -> list[tuple[Path, bool]]:
        """Return every file that held a content, and whether it is unchanged since."""
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
        """Return the format of a presentation that must be converted to PDF; None for all else."""
        facts = self._load_facts(sha256)
        if facts is None or facts.media.kind != "presentation":
            return None
        if facts.probe == PROBE_VERSION:
            return facts.office
        path = self.find_path(sha256)  # facts from another catalog lack the format
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
