"""Searches along a lane, at and around every border."""

import pytest

from editor.schedule.lane_search import (
    find_index_after,
    find_index_at,
    find_last_started,
    find_next_cut,
    find_previous_cut,
    find_segment_at,
    find_segments_between,
    list_cuts,
)
from editor.schedule.model import Cta, Image, Marker, Webinar
from editor.schedule.offer_parts import find_next_opening_ms, find_open_offer, join_offer_at, join_offers


def make_image(name: str, start_ms: int, length_ms: int) -> Image:
    return Image(id=name, start_ms=start_ms, length_ms=length_ms, media="a" * 64)


def make_part(name: str, start_ms: int, length_ms: int, offer: str = "o") -> Cta:
    return Cta(id=name, start_ms=start_ms, length_ms=length_ms, offer=offer)


LANE = (make_image("a", 1_000, 2_000), make_image("b", 3_000, 1_000), make_image("c", 6_000, 1_000))
"""A gap, two segments that touch, a gap, one segment."""


@pytest.mark.parametrize(
    ("at_ms", "covering", "last_started", "index_after"),
    [
        (0, None, None, 0),
        (999, None, None, 0),
        (1_000, "a", "a", 1),
        (2_999, "a", "a", 1),
        (3_000, "b", "b", 2),
        (3_999, "b", "b", 2),
        (4_000, None, "b", 2),
        (5_999, None, "b", 2),
        (6_000, "c", "c", 3),
        (7_000, None, "c", 3),
    ],
)
def test_segment_at_a_position(at_ms: int, covering: str | None, last_started: str | None, index_after: int) -> None:
    segment, started, index = find_segment_at(LANE, at_ms), find_last_started(LANE, at_ms), find_index_at(LANE, at_ms)
    assert (segment and segment.id) == covering
    assert (started and started.id) == last_started
    assert find_index_after(LANE, at_ms) == index_after
    assert (None if index is None else LANE[index].id) == covering


@pytest.mark.parametrize(
    ("from_ms", "to_ms", "ids"),
    [
        (0, 1_000, ""),
        (0, 1_001, "a"),
        (2_999, 3_000, "a"),
        (3_000, 3_000, ""),
        (2_999, 3_001, "ab"),
        (4_000, 6_000, ""),
        (3_999, 6_001, "bc"),
        (7_000, 9_000, ""),
    ],
)
def test_segments_between_two_positions(from_ms: int, to_ms: int, ids: str) -> None:
    assert "".join(segment.id for segment in find_segments_between(LANE, from_ms, to_ms)) == ids


def test_an_empty_lane_has_nothing_to_find() -> None:
    assert find_segments_between((), 0, 1_000) == ()
    assert find_segment_at((), 0) is None
    assert find_last_started((), 0) is None
    assert find_index_after((), 0) == 0


def test_cuts_are_the_borders_of_both_lanes_and_the_markers() -> None:
    webinar = Webinar(
        id="w", programme=LANE, interactions=(make_part("i", 500, 1_500),), markers=(Marker(id="m", at_ms=9_000),)
    )
    assert list_cuts(webinar) == [0, 500, 1_000, 2_000, 3_000, 4_000, 6_000, 7_000, 9_000]
    assert find_previous_cut(webinar, 0) is None
    assert find_previous_cut(webinar, 1) == 0
    assert find_previous_cut(webinar, 1_000) == 500
    assert find_previous_cut(webinar, 1_001) == 1_000
    assert find_next_cut(webinar, 999) == 1_000
    assert find_next_cut(webinar, 1_000) == 2_000
    assert find_next_cut(webinar, 9_000) is None
    assert list_cuts(Webinar(id="w")) == [0]


def test_parts_of_a_split_offer_that_touch_are_one_offer() -> None:
    lane = (
        make_part("a", 0, 1_000),
        make_part("b", 1_000, 1_000),
        make_part("other", 2_000, 1_000, offer="p"),
        make_part("c", 3_000, 1_000),
        make_part("d", 4_001, 1_000),
    )
    webinar = Webinar(id="w", interactions=lane)
    offer_parts = [(each.segment.id, each.start_ms, each.end_ms) for each in join_offers(webinar)]
    assert offer_parts == [("a", 0, 2_000), ("other", 2_000, 3_000), ("c", 3_000, 4_000), ("d", 4_001, 5_001)]
    assert join_offer_at(lane, 1) == join_offer_at(lane, 0) == find_open_offer(webinar, 1_999)
    assert find_open_offer(webinar, 4_000) is None
    assert [find_next_opening_ms(webinar, at) for at in (-1, 0, 2_000, 3_000, 4_001)] == [0, 2_000, 3_000, 4_001, None]
