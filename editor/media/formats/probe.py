"""Probing a file by its content: kind, duration and size, or why it cannot be used.

A probe reads the headers, the last seconds and the first frame. The duration is what plays: the end of the last packet
of the chosen streams. It is looked for near the end that the header names, or, where the header has a wrong end or
none (a file that was cut off, a browser's recording), by reading all packets without decoding them. Times are whole
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

from editor.errors import KnownError
from editor.media.files import display_name, require_regular_file, translate_read_errors
from editor.media.formats import office, pdf, still_images
from editor.media.formats.av_container import (
    choose_audio,
    choose_video,
    display_size,
    get_origin,
    get_time_base,
    open_media,
    to_milliseconds,
)
from editor.media.formats.file_format import OFFICE_FORMATS, detect_format
from editor.media.formats.office_links import count_external_links
from editor.progress import Progress
from editor.schedule.model import MAX_WEBINAR_MS

_Streams = tuple[VideoStream | AudioStream, ...]

TAIL_S = Fraction(3)
"""Seconds before the header's end from which packets are read for the real end."""
HEADER_TOLERANCE_S = Fraction(150, 1000)
"""Seconds by which a header may differ from the last packet: it knows of padding that packets do not show."""
MIN_CUT_S = Fraction(1)
"""Seconds that must be missing before a file is reported as cut off."""

_ESTIMATED_LENGTH_FORMATS = {"mp3", "aac", "mpegvideo"}
"""Formats whose duration ffmpeg estimates from the first packets."""
_KNOWN_LENGTH_FORMATS = {"mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "avi", "asf", "wav", "flv"}
"""Formats whose header has the duration, so that a shorter file was cut off."""
_MAX_TRIES = 600
"""Packets that are tried for a first decodable frame."""


class MediaNotice(msgspec.Struct, frozen=True):
    """A warning about a usable file: the code of a message and its facts, as in a `KnownError`; it is never raised."""

    code: str
    facts: dict[str, str | int] = {}


class ProbeResult(msgspec.Struct, frozen=True, kw_only=True):
    """What `probe` found out about a file: its kind, duration, size, pages, warnings. It is immutable.

    Numbers that the kind does not have are 0. `width` and `height` are pixels after rotation, for a presentation points
    (1/72 inch).
    """

    kind: Literal["video", "audio", "image", "presentation"]
    duration_ms: int = 0
    width: int = 0
    height: int = 0
    pages: int = 0
    has_audio: bool = False
    notices: tuple[MediaNotice, ...] = ()


def probe(path: Path, progress: Progress | None = None, *, pdf: Path | None = None) -> ProbeResult:
    """Find out the kind, the duration and the size of a file.

    Sound that cannot be decoded beside a video, a file that was cut off and one longer than 24 hours are warnings
    (`notices`), not errors.

    Args:
        path: The file, whatever its name.
        progress: Receives bytes read while the probe takes long.
        pdf: PDF of a PowerPoint or OpenDocument presentation, if it was converted before; by default it is converted in
            a temporary folder.

    Raises:
        KnownError: ``media.gone``, ``media.forbidden``, ``media.read_failed``, ``media.no_file``, ``media.empty``: the
            file cannot be read. ``media.kind``, ``media.animated``, ``media.subtitles``: the format is not supported.
            ``media.unreadable``, ``media.truncated``, ``media.torn``, ``media.codec``, ``media.no_duration``,
            ``media.locked``, ``media.too_large``: the content cannot be used. ``media.no_office``,
            ``media.office_failed``, ``media.office_slow``, ``media.office_unsafe``: the presentation cannot be
            converted.
        CancelledError: The progress was cancelled.
    """
    require_regular_file(path)
    reader = detect_format(path)
    if reader == "image":
        width, height = still_images.measure_image(path)
        return ProbeResult(kind="image", width=width, height=height)
    if reader == "pdf":
        return _probe_pdf(path)
    if reader in OFFICE_FORMATS:
        removed = count_external_links(path, reader)
        facts: dict[str, str | int] = {"name": display_name(path), "count": removed}
        notices = (MediaNotice("media.links_removed", facts),) if removed else ()
        if pdf is not None:
            return _probe_pdf(pdf, notices)
        with tempfile.TemporaryDirectory(prefix="matinee-probe-", ignore_cleanup_errors=True) as folder:
            converted = Path(folder, "deck.pdf")
            office.convert_to_pdf(path, reader, converted, progress)
            return _probe_pdf(converted, notices)
    return _AvProbe(path, progress).probe()


def _probe_pdf(path: Path, notices: tuple[MediaNotice, ...] = ()) -> ProbeResult:
    width, height = pdf.measure_page(path)
    pages = pdf.count_pages(path)
    return ProbeResult(kind="presentation", pages=pages, width=width, height=height, notices=notices)


class _AvProbe:
    """Probes one file of sound or video."""

    def __init__(self, path: Path, progress: Progress | None) -> None:
        self._path = path
        self._name = display_name(path)
        self._progress = progress

    def probe(self) -> ProbeResult:
        try:
            with open_media(self._path) as container:
                return self._examine(container)
        except KnownError as error:
            if error.code == "media.unreadable" and _lacks_index(self._path):
                raise KnownError("media.truncated", name=self._name) from error
            raise

    def _examine(self, container: InputContainer) -> ProbeResult:
        video, audio = choose_video(container), choose_audio(container)
        notices: list[MediaNotice] = []
        if audio is not None and not _is_decodable(audio):
            notices.append(MediaNotice("media.sound_unreadable", {"name": self._name}))
            audio = None
        if video is not None and not _is_decodable(video):
            raise KnownError("media.codec", name=self._name)
        if video is None and audio is None:
            raise KnownError("media.codec" if notices else "media.no_duration", name=self._name)
        streams = tuple(each for each in (video, audio) if each is not None)
        size = self._decode_first(container, streams[0])
        duration_ms, header_ms = self._measure_duration(container, streams)
        if duration_ms <= 0:
            raise KnownError("media.no_duration", name=self._name)
        if size is None:
            raise KnownError("media.unreadable", name=self._name, reason="no picture or sound could be decoded")
        if header_ms - duration_ms > MIN_CUT_S * 1000 and container.format.name in _KNOWN_LENGTH_FORMATS:
            facts: dict[str, str | int] = {"name": self._name, "duration_ms": duration_ms, "told_ms": header_ms}
            notices.append(MediaNotice("media.cut_short", facts))
        if duration_ms > MAX_WEBINAR_MS:
            notices.append(MediaNotice("media.beyond_day", {"name": self._name, "duration_ms": duration_ms}))
        return ProbeResult(
            kind="audio" if video is None else "video",
            duration_ms=duration_ms,
            width=size[0],
            height=size[1],
            has_audio=audio is not None,
            notices=tuple(notices),
        )

    # -------------------------------------------------------------------------------------------- length

    def _measure_duration(self, container: InputContainer, streams: _Streams) -> tuple[int, int]:
        """Return the duration and the header's duration, in milliseconds."""
        origin = get_origin(container)
        header_end = _read_header_end(container, streams)
        if header_end is not None and container.format.name not in _ESTIMATED_LENGTH_FORMATS:
            packets_end = self._find_end_near(container, streams, header_end)
            if packets_end is not None and packets_end > header_end - MIN_CUT_S:
                return _reconcile_durations(packets_end - origin, header_end - origin)
        with open_media(self._path) as reopened:
            indices = {each.index for each in streams}
            chosen: _Streams = tuple(
                each
                for each in reopened.streams
                if isinstance(each, VideoStream | AudioStream) and each.index in indices
            )
            packets_end = self._find_last_end(reopened.demux(chosen), chosen)
        if packets_end is None:
            return 0, 0
        return _reconcile_durations(
            packets_end - origin, header_end - origin if header_end is not None else Fraction(0)
        )

    def _find_end_near(self, container: InputContainer, streams: _Streams, header_end: Fraction) -> Fraction | None:
        """Return where the last packet near the header's end ends, in seconds; None where there is none."""
        leader = streams[0]
        try:
            container.seek(int((header_end - TAIL_S) / get_time_base(leader)), stream=leader)
            return self._find_last_end(container.demux(streams), streams)
        except FFmpegError:
            return None  # a file without seeking is read through instead

    def _find_last_end(self, packets: "Iterable[Packet[Any]]", streams: _Streams) -> Fraction | None:
        """Return the latest end of any packet, in seconds on the container's clock."""
        time_bases = {each.index: get_time_base(each) for each in streams}
        default_durations = {each.index: _default_packet_duration(each) for each in streams}
        last: Fraction | None = None
        ends: dict[int, int] = {}
        size = require_regular_file(self._path).st_size
        try:
            for number, packet in enumerate(packets):
                if self._progress is not None and number % 2_000 == 0:
                    self._progress.report(max(0, min(packet.pos or 0, size)), size)
                at = packet.dts if packet.pts is None else packet.pts
                if at is None or not packet.size or packet.is_corrupt or packet.is_discard:
                    continue
                end = at + (packet.duration or default_durations[packet.stream_index])
                ends[packet.stream_index] = max(ends.get(packet.stream_index, end), end)
        except FFmpegError:
            pass  # the packets read until here are what plays
        for index, end in ends.items():
            seconds = end * time_bases[index]
            last = seconds if last is None else max(last, seconds)
        return last

    # --------------------------------------------------------------------------------------- first frame

    def _decode_first(self, container: InputContainer, stream: VideoStream | AudioStream) -> tuple[int, int] | None:
        """Return the size of the first frame after rotation (0 × 0 for sound); None where nothing can be decoded."""
        for number, packet in enumerate(container.demux(stream)):
            try:
                frame = next(iter(packet.decode()), None)
            except FFmpegError:
                frame = None  # a damaged packet; the next one may decode
            if isinstance(frame, VideoFrame) and isinstance(stream, VideoStream):
                return display_size(frame, stream)
            if frame is not None:
                return 0, 0
            if number > _MAX_TRIES:
                break
        return None


def _reconcile_durations(measured: Fraction, header: Fraction) -> tuple[int, int]:
    """Return the duration in milliseconds, the header's where the packets confirm it, and the header's own."""
    length = header if abs(measured - header) <= HEADER_TOLERANCE_S else measured
    return to_milliseconds(length), to_milliseconds(header)


def _read_header_end(container: InputContainer, streams: _Streams) -> Fraction | None:
    """Return the end of the chosen streams by the header, in seconds on the container's clock."""
    ends = [((each.start_time or 0) + each.duration) * get_time_base(each) for each in streams if each.duration]
    if container.format.name == "avi":
        # ffmpeg corrects the duration of a file that was cut off; the number of frames is the original one.
        ends += [
            each.frames / each.average_rate for each in streams if isinstance(each, VideoStream) and each.average_rate
        ]
    if ends:
        return max(ends)
    if container.duration:
        return get_origin(container) + Fraction(container.duration, 1_000_000)
    return None


def _default_packet_duration(stream: VideoStream | AudioStream) -> int:
    """Return the duration of a packet that has none of its own, in the stream's units."""
    if isinstance(stream, VideoStream) and stream.average_rate:
        return int(1 / stream.average_rate / get_time_base(stream))
    return 0


def _is_decodable(stream: VideoStream | AudioStream) -> bool:
    """Return whether ffmpeg has a decoder for a stream."""
    return stream.codec_context is not None


def _lacks_index(path: Path) -> bool:
    """Return whether a file is an MP4 or MOV whose index (the ``moov`` box) is missing or truncated."""
    size = require_regular_file(path).st_size
    box_names: set[bytes] = set()
    offset = 0
    with translate_read_errors(path), path.open("rb") as file:
        while offset + 8 <= size and len(box_names) < 1_000:
            file.seek(offset)
            length, name = struct.unpack(">I4s", file.read(8))
            if length == 1:
                length = int.from_bytes(file.read(8), "big")
            length = length or size - offset
            box_names.add(name)
            if length < 8 or offset + length > size:
                break
            if name == b"moov":
                return False
            offset += length
    return bool(box_names & {b"ftyp", b"mdat", b"moov", b"wide"})
