import pytest

from editor.schedule.model import HOUR, Image, Webinar
from ui.timeline.geometry.layout import Layout, hit_test
from ui.timeline.geometry.viewport import AUTOSCROLL_EDGE_PX, EMPTY_SPAN_MS, Viewport

SHA = "a" * 64


def make_viewport(width=1000, length=HOUR):
    made = Viewport()
    made.resize(Layout.for_size(width, 300, header=120, line_px=16), length)
    return made


# ------------------------------------------------------------------------------------------------------- layout


@pytest.mark.parametrize("height", [180, 240, 300, 420, 900])
@pytest.mark.parametrize("line_px", [14, 20, 32])
def test_the_strips_lie_one_below_the_other_and_the_programme_is_the_tallest(height, line_px):
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


def hit_at(made, at_ms, *, of=None, dx=0):
    found = of or make_webinar()
    band = made.layout.clip_band("programme")
    return hit_test(found, made.layout, made.scale, made.scale.x_of(at_ms) + dx, band.top + 20)


@pytest.fixture
def close_viewport():
    """100 ms a pixel."""
    made = make_viewport(2000)
    made.scale = made.scale.zoomed(made.scale.us_per_px / 100_000, 0).with_origin(0)
    return made


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
def test_edges_are_taken_inside_and_where_nothing_else_is_outside(close_viewport, at_ms, dx, segment, edge):
    found = hit_at(close_viewport, at_ms, dx=dx)
    assert (found.segment.id if found.segment else None, found.edge) == (segment, edge)


def test_a_locked_lane_shows_no_edges(close_viewport):
    found = hit_at(close_viewport, 60_000, dx=-3, of=make_webinar(locked=True))
    assert found.segment.id == "a"
    assert found.edge is None


# --------------------------------------------------------------------------------------------------------- view


def test_what_is_fitted_stays_fitted_in_another_size_until_somebody_zooms():
    made = make_viewport()
    assert made.scale.end_ms > HOUR
    made.resize(Layout.for_size(500, 300, header=120, line_px=16), HOUR)
    assert made.scale.end_ms > HOUR
    made.zoom(4, None, HOUR, 0)
    narrow = made.scale.us_per_px
    made.resize(Layout.for_size(1500, 300, header=120, line_px=16), HOUR)
    assert made.scale.us_per_px == narrow


def test_an_empty_webinar_shows_ten_minutes_and_the_first_segment_whole():
    made = make_viewport(length=0)
    assert made.scale.span_ms >= EMPTY_SPAN_MS
    made.update_length(30 * 60_000)
    assert made.scale.end_ms > 30 * 60_000


def test_keys_zoom_about_the_playhead_where_it_is_in_view_and_else_about_the_middle():
    made = make_viewport()
    before = made.scale.x_of(600_000)
    made.zoom(3, None, HOUR, 600_000)
    assert made.scale.x_of(600_000) == pytest.approx(before, abs=1)
    middle = made.layout.time_left + made.layout.time_width / 2
    anchor_ms = made.scale.ms_at(middle)
    made.zoom(2, None, HOUR, 3_500_000)
    assert made.scale.ms_at(middle) == pytest.approx(anchor_ms, abs=made.scale.ms_of(1))


def test_the_view_follows_by_pages_and_leaves_alone_who_looks_elsewhere():
    made = make_viewport()
    made.zoom(10, 200, HOUR, 0)
    end = made.scale.end_ms
    assert made.follow_playhead(end - 10, end + 10, HOUR, is_seek=False)
    assert made.scale.origin_ms < end < made.scale.end_ms
    made.set_scale(made.scale.with_origin(0), HOUR)
    assert not made.follow_playhead(end + 10, end + 40, HOUR, is_seek=False), "scrolled away while it plays"
    assert made.follow_playhead(end + 40, end + 50, HOUR, is_seek=True), "but asked for, it is shown"


@pytest.mark.parametrize(
    ("x", "pressed", "sign"),
    [(500, 500, 0), (990, 500, 1), (1200, 500, 1), (140, 500, -1), (20, 500, -1), (960, 980, 0), (140, 130, 0)],
)
def test_it_scrolls_50_px_from_the_border_towards_which_one_drags(x, pressed, sign):
    speed = make_viewport().scroll_speed(x, pressed)
    assert (speed > 0) - (speed < 0) == sign


def test_the_nearer_the_border_the_faster():
    made = make_viewport()
    speeds = [made.scroll_speed(1000 - AUTOSCROLL_EDGE_PX + into, 500) for into in (5, 25, 50, 90)]
    assert speeds == sorted(speeds)
    assert speeds[2] == speeds[3]


def test_the_minimap_shows_the_whole_webinar_whatever_is_in_view():
    made = make_viewport()
    before = made.make_minimap_scale(HOUR)
    made.zoom(30, 400, HOUR, 0)
    assert made.make_minimap_scale(HOUR) == before
    assert before.x_of(HOUR) <= 1000
