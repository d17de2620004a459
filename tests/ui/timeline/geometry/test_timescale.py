"""Conversion between milliseconds and pixels, zooming, and ticks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.schedule.model import HOUR, MAX_WEBINAR_MS, MINUTE, SECOND
from ui.timeline.geometry.timescale import MAX_US_PER_PX, MIN_US_PER_PX, TICK_STEPS_MS, Timescale, count_decimals

scales = st.builds(
    Timescale,
    us_per_px=st.integers(MIN_US_PER_PX, MAX_US_PER_PX),
    origin_ms=st.integers(0, MAX_WEBINAR_MS),
    left=st.integers(0, 200),
    width=st.integers(50, 4000),
)


@given(scale=scales, at_ms=st.integers(0, MAX_WEBINAR_MS))
def test_a_position_survives_conversion_to_a_pixel_and_back(scale, at_ms):
    assert abs(scale.ms_at(scale.x_of(at_ms)) - at_ms) <= 1


@given(scale=scales, factor=st.floats(0.2, 5), x=st.floats(0, 4000))
def test_zooming_keeps_the_position_under_the_pointer(scale, factor, x):
    zoomed = scale.zoomed(factor, x)
    assert abs(zoomed.ms_at(x) - scale.ms_at(x)) <= 2


def test_zooming_in_and_out_again_restores_the_scale():
    scale = Timescale(us_per_px=240_000, origin_ms=60_000, left=120, width=1200)
    back = scale.zoomed(1.25, 500).zoomed(0.8, 500)
    assert back.us_per_px == scale.us_per_px
    assert abs(back.origin_ms - scale.origin_ms) <= 1


def test_zoom_stops_at_its_limits():
    near = Timescale(us_per_px=MIN_US_PER_PX, origin_ms=5, width=100)
    assert near.zoomed(2, 50) == near
    assert near.zoomed(1e-9, 50).us_per_px == MAX_US_PER_PX


def test_the_view_is_never_left_of_0_nor_far_after_the_end():
    scale = Timescale(us_per_px=100_000, width=1000)
    assert scale.with_origin(-5_000).clamped(HOUR).origin_ms == 0
    assert scale.with_origin(HOUR * 20).clamped(HOUR).end_ms == HOUR + scale.span_ms // 2
    assert scale.with_origin(MAX_WEBINAR_MS).clamped(MAX_WEBINAR_MS).end_ms <= MAX_WEBINAR_MS + scale.span_ms // 8


def test_fitting_shows_the_whole_stretch_with_a_margin():
    scale = Timescale(width=1000).fitted(0, HOUR)
    assert scale.origin_ms == 0
    assert HOUR < scale.end_ms < HOUR * 11 // 10


@given(scale=scales)
def test_ticks_have_a_step_of_the_list_and_lie_at_least_44_px_apart(scale):
    ticks = scale.make_ticks(70)
    step = scale.tick_step_ms()
    assert step in TICK_STEPS_MS
    assert scale.px_of(step) >= 44 or step == TICK_STEPS_MS[-1]
    assert all(later.at_ms - earlier.at_ms == step for earlier, later in pairwise(ticks))
    assert all(tick.at_ms % step == 0 and tick.at_ms >= 0 for tick in ticks)
    labels = [tick.at_ms for tick in ticks if tick.labelled]
    distances = [scale.px_of(later - earlier) for earlier, later in pairwise(labels)]
    assert all(px >= 70 for px in distances) or scale.label_step_ms(70) == TICK_STEPS_MS[-1]


def test_a_ruler_with_time_of_day_has_its_ticks_at_full_minutes_of_that_time():
    scale = Timescale(us_per_px=1_000_000, width=600)
    begins = 19 * HOUR + 12 * MINUTE + 30 * SECOND
    ticks = scale.make_ticks(60, begins)
    assert ticks[0].at_ms == 30 * SECOND
    assert all((tick.at_ms + begins) % MINUTE == 0 for tick in ticks)


@pytest.mark.parametrize(("step_ms", "places"), [(HOUR, 0), (SECOND, 0), (500, 1), (100, 1), (50, 2), (2, 3)])
def test_labels_have_as_many_decimals_as_their_step_needs(step_ms, places):
    assert count_decimals(step_ms) == places


def test_the_view_turns_the_page_once_the_playhead_has_left_it():
    scale = Timescale(us_per_px=1_000_000, width=100)
    assert scale.paged_to(99_999) is scale
    paged = scale.paged_to(100_000)
    assert paged.origin_ms == 95_000


def test_a_segment_is_made_visible_by_the_smallest_scroll():
    scale = Timescale(us_per_px=1_000_000, origin_ms=100_000, width=100)
    assert scale.scrolled_to(110_000, 150_000) == scale
    assert scale.scrolled_to(210_000, 220_000).end_ms == 225_000
    assert scale.scrolled_to(20_000, 60_000).origin_ms == 15_000
    assert scale.scrolled_to(20_000, 900_000).origin_ms == 15_000, "too long: its beginning"
