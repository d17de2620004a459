"""Stand-ins: copies from the hosting that previews show of media whose files are not on this machine.

A stand-in is made of what the hosting prepared for attendees, and is never taken for the file itself: it is not
exported, not prepared again, and goes when the file is found. Under `cache/hosted/` lie

* `<media's hash>/stand-in.json` what there is of it, written last, so that there is all of it or nothing;
* `<media's hash>/play.mp4`, `play.m4a`, `still.webp`, `page-<n>.webp` what is shown;
* `<media's hash>/drawn/` thumbnails, waveform and pictures made of those: they go with it;
* `<media's hash>/coming/` files on their way here;
* `captions/<caption file's hash>.json` cues.
"""

import heapq
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import msgspec
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError
from av.packet import Packet

from editor.errors import Known
from editor.media.captions import Cue
from editor.media.files import shown_name, write_whole
from editor.media.streams import base_of, milliseconds, origin_of
from editor.progress import Progress

RECIPE = 2
"""Raised when stand-ins are made otherwise: those made before are fetched anew."""
NEAR_MS = 1
"""How far a part may begin from where the manifest says; its milliseconds are rounded."""
_TELL_EVERY = 500


class StandIn(msgspec.Struct, frozen=True, kw_only=True):
    """What there is of one media, by names inside its folder."""

    recipe: int = RECIPE
    file: str = ""
    """What plays, or the picture; empty for a presentation."""
    pages: tuple[str, ...] = ()
    """A presentation's pages, first to last."""


class StandIns:
    """The stand-ins of one library."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def of(self, sha256: str) -> StandIn | None:
        """What there is of a media; None where nothing is, or not all."""
        try:
            found = msgspec.json.decode((self._root / sha256 / "stand-in.json").read_bytes(), type=StandIn)
        except (OSError, msgspec.DecodeError):
            return None
        named = (*((found.file,) if found.file else ()), *found.pages)
        whole = found.recipe == RECIPE and all((self._root / sha256 / name).exists() for name in named)
        return found if whole and named else None

    def path(self, sha256: str) -> Path | None:
        """The file that plays, or the picture."""
        found = self.of(sha256)
        return self._root / sha256 / found.file if found is not None and found.file else None

    def page(self, sha256: str, page: int) -> Path | None:
        """The picture of a presentation's page, counted from 0."""
        found = self.of(sha256)
        return self._root / sha256 / found.pages[page] if found and 0 <= page < len(found.pages) else None

    def folder(self, sha256: str) -> Path:
        """Where a media's stand-in lies, or will."""
        return self._root / sha256

    def drawn(self, sha256: str) -> Path:
        """Where what is drawn of a stand-in lies."""
        return self._root / sha256 / "drawn"

    def keep(self, sha256: str, made: StandIn) -> None:
        """From now on there is this of a media; its files are in place. What is still on its way is forgotten.

        Raises:
            Known: media.unwritable.
        """
        folder = self.folder(sha256)
        shutil.rmtree(folder / "drawn", ignore_errors=True)
        write_whole(folder / "stand-in.json", msgspec.json.encode(made), durable=True)
        shutil.rmtree(folder / "coming", ignore_errors=True)

    def drop(self, sha256: str) -> None:
        """The media itself is here: its stand-in goes, with all that was drawn of it."""
        folder = self.folder(sha256)
        if folder.exists():
            # First what says that it is whole, so that nobody finds half of it.
            (folder / "stand-in.json").unlink(missing_ok=True)
            shutil.rmtree(folder, ignore_errors=True)

    # ---------------------------------------------------------------------------------------------- captions

    def cues(self, sha256: str) -> tuple[Cue, ...] | None:
        """The cues of a caption file that is not here, by its own hash."""
        try:
            return msgspec.json.decode(self._cues(sha256).read_bytes(), type=tuple[Cue, ...])
        except (OSError, msgspec.DecodeError):
            return None

    def keep_cues(self, sha256: str, cues: Sequence[Cue]) -> None:
        """Keep the cues of a caption file.

        Raises:
            Known: media.unwritable.
        """
        write_whole(self._cues(sha256), msgspec.json.encode(cues))

    def _cues(self, sha256: str) -> Path:
        return self._root / "captions" / f"{sha256}.json"


def join(picture: Path | None, sound: Path | None, target: Path, progress: Progress) -> None:
    """Put a picture and a sound into one file as they are, both on the media's axis; nothing is encoded.

    Args:
        picture: a CMAF file with one stream of pictures; the first to be seen is at 0, as in the manifest.
        sound: one with sound; either may be missing, not both.
        target: an .mp4 or .m4a file.
        progress: told packets; its cancel ends the work.

    Raises:
        Known: media.unreadable.
        Cancelled: the work was given up.
    """
    with ExitStack() as stack:
        try:
            output = stack.enter_context(av.open(str(target), "w", format="mp4"))
            entries = [stack.enter_context(_entry(path)) for path in (picture, sound) if path is not None]
            packets = heapq.merge(*(_packets(each, output) for each in entries), key=_order)
            for number, packet in enumerate(packets):
                if not number % _TELL_EVERY:
                    progress.report(number, 0)
                output.mux(packet)
        except (FFmpegError, IndexError, ValueError) as error:
            raise Known("media.unreadable", name=shown_name(target), reason=str(error)) from error


def _entry(path: Path) -> InputContainer:
    """Read as MP4 and nothing else: a playlist in its place must not open other files."""
    return av.open(str(path.absolute()), "r", format="mp4", options={"protocol_whitelist": "file"})


def _packets(entry: InputContainer, output: OutputContainer) -> "Iterator[Packet[Any]]":
    """The packets of a file's one stream, on the media's axis, for a stream of the output that is made now."""
    copy = output.add_stream_from_template(entry.streams[0])
    late = _late(entry) if entry.streams.video else 0

    def copied() -> "Iterator[Packet[Any]]":
        for packet in entry.demux():
            if packet.pts is not None and packet.dts is not None:
                packet.pts, packet.dts = packet.pts - late, packet.dts - late
                packet.stream = copy
                yield packet

    return copied()


def _late(entry: InputContainer) -> int:
    """By how much pictures are read late, in units of their stream.

    Pictures that are stored in another order than they are shown in begin at 0 by offsets below zero. ffmpeg reads
    those late, and how late it knows only when it has seen the farthest of them: so all is read before it is asked.
    """
    first = 0
    for _ in range(2):
        entry.seek(0)
        first = min(packet.pts for packet in entry.demux() if packet.pts is not None)
    entry.seek(0)
    return first


def _order(packet: "Packet[Any]") -> Fraction:
    return Fraction(packet.dts or 0) * (packet.time_base or 1)


def agrees(file: Path, starts: Sequence[int]) -> bool:
    """Whether a joined file begins at 0 of the media's axis, and each part of its picture where the manifest says.

    Args:
        file: what `join` made.
        starts: where the picture's parts begin, in ms; none where there is sound alone.
    """
    try:
        with _entry(file) as container:
            origin = origin_of(container)
            if not starts:
                return bool(container.streams.audio) and abs(milliseconds(origin)) <= NEAR_MS
            stream = container.streams.video[0]
            base = base_of(stream)
            keys = (each.pts for each in container.demux(stream) if each.is_keyframe and each.pts is not None)
            begins = {milliseconds(key * base - origin) for key in keys}
    except (FFmpegError, IndexError):
        return False
    near = {begin + by for begin in begins for by in range(-NEAR_MS, NEAR_MS + 1)}
    return near.issuperset(starts)
