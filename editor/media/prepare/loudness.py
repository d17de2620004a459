"""Measuring and correcting loudness by EBU R 128: integrated loudness to a target, true peak below a limit.

The stereo mix that attendees get is measured. Where a gain alone would lift peaks above the limit, a limiter at four
times the sampling rate, which sees the peaks between samples, holds them; the gain that then reaches the target is
found by measuring again.
"""

import math
from collections.abc import Iterator
from pathlib import Path

import msgspec
from av.error import BlockingIOError as NotYet
from av.filter import Graph

from editor.media.formats.av_container import choose_audio, open_media
from editor.progress import Progress

TARGET_LUFS = -16.0
"""Target loudness in LUFS."""
MAX_TRUE_PEAK_DB = -1.5
"""Limit in dBTP for true peaks of the prepared sound."""
HEADROOM_DB = 1.0
"""dB by which peaks are limited further, because AAC lifts them a little."""
STEREO_FILTERS = (("aresample", "48000"), ("aformat", "sample_rates=48000:channel_layouts=stereo"))
"""Filters that convert every sound to stereo at 48 kHz; 5.1 measured before the downmix would come out too quiet."""
SILENCE_LUFS = -70.0
"""LUFS below which a sound counts as silent: the absolute gate of EBU R 128."""
_MAX_TRIES = 3
_MAX_CORRECTION_DB = 6.0
"""dB of additional gain with the limiter at most: clicks in silence must not be turned into noise."""

Filters = tuple[tuple[str, str], ...]
"""ffmpeg filters as pairs of name and options, in order."""


class Loudness(msgspec.Struct, frozen=True):
    """A measured loudness: integrated, in LUFS (`SILENCE_LUFS` for silence), and the highest true peak, in dBTP.

    It is immutable; `measure_loudness` returns it.
    """

    lufs: float
    peak: float

    @property
    def is_silent(self) -> bool:
        """Whether the sound is silent, or too short to measure."""
        return self.lufs <= SILENCE_LUFS

    @property
    def is_on_target(self) -> bool:
        """Whether the loudness is within 1 LU of `TARGET_LUFS`, and no peak above `MAX_TRUE_PEAK_DB`."""
        return abs(self.lufs - TARGET_LUFS) <= 1 and self.peak <= MAX_TRUE_PEAK_DB


class LoudnessCorrection(msgspec.Struct, frozen=True):
    """An immutable correction of a sound: the loudness measured (`found`), the one it comes to (in LUFS), and how.

    `gain` is in dB, 0 for none; `held` is whether a limiter holds the peaks.
    """

    found: Loudness
    comes_to: float
    gain: float = 0.0
    held: bool = False

    @property
    def filters(self) -> Filters:
        """The ffmpeg filters that apply the correction, to be put after `STEREO_FILTERS`; empty for none."""
        gain: Filters = (("volume", f"{self.gain:.2f}dB"),) if self.gain else ()
        if not self.held:
            return gain
        limit = 10 ** ((MAX_TRUE_PEAK_DB - HEADROOM_DB) / 20)
        return (
            *gain,
            ("aresample", "192000"),
            ("alimiter", f"limit={limit:.4f}:level=0:attack=5:release=50"),
            ("aresample", "48000"),
        )


def measure_loudness(path: Path, progress: Progress | None = None, filters: Filters = ()) -> Loudness:
    """Measure the loudness of a file's sound as stereo; without sound, or if it is too short, it counts as silent.

    Args:
        path: A file with sound.
        progress: Receives milliseconds of the file.
        filters: Filters that are applied before measuring.

    Raises:
        KnownError: ``media.unreadable`` and the like.
        CancelledError: The progress was cancelled.
    """
    readings: dict[str, str] = {}
    for metadata in _iter_meter_readings(path, progress or Progress(), filters):
        readings = metadata or readings  # a last frame shorter than a tenth of a second has none
    lufs = _parse_finite(readings.get("lavfi.r128.I"), SILENCE_LUFS)
    peak = _parse_finite(readings.get("lavfi.r128.true_peak"), 0.0)
    return Loudness(lufs=max(lufs, SILENCE_LUFS), peak=20 * math.log10(peak) if peak > 1e-6 else -120.0)


def compute_correction(path: Path, progress: Progress) -> LoudnessCorrection:
    """Compute the correction that brings a file's sound to `TARGET_LUFS`, by measuring it once or several times.

    Silence, and a sound that is on target, get a correction that changes nothing. The gain with a limiter is bounded,
    so a sound may stay below the target: `comes_to` says where it lands.

    Args:
        path: A file with sound.
        progress: Receives milliseconds of the file, again from 0 for each measurement.

    Raises:
        KnownError: ``media.unreadable`` and the like.
        CancelledError: The progress was cancelled.
    """
    measured_loudness = measure_loudness(path, progress)
    if measured_loudness.is_silent or measured_loudness.is_on_target:
        return LoudnessCorrection(measured_loudness, measured_loudness.lufs)
    correction = LoudnessCorrection(measured_loudness, TARGET_LUFS, gain=TARGET_LUFS - measured_loudness.lufs)
    if measured_loudness.peak + correction.gain <= MAX_TRUE_PEAK_DB - HEADROOM_DB:
        return correction
    gain, max_gain = correction.gain, correction.gain + _MAX_CORRECTION_DB
    for _ in range(_MAX_TRIES):
        correction = LoudnessCorrection(measured_loudness, TARGET_LUFS, gain=gain, held=True)
        correction = msgspec.structs.replace(
            correction, comes_to=measure_loudness(path, progress, correction.filters).lufs
        )
        if abs(TARGET_LUFS - correction.comes_to) <= 0.3 or gain >= max_gain:
            break
        gain = min(gain + TARGET_LUFS - correction.comes_to, max_gain)
    return correction


def _iter_meter_readings(path: Path, progress: Progress, filters: Filters) -> Iterator[dict[str, str]]:
    """Yield the metadata of ffmpeg's ebur128 filter for every tenth of a second."""
    with open_media(path) as container:
        stream = choose_audio(container)
        if stream is None:
            return
        graph = Graph()
        source = graph.add_abuffer(template=stream)
        chain = (*STEREO_FILTERS, *filters, ("ebur128", "peak=true:metadata=1:framelog=verbose"), ("abuffersink", None))
        last = source
        for name, options in chain:
            filter_node = graph.add(name, options)
            last.link_to(filter_node)
            last = filter_node
        graph.configure()
        duration_ms = (container.duration or 0) // 1000
        for frame in container.decode(stream):
            progress.report(min(int((frame.time or 0) * 1000), duration_ms), duration_ms)
            graph.push(frame)
            yield from _drain_graph(graph)
        graph.push(None)
        yield from _drain_graph(graph)


def _drain_graph(graph: Graph) -> Iterator[dict[str, str]]:
    while True:
        try:
            frame = graph.pull()
        except (NotYet, EOFError):
            return
        yield frame.metadata


def _parse_finite(text: str | None, default: float) -> float:
    number = float(text) if text else default
    return number if math.isfinite(number) else default
