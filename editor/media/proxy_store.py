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

from editor.errors import KnownError
from editor.media.files import display_name, write_atomically
from editor.media.formats.av_container import get_origin, get_time_base, to_milliseconds
from editor.media.formats.captions import CaptionCue
from editor.progress import Progress

PROXY_VERSION = 2
"""Raised when stand-ins are made otherwise: those made before are fetched anew."""
START_TOLERANCE_MS = 1
"""How far a part may begin from where the manifest says; its milliseconds are rounded."""
_REPORT_EVERY = 500


class ProxyMedia(msgspec.Struct, frozen=True, kw_only=True):
    """What there is of one media, by names inside its folder."""

    recipe: int = PROXY_VERSION
    file: str = ""
    """What plays, or the picture; empty for a presentation."""
    pages: tuple[str, ...] = ()
    """A presentation's pages, first to last."""


class ProxyStore:
    """The stand-ins of one library."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def find(self, sha256: str) -> ProxyMedia | None:
        """What there is of a media; None where nothing is, or not all."""
        try:
            proxy = msgspec.json.decode((self._root / sha256 / "stand-in.json").read_bytes(), type=ProxyMedia)
        except (OSError, msgspec.DecodeError):
            return None
        names = (*((proxy.file,) if proxy.file else ()), *proxy.pages)
        is_complete = proxy.recipe == PROXY_VERSION and all((self._root / sha256 / name).exists() for name in names)
        return proxy if is_complete and names else None

    def find_path(self, sha256: str) -> Path | None:
        """The file that plays, or the picture."""
        proxy = self.find(sha256)
        return self._root / sha256 / proxy.file if proxy is not None and proxy.file else None

    def find_page(self, sha256: str, page: int) -> Path | None:
        """The picture of a presentation's page, counted from 0."""
        proxy = self.find(sha256)
        return self._root / sha256 / proxy.pages[page] if proxy and 0 <= page < len(proxy.pages) else None

    def media_folder(self, sha256: str) -> Path:
        """Where a media's stand-in lies, or will."""
        return self._root / sha256

    def previews_folder(self, sha256: str) -> Path:
        """Where what is drawn of a stand-in lies."""
        return self._root / sha256 / "drawn"

    def save(self, sha256: str, proxy: ProxyMedia) -> None:
        """From now on there is this of a media; its files are in place. What is still on its way is forgotten.

        Raises:
            Known: media.unwritable.
        """
        folder = self.media_folder(sha256)
        shutil.rmtree(folder / "drawn", ignore_errors=True)
        write_atomically(folder / "stand-in.json", msgspec.json.encode(proxy), durable=True)
        shutil.rmtree(folder / "coming", ignore_errors=True)

    def delete(self, sha256: str) -> None:
        """The media itself is here: its stand-in goes, with all that was drawn of it."""
        folder = self.media_folder(sha256)
        if folder.exists():
            # First what says that it is whole, so that nobody finds half of it.
            (folder / "stand-in.json").unlink(missing_ok=True)
            shutil.rmtree(folder, ignore_errors=True)

    # ---------------------------------------------------------------------------------------------- captions

    def load_cues(self, sha256: str) -> tuple[CaptionCue, ...] | None:
        """The cues of a caption file that is not here, by its own hash."""
        try:
            return msgspec.json.decode(self._cues_file(sha256).read_bytes(), type=tuple[CaptionCue, ...])
        except (OSError, msgspec.DecodeError):
            return None

    def save_cues(self, sha256: str, cues: Sequence[CaptionCue]) -> None:
        """Keep the cues of a caption file.

        Raises:
            Known: media.unwritable.
        """
        write_atomically(self._cues_file(sha256), msgspec.json.encode(cues))

    def _cues_file(self, sha256: str) -> Path:
        return self._root / "captions" / f"{sha256}.json"


def mux_proxy(video: Path | None, audio: Path | None, target: Path, progress: Progress) -> None:
    """Put a picture and a sound into one file as they are, both on the media's axis; nothing is encoded.

    Args:
        video: a CMAF file with one stream of pictures; the first to be seen is at 0, as in the manifest.
        audio: one with sound; either may be missing, not both.
        target: an .mp4 or .m4a file.
        progress: told packets; its cancel ends the work.

    Raises:
        Known: media.unreadable.
        Cancelled: the work was given up.
    """
    with ExitStack() as stack:
        try:
            output = stack.enter_context(av.open(str(target), "w", format="mp4"))
            entries = [stack.enter_context(_open_mp4(path)) for path in (video, audio) if path is not None]
            packets = heapq.merge(*(_iter_rebased_packets(each, output) for each in entries), key=_decoding_time)
            for number, packet in enumerate(packets):
                if not number % _REPORT_EVERY:
                    progress.report(number, 0)
                output.mux(packet)
        except (FFmpegError, IndexError, ValueError) as error:
            raise KnownError("media.unreadable", name=display_name(target), reason=str(error)) from error


def _open_mp4(path: Path) -> InputContainer:
    """Read as MP4 and nothing else: a playlist in its place must not open other files."""
    return av.open(str(path.absolute()), "r", format="mp4", options={"protocol_whitelist": "file"})


def _iter_rebased_packets(source: InputContainer, output: OutputContainer) -> "Iterator[Packet[Any]]":
    """The packets of a file's one stream, on the media's axis, for a stream of the output that is made now."""
    output_stream = output.add_stream_from_template(source.streams[0])
    delay = _measure_delay(source) if source.streams.video else 0

    def iterate() -> "Iterator[Packet[Any]]":
        for packet in source.demux():
            if packet.pts is not None and packet.dts is not None:
                packet.pts, packet.dts = packet.pts - delay, packet.dts - delay
                packet.stream = output_stream
                yield packet

    return iterate()


def _measure_delay(source: InputContainer) -> int:
    """By how much pictures are read late, in units of their stream.

    Pictures that are stored in another order than they are shown in begin at 0 by offsets below zero. ffmpeg reads
    those late, and how late it knows only when it has seen the farthest of them: so all is read before it is asked.
    """
    first = 0
    for _ in range(2):
        source.seek(0)
        first = min(packet.pts for packet in source.demux() if packet.pts is not None)
    source.seek(0)
    return first


def _decoding_time(packet: "Packet[Any]") -> Fraction:
    return Fraction(packet.dts or 0) * (packet.time_base or 1)


def has_expected_starts(file: Path, starts: Sequence[int]) -> bool:
    """Whether a joined file begins at 0 of the media's axis, and each part of its picture where the manifest says.

    Args:
        file: what `join` made.
        starts: where the picture's parts begin, in ms; none where there is sound alone.
    """
    try:
        with _open_mp4(file) as container:
            origin = get_origin(container)
            if not starts:
                return bool(container.streams.audio) and abs(to_milliseconds(origin)) <= START_TOLERANCE_MS
            stream = container.streams.video[0]
            base = get_time_base(stream)
            keys = (each.pts for each in container.demux(stream) if each.is_keyframe and each.pts is not None)
            key_frame_starts = {to_milliseconds(key * base - origin) for key in keys}
    except (FFmpegError, IndexError):
        return False
    accepted = {begin + by for begin in key_frame_starts for by in range(-START_TOLERANCE_MS, START_TOLERANCE_MS + 1)}
    return accepted.issuperset(starts)
