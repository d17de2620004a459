"""Which part of the widget is what: minimap, ruler, the two lanes, their headers, and what lies under a point.

No Qt here; all in whole logical pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from editor.schedule.lane_search import find_index_after
from editor.schedule.model import LANES, AnySegment, Lane, Marker, Webinar
from editor.schedule.operations import Edge
from ui.timeline.geometry.timescale import Timescale

HitArea = Literal["minimap", "ruler", "header", "programme", "interactions", "ground"]

ORIGIN_PAD_PX = 8
"""The air between the headers and position 0, so that the first segment does not stick to them."""
EDGE_GRIP_PX = 7
"""How far into a segment its edge can be taken."""
OUTER_GRIP_PX = 4
"""How far outside, where nothing else is."""
MIN_GRIP_WIDTH_PX = 12
"""Narrower segments have no grips inside, or one could not take hold of the segment itself."""
MARKER_GRIP_PX = 7


@dataclass(frozen=True, slots=True)
class Band:
    """A horizontal strip."""

    top: int
    height: int

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.top + self.height

    def __contains__(self, y: float) -> bool:
        return self.top <= y < self.top + self.height


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is in a widget of one size."""

    width: int
    height: int
    header: int
    """How wide the lanes' headers are; time begins right of them."""
    minimap: Band
    ruler: Band
    programme: Band
    interactions: Band

    @classmethod
    def for_size(cls, width: int, height: int, *, header: int, line_px: int) -> "Layout":
        """For a widget of that size, whose text is `line_px` high.

        The programme gets three parts of what is left below the ruler and the interactions two, up to a height from
        which on a lane would only be a bigger block of colour.
        """
        minimap = Band(6, 16)
        ruler = Band(minimap.bottom + 4, line_px + 14)
        lanes_height = max(height - ruler.bottom - 8, 4 * line_px)
        programme = Band(ruler.bottom, min(lanes_height * 3 // 5, 12 * line_px))
        interactions = Band(programme.bottom, min(lanes_height - lanes_height * 3 // 5, 7 * line_px))
        return cls(width, height, header, minimap, ruler, programme, interactions)

    def lane_band(self, lane: Lane) -> Band:
        """A lane's strip."""
        return self.programme if lane == "programme" else self.interactions

    def clip_band(self, lane: Lane) -> Band:
        """The strip in which a lane's segments are drawn."""
        band = self.lane_band(lane)
        return Band(band.top + 6, band.height - 12)

    def lock_rect(self, lane: Lane) -> tuple[int, int, int, int]:
        """Where a lane's lock is drawn and clicked: left, top, width, height."""
        band = self.lane_band(lane)
        return self.header - 30, band.top + 8, 22, 22

    def is_in_lock(self, lane: Lane, x: float, y: float) -> bool:
        """Whether a point lies on a lane's lock."""
        left, top, width, height = self.lock_rect(lane)
        return left <= x < left + width and top <= y < top + height

    @property
    def time_left(self) -> int:
        """The pixel at which the origin of the timescale lies."""
        return self.header + ORIGIN_PAD_PX

    @property
    def time_width(self) -> int:
        """How many pixels of time there are."""
        return max(self.width - self.time_left, 1)

    def area_at(self, x: float, y: float) -> HitArea:
        """What a point belongs to."""
        if y in self.minimap:
            return "minimap" if x >= self.header else "ground"
        if y in self.ruler:
            return "ruler" if x >= self.header else "ground"
        lane = self.lane_at(y)
        if lane is None:
            return "ground"
        return lane if x >= self.header else "header"

    def lane_at(self, y: float) -> Lane | None:
        """The lane at a height."""
        return next((lane for lane in LANES if y in self.lane_band(lane)), None)

    def nearest_lane(self, y: float) -> Lane:
        """The lane at a height, or the one that is nearer to it."""
        return "programme" if y < self.programme.bottom else "interactions"


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies under a point."""

    area: HitArea
    at_ms: int
    lane: Lane | None = None
    segment: AnySegment | None = None
    edge: Edge | None = None
    marker: Marker | None = None
    lock: bool = False


def hit_test(webinar: Webinar, layout: Layout, scale: Timescale, x: float, y: float) -> Hit:
    """What lies under a point; a lane that is locked shows no edges."""
    area = layout.area_at(x, y)
    at_ms = max(scale.ms_at(x), 0)
    if area == "ruler":
        nearby = [marker for marker in webinar.markers if abs(scale.x_of(marker.at_ms) - x) <= MARKER_GRIP_PX]
        nearest = min(nearby, key=lambda marker: abs(scale.x_of(marker.at_ms) - x), default=None)
        return Hit(area, at_ms, marker=nearest)
    lane = layout.lane_at(y)
    if lane is None or area == "minimap":
        return Hit(area, at_ms)
    if area == "header":
        return Hit(area, at_ms, lane, lock=layout.is_in_lock(lane, x, y))
    if y not in layout.clip_band(lane):
        return Hit(area, at_ms, lane)
    segment, edge = _find_edge(webinar.get_lane(lane), scale, x)
    return Hit(area, at_ms, lane, segment, None if webinar.is_locked(lane) else edge)


def _find_edge(lane: Sequence[AnySegment], scale: Timescale, x: float) -> tuple[AnySegment | None, Edge | None]:
    """The segment under a pixel, and which of its edges can be taken there.

    A segment thinner than a pixel is found too: the nearest within reach counts.
    """
    index = find_index_after(lane, scale.ms_at(x)) - 1
    for segment in lane[max(index, 0) : index + 1]:
        left, right = scale.x_of(segment.start_ms), scale.x_of(segment.end_ms)
        if left <= x < right:
            if right - left < MIN_GRIP_WIDTH_PX:
                return segment, None
            grip = min(EDGE_GRIP_PX, (right - left) / 3)
            return segment, "start" if x < left + grip else "end" if x >= right - grip else None
        if right <= x < right + OUTER_GRIP_PX:
            return segment, "end"
    for segment in lane[index + 1 : index + 2]:
        if scale.x_of(segment.start_ms) - OUTER_GRIP_PX <= x:
            return segment, "start"
    return None, None
