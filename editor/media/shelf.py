"""The shelf: what is known of each media, and where it was seen last.

A media is known by its SHA-256. Under the root lie

* `media/facts/<hash>.json` what was found out about it, once;
* `media/places/<hash>/<path's hash>.json` every file that held it, with the size and time of change it had then;
* `media/tracks/<hash>/<caption's hash>.json` which subtitles were attached to it;
* `media/captions/<caption's hash>` the subtitle files themselves, byte for byte: they are small, and belong to us;
* `cache/` whatever can be made again: hashes by path, slides as PDF, pictures, peaks. It may be deleted at any time.

Where a file is not here, what the hosting prepared of it may stand in for it (`editor.media.hosted`): `shown` gives
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

from editor.errors import Known
from editor.media import captions, office, relink
from editor.media.captions import Cue
from editor.media.digest import Digests
from editor.media.files import made_aside, reading, regular, shown_name, write_whole
from editor.media.hosted import StandIns
from editor.media.kinds import OFFICE, Reader, judge
from editor.media.probe import Notice, Probed, probe
from editor.progress import Progress
from editor.schedule.model import CaptionTrack, Media

State = Literal["ready", "hosted", "missing", "unprepared"]

PROBE = 1
"""Raised when probing learns something new: older facts are found out again at the next `take`."""

_LANGUAGE = re.compile(r"\.([A-Za-z]{2}(?:-[A-Za-z0-9]{2,8})*)$")


class _Facts(msgspec.Struct, frozen=True):
    """What lies in a facts file."""

    media: Media
    notices: tuple[Notice, ...] = ()
    office: Reader | None = None
    """For a presentation that must become a PDF: what it is now."""
    probe: int = 0


class Shelf:
    """What is known of media, under a root of its own.

    Args:
        root: the folder of the library; `media/` and `cache/` are made in it when something is first stored.
    """

    def __init__(self, root: Path) -> None:
        self._media = root / "media"
        self.cache = root / "cache"
        self.stand_ins = StandIns(self.cache / "hosted")
        self._digests = Digests(self.cache / "digests")

    # ------------------------------------------------------------------------------------------- taking in

    def take(self, path: Path, progress: Progress | None = None) -> Media:
        """Make a file known: hash it, find out what it is, remember where it is.

        The file stays where it is. Content that is known already is not examined again.

        Raises:
            Known: all that `probe` and `Digests.sha256` say; media.unwritable.
            Cancelled: the work was given up.
        """
        path = path.absolute()
        found = regular(path)
        kind = judge(path)
        sha256 = self._digests.sha256(path, progress)
        facts = self._facts(sha256)
        if facts is None or facts.probe < PROBE:
            waiting = _Full(progress, found.st_size) if progress is not None else None
            pdf = self._converted(path, sha256, kind, waiting) if kind in OFFICE else None
            probed = probe(path, waiting, pdf=pdf)
            office_kind = kind if kind in OFFICE else None
            media = _media_of(sha256, path, found.st_size, probed)
            facts = _Facts(media, probed.notices, office_kind, PROBE)
            self._store(facts)
        self._remember(sha256, path, found)
        return msgspec.structs.replace(facts.media, name=shown_name(path), captions=self._tracks(sha256))

    def know(self, media: Media) -> None:
        """Remember what another shelf found out about a media, unless it is known here."""
        if self._facts(media.sha256) is None:
            self._store(_Facts(msgspec.structs.replace(media, captions=())))
        for track in media.captions:
            if self.captions_file(track.sha256) is not None:
                self._attach(media.sha256, track)

    # --------------------------------------------------------------------------------------------- knowing

    def media(self, sha256: str) -> Media | None:
        """What is known of a media; None if it was never taken in here."""
        facts = self._facts(sha256)
        if facts is None:
            return None
        return msgspec.structs.replace(facts.media, captions=self._tracks(sha256))

    def notices(self, sha256: str) -> tuple[Known, ...]:
        """What to know of a media that can be used all the same, e.g. that it was cut off."""
        facts = self._facts(sha256)
        return tuple(Known(each.code, **each.facts) for each in facts.notices) if facts is not None else ()

    def path(self, sha256: str) -> Path | None:
        """A file that holds this content: one that has still the size and time of change it had when it was hashed."""
        return next((path for path, holds in self._places(sha256) if holds), None)

    def state(self, sha256: str) -> State:
        """How a media stands: its file is here, a stand-in is, neither is, or its slides are not converted here yet."""
        if self.path(sha256) is None:
            return "missing" if self.stand_ins.of(sha256) is None else "hosted"
        return "ready" if self._office_kind(sha256) is None or self._pdf(sha256).exists() else "unprepared"

    def require(self, sha256: str) -> Path:
        """As `path`, for those who cannot do without.

        Raises:
            Known: media.missing, with the name the file had.
        """
        found = self.path(sha256)
        if found is None:
            facts = self._facts(sha256)
            raise Known("media.missing", name=facts.media.name if facts is not None else sha256[:12])
        return found

    def shown(self, sha256: str) -> Path | None:
        """The file that previews play or paint: the media itself, else what stands in for it."""
        return self.path(sha256) or self.stand_ins.path(sha256)

    def require_shown(self, sha256: str) -> Path:
        """As `shown`, for those who cannot do without.

        Raises:
            Known: media.missing.
        """
        return self.shown(sha256) or self.require(sha256)

    def page(self, sha256: str, page: int) -> Path | None:
        """The picture that stands in for a page of a presentation, counted from 0; None where its PDF is here."""
        here = self.path(sha256) is not None or self._pdf(sha256).exists()
        return None if here else self.stand_ins.page(sha256, page)

    def drawings(self, sha256: str) -> Path:
        """Where what is drawn of a media lies: what is made of a stand-in is kept apart, and goes with it."""
        stands_in = self.path(sha256) is None and self.stand_ins.of(sha256) is not None
        return self.stand_ins.drawn(sha256) if stands_in else self.cache

    def document(self, sha256: str, progress: Progress | None = None) -> Path:
        """A presentation as PDF: the file itself, or what LibreOffice made of it, kept in the cache.

        Raises:
            Known: media.missing, or what the conversion says.
            Cancelled: the work was given up.
        """
        kind = self._office_kind(sha256)
        if kind is None:
            return self.require(sha256)
        made = self._pdf(sha256)
        return made if made.exists() else self._converted(self.require(sha256), sha256, kind, progress)

    # ------------------------------------------------------------------------------------------ finding again

    def put_place(self, sha256: str, path: Path, progress: Progress | None = None) -> None:
        """Remember that a file holds a content, after making sure of it.

        Raises:
            Known: media.other when it holds something else; that it cannot be read; media.unwritable.
            Cancelled: the work was given up.
        """
        path = path.absolute()
        found = regular(path)
        if self._digests.sha256(path, progress) != sha256:
            raise Known("media.other", name=shown_name(path))
        self._remember(sha256, path, found)

    def relink(
        self, places: Iterable[Path], wanted: Iterable[str], progress: Progress | None = None
    ) -> dict[str, Path]:
        """Find contents again, whatever their files are called now: by size first, then by hash.

        Looks where they were before, too: a file that was only touched or copied back is found there.

        Args:
            places: files, and folders that are looked through with all that is in them.
            wanted: hashes.
            progress: told the bytes hashed of those that may have to be; its cancel ends the search, and what was
                found until then stays found.

        Returns:
            What was found, by hash; it is remembered already.
        """
        sizes = {sha256: self._size(sha256) for sha256 in wanted}
        before = [path for sha256 in sizes for path, _ in self._places(sha256)]
        found: dict[str, Path] = {}
        for sha256, path in relink.search([*before, *places], sizes, self._digests, progress):
            self._remember(sha256, path, regular(path))
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
        name = shown_name(path)
        named = _LANGUAGE.search(Path(name).stem)
        tag = language or (named.group(1) if named else "")
        track = CaptionTrack(sha256=self.store_captions(path), language=tag, name=name)
        self._attach(media.sha256, track)
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
        captions.read(path)
        with reading(path):
            data = path.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        if self.captions_file(sha256) is None:
            write_whole(self._media / "captions" / sha256, data, durable=True)
        return sha256

    def captions_file(self, sha256: str) -> Path | None:
        """The stored subtitle file of that hash, byte for byte as it was attached; None if there is none."""
        path = self._media / "captions" / sha256
        return path if path.exists() else None

    def cues(self, sha256: str) -> tuple[Cue, ...]:
        """The cues of a stored subtitle file.

        Raises:
            Known: media.captions_missing if it is not on this shelf.
        """
        path = self.captions_file(sha256)
        if path is None:
            hosted = self.stand_ins.cues(sha256)
            if hosted is not None:
                return hosted
            raise Known("media.captions_missing", name=sha256[:12])
        kept = self.cache / "cues" / f"{sha256}.json"
        try:
            return msgspec.json.decode(kept.read_bytes(), type=tuple[Cue, ...])
        except (OSError, msgspec.DecodeError):
            cues = captions.read(path)
            write_whole(kept, msgspec.json.encode(cues))
            return cues

    def _attach(self, sha256: str, track: CaptionTrack) -> None:
        write_whole(self._track_file(sha256, track.sha256), msgspec.json.encode(track), durable=True)

    def _tracks(self, sha256: str) -> tuple[CaptionTrack, ...]:
        """The tracks attached to a media, in the order in which they were."""
        kept: list[tuple[int, CaptionTrack]] = []
        for file in (self._media / "tracks" / sha256).glob("[0-9a-f]*.json"):
            try:
                kept.append((file.stat().st_mtime_ns, msgspec.json.decode(file.read_bytes(), type=CaptionTrack)))
            except (OSError, msgspec.DecodeError):
                continue  # taken away by another program just now, or not ours
        return tuple(track for _, track in sorted(kept, key=lambda pair: (pair[0], pair[1].sha256)))

    def _track_file(self, sha256: str, captions_sha256: str) -> Path:
        return self._media / "tracks" / sha256 / f"{captions_sha256}.json"

    # ------------------------------------------------------------------------------------- facts and places

    def _facts(self, sha256: str) -> _Facts | None:
        try:
            return msgspec.json.decode((self._media / "facts" / f"{sha256}.json").read_bytes(), type=_Facts)
        except (OSError, msgspec.DecodeError):
            return None  # never known, or damaged: found out again at the next take

    def _store(self, facts: _Facts) -> None:
        path = self._media / "facts" / f"{facts.media.sha256}.json"
        write_whole(path, msgspec.json.encode(facts), durable=True)

    def _size(self, sha256: str) -> int:
        facts = self._facts(sha256)
        return facts.media.size if facts is not None else 0

    def _remember(self, sha256: str, path: Path, found: os.stat_result) -> None:
        """Write down that a file held a content when it was `found` so. The path's odd bytes are kept, escaped."""
        key = hashlib.sha256(os.fsencode(path)).hexdigest()
        place = {"path": str(path), "size": found.st_size, "mtime_ns": found.st_mtime_ns}
        write_whole(self._media / "places" / sha256 / f"{key}.json", json.dumps(place).encode(), durable=True)
        self.stand_ins.drop(sha256)

    def _places(self, sha256: str) -> list[tuple[Path, bool]]:
        """Every file that held a content, and whether it is as it was then."""
        places: list[tuple[Path, bool]] = []
        for file in sorted((self._media / "places" / sha256).glob("[0-9a-f]*.json")):
            try:
                place = json.loads(file.read_bytes())
                path = Path(place["path"])
                seal = (place["size"], place["mtime_ns"])
            except (OSError, ValueError, KeyError, TypeError):
                continue
            try:
                found = path.stat()
                places.append((path, (found.st_size, found.st_mtime_ns) == seal))
            except OSError:
                places.append((path, False))
        return places

    # ---------------------------------------------------------------------------------------- presentations

    def _office_kind(self, sha256: str) -> Reader | None:
        """What a presentation is that must become a PDF; None for all else, and for what is not there."""
        facts = self._facts(sha256)
        if facts is None or facts.media.kind != "presentation":
            return None
        if facts.probe == PROBE:
            return facts.office
        path = self.path(sha256)  # known from another shelf only, which does not tell
        kind = judge(path) if path is not None else None
        return kind if kind in OFFICE else None

    def _pdf(self, sha256: str) -> Path:
        return self.cache / "slides" / sha256 / "document.pdf"

    def _converted(self, path: Path, sha256: str, kind: Reader, progress: Progress | None) -> Path:
        made = self._pdf(sha256)
        if not made.exists():
            with made_aside(made) as aside:
                office.to_pdf(path, kind, aside, progress)
        return made


class _Full(Progress):
    """What comes after hashing: the bytes stay at all of them, and a cancel still takes effect."""

    def __init__(self, whole: Progress, size: int) -> None:
        super().__init__()
        self._whole = whole
        self._size = size

    def report(self, done: int, total: int) -> None:  # noqa: ARG002 - the bytes are told instead
        self._whole.report(self._size, self._size)


def _media_of(sha256: str, path: Path, size: int, probed: Probed) -> Media:
    return Media(
        sha256=sha256,
        kind=probed.kind,
        name=shown_name(path),
        size=size,
        duration_ms=probed.duration_ms,
        width=probed.width,
        height=probed.height,
        pages=probed.pages,
        has_audio=probed.has_audio,
    )
