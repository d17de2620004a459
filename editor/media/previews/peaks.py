"""Waveform peaks: the largest magnitude of each hundredth of a second of a media, in 8 bits.

ffmpeg's resampler converts all channels to interleaved 8-bit samples at their own rate, so no peak is smoothed away. A
table turns samples into magnitudes, and `max` over slices finds the peaks, at about 500 times the playing speed.
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
"""Magnitudes, 0 … 255, of unsigned 8-bit samples, whose silence is 128."""


class Peaks(msgspec.Struct, frozen=True):
    """An immutable waveform: `values` has one byte for each `step_ms` milliseconds from the beginning of the media.

    Each is the largest magnitude of all channels in its step, 0 … 255 for silence to full scale.
    """

    step_ms: int
    values: bytes


def make_peaks(
    catalog: "MediaCatalog",
    media: Media,
    progress: Progress | None = None,
    on_partial: Callable[[Peaks], None] | None = None,
) -> Peaks:
    """Return the peaks of a media, from the cache or computed now from the file or its proxy; that may take a minute.

    Args:
        catalog: The catalog of the library.
        media: Sound, or video with sound; without sound the peaks are empty.
        progress: Receives milliseconds of the media.
        on_partial: Called on this thread with all peaks so far, a few times a second; not where they are cached.

    Raises:
        KnownError: ``media.missing``, ``media.unwritable``, or the file cannot be read.
        CancelledError: The progress was cancelled; nothing is cached.
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
    """Return the peaks of a media from the cache; None while they are not there (`make_peaks`).

    Whether they are of the present file is not checked: the media's hash names them.
    """
    try:
        return Peaks(STEP_MS, _cache_file(catalog, sha256).read_bytes())
    except OSError:
        return None


def _cache_file(catalog: "MediaCatalog", sha256: str) -> Path:
    return catalog.previews_folder(sha256) / "peaks" / f"{sha256}.{STEP_MS}"


def _iter_peaks(path: Path) -> Iterator[bytes]:
    """Yield the peaks of a file in batches."""
    with open_media(path) as container:
        stream = choose_audio(container)
        if stream is None or stream.codec_context is None:
            return
        channels, rate = stream.codec_context.channels, stream.codec_context.sample_rate
        pending = bytearray()
        step = 0  # number of the step whose samples come next
        consumed = 0  # samples per channel before `pending`
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
    """Yield interleaved unsigned 8-bit samples from the beginning of the media; a late stream begins with silence."""
    layout = stream.codec_context.layout
    batch = bytearray()
    resampler: AudioResampler | None = None
    source: tuple[str, str, int] | None = None
    for packet in container.demux(stream):
        try:
            frames = packet.decode()
        except FFmpegError:
            continue  # a damaged packet is at most a click
        for frame in frames:
            if source is None:
                start_s = (frame.pts or 0) * get_time_base(stream) - get_origin(container)
                batch += b"\x80" * (int(max(Fraction(0), start_s) * rate) * channels)
            shape = (frame.format.name, frame.layout.name, frame.sample_rate)
            if resampler is None or shape != source:  # a recording may change from mono to stereo
                source, resampler = shape, AudioResampler("u8", layout, rate)
            for even in resampler.resample(frame):
                batch += memoryview(even.planes[0])[: even.samples * channels]
        if len(batch) > 1 << 18:
            yield bytes(batch)
            batch.clear()
    if batch:
        yield bytes(batch)
