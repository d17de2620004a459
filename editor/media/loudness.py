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

from editor.media.streams import audio_of, opened
from editor.progress import Progress

TARGET = -16.0
"""LUFS."""
TRUE_PEAK = -1.5
"""dB below full scale that no true peak of what attendees get exceeds."""
HEADROOM = 1.0
"""dB by which peaks are held lower before AAC, which lifts them a little."""
STEREO = (("aresample", "48000"), ("aformat", "sample_rates=48000:channel_layouts=stereo"))
"""What every sound becomes first; 5.1 is mixed down before it is measured, or it would come out too quiet."""
SILENT = -70.0
"""LUFS below which there is nothing to make louder; the gate of EBU R 128."""
_TRIES = 3
_MOST_CORRECTED = 6.0
"""dB: what is nothing but clicks in silence is not made into noise for the sake of a figure."""

Filters = tuple[tuple[str, str], ...]
"""Names of ffmpeg's filters and what they are told, one after the other."""


class Loudness(msgspec.Struct, frozen=True):
    """What was measured: loudness in LUFS, and the highest true peak in dB."""

    lufs: float
    peak: float

    @property
    def silent(self) -> bool:
        """There is nothing to make louder (or it is too short to be told)."""
        return self.lufs <= SILENT

    @property
    def fits(self) -> bool:
        """As loud as we would make it, within a loudness unit."""
        return abs(self.lufs - TARGET) <= 1 and self.peak <= TRUE_PEAK


class Levelling(msgspec.Struct, frozen=True):
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
        most = 10 ** ((TRUE_PEAK - HEADROOM) / 20)
        return (
            *gain,
            ("aresample", "192000"),
            ("alimiter", f"limit={most:.4f}:level=0:attack=5:release=50"),
            ("aresample", "48000"),
        )


def measured(path: Path, progress: Progress | None = None, filters: Filters = ()) -> Loudness:
    """How loud a file's sound is as stereo, after these filters.

    Args:
        path: a file with sound.
        filters: what it goes through before it is measured.
        progress: told milliseconds of the file's.

    Raises:
        Known: media.unreadable and the like.
        Cancelled: the work was given up.
    """
    told: dict[str, str] = {}
    for metadata in _measuring(path, progress or Progress(), filters):
        told = metadata or told  # a last frame shorter than a tenth of a second has none
    lufs = _number(told.get("lavfi.r128.I"), SILENT)
    peak = _number(told.get("lavfi.r128.true_peak"), 0.0)
    return Loudness(lufs=max(lufs, SILENT), peak=20 * math.log10(peak) if peak > 1e-6 else -120.0)


def levelled(path: Path, progress: Progress) -> Levelling:
    """What brings a file's sound to our loudness.

    Raises:
        Known: media.unreadable and the like.
        Cancelled: the work was given up.
    """
    found = measured(path, progress)
    if found.silent or found.fits:
        return Levelling(found, found.lufs)
    wanted = Levelling(found, TARGET, gain=TARGET - found.lufs)
    if found.peak + wanted.gain <= TRUE_PEAK - HEADROOM:
        return wanted
    gain, most = wanted.gain, wanted.gain + _MOST_CORRECTED
    for _ in range(_TRIES):
        wanted = Levelling(found, TARGET, gain=gain, held=True)
        wanted = msgspec.structs.replace(wanted, comes_to=measured(path, progress, wanted.filters).lufs)
        if abs(TARGET - wanted.comes_to) <= 0.3 or gain >= most:
            break
        gain = min(gain + TARGET - wanted.comes_to, most)
    return wanted


def _measuring(path: Path, progress: Progress, filters: Filters) -> Iterator[dict[str, str]]:
    """What the meter says, every tenth of a second."""
    with opened(path) as container:
        stream = audio_of(container)
        if stream is None:
            return
        graph = Graph()
        source = graph.add_abuffer(template=stream)
        chain = (*STEREO, *filters, ("ebur128", "peak=true:metadata=1:framelog=verbose"), ("abuffersink", None))
        last = source
        for name, asked in chain:
            made = graph.add(name, asked)
            last.link_to(made)
            last = made
        graph.configure()
        whole_ms = (container.duration or 0) // 1000
        for frame in container.decode(stream):
            progress.report(min(int((frame.time or 0) * 1000), whole_ms), whole_ms)
            graph.push(frame)
            yield from _pulled(graph)
        graph.push(None)
        yield from _pulled(graph)


def _pulled(graph: Graph) -> Iterator[dict[str, str]]:
    while True:
        try:
            frame = graph.pull()
        except (NotYet, EOFError):
            return
        yield frame.metadata


def _number(told: str | None, otherwise: float) -> float:
    number = float(told) if told else otherwise
    return number if math.isfinite(number) else otherwise
