"""Snapping: the nearest target wins; ties by rank (own lane, playhead, marker, other lane, 0), then start over end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.schedule.model import Image, Marker, Webinar
from ui.timeline.input.snapping import MARKER, OTHER_LANE, OWN_LANE, PLAYHEAD, ZERO, DraggedEdge, SnapTargets

US_PER_PX = 100_000
"""100 ms a pixel: 10 px are 1 s."""


def make_start(at_ms, lane="programme"):
    return DraggedEdge(at_ms, lane, is_start=True)


def make_end(at_ms, lane="programme"):
    return DraggedEdge(at_ms, lane, is_start=False)


def make_targets(programme=(), interactions=(), playhead=None, markers=()):
    return SnapTargets({"programme": programme, "interactions": interactions}, playhead_ms=playhead, markers=markers)


@pytest.mark.parametrize("off", [-1_000, -400, 0, 400, 1_000])
def test_an_edge_within_10_px_of_a_target_snaps(off):
    snap = make_targets(programme=(50_000,)).snap((make_start(50_000 + off),), US_PER_PX)
    assert snap is not None
    assert (snap.delta_ms, snap.at_ms) == (-off, 50_000)


@pytest.mark.parametrize("off", [-1_001, 1_001])
def test_an_edge_beyond_10_px_does_not_snap(off):
    assert make_targets(programme=(50_000,)).snap((make_start(50_000 + off),), US_PER_PX) is None


def test_the_reach_is_measured_in_pixels():
    near = make_targets(programme=(50_000,))
    assert near.snap((make_start(50_600),), US_PER_PX) is not None
    assert near.snap((make_start(50_600),), US_PER_PX // 10) is None


def test_the_nearest_target_wins_whatever_its_rank():
    snap = make_targets(programme=(50_000,), interactions=(50_700,)).snap((make_start(50_600),), US_PER_PX)
    assert snap is not None
    assert (snap.at_ms, snap.rank) == (50_700, OTHER_LANE)


@pytest.mark.parametrize(
    ("found", "rank"),
    [
        ({"programme": (1_000,), "playhead": 1_000, "markers": (1_000,), "interactions": (1_000,)}, OWN_LANE),
        ({"playhead": 1_000, "markers": (1_000,), "interactions": (1_000,)}, PLAYHEAD),
        ({"markers": (1_000,), "interactions": (1_000,)}, MARKER),
        ({"interactions": (1_000,)}, OTHER_LANE),
    ],
)
def test_ties_go_by_rank(found, rank):
    # 0 is as far away as the others: 500 ms, 5 px.
    snap = make_targets(**found).snap((make_start(500),), US_PER_PX)
    assert snap is not None
    assert snap.rank == rank
    assert make_targets().snap((make_start(500),), US_PER_PX).rank == ZERO


def test_targets_at_the_same_number_of_pixels_are_equally_near():
    # 480 and 520 ms are 5 px both; the own lane wins though it is 40 ms farther.
    snap = make_targets(programme=(10_520,), interactions=(9_520,)).snap((make_start(10_000),), US_PER_PX)
    assert snap is not None
    assert snap.at_ms == 10_520


def test_the_own_lane_is_that_of_the_dragged_edge():
    snap = make_targets(programme=(10_500,), interactions=(9_500,)).snap(
        (make_start(10_000, "interactions"),), US_PER_PX
    )
    assert snap is not None
    assert snap.at_ms == 9_500


def test_a_dragged_start_wins_over_a_dragged_end():
    both = (make_end(20_300), make_start(10_300))
    snap = make_targets(programme=(10_000, 20_000)).snap(both, US_PER_PX)
    assert snap is not None
    assert snap.at_ms == 10_000


def test_a_nearer_end_wins_over_a_start():
    snap = make_targets(programme=(10_000, 20_000)).snap((make_start(10_400), make_end(20_100)), US_PER_PX)
    assert snap is not None
    assert snap.at_ms == 20_000


def make_image(name, start_ms, length_ms=10_000):
    return Image(id=name, start_ms=start_ms, media="a" * 64, length_ms=length_ms)


def test_the_moved_segments_own_edges_are_no_targets():
    webinar = Webinar(
        id="w", programme=(make_image("a", 10_000), make_image("b", 30_000)), markers=(Marker(id="m", at_ms=70_000),)
    )
    among = SnapTargets.from_webinar(webinar, moved={"a"}, playhead_ms=90_000)
    assert among.snap((make_start(10_200),), US_PER_PX) is None
    assert among.snap((make_start(19_900),), US_PER_PX) is None
    assert among.snap((make_start(30_300),), US_PER_PX).at_ms == 30_000
    assert among.snap((make_start(70_300),), US_PER_PX).rank == MARKER
    assert among.snap((make_start(90_300),), US_PER_PX).rank == PLAYHEAD


@given(
    places=st.lists(st.integers(0, 100_000), max_size=40),
    at_ms=st.integers(0, 100_000),
    us_per_px=st.integers(1_000, 1_000_000),
)
def test_bisection_finds_the_same_target_as_a_linear_search(places, at_ms, us_per_px):
    snap = make_targets(programme=sorted(places)).snap((make_start(at_ms),), us_per_px)
    reachable = [place for place in [*places, 0] if abs(place - at_ms) * 1000 <= 10 * us_per_px]
    assert (snap is None) == (not reachable)
    if snap is not None:
        nearest = min(abs(place - at_ms) for place in reachable)
        assert abs(abs(snap.delta_ms) - nearest) * 1000 <= us_per_px
