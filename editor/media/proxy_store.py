"""Proxies: copies of prepared media from the hosting, for previews of media whose files are not on this computer.

A proxy is never taken for the file itself: it is not exported, not prepared again, and is deleted when the file is
found. `cache/hosted/` holds

* `<hash>/stand-in.json`: the proxy's files, written last, so that a proxy is complete or absent;
* `<hash>/play.mp4`, `play.m4a`, `still.webp`, `page-<n>.webp`: the proxy's files;
* `<hash>/drawn/`: thumbnails, waveform and pictures made of those;
* `<hash>/coming/`: downloads in progress;
* `captions/<hash of the caption file>.json`: cues.
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
from editor.media.formats.av_container import LOCAL_ONLY, get_origin, get_time_base, to_milliseconds
from editor.media.formats.captions import CaptionCue
from editor.progress import Progress

PROXY_VERSION = 2
"""Increased when proxies are made differently: older ones are downloaded again."""
START_TOLERANCE_MS = 1
"""Milliseconds by which a chunk may begin beside its time in the manifest, which is rounded."""
_REPORT_EVERY = 500


class ProxyMedia(msgspec.Struct, frozen=True, kw_only=True):
    """The names of one media's proxy files, without their folder (`ProxyStore.media_folder`); an immutable record.

    `recipe` is the `PROXY_VERSION` they were made by.
    """

    recipe: int = PROXY_VERSION
    file: str = ""
    """The video, sound or image; empty for a presentation."""
    pages: tuple[str, ...] = ()
    """Images of a presentation's pages, first to last."""


class ProxyStore:
    """The proxies of one library: smaller copies, downloaded from the hosting, that previews show for missing media.

    It downloads nothing itself. Media and caption files are named by their SHA-256.

    Args:
        root: Folder of the proxies, created when something is first stored.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def find(self, sha256: str) -> ProxyMedia | None:
        """Return the proxy of a media; None where there is none, or it is incomplete or of an older `PROXY_VERSION`."""
        try:
            proxy = msgspec.json.decode((self._root / sha256 / "stand-in.json").read_bytes(), type=ProxyMedia)
        except (OSError, msgspec.DecodeError):
            return None
        names = (*((proxy.file,) if proxy.file else ()), *proxy.pages)
        is_complete = proxy.recipe == PROXY_VERSION and all((self._root / sha256 / name).exists() for name in names)
        return proxy if is_complete and names else None

    def find_path(self, sha256: str) -> Path | None:
        """Return the file of a video's, sound's or image's proxy; None where there is none, and for presentations."""
        proxy = self.find(sha256)
        return self._root / sha256 / proxy.file if proxy is not None and proxy.file else None

    def find_page(self, sha256: str, page: int) -> Path | None:
        """Return the proxy image of a presentation's page, counted from 0; None where there is none."""
        proxy = self.find(sha256)
        return self._root / sha256 / proxy.pages[page] if proxy and 0 <= page < len(proxy.pages) else None

    def media_folder(self, sha256: str) -> Path:
        """Return the folder for the files of a media's proxy; it need not exist."""
        return self._root / sha256

    def previews_folder(self, sha256: str) -> Path:
        """Return the folder for the previews made from a media's proxy; it need not exist."""
        return self._root / sha256 / "drawn"

    def save(self, sha256: str, proxy: ProxyMedia) -> None:
        """Record a proxy whose files are in place, and delete unfinished downloads and the previews of an older proxy.

        Args:
            sha256: The media's hash.
            proxy: The names of the files, which must be in `media_folder` already.

        Raises:
            KnownError: ``media.unwritable``.
        """
        folder = self.media_folder(sha256)
        shutil.rmtree(folder / "drawn", ignore_errors=True)
        write_atomically(folder / "stand-in.json", msgspec.json.encode(proxy), durable=True)
        shutil.rmtree(folder / "coming", ignore_errors=True)

    def delete(self, sha256: str) -> None:
        """Delete the proxy of a media and the previews made from it; without a proxy nothing happens.

        Files that cannot be deleted stay, without counting as a proxy.
        """
        folder = self.media_folder(sha256)
        if folder.exists():
            # The index goes first, so that no reader finds an incomplete proxy.
            (folder / "stand-in.json").unlink(missing_ok=True)
            shutil.rmtree(folder, ignore_errors=True)

    # ---------------------------------------------------------------------------------------------- captions

    def load_cues(self, sha256: str) -> tuple[CaptionCue, ...] | None:
        """Return the cues that `save_cues` stored on this computer; None where there are none or they are damaged.

        Nothing is downloaded. The cues are a copy from the hosting, for caption files that are not in the catalog.

        Args:
            sha256: The hash of the caption file.
        """
        try:
            return msgspec.json.decode(self._cues_file(sha256).read_bytes(), type=tuple[CaptionCue, ...])
        except (OSError, msgspec.DecodeError):
            return None

    def save_cues(self, sha256: str, cues: Sequence[CaptionCue]) -> None:
        """Store the cues of a caption file that is not here, in place of those stored before.

        Args:
            sha256: The hash of the caption file.
            cues: Its cues, as the hosting has them.

        Raises:
            KnownError: ``media.unwritable``.
        """
        write_atomically(self._cues_file(sha256), msgspec.json.encode(cues))

    def _cues_file(self, sha256: str) -> Path:
        return self._root / "captions" / f"{sha256}.json"


def mux_proxy(video: Path | None, audio: Path | None, target: Path, progress: Progress) -> None:
    """Mux a video rung and an audio rung into one MP4 on the media's time axis, without encoding.

    Args:
        video: CMAF file with one video stream; its first shown frame is at 0, as in the manifest. None for sound alone.
        audio: CMAF file with one audio stream; None for a video without sound. One of the two must be given.
        target: The .mp4 or .m4a file to write; an error leaves it incomplete.
        progress: Receives the number of packets, without a total.

    Raises:
        KnownError: ``media.unreadable``.
        CancelledError: The progress was cancelled.
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
    """Open a file as MP4 and nothing else: a playlist in its place must not open other files."""
    return av.open(str(path.absolute()), "r", format="mp4", options=LOCAL_ONLY)


def _iter_rebased_packets(source: InputContainer, output: OutputContainer) -> "Iterator[Packet[Any]]":
    """Add a stream to the output and return the packets of the source's stream on the media's time axis."""
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
    """Return how late ffmpeg reads the first frame, in units of the stream.

    Reordered frames begin at 0 thanks to negative composition offsets. ffmpeg shifts such a stream by its largest
    offset, which it knows only after reading the whole stream: the second pass gives the final value.
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
    """Return whether a muxed file begins at 0, and a key frame lies within 1 ms of each given start.

    An unreadable file gives False.

    Args:
        file: A file made by `mux_proxy`.
        starts: Starts of the video chunks in milliseconds, by the manifest; empty for sound alone.
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
