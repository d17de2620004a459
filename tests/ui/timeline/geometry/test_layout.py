"""The strips of the timeline, and what lies under a point."""

import pytest

from editor.schedule.model import HOUR, Image, Webinar
from ui.timeline.geometry.layout import Layout, hit_test
from ui.timeline.geometry.viewport import Viewport

SHA = "a" * 64


@pytest.mark.parametrize("height", [180, 240, 300, 420, 900])
@pytest.mark.parametrize("line_px", [14, 20, 32])
def test_the_strips_lie_below_each_other_and_the_programme_is_the_highest(height, line_px):
    layout = Layout.for_size(1200, height, header=120, line_px=line_px)
    assert layout.minimap.bottom < layout.ruler.top
    assert layout.ruler.bottom == layout.programme.top
    assert layout.programme.bottom == layout.interactions.top
    assert layout.programme.height > layout.interactions.height


def make_webinar(locked=False):
    def image(name, start_ms, length_ms):
        return Image(id=name, start_ms=start_ms, media=SHA, length_ms=length_ms)

    return Webinar(
        id="w",
        programme=(image("a", 10_000, 50_000), image("b", 60_000, 60_000), image("dot", 130_000, 1_000)),
        programme_locked=locked,
    )


def hit_at(viewport, at_ms, *, of=None, dx=0):
    found = of or make_webinar()
    band = viewport.layout.clip_band("programme")
    return hit_test(found, viewport.layout, viewport.scale, viewport.scale.x_of(at_ms) + dx, band.top + 20)


@pytest.fixture
def close_viewport():
    """100 ms a pixel."""
    viewport = Viewport()
    viewport.resize(Layout.for_size(2000, 300, header=120, line_px=16), HOUR)
    viewport.scale = viewport.scale.zoomed(viewport.scale.us_per_px / 100_000, 0).with_origin(0)
    return viewport


@pytest.mark.parametrize(
    ("at_ms", "dx", "segment", "edge"),
    [
        (10_000, 3, "a", "start"),
        (35_000, 0, "a", None),
        (60_000, -3, "a", "end"),
        (60_000, 3, "b", "start"),
        (120_000, -2, "b", "end"),
        (120_000, 2, "b", "end"),
        (10_000, -3, "a", "start"),
        (10_000, -6, None, None),
        (120_000, 6, None, None),
        (130_000, 5, "dot", None),
    ],
)
def test_edges_are_grabbed_inside_and_also_outside_where_no_other_segment_is(close_viewport, at_ms, dx, segment, edge):
    found = hit_at(close_viewport, at_ms, dx=dx)
    assert (found.segment.id if found.segment else None, found.edge) == (segment, edge)


def test_edges_in_a_locked_lane_cannot_be_grabbed(close_viewport):
    found = hit_at(close_viewport, 60_000, dx=-3, of=make_webinar(locked=True))
    assert found.segment.id == "a"
    assert found.edge is None
