"""DESIGN.md §2: fewest pixels win; ties: own lane's edge, playhead, marker, other lane, 0; start before end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.schedule.model import Image, Marker, Webinar
from ui.timeline.snapping import MARKER, OTHER_LANE, OWN_LANE, PLAYHEAD, ZERO, Offered, Targets

PX = 100_000
"""100 ms a pixel: 10 px are 1 s."""


def start(at_ms, lane="programme"):
    return Offered(at_ms, lane, is_start=True)


def end(at_ms, lane="programme"):
    return Offered(at_ms, lane, is_start=False)


def targets(programme=(), interactions=(), playhead=None, markers=()):
    return Targets({"programme": programme, "interactions": interactions}, playhead_ms=playhead, markers=markers)


@pytest.mark.parametrize("off", [-1_000, -400, 0, 400, 1_000])
def test_an_edge_within_10_px_is_drawn_there(off):
    snap = targets(programme=(50_000,)).snap((start(50_000 + off),), PX)
    assert snap is not None
    assert (snap.delta_ms, snap.at_ms) == (-off, 50_000)


@pytest.mark.parametrize("off", [-1_001, 1_001])
def test_beyond_10_px_nothing_draws(off):
    assert targets(programme=(50_000,)).snap((start(50_000 + off),), PX) is None


def test_the_reach_is_pixels_not_time():
    near = targets(programme=(50_000,))
    assert near.snap((start(50_600),), PX) is not None
    assert near.snap((start(50_600),), PX // 10) is None


def test_fewest_pixels_win_whatever_they_are():
    snap = targets(programme=(50_000,), interactions=(50_700,)).snap((start(50_600),), PX)
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
    snap = targets(**found).snap((start(500),), PX)
    assert snap is not None
    assert snap.rank == rank
    assert targets().snap((start(500),), PX).rank == ZERO


def test_what_lies_on_the_same_pixel_is_equally_near():
    # 480 and 520 ms are 5 px both; the own lane wins though it is 40 ms farther.
    snap = targets(programme=(10_520,), interactions=(9_520,)).snap((start(10_000),), PX)
    assert snap is not None
    assert snap.at_ms == 10_520


def test_own_lane_is_that_of_the_edge_that_is_offered():
    snap = targets(programme=(10_500,), interactions=(9_500,)).snap((start(10_000, "interactions"),), PX)
    assert snap is not None
    assert snap.at_ms == 9_500


def test_start_before_end():
    both = (end(20_300), start(10_300))
    snap = targets(programme=(10_000, 20_000)).snap(both, PX)
    assert snap is not None
    assert snap.at_ms == 10_000


def test_an_end_that_is_nearer_goes_before_a_start():
    snap = targets(programme=(10_000, 20_000)).snap((start(10_400), end(20_100)), PX)
    assert snap is not None
    assert snap.at_ms == 20_000


def image(name, start_ms, length_ms=10_000):
    return Image(id=name, start_ms=start_ms, media="a" * 64, length_ms=length_ms)


def test_the_moved_segments_own_edges_never_count():
    webinar = Webinar(
        id="w", programme=(image("a", 10_000), image("b", 30_000)), markers=(Marker(id="m", at_ms=70_000),)
    )
    among = Targets.of(webinar, moved={"a"}, playhead_ms=90_000)
    assert among.snap((start(10_200),), PX) is None
    assert among.snap((start(19_900),), PX) is None
    assert among.snap((start(30_300),), PX).at_ms == 30_000
    assert among.snap((start(70_300),), PX).rank == MARKER
    assert among.snap((start(90_300),), PX).rank == PLAYHEAD


@given(
    places=st.lists(st.integers(0, 100_000), max_size=40),
    at_ms=st.integers(0, 100_000),
    us_per_px=st.integers(1_000, 1_000_000),
)
def test_bisection_finds_what_looking_at_all_finds(places, at_ms, us_per_px):
    snap = targets(programme=sorted(places)).snap((start(at_ms),), us_per_px)
    reach = [place for place in [*places, 0] if abs(place - at_ms) * 1000 <= 10 * us_per_px]
    assert (snap is None) == (not reach)
    if snap is not None:
        nearest = min(abs(place - at_ms) for place in reach)
        assert abs(abs(snap.delta_ms) - nearest) * 1000 <= us_per_px
