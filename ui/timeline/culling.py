"""What of a lane is worth drawing: the segments in view, and what is too small to tell apart as runs.

No Qt here. Segments narrower than `LEAST_PX` are taken together into runs at least as wide. Runs lie on a grid that is
fixed to the webinar and not to the view, so they keep their place and colour while the view scrolls; and they are found
by bisection, so a lane of 10,000 segments costs hardly more than there are pixels.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from editor.schedule.model import AnySegment, Audio, Cta, Image, Kind, Presentation, Recording, Survey, Video
from ui.timeline.layout import start_of
from ui.timeline.timescale import Timescale

LEAST_PX = 3
KIND_OF_TYPE: dict[type, Kind] = {
    Video: "video",
    Audio: "audio",
    Image: "image",
    Presentation: "presentation",
    Recording: "recording",
    Cta: "cta",
    Survey: "survey",
}
Run = tuple[float, float]
"""A run's left border and its width, in pixels."""


@dataclass(frozen=True, slots=True)
class Visible:
    """What is drawn of one lane."""

    blocks: list[tuple[AnySegment, float, float]] = field(default_factory=list)
    """Segments with their left and right borders in pixels."""
    runs: dict[Kind, list[Run]] = field(default_factory=dict)
    """Runs of what is too small, by the kind of the first of each."""
    picked: list[Run] = field(default_factory=list)
    """Runs that begin with a segment that is picked out (selected)."""


def visible(
    lane: Sequence[AnySegment],
    scale: Timescale,
    from_x: float,
    to_x: float,
    picked: frozenset[str] = frozenset(),
) -> Visible:
    """What of a lane lies between two pixels.

    Args:
        lane: its segments, sorted by start.
        scale: how time lies on the screen.
        from_x: the first pixel wanted.
        to_x: the pixel after the last one wanted.
        picked: ids of segments whose runs are told apart from the others.
    """
    found = Visible()
    us_per_px = scale.us_per_px
    grid_us = LEAST_PX * us_per_px
    least_ms = grid_us // 1000
    # Inlined `scale.x_of`: at 10,000 segments the calls would cost more than the arithmetic.
    left_of_all = scale.left - scale.origin_ms * 1000 / us_per_px
    px_per_ms = 1000 / us_per_px
    first = _back_to_grid(lane, max(bisect_right(lane, scale.ms_at(from_x), key=start_of) - 1, 0), grid_us)
    here = lane[first : bisect_right(lane, scale.ms_at(to_x), key=start_of)]
    starts = list(map(start_of, here))
    runs: dict[type, list[Run]] = {}
    chosen = [number for number, segment in enumerate(here) if segment.id in picked] if picked else []
    chosen.append(len(here))
    choice = 0
    index, count = 0, len(here)
    while index < count:
        segment = here[index]
        start, end = starts[index], segment.end_ms
        left = left_of_all + start * px_per_ms
        if end - start >= least_ms:
            right = left_of_all + end * px_per_ms
            if right > from_x:
                found.blocks.append((segment, left, right))
            index += 1
            continue
        after = bisect_left(starts, -(-(start * 1000 // grid_us + 1) * grid_us // 1000), index + 1)
        # What is wide enough ends the run, however early it begins.
        if after > index + 1:
            end = here[after - 1].end_ms
            if end - starts[after - 1] >= least_ms:
                after -= 1
                end = here[after - 1].end_ms
        run = (left, max((end - start) * px_per_ms, 1.0))
        kind = type(segment)
        if kind in runs:
            runs[kind].append(run)
        else:
            runs[kind] = [run]
        while chosen[choice] < index:
            choice += 1
        if chosen[choice] < after:
            found.picked.append(run)
        index = after
    for kind, several in runs.items():
        found.runs[KIND_OF_TYPE[kind]] = several
    return found


def _back_to_grid(lane: Sequence[AnySegment], index: int, grid_us: int) -> int:
    """The first segment of the grid's cell in which the one at `index` begins."""
    if not lane:
        return 0
    cell_start = lane[index].start_ms * 1000 // grid_us * grid_us
    return min(bisect_left(lane, -(-cell_start // 1000), key=start_of), index)
