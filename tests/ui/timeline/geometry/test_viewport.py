"""The viewport: fitting, zooming, following the playhead, scrolling."""

import pytest

from editor.schedule.model import HOUR, MINUTE
from ui.timeline.geometry.layout import Layout
from ui.timeline.geometry.viewport import AUTOSCROLL_EDGE_PX, EMPTY_SPAN_MS, Viewport

SHA = "a" * 64


def make_viewport(width=1000, length=HOUR):
    viewport = Viewport()
    viewport.resize(Layout.for_size(width, 300, header=120, line_px=16), length)
    return viewport


# ------------------------------------------------------------------------------------------------------- layout


# --------------------------------------------------------------------------------------------------------- view


def test_a_fitted_webinar_stays_fitted_after_a_resize_until_the_user_zooms():
    viewport = make_viewport()
    assert viewport.scale.end_ms > HOUR
    viewport.resize(Layout.for_size(500, 300, header=120, line_px=16), HOUR)
    assert viewport.scale.end_ms > HOUR
    viewport.zoom(4, None, HOUR, 0)
    narrow = viewport.scale.us_per_px
    viewport.resize(Layout.for_size(1500, 300, header=120, line_px=16), HOUR)
    assert viewport.scale.us_per_px == narrow


def test_an_empty_webinar_shows_ten_minutes_and_its_first_segment_whole():
    viewport = make_viewport(length=0)
    assert viewport.scale.span_ms >= EMPTY_SPAN_MS
    viewport.update_length(30 * 60_000)
    assert viewport.scale.end_ms > 30 * 60_000


def test_zooming_by_key_is_about_a_visible_playhead_or_else_the_middle():
    viewport = make_viewport()
    before = viewport.scale.x_of(600_000)
    viewport.zoom(3, None, HOUR, 600_000)
    assert viewport.scale.x_of(600_000) == pytest.approx(before, abs=1)
    middle = viewport.layout.time_left + viewport.layout.time_width / 2
    anchor_ms = viewport.scale.ms_at(middle)
    viewport.zoom(2, None, HOUR, 3_500_000)
    assert viewport.scale.ms_at(middle) == pytest.approx(anchor_ms, abs=viewport.scale.ms_of(1))


def test_the_view_follows_the_playhead_by_pages_unless_it_was_scrolled_away():
    viewport = make_viewport()
    viewport.zoom(10, 200, HOUR, 0)
    end = viewport.scale.end_ms
    assert viewport.follow_playhead(end - 10, end + 10, HOUR, is_seek=False)
    assert viewport.scale.origin_ms < end < viewport.scale.end_ms
    viewport.set_scale(viewport.scale.with_origin(0), HOUR)
    assert not viewport.follow_playhead(end + 10, end + 40, HOUR, is_seek=False), "scrolled away while it plays"
    assert viewport.follow_playhead(end + 40, end + 50, HOUR, is_seek=True), "but asked for, it is shown"


@pytest.mark.parametrize(
    ("x", "pressed", "sign"),
    [(500, 500, 0), (990, 500, 1), (1200, 500, 1), (140, 500, -1), (20, 500, -1), (960, 980, 0), (140, 130, 0)],
)
def test_the_view_scrolls_within_50_px_of_the_border_towards_which_one_drags(x, pressed, sign):
    speed = make_viewport().scroll_speed(x, pressed)
    assert (speed > 0) - (speed < 0) == sign


def test_scrolling_is_faster_nearer_to_the_border():
    viewport = make_viewport()
    speeds = [viewport.scroll_speed(1000 - AUTOSCROLL_EDGE_PX + into, 500) for into in (5, 25, 50, 90)]
    assert speeds == sorted(speeds)
    assert speeds[2] == speeds[3]


def test_the_minimap_shows_the_whole_webinar_whatever_is_visible():
    viewport = make_viewport()
    before = viewport.make_minimap_scale(HOUR)
    viewport.zoom(30, 400, HOUR, 0)
    assert viewport.make_minimap_scale(HOUR) == before
    assert before.x_of(HOUR) <= 1000


def test_after_a_fitted_webinar_there_is_space_to_drop_without_scrolling():
    view = Viewport()
    for width in (700, 1_300, 3_000):
        view.resize(Layout.for_size(width, 300, header=120, line_px=16), 4 * MINUTE)
        view.fit(4 * MINUTE)
        behind = view.scale.x_of(4 * MINUTE) + 10
        assert view.scroll_speed(behind, behind - 200) == 0, width


def test_a_webinar_that_grows_to_near_the_border_is_fitted_again():
    view = Viewport()
    view.fit(4 * MINUTE)
    grown = view.scale.ms_at(view.layout.width - 30)
    view.update_length(grown)
    assert view.scroll_speed(view.scale.x_of(grown) + 10, 0) == 0
    before = view.scale
    view.update_length(grown + 1)
    assert view.scale == before, "a little more is no reason"
