"""Gestures that edit, without a widget."""

from dataclasses import replace

import msgspec
import pytest

from editor.schedule import edits
from editor.schedule import operations as ops
from editor.schedule.model import MAX_WEBINAR_MS, Image, Marker, Video, Webinar
from ui.timeline.geometry.timescale import Timescale
from ui.timeline.input.dragging import MarkerGesture, MoveGesture, ResizeGesture
from ui.timeline.input.gestures import GestureContext, Point, expand_groups

SHA = "a" * 64
SCALE = Timescale(us_per_px=100_000, origin_ms=0, left=0, width=2000)
"""100 ms a pixel."""


def make_image(name, start_ms, length_ms=10_000, **more):
    return Image(id=name, start_ms=start_ms, media=SHA, length_ms=length_ms, **more)


def make_webinar(*programme, **more):
    return Webinar(id="w", programme=programme, **more)


ABC = make_webinar(make_image("a", 10_000), make_image("b", 30_000), make_image("c", 60_000))


def make_context(webinar=ABC, **more):
    plain = GestureContext(webinar, frozenset(), 0, "normal", snaps=False, apply=edits.apply)
    return replace(plain, **more)


def make_point(at_ms):
    return Point(SCALE.x_of(at_ms), 50)


def drag_segment(webinar, grabbed, to_ms, **more):
    """Drag a segment by its start to a position."""
    context = make_context(webinar, **more)
    segment = webinar.find_segment(grabbed)
    gesture = MoveGesture(context, segment, segment.start_ms)
    gesture.move(make_point(to_ms), SCALE)
    return gesture


# ------------------------------------------------------------------------------------------------------- moving


def test_a_move_previews_the_edit_that_it_commits():
    gesture = drag_segment(ABC, "a", 45_000)
    op = gesture.finish()
    assert op == ops.Move(segments=("a",), delta_ms=35_000)
    assert edits.apply(ABC, op).webinar == gesture.preview.webinar
    bubble = gesture.preview.tooltip
    assert (bubble.start_ms, bubble.end_ms, bubble.difference_ms) == (45_000, 55_000, 35_000)


def test_a_move_changes_nothing_before_it_is_finished_or_after_it_is_cancelled():
    before = msgspec.json.encode(ABC)
    gesture = drag_segment(ABC, "a", 45_000)
    gesture.cancel()
    assert gesture.finish() is None
    assert gesture.preview.webinar is None
    assert msgspec.json.encode(ABC) == before


def test_a_move_back_to_its_origin_is_no_edit():
    assert drag_segment(ABC, "a", 10_000).finish() is None


def test_a_taken_place_is_shown_blocked_and_the_segment_lands_at_the_nearest_free_one():
    gesture = drag_segment(ABC, "a", 28_000)
    (ghost,) = gesture.preview.ghosts
    assert ghost.blocked
    assert (ghost.start_ms, ghost.end_ms) == (28_000, 38_000)
    assert gesture.finish() == ops.Move(segments=("a",), delta_ms=10_000)
    assert gesture.preview.webinar.find_segment("a").start_ms == 20_000
    assert gesture.preview.tooltip.start_ms == 20_000


def test_a_blocked_move_whose_nearest_free_place_is_its_origin_is_no_edit():
    gesture = drag_segment(make_webinar(make_image("a", 0), make_image("b", 10_000, 50_000)), "a", 3_000)
    assert gesture.preview.ghosts[0].blocked
    assert gesture.finish() is None


@pytest.mark.parametrize(("delta_ms", "start"), [(-40_000, 0), (MAX_WEBINAR_MS + 40_000, MAX_WEBINAR_MS - 10_000)])
def test_a_moved_segment_stays_between_0_and_24_hours(delta_ms, start):
    assert drag_segment(ABC, "a", delta_ms).preview.webinar.find_segment("a").start_ms == start


def test_a_move_in_insert_mode_makes_room_and_keeps_the_total_length():
    touching = make_webinar(make_image("a", 0), make_image("b", 10_000), make_image("c", 20_000))
    gesture = drag_segment(touching, "c", 0, mode="insert")
    assert [each.id for each in gesture.preview.webinar.programme] == ["c", "a", "b"]
    assert gesture.preview.webinar.length_ms == 30_000
    assert gesture.finish().mode == "insert"


def test_a_move_in_overwrite_mode_trims_the_segments_there():
    gesture = drag_segment(ABC, "a", 35_000, mode="overwrite")
    assert gesture.preview.webinar.find_segment("b").end_ms == 35_000
    assert not gesture.preview.ghosts


def test_selected_segments_move_together_with_their_groups():
    grouped = make_webinar(
        make_image("a", 10_000, group="g"), make_image("b", 30_000), make_image("c", 60_000, group="g")
    )
    gesture = drag_segment(grouped, "b", 31_000, selected=frozenset(("a", "b")))
    assert gesture.preview.dragged == {"a", "b", "c"}
    assert gesture.finish().delta_ms == 1_000
    alone = drag_segment(grouped, "b", 31_000, selected=frozenset(("a",)))
    assert alone.preview.dragged == {"b"}, "the grabbed segment is not selected"


def test_a_refusal_for_one_segment_stops_all_moved_segments():
    both = drag_segment(ABC, "a", 48_000, selected=frozenset(("a", "b")))  # b would come to lie over c
    assert {ghost.start_ms for ghost in both.preview.ghosts} == {48_000, 68_000}
    after = both.preview.webinar
    assert after.find_segment("b").start_ms - after.find_segment("a").start_ms == 20_000, "both land together"


def test_a_move_in_a_locked_lane_still_returns_the_edit_so_that_unlocking_can_be_offered():
    gesture = drag_segment(msgspec.structs.replace(ABC, programme_locked=True), "a", 45_000)
    assert gesture.preview.refusal.code == "refused.locked"
    assert gesture.preview.webinar is None
    assert gesture.finish() == ops.Move(segments=("a",), delta_ms=35_000)


# ----------------------------------------------------------------------------------------------------- snapping


def test_snapping_is_shown_and_alt_suspends_it():
    gesture = drag_segment(ABC, "a", 19_400, snaps=True)  # its end 600 ms, 6 px, before b
    assert gesture.preview.snap_ms == 30_000
    assert gesture.preview.webinar.find_segment("a").start_ms == 20_000
    gesture.move(replace(make_point(19_400), snap_suspended=True), SCALE)
    assert gesture.preview.snap_ms is None
    assert gesture.preview.webinar.find_segment("a").start_ms == 19_400


def test_a_group_snaps_by_its_outer_edges_and_those_of_the_grabbed_segment():
    five = make_webinar(
        make_image("a", 10_000), make_image("b", 24_000), make_image("c", 40_000), make_image("wall", 200_000)
    )
    all_three = frozenset("abc")
    # b's end (the grabbed one's) comes within 5 px of the wall; then c's (the outer end); a's end never counts.
    grabbed = drag_segment(five, "b", 189_500, snaps=True, selected=all_three, mode="overwrite")
    assert grabbed.preview.snap_ms == 200_000
    outer = drag_segment(five, "b", 173_600, snaps=True, selected=all_three)
    assert outer.preview.snap_ms == 200_000
    inner = drag_segment(five, "b", 203_600, snaps=True, selected=all_three, mode="overwrite")  # a's end at 199,600
    assert inner.preview.snap_ms is None


def test_a_moved_segment_does_not_snap_to_its_origin():
    gesture = drag_segment(ABC, "a", 10_500, snaps=True)
    assert gesture.preview.snap_ms is None


def test_a_move_in_insert_mode_snaps_to_positions_after_its_gap_is_closed():
    touching = make_webinar(make_image("a", 0), make_image("b", 10_000, 15_000), make_image("c", 25_000, 20_000))
    gesture = drag_segment(touching, "a", 14_700, snaps=True, mode="insert")
    assert gesture.preview.snap_ms == 15_000, "b ends at 15 s without a before it"
    assert [each.id for each in gesture.preview.webinar.programme] == ["b", "a", "c"]


# ----------------------------------------------------------------------------------------------------- resizing


def drag_edge(webinar, name, edge, to_ms, **more):
    segment = webinar.find_segment(name)
    at_ms = segment.start_ms if edge == "start" else segment.end_ms
    gesture = ResizeGesture(make_context(webinar, **more), segment, edge, at_ms)
    gesture.move(make_point(to_ms), SCALE)
    return gesture


def test_a_resize_previews_the_edit_that_it_commits():
    gesture = drag_edge(ABC, "a", "end", 25_000)
    op = gesture.finish()
    assert op == ops.Resize(segment="a", edge="end", delta_ms=5_000)
    assert edits.apply(ABC, op).webinar == gesture.preview.webinar
    assert gesture.preview.tooltip.difference_ms == 5_000
    assert not gesture.preview.is_stopped


def test_a_resize_stops_at_the_neighbour_and_is_shown_as_stopped():
    gesture = drag_edge(ABC, "a", "end", 33_000)
    assert gesture.preview.is_stopped
    assert gesture.preview.tooltip.end_ms == 30_000


def test_a_resize_in_insert_mode_moves_the_following_segments():
    gesture = drag_edge(ABC, "a", "end", 33_000, mode="insert")
    assert gesture.preview.webinar.find_segment("b").start_ms == 43_000
    assert not gesture.preview.is_stopped


def test_a_start_edge_in_insert_mode_is_not_shown_as_stopped():
    clip = make_webinar(Video(id="v", start_ms=10_000, media=SHA, in_ms=0, out_ms=30_000))
    gesture = drag_edge(clip, "v", "start", 15_000, mode="insert")
    assert gesture.preview.webinar.find_segment("v").start_ms == 10_000
    assert gesture.preview.webinar.find_segment("v").in_ms == 5_000
    assert not gesture.preview.is_stopped


def test_a_resize_that_changes_nothing_is_no_edit():
    assert drag_edge(make_webinar(make_image("a", 0), make_image("b", 10_000)), "a", "end", 15_000).finish() is None


def test_an_edge_snaps_to_the_playhead_and_never_to_the_other_edge_of_its_segment():
    gesture = drag_edge(ABC, "a", "end", 24_200, snaps=True, playhead_ms=25_000)
    assert gesture.preview.snap_ms == 25_000
    snapped = drag_edge(make_webinar(make_image("a", 5_000, 10_000)), "a", "end", 5_500, snaps=True)
    assert snapped.preview.snap_ms is None


# ----------------------------------------------------------------------------------------- the webinar changes


def test_a_gesture_continues_over_a_changed_webinar():
    gesture = drag_segment(ABC, "a", 45_000)
    longer = edits.apply(ABC, ops.Resize(segment="c", edge="end", delta_ms=50_000)).webinar
    assert gesture.rebase(make_context(longer))
    assert gesture.preview.webinar.find_segment("c").length_ms == 60_000
    assert gesture.preview.webinar.find_segment("a").start_ms == 45_000


def test_a_gesture_ends_when_its_segment_is_deleted():
    webinar_after = edits.apply(ABC, ops.Delete(segments=("a",))).webinar
    assert not drag_segment(ABC, "a", 45_000).rebase(make_context(webinar_after))
    assert not drag_edge(ABC, "a", "end", 25_000).rebase(make_context(webinar_after))


# ------------------------------------------------------------------------------------------------------ markers


def test_a_marker_snaps_to_other_targets_but_not_to_itself():
    marked = make_webinar(make_image("a", 10_000), markers=(Marker(id="m", at_ms=40_000), Marker(id="n", at_ms=60_000)))
    gesture = MarkerGesture(make_context(marked, snaps=True), marked.markers[0])
    gesture.move(make_point(19_500), SCALE)
    assert gesture.preview.snap_ms == 20_000
    assert gesture.finish() == ops.ChangeMarker(marker="m", at_ms=20_000)
    gesture.move(make_point(40_600), SCALE)
    assert gesture.preview.snap_ms is None
    gesture.move(make_point(60_400), SCALE)
    assert gesture.preview.snap_ms == 60_000
    gesture.cancel()
    assert gesture.finish() is None


def test_expanding_adds_the_other_members_of_groups():
    grouped = make_webinar(make_image("a", 0, group="g"), make_image("b", 20_000, group="g"), make_image("c", 40_000))
    assert [each.id for each in expand_groups(grouped, ("b",))] == ["a", "b"]
    assert [each.id for each in expand_groups(grouped, ("c",))] == ["c"]
