"""Which segments of a lane are drawn, and how small ones are joined."""

import random

import pytest

from editor.schedule.kinds import kind_of
from editor.schedule.model import Audio, Image, Video
from ui.timeline.geometry.culling import MIN_CLIP_PX, cull_lane
from ui.timeline.geometry.timescale import Timescale

SHA = "a" * 64


def make_lane(count, *, seed=1, longest=9_000):
    """Return a lane of three kinds of segments with few gaps."""
    rng = random.Random(seed)
    segments, at_ms = [], 0
    for number in range(count):
        length_ms = rng.randrange(1_000, longest)
        kind = rng.choice((Video, Audio, Image))
        rest = {"length_ms": length_ms} if kind is Image else {"out_ms": length_ms}
        segments.append(kind(id=f"s{number}", start_ms=at_ms, media=SHA, **rest))
        at_ms += length_ms + rng.choice((0, 0, 0, 700))
    return tuple(segments)


def find_end_ms(segments):
    return segments[-1].end_ms


@pytest.mark.parametrize("count", [1, 60, 3_000])
@pytest.mark.parametrize("us_per_px", [20_000, 400_000, 9_000_000])
def test_everything_visible_is_drawn_and_nothing_else(count, us_per_px):
    segments = make_lane(count)
    for origin_ms in (0, find_end_ms(segments) // 3, find_end_ms(segments) - 1_000):
        scale = Timescale(us_per_px, origin_ms, 120, 1200)
        found = cull_lane(segments, scale, 120, 1320)
        clips = [(left, right - left) for _, left, right in found.clips]
        clips += [run for runs in found.runs.values() for run in runs]
        for left, width in clips:
            assert left < 1320 + MIN_CLIP_PX
            assert left + width > 120 - MIN_CLIP_PX - 1
        for segment in segments:
            left, right = scale.x_of(segment.start_ms), scale.x_of(segment.end_ms)
            if right > 121 and left < 1319:
                middle = (max(left, 120) + min(right, 1320)) / 2
                assert any(at - 1 <= middle <= at + wide + 1 for at, wide in clips), segment


def test_segments_of_3_px_or_more_are_clips():
    segments = make_lane(400)
    scale = Timescale(1_000_000, 0, 0, 4000)
    found = cull_lane(segments, scale, 0, 4000)
    assert {segment.id for segment, _, _ in found.clips} == {
        segment.id for segment in segments if segment.length_ms >= 3_000 and scale.x_of(segment.start_ms) < 4000
    }


def test_10_000_segments_make_no_more_runs_than_there_are_grid_cells():
    segments = make_lane(10_000)
    scale = Timescale(width=1200).fitted(0, find_end_ms(segments))
    found = cull_lane(segments, scale, 0, 1200)
    assert not found.clips
    assert sum(map(len, found.runs.values())) <= 1200 / MIN_CLIP_PX + 1


def test_runs_keep_their_place_and_colour_while_the_view_scrolls():
    segments = make_lane(5_000)
    scale = Timescale(width=1200).fitted(0, find_end_ms(segments))

    def places(shifted):
        found = cull_lane(segments, shifted, 0, 1200)
        return {
            (kind, round(shifted.ms_at(left) / 1000))
            for kind, runs in found.runs.items()
            for left, _ in runs
            if 100 < left < 1000
        }

    scrolled = scale.panned(50)
    inside = places(scrolled)
    before = places(scale)
    assert len(inside & before) > 0.8 * len(before), "50 px of 900 left the middle; the others stayed"


def test_a_run_with_a_selected_segment_is_marked():
    segments = make_lane(5_000)
    scale = Timescale(width=1200).fitted(0, find_end_ms(segments))
    chosen = segments[2_500]
    found = cull_lane(segments, scale, 0, 1200, frozenset((chosen.id,)))
    (left, width), *others = found.selected_runs
    assert not others
    assert left - 0.5 <= scale.x_of(chosen.start_ms) <= left + width + 0.5
    assert not cull_lane(segments, scale, 0, 1200, frozenset(("nobody",))).selected_runs


def test_an_empty_lane_has_no_clips_and_no_runs():
    found = cull_lane((), Timescale(), 0, 1000)
    assert not found.clips
    assert not found.runs


def test_a_run_has_the_kind_of_its_first_segment():
    segments = make_lane(2_000)
    scale = Timescale(width=600).fitted(0, find_end_ms(segments))
    found = cull_lane(segments, scale, 0, 600)
    by_start = {round(scale.x_of(segment.start_ms), 3): kind_of(segment) for segment in segments}
    for kind, runs in found.runs.items():
        assert all(by_start[round(left, 3)] == kind for left, _ in runs)
