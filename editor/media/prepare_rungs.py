"""What ffmpeg made of a media's streams, read back: where its parts are, and whether all is as it was asked for."""

import re
from collections.abc import Sequence
from pathlib import Path

import av

from editor.media.ladder import Source
from editor.media.loudness import TRUE_PEAK, Levelling, measured
from editor.protocol.manifest import Chunk, File, Rung

SHORT_MS = 3_000
"""Below this, gated loudness means little."""
_LEAST_OFF_MS = 60
"""Milliseconds by which a part may begin beside its key frame; more for slow pictures."""
_LU_OFF = 1.5
_PEAK_OFF = 1.0
"""What AAC does to a sound may differ from what was asked by so many LU and dB."""


def index(playlist: Path) -> tuple[int, list[Chunk]]:
    """What ffmpeg's playlist says of its one file: the size of its beginning, and its parts."""
    init_size, at_us, length_us = 0, 0, 0
    chunks: list[Chunk] = []
    for line in playlist.read_text("utf-8").splitlines():
        if found := re.match(r'#EXT-X-MAP:.*BYTERANGE="(\d+)@', line):
            init_size = int(found[1])
        elif found := re.match(r"#EXTINF:(\d+)\.(\d+)", line):
            length_us = int(found[1]) * 1_000_000 + int(found[2].ljust(6, "0")[:6])
        elif found := re.match(r"#EXT-X-BYTERANGE:(\d+)@(\d+)", line):
            begin, end = at_us // 1000, (at_us + length_us) // 1000
            chunks.append(
                Chunk(start_ms=begin, length_ms=max(1, end - begin), offset=int(found[2]), size=int(found[1]))
            )
            at_us += length_us
    return init_size, chunks


def wrong_picture(file: Path, source: Source, chunks: Sequence[Chunk], starts: Sequence[int]) -> str:
    """What is not as it should be with a rung of the picture: "codec", "length", "key frame", or "".

    Args:
        file: the rung.
        source: what it was made of.
        chunks: its parts.
        starts: where the parts of the other rungs begin, ms.
    """
    with av.open(str(file)) as container:
        stream = container.streams.video[0]
        first, end_ms, keys = None, 0, []
        for packet in container.demux(stream):
            if packet.pts is None or packet.time_base is None:
                continue
            at_ms = int(packet.pts * packet.time_base * 1000)
            # ffmpeg reads a stream of reordered pictures some frames late; browsers do not.
            first = at_ms if first is None else first
            end_ms = max(end_ms, at_ms - first + int((packet.duration or 0) * packet.time_base * 1000))
            if packet.is_keyframe:
                keys.append(at_ms - first)
        codec = stream.codec_context.name
    off = max(_LEAST_OFF_MS, int(1000 / source.rate))
    if codec != "h264":
        return "codec"
    if _is_off(end_ms, source):
        return "length"
    begins = [chunk.start_ms for chunk in chunks]
    near = all(any(abs(key - begin) <= off for key in keys) for begin in begins)
    together = len(begins) == len(starts) and all(abs(a - b) <= off for a, b in zip(begins, starts, strict=True))
    return "" if begins and near and together else "key frame"


def wrong_sound(file: Path, source: Source, levelling: Levelling) -> str:
    """What is not as it should be with a rung of the sound: "codec", "length", "loudness", or ""."""
    with av.open(str(file)) as container:
        stream = container.streams.audio[0]
        end_ms = 0
        for packet in container.demux(stream):
            if packet.pts is not None and packet.time_base is not None:
                end_ms = max(end_ms, int((packet.pts + (packet.duration or 0)) * packet.time_base * 1000))
        codec = stream.codec_context.name
    if codec != "aac":
        return "codec"
    if _is_off(end_ms, source):
        return "length"
    if end_ms < SHORT_MS or levelling.found.silent:
        return ""
    found = measured(file)
    near = abs(found.lufs - levelling.comes_to) <= _LU_OFF and found.peak <= TRUE_PEAK + _PEAK_OFF
    return "" if near else "loudness"


def rung_of(name: str, path: Path, file: File, parts: tuple[int, tuple[Chunk, ...]]) -> Rung:
    """A rung as a manifest tells of it."""
    init_size, chunks = parts
    with av.open(str(path), format="mp4") as container:
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


def _is_off(end_ms: int, source: Source) -> bool:
    """Whether a rung is not as long as its media; what is damaged in the middle may cost a little."""
    return abs(end_ms - source.duration_ms) > max(500, source.duration_ms // 50)
