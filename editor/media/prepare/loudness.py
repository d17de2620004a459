"""How loud a sound is (EBU R 128), and what brings it to where attendees expect it, without a true peak above ours.

What is measured is the stereo that attendees get. Where a gain alone would lift peaks too high, a limiter holds them,
at four times the sampling rate, so that it sees the peaks between samples as well; how much gain it then takes to be as
loud as wanted is found by measuring again.
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
"""LUFS."""
MAX_TRUE_PEAK_DB = -1.5
"""dB below full scale that no true peak of what attendees get exceeds."""
HEADROOM_DB = 1.0
"""dB by which peaks are held lower before AAC, which lifts them a little."""
STEREO_FILTERS = (("aresample", "48000"), ("aformat", "sample_rates=48000:channel_layouts=stereo"))
"""What every sound becomes first; 5.1 is mixed down before it is measured, or it would come out too quiet."""
SILENCE_LUFS = -70.0
"""LUFS below which there is nothing to make louder; the gate of EBU R 128."""
_MAX_TRIES = 3
_MAX_CORRECTION_DB = 6.0
"""dB: what is nothing but clicks in silence is not made into noise for the sake of a figure."""

Filters = tuple[tuple[str, str], ...]
"""Names of ffmpeg's filters and what they are told, one after the other."""


class Loudness(msgspec.Struct, frozen=True):
    """What was measured: loudness in LUFS, and the highest true peak in dB."""

    lufs: float
    peak: float

    @property
    def is_silent(self) -> bool:
        """There is nothing to make louder (or it is too short to be told)."""
        return self.lufs <= SILENCE_LUFS

    @property
    def is_on_target(self) -> bool:
        """As loud as we would make it, within a loudness unit."""
        return abs(self.lufs - TARGET_LUFS) <= 1 and self.peak <= MAX_TRUE_PEAK_DB


class LoudnessCorrection(msgspec.Struct, frozen=True):
    """What is done to a sound: a gain in dB, and whether peaks are held; and how loud it comes out (LUFS)."""

    found: Loudness
    comes_to: float
    gain: float = 0.0
    held: bool = False

    @property
    def filters(self) -> Filters:
        """The filters that do so, after `STEREO`."""
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
    """How loud a file's sound is as stereo, after these filters.

    Args:
        path: a file with sound.
        filters: what it goes through before it is measured.
        progress: told milliseconds of the file's.

    Raises:
        Known: media.unreadable and the like.
        Cancelled: the work was given up.
    """
    readings: dict[str, str] = {}
    for metadata in _iter_meter_readings(path, progress or Progress(), filters):
        readings = metadata or readings  # a last frame shorter than a tenth of a second has none
    lufs = _parse_finite(readings.get("lavfi.r128.I"), SILENCE_LUFS)
    peak = _parse_finite(readings.get("lavfi.r128.true_peak"), 0.0)
    return Loudness(lufs=max(lufs, SILENCE_LUFS), peak=20 * math.log10(peak) if peak > 1e-6 else -120.0)


def compute_correction(path: Path, progress: Progress) -> LoudnessCorrection:
    """What brings a file's sound to our loudness.

    Raises:
        Known: media.unreadable and the like.
        Cancelled: the work was given up.
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
    """What the meter says, every tenth of a second."""
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
