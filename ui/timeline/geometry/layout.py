"""The layout of the timeline (minimap, ruler, lanes and their headers) and the hit test of a point.

No Qt here. All lengths are whole logical pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from editor.schedule.lane_search import find_index_after
from editor.schedule.model import LANES, AnySegment, Lane, Marker, Webinar
from editor.schedule.operations import Edge
from ui.timeline.geometry.timescale import Timescale

HitArea = Literal["minimap", "ruler", "header", "programme", "interactions", "ground"]

ORIGIN_PAD_PX = 8
"""Space between the headers and position 0."""
HEADER_TEXT_LEFT_PX = 14
"""Space left of the texts in the lanes' headers."""
LOCK_PX = 22
"""Width and height of a lane's lock."""
LOCK_COLUMN_PX = LOCK_PX + 12
"""Space right of the texts in the lanes' headers, which holds the lock."""
MIN_HEADER_PX = 112


def compute_header_width(text_width: float) -> int:
    """Return the width of headers in which texts of this width stand whole beside the lock; both in pixels."""
    return max(ceil(text_width) + HEADER_TEXT_LEFT_PX + LOCK_COLUMN_PX, MIN_HEADER_PX)


EDGE_GRIP_PX = 7
"""How far inside a segment its edge can be grabbed."""
OUTER_GRIP_PX = 4
"""How far outside a segment its edge can be grabbed, if no other segment is there."""
MIN_GRIP_WIDTH_PX = 12
"""Narrower segments have no grips inside, so that the segment itself can still be grabbed."""
MARKER_GRIP_PX = 7


@dataclass(frozen=True, slots=True)
class Band:
    """A horizontal strip of the widget: its top, counted from the top of the widget, and its height, in pixels.

    `y in band` is true from the top on and no longer at `bottom`.
    """

    top: int
    height: int

    @property
    def bottom(self) -> int:
        """The first y below the strip, in pixels from the top of the widget."""
        return self.top + self.height

    def __contains__(self, y: float) -> bool:
        return self.top <= y < self.top + self.height


@dataclass(frozen=True, slots=True)
class Layout:
    """The strips of a timeline widget of one size: minimap, ruler, and the two lanes below one another.

    Immutable; made by `for_size`. All lengths are whole logical pixels.
    """

    width: int
    height: int
    header: int
    """Width of the lanes' headers; the time axis is right of them."""
    minimap: Band
    ruler: Band
    programme: Band
    interactions: Band

    @classmethod
    def for_size(cls, width: int, height: int, *, header: int, line_px: int) -> "Layout":
        """Return the layout of a widget of a size, in logical pixels.

        The programme gets three fifths of the height below the ruler and the interactions two fifths, up to a maximum
        beyond which a lane would only be a bigger block of colour.

        Args:
            width: of the widget.
            height: of the widget.
            header: width of the lanes' headers.
            line_px: height of a line of text.
        """
        minimap = Band(6, 16)
        ruler = Band(minimap.bottom + 4, line_px + 14)
        lanes_height = max(height - ruler.bottom - 8, 4 * line_px)
        programme = Band(ruler.bottom, min(lanes_height * 3 // 5, 12 * line_px))
        interactions = Band(programme.bottom, min(lanes_height - lanes_height * 3 // 5, 7 * line_px))
        return cls(width, height, header, minimap, ruler, programme, interactions)

    def lane_band(self, lane: Lane) -> Band:
        """Return the strip of a lane over the whole height of the lane."""
        return self.programme if lane == "programme" else self.interactions

    def clip_band(self, lane: Lane) -> Band:
        """Return the strip in which the segments of a lane are drawn: the lane without 6 pixels above and below."""
        band = self.lane_band(lane)
        return Band(band.top + 6, band.height - 12)

    def lock_rect(self, lane: Lane) -> tuple[int, int, int, int]:
        """Return the rectangle of a lane's lock in pixels of the widget: left, top, width, height."""
        band = self.lane_band(lane)
        return self.header - LOCK_PX - 8, band.top + 8, LOCK_PX, LOCK_PX

    @property
    def header_text_width(self) -> int:
        """The width of the texts in the lanes' headers, in pixels: from their left end to a gap before the lock."""
        return self.header - HEADER_TEXT_LEFT_PX - LOCK_COLUMN_PX

    def is_in_lock(self, lane: Lane, x: float, y: float) -> bool:
        """Return whether a point, in pixels of the widget, lies on a lane's lock."""
        left, top, width, height = self.lock_rect(lane)
        return left <= x < left + width and top <= y < top + height

    @property
    def time_left(self) -> int:
        """The x of the time axis' left end, in pixels: where the origin of the timescale lies."""
        return self.header + ORIGIN_PAD_PX

    @property
    def time_width(self) -> int:
        """The width of the time axis in pixels, at least 1."""
        return max(self.width - self.time_left, 1)

    def area_at(self, x: float, y: float) -> HitArea:
        """Return the name of the area, or of the lane, that a point of the widget lies in.

        "header" is the header of a lane. "ground" is all that is left: outside the strips, and left of the minimap and
        the ruler.
        """
        if y in self.minimap:
            return "minimap" if x >= self.header else "ground"
        if y in self.ruler:
            return "ruler" if x >= self.header else "ground"
        lane = self.lane_at(y)
        if lane is None:
            return "ground"
        return lane if x >= self.header else "header"

    def lane_at(self, y: float) -> Lane | None:
        """Return the lane at a pixel's y, counted from the top of the widget; None above and below the lanes."""
        return next((lane for lane in LANES if y in self.lane_band(lane)), None)

    def nearest_lane(self, y: float) -> Lane:
        """Return the lane at a pixel's y, counted from the top of the widget; above and below the lanes, the nearer."""
        return "programme" if y < self.programme.bottom else "interactions"


@dataclass(frozen=True, slots=True)
class Hit:
    """The result of a hit test: the area of a point, its position in ms (never negative), and what lies there.

    `lane` is None outside the lanes. `segment` is also found a few pixels beside its edges, and `edge` is the edge that
    can be grabbed. `marker` is found on the ruler only, and `lock` says that the point lies on the lane's lock.
    """

    area: HitArea
    at_ms: int
    lane: Lane | None = None
    segment: AnySegment | None = None
    edge: Edge | None = None
    marker: Marker | None = None
    lock: bool = False


def hit_test(webinar: Webinar, layout: Layout, scale: Timescale, x: float, y: float) -> Hit:
    """Return what lies under a point; the edges of segments in a locked lane cannot be grabbed.

    Args:
        webinar: its segments and markers.
        layout: the strips of the widget.
        scale: conversion from pixels to milliseconds.
        x: of the point, in pixels from the left of the widget.
        y: of the point, in pixels from the top of the widget.
    """
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
    """Return the segment at a pixel, and the edge that can be grabbed there.

    A segment within `OUTER_GRIP_PX` beside the pixel is found too, so one thinner than a pixel can be grabbed.
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
