"""What a file is and how long it plays, judged by its content; and what is wrong with it, if it cannot be used.

A probe reads the headers, the last seconds and the first picture. The length it tells is what plays: the end of the
last packet of the chosen picture and sound, found near the end, or, where the header is wrong or silent about it (a
file that was cut off, a browser's recording), by reading through all packets without decoding them. Times are whole
milliseconds, rounded down.
"""

import struct
import tempfile
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import msgspec
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from editor.errors import Known
from editor.media import documents, images, office
from editor.media.files import reading, regular, shown_name
from editor.media.kinds import OFFICE, judge
from editor.media.streams import audio_of, base_of, milliseconds, opened, origin_of, shown_size, video_of
from editor.progress import Progress
from editor.schedule.model import LONGEST_MS

_Streams = tuple[VideoStream | AudioStream, ...]

TAIL = Fraction(3)
"""Seconds before the told end at which the real one is looked for."""
TRUST = Fraction(150, 1000)
"""Seconds a header may be off the last packet: it knows of padding that the packets do not."""
CUT = Fraction(1)
"""Seconds that must be missing before a file is said to be cut off."""

_COUNTED = {"mp3", "aac", "mpegvideo"}
"""Formats whose told length is guessed from the first packets."""
_TELLS_LENGTH = {"mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "avi", "asf", "wav", "flv"}
"""Formats whose header knows the length, so that less of it means a file that was cut off."""
_MOST_TRIES = 600
"""Packets that may be tried for a first picture or sound."""


class Notice(msgspec.Struct, frozen=True):
    """Something to know of a file that can be used all the same: a code and facts, as a `Known` has them."""

    code: str
    facts: dict[str, str | int] = {}


class Probed(msgspec.Struct, frozen=True, kw_only=True):
    """What was found. `width` and `height` are pixels as shown (points for a presentation)."""

    kind: Literal["video", "audio", "image", "presentation"]
    duration_ms: int = 0
    width: int = 0
    height: int = 0
    pages: int = 0
    has_audio: bool = False
    notices: tuple[Notice, ...] = ()


def probe(path: Path, progress: Progress | None = None, *, pdf: Path | None = None) -> Probed:
    """Find out what a file is.

    Args:
        path: the file, whatever its name.
        progress: told while the work takes long; its cancel ends it.
        pdf: the PDF of a PowerPoint or OpenDocument presentation where it was made before; else it is made aside.

    Raises:
        Known: media.gone, media.forbidden, media.read_failed, media.no_file, media.empty: it cannot be read.
            media.kind, media.animated, media.subtitles: it is something else. media.unreadable, media.truncated,
            media.torn, media.codec, media.no_duration, media.locked, media.too_large: it is, but cannot be used.
            media.no_office, media.office_failed, media.office_slow: it would have to be converted.
        Cancelled: the work was given up.
    """
    regular(path)
    reader = judge(path)
    if reader == "image":
        width, height = images.measure(path)
        return Probed(kind="image", width=width, height=height)
    if reader == "pdf":
        return _presentation(path)
    if reader in OFFICE:
        if pdf is not None:
            return _presentation(pdf)
        with tempfile.TemporaryDirectory(prefix="matinee-probe-", ignore_cleanup_errors=True) as folder:
            made = Path(folder, "deck.pdf")
            office.to_pdf(path, reader, made, progress)
            return _presentation(made)
    return _Playable(path, progress).probe()


def _presentation(pdf: Path) -> Probed:
    width, height = documents.page_size(pdf)
    return Probed(kind="presentation", pages=documents.page_count(pdf), width=width, height=height)


class _Playable:
    """One file of sound or video under examination."""

    def __init__(self, path: Path, progress: Progress | None) -> None:
        self._path = path
        self._name = shown_name(path)
        self._progress = progress

    def probe(self) -> Probed:
        try:
            with opened(self._path) as container:
                return self._examine(container)
        except Known as error:
            if error.code == "media.unreadable" and _lacks_index(self._path):
                raise Known("media.truncated", name=self._name) from error
            raise

    def _examine(self, container: InputContainer) -> Probed:
        video, audio = video_of(container), audio_of(container)
        notices: list[Notice] = []
        if audio is not None and not _decodable(audio):
            notices.append(Notice("media.sound_unreadable", {"name": self._name}))
            audio = None
        if video is not None and not _decodable(video):
            raise Known("media.codec", name=self._name)
        if video is None and audio is None:
            raise Known("media.codec" if notices else "media.no_duration", name=self._name)
        streams = tuple(each for each in (video, audio) if each is not None)
        size = self._first_look(container, streams[0])
        duration_ms, told_ms = self._duration(container, streams)
        if duration_ms <= 0:
            raise Known("media.no_duration", name=self._name)
        if size is None:
            raise Known("media.unreadable", name=self._name, reason="no picture or sound could be decoded")
        if told_ms - duration_ms > CUT * 1000 and container.format.name in _TELLS_LENGTH:
            facts: dict[str, str | int] = {"name": self._name, "duration_ms": duration_ms, "told_ms": told_ms}
            notices.append(Notice("media.cut_short", facts))
        if duration_ms > LONGEST_MS:
            notices.append(Notice("media.beyond_day", {"name": self._name, "duration_ms": duration_ms}))
        return Probed(
            kind="audio" if video is None else "video",
            duration_ms=duration_ms,
            width=size[0],
            height=size[1],
            has_audio=audio is not None,
            notices=tuple(notices),
        )

    # -------------------------------------------------------------------------------------------- length

    def _duration(self, container: InputContainer, streams: _Streams) -> tuple[int, int]:
        """How long it plays, and how long its header says it does."""
        origin = origin_of(container)
        told = _told_end(container, streams)
        if told is not None and container.format.name not in _COUNTED:
            found = self._end_near(container, streams, told)
            if found is not None and found > told - CUT:
                return _agreed(found - origin, told - origin)
        with opened(self._path) as again:
            indices = {each.index for each in streams}
            chosen: _Streams = tuple(
                each for each in again.streams if isinstance(each, VideoStream | AudioStream) and each.index in indices
            )
            found = self._last_end(again.demux(chosen), chosen)
        if found is None:
            return 0, 0
        return _agreed(found - origin, told - origin if told is not None else Fraction(0))

    def _end_near(self, container: InputContainer, streams: _Streams, told: Fraction) -> Fraction | None:
        """Where the last packet after `told` minus `TAIL` ends; None where there is none."""
        leader = streams[0]
        try:
            container.seek(int((told - TAIL) / base_of(leader)), stream=leader)
            return self._last_end(container.demux(streams), streams)
        except FFmpegError:
            return None  # a file that cannot be sought in is read through instead

    def _last_end(self, packets: "Iterable[Packet[Any]]", streams: _Streams) -> Fraction | None:
        """Where the packet that ends last does, in seconds on the container's clock."""
        base = {each.index: base_of(each) for each in streams}
        usual = {each.index: _usual_length(each) for each in streams}
        last: Fraction | None = None
        ends: dict[int, int] = {}
        size = regular(self._path).st_size
        try:
            for number, packet in enumerate(packets):
                if self._progress is not None and number % 2_000 == 0:
                    self._progress.report(max(0, min(packet.pos or 0, size)), size)
                at = packet.dts if packet.pts is None else packet.pts
                if at is None or not packet.size or packet.is_corrupt or packet.is_discard:
                    continue
                end = at + (packet.duration or usual[packet.stream_index])
                ends[packet.stream_index] = max(ends.get(packet.stream_index, end), end)
        except FFmpegError:
            pass  # what was read until here is what plays
        for index, end in ends.items():
            seconds = end * base[index]
            last = seconds if last is None else max(last, seconds)
        return last

    # ---------------------------------------------------------------------------------------- first look

    def _first_look(self, container: InputContainer, stream: VideoStream | AudioStream) -> tuple[int, int] | None:
        """Width and height of the first picture as shown (0 × 0 for sound); None where nothing can be decoded."""
        for number, packet in enumerate(container.demux(stream)):
            try:
                frame = next(iter(packet.decode()), None)
            except FFmpegError:
                frame = None  # a damaged packet; the next may do
            if isinstance(frame, VideoFrame) and isinstance(stream, VideoStream):
                return shown_size(frame, stream)
            if frame is not None:
                return 0, 0
            if number > _MOST_TRIES:
                break
        return None


def _agreed(found: Fraction, told: Fraction) -> tuple[int, int]:
    """The length in milliseconds: the header's where packets bear it out, else the packets'; and the header's."""
    length = told if abs(found - told) <= TRUST else found
    return milliseconds(length), milliseconds(told)


def _told_end(container: InputContainer, streams: _Streams) -> Fraction | None:
    """Where the header says that the chosen streams end, in seconds on the container's clock."""
    ends = [((each.start_time or 0) + each.duration) * base_of(each) for each in streams if each.duration]
    if container.format.name == "avi":
        # ffmpeg corrects the length of one that was cut off; the number of frames is as it was written.
        ends += [
            each.frames / each.average_rate for each in streams if isinstance(each, VideoStream) and each.average_rate
        ]
    if ends:
        return max(ends)
    if container.duration:
        return origin_of(container) + Fraction(container.duration, 1_000_000)
    return None


def _usual_length(stream: VideoStream | AudioStream) -> int:
    """How long a packet that does not say lasts, in the stream's units."""
    if isinstance(stream, VideoStream) and stream.average_rate:
        return int(1 / stream.average_rate / base_of(stream))
    return 0


def _decodable(stream: VideoStream | AudioStream) -> bool:
    """Whether there is a decoder for a stream."""
    return stream.codec_context is not None


def _lacks_index(path: Path) -> bool:
    """Whether a file is an mp4 or mov whose index (the box "moov") is missing or torn: it never plays."""
    size = regular(path).st_size
    seen: set[bytes] = set()
    at = 0
    with reading(path), path.open("rb") as file:
        while at + 8 <= size and len(seen) < 1_000:
            file.seek(at)
            length, name = struct.unpack(">I4s", file.read(8))
            if length == 1:
                length = int.from_bytes(file.read(8), "big")
            length = length or size - at
            seen.add(name)
            if length < 8 or at + length > size:
                break
            if name == b"moov":
                return False
            at += length
    return bool(seen & {b"ftyp", b"mdat", b"moov", b"wide"})
