"""Verifying encoded rungs by reading them back: their chunks, codec, length, key frames and loudness."""

import re
from collections.abc import Sequence
from pathlib import Path

import av

from editor.media.formats.av_container import LOCAL_ONLY
from editor.media.prepare.encode_ladder import SourceStreams
from editor.media.prepare.loudness import MAX_TRUE_PEAK_DB, LoudnessCorrection, measure_loudness
from editor.protocol.manifest import Chunk, PreparedFile, Rung

MIN_LOUDNESS_MS = 3_000
"""Milliseconds below which gated loudness is not checked, since it means little."""
_MIN_TOLERANCE_MS = 60
"""Milliseconds by which a chunk may begin beside its key frame; at low frame rates, one frame."""
_LOUDNESS_TOLERANCE_LU = 1.5
_PEAK_TOLERANCE_DB = 1.0
"""Tolerances in LU and dB for the changes that AAC makes."""


def parse_playlist(playlist: Path) -> tuple[int, list[Chunk]]:
    """Read ffmpeg's HLS playlist of one file: the size of the init segment in bytes, and the chunks in order.

    The chunks' times are milliseconds from the beginning of the media, rounded down. A text without these lines gives 0
    and no chunks.

    Raises:
        OSError: The playlist cannot be read.
    """
    init_size, at_us, length_us = 0, 0, 0
    chunks: list[Chunk] = []
    for line in playlist.read_text("utf-8").splitlines():
        if match := re.match(r'#EXT-X-MAP:.*BYTERANGE="(\d+)@', line):
            init_size = int(match[1])
        elif match := re.match(r"#EXTINF:(\d+)\.(\d+)", line):
            length_us = int(match[1]) * 1_000_000 + int(match[2].ljust(6, "0")[:6])
        elif match := re.match(r"#EXT-X-BYTERANGE:(\d+)@(\d+)", line):
            begin, end = at_us // 1000, (at_us + length_us) // 1000
            chunks.append(
                Chunk(start_ms=begin, length_ms=max(1, end - begin), offset=int(match[2]), size=int(match[1]))
            )
            at_us += length_us
    return init_size, chunks


def find_video_fault(file: Path, source: SourceStreams, chunks: Sequence[Chunk], starts: Sequence[int]) -> str:
    """Return the fault of a video rung: "codec", "length" or "key frame", or "" for none; the first one found.

    Args:
        file: The rung.
        source: The streams it was encoded from.
        chunks: The chunks of the rung.
        starts: Starts of the other rungs' chunks, in milliseconds; its own must be as many and the same.

    Raises:
        FFmpegError: The rung cannot be read.
    """
    with av.open(str(file), format="mp4", options=LOCAL_ONLY) as container:
        stream = container.streams.video[0]
        first_ms, end_ms, keys = None, 0, []
        for packet in container.demux(stream):
            if packet.pts is None or packet.time_base is None:
                continue
            at_ms = int(packet.pts * packet.time_base * 1000)
            # ffmpeg reads a stream with reordered frames some frames late; browsers do not.
            first_ms = at_ms if first_ms is None else first_ms
            end_ms = max(end_ms, at_ms - first_ms + int((packet.duration or 0) * packet.time_base * 1000))
            if packet.is_keyframe:
                keys.append(at_ms - first_ms)
        codec = stream.codec_context.name
    tolerance_ms = max(_MIN_TOLERANCE_MS, int(1000 / source.rate))
    if codec != "h264":
        return "codec"
    if _has_wrong_length(end_ms, source):
        return "length"
    chunk_starts = [chunk.start_ms for chunk in chunks]
    all_at_key_frames = all(any(abs(key - begin) <= tolerance_ms for key in keys) for begin in chunk_starts)
    is_aligned = len(chunk_starts) == len(starts) and all(
        abs(a - b) <= tolerance_ms for a, b in zip(chunk_starts, starts, strict=True)
    )
    return "" if chunk_starts and all_at_key_frames and is_aligned else "key frame"


def find_audio_fault(file: Path, source: SourceStreams, correction: LoudnessCorrection) -> str:
    """Return the fault of an audio rung: "codec", "length" or "loudness", or "" for none; the first one found.

    The loudness of silence, and of less than `MIN_LOUDNESS_MS`, is not checked.

    Args:
        file: The rung.
        source: The streams it was encoded from.
        correction: The correction it was encoded with.

    Raises:
        FFmpegError: The rung cannot be read.
    """
    with av.open(str(file), format="mp4", options=LOCAL_ONLY) as container:
        stream = container.streams.audio[0]
        end_ms = 0
        for packet in container.demux(stream):
            if packet.pts is not None and packet.time_base is not None:
                end_ms = max(end_ms, int((packet.pts + (packet.duration or 0)) * packet.time_base * 1000))
        codec = stream.codec_context.name
    if codec != "aac":
        return "codec"
    if _has_wrong_length(end_ms, source):
        return "length"
    if end_ms < MIN_LOUDNESS_MS or correction.found.is_silent:
        return ""
    loudness = measure_loudness(file)
    is_close = (
        abs(loudness.lufs - correction.comes_to) <= _LOUDNESS_TOLERANCE_LU
        and loudness.peak <= MAX_TRUE_PEAK_DB + _PEAK_TOLERANCE_DB
    )
    return "" if is_close else "loudness"


def make_rung(name: str, path: Path, file: PreparedFile, parts: tuple[int, tuple[Chunk, ...]]) -> Rung:
    """Make the manifest's entry of a rung, from its file and its playlist; nothing is written or verified.

    From the file come the kind, the size in pixels (0 × 0 for sound) and the profile of H.264; sound is always called
    AAC-LC ("mp4a.40.2"). The bandwidth is that of the largest chunk in bits per second, 0 without chunks.

    Args:
        name: Name of the rung.
        path: The rung's file, an MP4 with one stream.
        file: Its hash, size and type, taken over as they are.
        parts: Size of its init segment in bytes, and its chunks, as `parse_playlist` gives them.

    Raises:
        FFmpegError: The rung cannot be read.
    """
    init_size, chunks = parts
    with av.open(str(path), format="mp4", options=LOCAL_ONLY) as container:
        stream = container.streams[0]
        sound = stream.type == "audio"
        extra = bytes(stream.codec_context.extradata or b"")
        width = 0 if sound else container.streams.video[0].width
        height = 0 if sound else container.streams.video[0].height
    return Rung(
        name=name,
        kind="audio" if sound else "video",
        file=file,
        init_size=init_size,
        codecs="mp4a.40.2" if sound else f"avc1.{extra[1:4].hex()}",
        bandwidth=max((chunk.size * 8000 // chunk.length_ms for chunk in chunks), default=0),
        width=width,
        height=height,
        chunks=chunks,
    )


def _has_wrong_length(end_ms: int, source: SourceStreams) -> bool:
    """Return whether a rung's length differs from its media's by more than 0.5 s or 2 %, which damage may cost."""
    return abs(end_ms - source.duration_ms) > max(500, source.duration_ms // 50)
