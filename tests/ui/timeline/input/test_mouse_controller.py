"""Mouse operation of the timeline: real mouse events on the real widget."""

import msgspec
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.schedule import operations as ops
from editor.schedule.model import Webinar

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def is_near(actual, expected, harness, px=1.5):
    return abs(actual - expected) <= harness.timeline.viewport.scale.ms_of(px)


# ---------------------------------------------------------------------------------------------- press and drag


def test_a_drag_moves_a_segment_in_one_undo_step(harness):
    before = harness.webinar
    harness.drag(harness.point_at("programme", 210_000), harness.point_at("programme", 310_000))
    assert is_near(harness.segment("song").start_ms, 300_000, harness)
    assert harness.controller.undo_step.op_tag == "move"
    harness.controller.undo()
    assert harness.webinar == before
    assert harness.controller.undo_step is None


@pytest.mark.parametrize(("offset", "is_drag"), [(3, False), (4, True), (5, True)])
@pytest.mark.parametrize("direction", [QPoint(1, 0), QPoint(-1, 0), QPoint(0, 1), QPoint(0, -1)])
@pytest.mark.parametrize("lane_and_ms", [("programme", 210_000), ("ruler", 85_000), ("programme", 190_000)])
def test_a_press_becomes_a_drag_at_exactly_4_px(harness, lane_and_ms, direction, offset, is_drag):
    """On a segment, a marker and empty ground, in every direction."""
    start = harness.point_at(*lane_and_ms)
    harness.press(start)
    harness.move(start + offset * direction)
    assert (harness.timeline.mouse.gesture is not None) == is_drag
    harness.key(Qt.Key.Key_Escape)
    harness.release(start + offset * direction)


def test_distances_in_x_and_y_do_not_add_up_to_a_drag(harness):
    start = harness.point_at("programme", 210_000)
    harness.press(start)
    harness.move(start + QPoint(3, 3))
    assert harness.timeline.mouse.gesture is None
    harness.release(start + QPoint(3, 3))
    assert harness.controller.undo_step is None
    assert harness.selection.ids == {"song"}


def test_a_drag_of_4_px_moves_the_segment_and_one_of_3_does_not(harness):
    start = harness.point_at("programme", 210_000)
    for offset, is_moved in ((3, False), (4, True)):
        harness.press(start)
        harness.move(start + QPoint(offset, 0))
        harness.release(start + QPoint(offset, 0))
        assert (harness.segment("song").start_ms != 200_000) == is_moved


def test_esc_cancels_a_drag_and_the_release_then_does_nothing(harness):
    harness.press(harness.point_at("programme", 210_000))
    harness.move(harness.point_at("programme", 310_000))
    assert harness.timeline.make_paint_state().preview.webinar is not None
    harness.key(Qt.Key.Key_Escape)
    assert harness.timeline.make_paint_state().preview.webinar is None
    harness.release(harness.point_at("programme", 310_000))
    assert harness.controller.undo_step is None


def test_nothing_is_committed_during_a_drag(harness):
    before = harness.webinar
    harness.press(harness.point_at("programme", 210_000))
    for at_ms in range(215_000, 330_000, 10_000):
        harness.move(harness.point_at("programme", at_ms))
    assert harness.webinar is before


def test_alt_suspends_snapping(make_harness):
    harness = make_harness()
    end = harness.point_at("programme", 191_000)  # the song's start comes 1 s, about 4 px, after the tour's end
    harness.press(harness.point_at("programme", 210_000))
    harness.move(end)
    assert harness.timeline.make_paint_state().preview.snap_ms == 180_000
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove,
        QPointF(end),
        harness.timeline.mapToGlobal(QPointF(end)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        ALT,
    )
    QApplication.sendEvent(harness.timeline, event)
    assert harness.timeline.make_paint_state().preview.snap_ms is None
    harness.release(end)


def test_an_edge_is_dragged(harness):
    harness.drag(
        harness.point_at("interactions", 50_000) - QPoint(2, 0), harness.point_at("interactions", 70_000) - QPoint(2, 0)
    )
    assert is_near(harness.segment("book").end_ms, 70_000, harness)
    assert harness.segment("book").start_ms == 20_000


def test_the_preview_stays_until_the_edit_is_done(harness):
    """An edit is saved before it is shown; meanwhile the segment must not jump back."""
    answers = []
    harness.controller._runner = lambda work, done, _failed: answers.append((work, done))
    harness.drag(harness.point_at("programme", 210_000), harness.point_at("programme", 310_000))
    shown = harness.timeline.make_paint_state().displayed_webinar
    assert is_near(shown.find_segment("song").start_ms, 300_000, harness)
    assert harness.segment("song").start_ms == 200_000
    ((work, done),) = answers
    done(work())
    assert harness.timeline.make_paint_state().preview.webinar is None
    assert is_near(harness.segment("song").start_ms, 300_000, harness)


def test_a_grouped_drag_moves_both_lanes(harness):
    harness.controller.edit(ops.Group(segments=("welcome", "book")))
    harness.selection.clear()
    harness.controller.edit(ops.Delete(segments=("agenda", "how")))
    harness.drag(harness.point_at("interactions", 35_000), harness.point_at("interactions", 40_000))
    moved = harness.segment("book").start_ms - 20_000
    assert moved > 0
    assert harness.segment("welcome").start_ms == 10_000 + moved


def test_a_locked_lane_has_no_handles_and_shows_the_refusal_at_the_pointer(harness, qtbot):
    harness.controller.edit(ops.Lock(lane="interactions"))
    errors = []
    harness.controller.refused.connect(lambda refusal: errors.append((refusal.error.code, refusal.operation)))
    edge = harness.point_at("interactions", 50_000) - QPoint(2, 0)
    assert harness.timeline.mouse.hit_test(edge.x(), edge.y()).edge is None
    with qtbot.waitSignal(harness.timeline.edit_refused) as blocker:
        harness.drag(harness.point_at("interactions", 35_000), harness.point_at("interactions", 60_000))
    global_pos, why = blocker.args
    assert "lock" in why.lower()
    assert harness.timeline.rect().contains(harness.timeline.mapFromGlobal(global_pos))
    ((code, op),) = errors
    assert code == "refused.locked"
    harness.controller.edit(msgspec.structs.replace(op, unlock=True))
    assert harness.segment("book").start_ms > 20_000


def test_a_click_on_the_lock_in_the_header_locks_and_unlocks(harness):
    left, top, width, height = harness.timeline.viewport.layout.lock_rect("programme")
    harness.click(QPoint(left + width // 2, top + height // 2))
    assert harness.webinar.programme_locked
    harness.click(QPoint(left + width // 2, top + height // 2))
    assert not harness.webinar.programme_locked


def test_a_drag_continues_after_another_edit(harness):
    harness.press(harness.point_at("programme", 210_000))
    harness.move(harness.point_at("programme", 320_000))
    harness.controller.edit(ops.Move(segments=("how",), delta_ms=5_000))
    assert harness.timeline.mouse.gesture is not None
    harness.release(harness.point_at("programme", 320_000))
    assert harness.segment("how").start_ms == 105_000
    assert is_near(harness.segment("song").start_ms, 310_000, harness)


def test_a_drag_ends_when_its_segment_is_deleted(harness):
    harness.press(harness.point_at("programme", 210_000))
    harness.move(harness.point_at("programme", 320_000))
    harness.controller.edit(ops.Delete(segments=("song",)))
    assert harness.timeline.mouse.gesture is None
    harness.release(harness.point_at("programme", 320_000))
    assert harness.controller.undo_step.op_tag == "delete"


def test_in_a_read_only_webinar_segments_can_be_selected_but_not_dragged(harness, monkeypatch):
    monkeypatch.setattr(harness.controller, "_read_only", True)
    harness.drag(harness.point_at("programme", 210_000), harness.point_at("programme", 310_000))
    assert harness.timeline.mouse.gesture is None
    assert harness.selection.ids == {"song"}
    edge = harness.point_at("interactions", 50_000) - QPoint(2, 0)
    assert harness.timeline.mouse.hit_test(edge.x(), edge.y()).edge is None
    harness.key(Qt.Key.Key_Return)
    assert harness.timeline.keyboard.held_part is None
    harness.click(harness.point_at("ruler", 85_000))
    assert harness.playhead.position_ms == 85_000


# --------------------------------------------------------------------------------------------------- selecting


def test_clicks_select_toggle_extend_and_clear(harness):
    harness.click(harness.point_at("programme", 40_000))
    assert harness.selection.ids == {"welcome"}
    assert harness.selection.primary == "welcome"
    harness.click(harness.point_at("interactions", 30_000), CTRL)
    assert harness.selection.ids == {"welcome", "book"}
    harness.click(harness.point_at("programme", 40_000), CTRL)
    assert harness.selection.ids == {"book"}
    harness.click(harness.point_at("programme", 75_000))
    harness.click(harness.point_at("programme", 210_000), SHIFT)
    assert harness.selection.ids == {"agenda", "tour", "song"}
    harness.click(harness.point_at("programme", 190_000))
    assert not harness.selection.ids


def test_a_click_on_one_of_many_selected_selects_it_alone(harness):
    harness.selection.set(("welcome", "tour", "song"))
    harness.click(harness.point_at("programme", 120_000))
    assert harness.selection.ids == {"tour"}


def test_a_rubber_band_selects_what_it_touches_and_ctrl_adds(harness):
    start, end = harness.point_at("programme", 85_000), harness.point_at("interactions", 215_000)
    harness.drag(start, end)
    assert harness.selection.ids == {"tour", "song", "how"}
    start = harness.point_at("programme", 235_000)
    harness.press(start, CTRL)
    harness.move(start + QPoint(6, 0))
    harness.move(harness.point_at("programme", 250_000))
    harness.release(harness.point_at("programme", 250_000))
    assert harness.selection.ids == {"tour", "song", "how", "call"}


def test_esc_restores_the_selection_from_before_the_rubber_band(harness):
    harness.selection.set(("welcome",))
    harness.press(harness.point_at("programme", 85_000))
    harness.move(harness.point_at("interactions", 215_000))
    assert "tour" in harness.selection.ids
    harness.key(Qt.Key.Key_Escape)
    assert harness.selection.ids == {"welcome"}


def test_a_click_on_one_of_a_group_selects_the_group(harness):
    harness.controller.edit(ops.Group(segments=("welcome", "how")))
    harness.click(harness.point_at("programme", 40_000))
    assert harness.selection.ids == {"welcome", "how"}
    assert harness.selection.primary == "welcome"


# ------------------------------------------------------------------------------------------- ruler and minimap


def test_the_ruler_scrubs_and_esc_goes_back(harness):
    seeks = []
    harness.playhead.seek_requested.connect(seeks.append)
    harness.press(harness.point_at("ruler", 50_000))
    assert is_near(harness.playhead.position_ms, 50_000, harness)
    harness.move(harness.point_at("ruler", 150_000))
    assert is_near(harness.playhead.position_ms, 150_000, harness)
    assert len(seeks) == 2
    harness.key(Qt.Key.Key_Escape)
    assert harness.playhead.position_ms == 0
    harness.release(harness.point_at("ruler", 150_000))
    assert harness.playhead.position_ms == 0


def test_a_marker_is_clicked_and_dragged(harness):
    marker = harness.point_at("ruler", 85_000)
    harness.click(marker)
    assert harness.playhead.position_ms == 85_000
    harness.drag(marker, harness.point_at("ruler", 120_000))
    (demo,) = harness.webinar.markers
    assert is_near(demo.at_ms, 120_000, harness)
    assert harness.controller.undo_step.op_tag == "change_marker"


def test_the_minimap_moves_the_view(harness):
    timeline = harness.timeline
    timeline.set_scale(timeline.viewport.scale.zoomed(6, 200).with_origin(0))
    overview = timeline.viewport.make_minimap_scale(harness.webinar.length_ms)
    y = timeline.viewport.layout.minimap.top + 5
    harness.press(QPoint(round(overview.x_of(200_000)), y))
    middle = (timeline.viewport.scale.origin_ms + timeline.viewport.scale.end_ms) // 2
    assert abs(middle - 200_000) < 1_000
    harness.move(QPoint(round(overview.x_of(150_000)), y))
    middle = (timeline.viewport.scale.origin_ms + timeline.viewport.scale.end_ms) // 2
    assert abs(middle - 150_000) < 1_000
    harness.release(QPoint(round(overview.x_of(150_000)), y))


# ---------------------------------------------------------------------------------------------------- the view


NO_SCROLL = QPoint()


def turn_wheel(harness, x, *, angle=NO_SCROLL, pixels=NO_SCROLL, modifier=Qt.KeyboardModifier.NoModifier):
    at = QPointF(x, 120)
    event = QWheelEvent(
        at,
        harness.timeline.mapToGlobal(at),
        pixels,
        angle,
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(harness.timeline, event)


def test_ctrl_and_wheel_zoom_at_the_pointer(harness):
    scale = harness.timeline.viewport.scale
    anchor_ms = scale.ms_at(700)
    turn_wheel(harness, 700, angle=QPoint(0, 120), modifier=CTRL)
    zoomed = harness.timeline.viewport.scale
    assert zoomed.us_per_px < scale.us_per_px
    assert abs(zoomed.ms_at(700) - anchor_ms) <= 2
    turn_wheel(harness, 700, angle=QPoint(0, -120), modifier=CTRL)
    assert abs(harness.timeline.viewport.scale.us_per_px - scale.us_per_px) <= 1


@pytest.mark.parametrize(
    ("moved", "by_px"),
    [({"angle": QPoint(0, -120), "modifier": SHIFT}, 80), ({"pixels": QPoint(-33, 2)}, 33)],
)
def test_the_wheel_scrolls_and_a_trackpad_scrolls_by_pixels(harness, moved, by_px):
    harness.timeline.set_scale(harness.timeline.viewport.scale.zoomed(6, 200).with_origin(100_000))
    before = harness.timeline.viewport.scale
    turn_wheel(harness, 700, **moved)
    after = harness.timeline.viewport.scale
    assert abs(after.origin_ms - before.origin_ms - before.ms_of(by_px)) <= 1


def test_the_middle_button_drags_the_view(harness):
    timeline = harness.timeline
    timeline.set_scale(timeline.viewport.scale.zoomed(6, 200).with_origin(100_000))
    anchor_ms = timeline.viewport.scale.ms_at(600)
    harness.press(QPoint(600, 120), button=Qt.MouseButton.MiddleButton)
    harness.move(QPoint(590, 120))
    harness.move(QPoint(400, 120))
    harness.release(QPoint(400, 120), button=Qt.MouseButton.MiddleButton)
    assert abs(timeline.viewport.scale.ms_at(400) - anchor_ms) <= timeline.viewport.scale.ms_of(1)
    assert not harness.selection.ids


def test_near_the_border_the_view_scrolls_by_itself(harness):
    timeline = harness.timeline
    timeline.set_scale(timeline.viewport.scale.zoomed(6, 200).with_origin(0))
    harness.press(harness.point_at("interactions", 25_000))
    edge = QPoint(timeline.width() - 10, 120)
    harness.move(QPoint(600, 120))
    assert not timeline.mouse.autoscrolls
    harness.move(edge)
    assert timeline.mouse.autoscrolls
    before, start = timeline.viewport.scale.origin_ms, timeline.make_paint_state().preview.tooltip.start_ms
    timeline.tick(100)
    assert timeline.viewport.scale.origin_ms > before
    assert timeline.make_paint_state().preview.tooltip.start_ms > start, "the dragged segment moves along"
    harness.move(QPoint(600, 120))
    assert not timeline.mouse.autoscrolls
    harness.key(Qt.Key.Key_Escape)
    harness.release(edge)


def test_the_view_follows_the_playhead_but_not_during_a_drag(harness):
    timeline = harness.timeline
    timeline.set_scale(timeline.viewport.scale.zoomed(6, 200).with_origin(0))
    last = timeline.viewport.scale.end_ms
    harness.playhead.follow(last - 100)
    harness.press(harness.point_at("programme", 15_000))
    harness.move(harness.point_at("programme", 17_000))
    harness.playhead.follow(last + 100)
    assert timeline.viewport.scale.origin_ms == 0
    harness.key(Qt.Key.Key_Escape)
    harness.release(harness.point_at("programme", 17_000))
    harness.playhead.seek(last + 200)
    assert timeline.viewport.scale.origin_ms > 0


def test_growing_keeps_an_empty_timeline_fitted(make_harness):
    harness = make_harness(Webinar(id="w"))
    harness.controller.edit(ops.Add(segments=(make_harness().segment("how"),)))
    assert harness.timeline.viewport.scale.end_ms > 160_000


# ------------------------------------------------------------------------------------------- menus, numbers


def request_menu_at(harness, point):
    requests = []
    harness.timeline.menu_requested.connect(requests.append)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, harness.timeline.mapToGlobal(point))
    QApplication.sendEvent(harness.timeline, event)
    return requests[0]


def test_menus_are_requested_for_segment_gap_ruler_marker_and_header(harness):
    target = request_menu_at(harness, harness.point_at("programme", 120_000))
    assert (target.area, target.segment, target.lane) == ("segment", "tour", "programme")
    assert harness.selection.ids == {"tour"}, "a menu belongs to the selection"
    gap = request_menu_at(harness, harness.point_at("programme", 190_000))
    assert (gap.area, gap.lane) == ("gap", "programme")
    assert is_near(gap.at_ms, 190_000, harness)
    assert request_menu_at(harness, harness.point_at("ruler", 40_000)).area == "ruler"
    assert request_menu_at(harness, harness.point_at("ruler", 85_000)).marker == "demo"
    assert request_menu_at(harness, QPoint(20, 100)).area == "header"


def test_a_menu_on_one_of_many_selected_keeps_the_selection(harness):
    harness.selection.set(("tour", "song"))
    request_menu_at(harness, harness.point_at("programme", 120_000))
    assert harness.selection.ids == {"tour", "song"}


def test_a_double_click_requests_the_times_of_a_segment(harness, qtbot):
    with qtbot.waitSignal(harness.timeline.timing_edit_requested) as blocker:
        QTest.mouseDClick(harness.timeline, Qt.MouseButton.LeftButton, pos=harness.point_at("programme", 120_000))
    assert blocker.args == ["tour"]
    assert harness.timeline.mouse.gesture is None


def test_the_cursor_shows_which_edges_can_be_grabbed(harness):
    harness.move(harness.point_at("interactions", 50_000) - QPoint(2, 0))
    assert harness.timeline.cursor().shape() == Qt.CursorShape.SizeHorCursor
    harness.move(harness.point_at("interactions", 35_000))
    assert harness.timeline.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert harness.timeline.make_paint_state().hovered_id == "book"
