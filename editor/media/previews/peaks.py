"""Waveforms: how loud each hundredth of a second of a media is at its loudest, in 8 bits.

The samples of all channels are converted to 8 bits side by side by ffmpeg's resampler, at the rate they have, so
that no peak is smoothed away; a table folds them to magnitudes and `max` over slices does the rest, at some 500 times
the speed of playing, most of it decoding.
"""

import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError

from editor.media.files import write_atomically
from editor.media.formats.av_container import choose_audio, get_origin, get_time_base, open_media
from editor.progress import Progress
from editor.schedule.model import Media

if TYPE_CHECKING:
    from editor.media.catalog import MediaCatalog

STEP_MS = 10
_PER_SECOND = 1000 // STEP_MS
_REPORT_INTERVAL_S = 0.2

_MAGNITUDE = bytes(min(255, abs(sample - 128) * 2) for sample in range(256))
"""From unsigned 8-bit samples, silence at 128, to 0 … 255."""


class Peaks(msgspec.Struct, frozen=True):
    """The loudest sample of each `step_ms`, 0 … 255, from the media's beginning."""

    step_ms: int
    values: bytes


def make_peaks(
    catalog: "MediaCatalog",
    media: Media,
    progress: Progress | None = None,
    on_partial: Callable[[Peaks], None] | None = None,
) -> Peaks:
    """The peaks of a media, from the cache or made now.

    Args:
        catalog: where the file and the cache are.
        media: sound, or video with sound; of one without, there are no peaks.
        progress: told the milliseconds done; its cancel ends the work.
        on_partial: given what there is so far, some times a second.

    Raises:
        Known: media.missing, media.unwritable, or what is wrong with the file.
        Cancelled: the work was given up; nothing is kept.
    """
    cached = load_peaks(catalog, media.sha256)
    if cached is not None:
        return cached
    file = _cache_file(catalog, media.sha256)
    values = bytearray()
    last_report = time.monotonic()
    for batch in _iter_peaks(catalog.require_preview_path(media.sha256)):
        values += batch
        if progress is not None:
            progress.report(min(len(values) * STEP_MS, media.duration_ms), media.duration_ms)
        if on_partial is not None and time.monotonic() - last_report > _REPORT_INTERVAL_S:
            last_report = time.monotonic()
            on_partial(Peaks(STEP_MS, bytes(values)))
    write_atomically(file, bytes(values))
    return Peaks(STEP_MS, bytes(values))


def load_peaks(catalog: "MediaCatalog", sha256: str) -> Peaks | None:
    """The peaks of a media if they were made before."""
    try:
        return Peaks(STEP_MS, _cache_file(catalog, sha256).read_bytes())
    except OSError:
        return None


def _cache_file(catalog: "MediaCatalog", sha256: str) -> Path:
    return catalog.previews_folder(sha256) / "peaks" / f"{sha256}.{STEP_MS}"


def _iter_peaks(path: Path) -> Iterator[bytes]:
    """Peaks, some at a time."""
    with open_media(path) as container:
        stream = choose_audio(container)
        if stream is None or stream.codec_context is None:
            return
        channels, rate = stream.codec_context.channels, stream.codec_context.sample_rate
        pending = bytearray()
        step = 0  # the step whose samples come next
        consumed = 0  # samples before `pending`
        for data in _iter_samples(container, stream, channels, rate):
            pending += data
            magnitudes = memoryview(pending.translate(_MAGNITUDE))
            available = consumed + len(pending) // channels
            values = bytearray()
            begin = consumed
            while (end := (step + 1) * rate // _PER_SECOND) <= available:
                values.append(max(magnitudes[(begin - consumed) * channels : (end - consumed) * channels]))
                begin = end
                step += 1
            magnitudes.release()
            del pending[: (begin - consumed) * channels]
            consumed = begin
            if values:
                yield bytes(values)
        if pending:
            yield bytes([max(pending.translate(_MAGNITUDE))])


def _iter_samples(container: InputContainer, stream: AudioStream, channels: int, rate: int) -> Iterator[bytes]:
    """Unsigned 8-bit samples, channels side by side, from the media's beginning: silence where it begins later."""
    layout = stream.codec_context.layout
    batch = bytearray()
    resampler: AudioResampler | None = None
    source: tuple[str, str, int] | None = None
    for packet in container.demux(stream):
        try:
            frames = packet.decode()
        except FFmpegError:
            continue  # a damaged packet is a click, no reason to show no waveform
        for frame in frames:
            if source is None:
                start_s = (frame.pts or 0) * get_time_base(stream) - get_origin(container)
                batch += b"\x80" * (int(max(Fraction(0), start_s) * rate) * channels)
            shape = (frame.format.name, frame.layout.name, frame.sample_rate)
            if resampler is None or shape != source:  # a recording may change from mono to stereo on the way
                source, resampler = shape, AudioResampler("u8", layout, rate)
            for even in resampler.resample(frame):
                batch += memoryview(even.planes[0])[: even.samples * channels]
        if len(batch) > 1 << 18:
            yield bytes(batch)
            batch.clear()
    if batch:
        yield bytes(batch)
