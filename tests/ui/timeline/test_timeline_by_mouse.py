"""The timeline in the hand: real mouse events on the real widget."""

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


def near(actual, wanted, table, px=1.5):
    return abs(actual - wanted) <= table.timeline.view.scale.ms_of(px)


# ---------------------------------------------------------------------------------------------- press and drag


def test_a_drag_moves_a_segment_in_one_undo_step(table):
    before = table.webinar
    table.drag(table.at("programme", 210_000), table.at("programme", 310_000))
    assert near(table.segment("song").start_ms, 300_000, table)
    assert table.bridge.undoable.op_tag == "move"
    table.bridge.undo()
    assert table.webinar == before
    assert table.bridge.undoable is None


def test_less_than_4_px_is_a_click(table):
    start = table.at("programme", 210_000)
    table.press(start)
    table.move(start + QPoint(3, 3))
    assert table.timeline.hand.gesture is None
    table.release(start + QPoint(3, 3))
    assert table.bridge.undoable is None
    assert table.selection.ids == {"song"}


def test_esc_gives_up_a_drag_and_the_button_up_then_does_nothing(table):
    table.press(table.at("programme", 210_000))
    table.move(table.at("programme", 310_000))
    assert table.timeline.scene().preview.webinar is not None
    table.key(Qt.Key.Key_Escape)
    assert table.timeline.scene().preview.webinar is None
    table.release(table.at("programme", 310_000))
    assert table.bridge.undoable is None


def test_nothing_is_committed_while_it_is_dragged(table):
    before = table.webinar
    table.press(table.at("programme", 210_000))
    for at_ms in range(215_000, 330_000, 10_000):
        table.move(table.at("programme", at_ms))
    assert table.webinar is before


def test_alt_suspends_snapping(lay):
    table = lay()
    end = table.at("programme", 191_000) + QPoint(0, 0)  # song's start lands 1 s, about 4 px, after the tour's end
    table.press(table.at("programme", 210_000))
    table.move(end)
    assert table.timeline.scene().preview.snap_ms == 180_000
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove,
        QPointF(end),
        table.timeline.mapToGlobal(QPointF(end)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        ALT,
    )
    QApplication.sendEvent(table.timeline, event)
    assert table.timeline.scene().preview.snap_ms is None
    table.release(end)


def test_an_edge_is_dragged(table):
    table.drag(table.at("interactions", 50_000) - QPoint(2, 0), table.at("interactions", 70_000) - QPoint(2, 0))
    assert near(table.segment("book").end_ms, 70_000, table)
    assert table.segment("book").start_ms == 20_000


def test_the_preview_stays_until_the_bridge_has_answered(table):
    """The commit is durable before it is shown; the hand must not see its segment jump back meanwhile."""
    answers = []
    table.bridge._runner = lambda work, done, _failed: answers.append((work, done))
    table.drag(table.at("programme", 210_000), table.at("programme", 310_000))
    shown = table.timeline.scene().shown
    assert near(shown.find("song").start_ms, 300_000, table)
    assert table.segment("song").start_ms == 200_000
    ((work, done),) = answers
    done(work())
    assert table.timeline.scene().preview.webinar is None
    assert near(table.segment("song").start_ms, 300_000, table)


def test_a_grouped_drag_moves_both_lanes(table):
    table.bridge.edit(ops.Group(segments=("welcome", "book")))
    table.selection.clear()
    table.bridge.edit(ops.Delete(segments=("agenda", "how")))
    table.drag(table.at("interactions", 35_000), table.at("interactions", 40_000))
    moved = table.segment("book").start_ms - 20_000
    assert moved > 0
    assert table.segment("welcome").start_ms == 10_000 + moved


def test_a_locked_lane_has_no_handles_and_says_why_at_the_pointer(table, qtbot):
    table.bridge.edit(ops.Lock(lane="interactions"))
    refused = []
    table.bridge.refused.connect(lambda why, op: refused.append((why.code, op)))
    edge = table.at("interactions", 50_000) - QPoint(2, 0)
    assert table.timeline.hand.hit(edge.x(), edge.y()).edge is None
    with qtbot.waitSignal(table.timeline.refused_at) as told:
        table.drag(table.at("interactions", 35_000), table.at("interactions", 60_000))
    place, why = told.args
    assert "lock" in why.lower()
    assert table.timeline.rect().contains(table.timeline.mapFromGlobal(place))
    ((code, op),) = refused
    assert code == "refused.locked"
    table.bridge.edit(msgspec.structs.replace(op, unlock=True))
    assert table.segment("book").start_ms > 20_000


def test_the_lock_is_clicked_in_the_header(table):
    left, top, width, height = table.timeline.view.layout.lock("programme")
    table.click(QPoint(left + width // 2, top + height // 2))
    assert table.webinar.programme_locked
    table.click(QPoint(left + width // 2, top + height // 2))
    assert not table.webinar.programme_locked


def test_a_gesture_survives_an_edit_from_elsewhere(table):
    table.press(table.at("programme", 210_000))
    table.move(table.at("programme", 320_000))
    table.bridge.edit(ops.Move(segments=("how",), delta_ms=5_000))
    assert table.timeline.hand.gesture is not None
    table.release(table.at("programme", 320_000))
    assert table.segment("how").start_ms == 105_000
    assert near(table.segment("song").start_ms, 310_000, table)


def test_a_gesture_ends_where_its_segment_is_taken_away(table):
    table.press(table.at("programme", 210_000))
    table.move(table.at("programme", 320_000))
    table.bridge.edit(ops.Delete(segments=("song",)))
    assert table.timeline.hand.gesture is None
    table.release(table.at("programme", 320_000))
    assert table.bridge.undoable.op_tag == "delete"


def test_what_must_not_be_changed_can_be_selected_and_not_dragged(table, monkeypatch):
    monkeypatch.setattr(table.bridge, "_read_only", True)
    table.drag(table.at("programme", 210_000), table.at("programme", 310_000))
    assert table.timeline.hand.gesture is None
    assert table.selection.ids == {"song"}
    edge = table.at("interactions", 50_000) - QPoint(2, 0)
    assert table.timeline.hand.hit(edge.x(), edge.y()).edge is None
    table.key(Qt.Key.Key_Return)
    assert table.timeline.keys.held is None
    table.click(table.at("ruler", 85_000))
    assert table.playhead.position_ms == 85_000


# --------------------------------------------------------------------------------------------------- selecting


def test_clicks_select_toggle_extend_and_clear(table):
    table.click(table.at("programme", 40_000))
    assert table.selection.ids == {"welcome"}
    assert table.selection.primary == "welcome"
    table.click(table.at("interactions", 30_000), CTRL)
    assert table.selection.ids == {"welcome", "book"}
    table.click(table.at("programme", 40_000), CTRL)
    assert table.selection.ids == {"book"}
    table.click(table.at("programme", 75_000))
    table.click(table.at("programme", 210_000), SHIFT)
    assert table.selection.ids == {"agenda", "tour", "song"}
    table.click(table.at("programme", 190_000))
    assert not table.selection.ids


def test_a_click_among_many_selected_picks_the_one(table):
    table.selection.set(("welcome", "tour", "song"))
    table.click(table.at("programme", 120_000))
    assert table.selection.ids == {"tour"}


def test_a_rubber_band_selects_what_it_touches_and_ctrl_adds(table):
    start, end = table.at("programme", 85_000), table.at("interactions", 215_000)
    table.drag(start, end)
    assert table.selection.ids == {"tour", "song", "how"}
    start = table.at("programme", 235_000)
    table.press(start, CTRL)
    table.move(start + QPoint(6, 0))
    table.move(table.at("programme", 250_000))
    table.release(table.at("programme", 250_000))
    assert table.selection.ids == {"tour", "song", "how", "call"}


def test_esc_brings_back_what_was_selected_before_the_band(table):
    table.selection.set(("welcome",))
    table.press(table.at("programme", 85_000))
    table.move(table.at("interactions", 215_000))
    assert "tour" in table.selection.ids
    table.key(Qt.Key.Key_Escape)
    assert table.selection.ids == {"welcome"}


def test_a_click_on_one_of_a_group_selects_the_group(table):
    table.bridge.edit(ops.Group(segments=("welcome", "how")))
    table.click(table.at("programme", 40_000))
    assert table.selection.ids == {"welcome", "how"}
    assert table.selection.primary == "welcome"


# ------------------------------------------------------------------------------------------- ruler and minimap


def test_the_ruler_scrubs_and_esc_goes_back(table):
    sought = []
    table.playhead.sought.connect(sought.append)
    table.press(table.at("ruler", 50_000))
    assert near(table.playhead.position_ms, 50_000, table)
    table.move(table.at("ruler", 150_000))
    assert near(table.playhead.position_ms, 150_000, table)
    assert len(sought) == 2
    table.key(Qt.Key.Key_Escape)
    assert table.playhead.position_ms == 0
    table.release(table.at("ruler", 150_000))
    assert table.playhead.position_ms == 0


def test_a_marker_is_clicked_and_dragged(table):
    marker = table.at("ruler", 85_000)
    table.click(marker)
    assert table.playhead.position_ms == 85_000
    table.drag(marker, table.at("ruler", 120_000))
    (demo,) = table.webinar.markers
    assert near(demo.at_ms, 120_000, table)
    assert table.bridge.undoable.op_tag == "change_marker"


def test_the_minimap_moves_the_view(table):
    timeline = table.timeline
    timeline.look(timeline.view.scale.zoomed(6, 200).at(0))
    overview = timeline.view.overview(table.webinar.length_ms)
    y = timeline.view.layout.minimap.top + 5
    table.press(QPoint(round(overview.x_of(200_000)), y))
    middle = (timeline.view.scale.origin_ms + timeline.view.scale.end_ms) // 2
    assert abs(middle - 200_000) < 1_000
    table.move(QPoint(round(overview.x_of(150_000)), y))
    middle = (timeline.view.scale.origin_ms + timeline.view.scale.end_ms) // 2
    assert abs(middle - 150_000) < 1_000
    table.release(QPoint(round(overview.x_of(150_000)), y))


# ---------------------------------------------------------------------------------------------------- the view


NOT_AT_ALL = QPoint()


def wheel(table, x, *, angle=NOT_AT_ALL, pixels=NOT_AT_ALL, modifier=Qt.KeyboardModifier.NoModifier):
    at = QPointF(x, 120)
    event = QWheelEvent(
        at,
        table.timeline.mapToGlobal(at),
        pixels,
        angle,
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(table.timeline, event)


def test_ctrl_and_wheel_zoom_at_the_pointer(table):
    scale = table.timeline.view.scale
    held = scale.ms_at(700)
    wheel(table, 700, angle=QPoint(0, 120), modifier=CTRL)
    zoomed = table.timeline.view.scale
    assert zoomed.us_per_px < scale.us_per_px
    assert abs(zoomed.ms_at(700) - held) <= 2
    wheel(table, 700, angle=QPoint(0, -120), modifier=CTRL)
    assert abs(table.timeline.view.scale.us_per_px - scale.us_per_px) <= 1


@pytest.mark.parametrize(
    ("moved", "by_px"),
    [({"angle": QPoint(0, -120), "modifier": SHIFT}, 80), ({"pixels": QPoint(-33, 2)}, 33)],
)
def test_the_wheel_pans_and_a_trackpad_does_so_by_pixels(table, moved, by_px):
    table.timeline.look(table.timeline.view.scale.zoomed(6, 200).at(100_000))
    before = table.timeline.view.scale
    wheel(table, 700, **moved)
    after = table.timeline.view.scale
    assert abs(after.origin_ms - before.origin_ms - before.ms_of(by_px)) <= 1


def test_the_middle_button_drags_the_view(table):
    timeline = table.timeline
    timeline.look(timeline.view.scale.zoomed(6, 200).at(100_000))
    held = timeline.view.scale.ms_at(600)
    table.press(QPoint(600, 120), button=Qt.MouseButton.MiddleButton)
    table.move(QPoint(590, 120))
    table.move(QPoint(400, 120))
    table.release(QPoint(400, 120), button=Qt.MouseButton.MiddleButton)
    assert abs(timeline.view.scale.ms_at(400) - held) <= timeline.view.scale.ms_of(1)
    assert not table.selection.ids


def test_near_the_border_the_view_scrolls_by_itself(table):
    timeline = table.timeline
    timeline.look(timeline.view.scale.zoomed(6, 200).at(0))
    table.press(table.at("interactions", 25_000))
    edge = QPoint(timeline.width() - 10, 120)
    table.move(QPoint(600, 120))
    assert not timeline.hand.scrolls
    table.move(edge)
    assert timeline.hand.scrolls
    before, start = timeline.view.scale.origin_ms, timeline.scene().preview.bubble.start_ms
    timeline.tick(100)
    assert timeline.view.scale.origin_ms > before
    assert timeline.scene().preview.bubble.start_ms > start, "what is held goes along"
    table.move(QPoint(600, 120))
    assert not timeline.hand.scrolls
    table.key(Qt.Key.Key_Escape)
    table.release(edge)


def test_the_view_follows_the_playhead_but_not_during_a_drag(table):
    timeline = table.timeline
    timeline.look(timeline.view.scale.zoomed(6, 200).at(0))
    last = timeline.view.scale.end_ms
    table.playhead.follow(last - 100)
    table.press(table.at("programme", 15_000))
    table.move(table.at("programme", 17_000))
    table.playhead.follow(last + 100)
    assert timeline.view.scale.origin_ms == 0
    table.key(Qt.Key.Key_Escape)
    table.release(table.at("programme", 17_000))
    table.playhead.seek(last + 200)
    assert timeline.view.scale.origin_ms > 0


def test_growing_keeps_an_empty_timeline_fitted(lay):
    table = lay(Webinar(id="w"))
    table.bridge.edit(ops.Add(segments=(lay().segment("how"),)))
    assert table.timeline.view.scale.end_ms > 160_000


# ------------------------------------------------------------------------------------------- menus, numbers


def menu_at(table, point):
    asked = []
    table.timeline.menu_asked.connect(asked.append)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, table.timeline.mapToGlobal(point))
    QApplication.sendEvent(table.timeline, event)
    return asked[0]


def test_menus_are_asked_for_on_segment_gap_ruler_marker_and_header(table):
    where = menu_at(table, table.at("programme", 120_000))
    assert (where.place, where.segment, where.lane) == ("segment", "tour", "programme")
    assert table.selection.ids == {"tour"}, "a menu is of what is selected"
    gap = menu_at(table, table.at("programme", 190_000))
    assert (gap.place, gap.lane) == ("gap", "programme")
    assert near(gap.at_ms, 190_000, table)
    assert menu_at(table, table.at("ruler", 40_000)).place == "ruler"
    assert menu_at(table, table.at("ruler", 85_000)).marker == "demo"
    assert menu_at(table, QPoint(20, 100)).place == "header"


def test_a_menu_on_one_of_many_selected_keeps_them(table):
    table.selection.set(("tour", "song"))
    menu_at(table, table.at("programme", 120_000))
    assert table.selection.ids == {"tour", "song"}


def test_a_double_click_asks_for_the_numbers(table, qtbot):
    with qtbot.waitSignal(table.timeline.numbers_asked) as asked:
        QTest.mouseDClick(table.timeline, Qt.MouseButton.LeftButton, pos=table.at("programme", 120_000))
    assert asked.args == ["tour"]
    assert table.timeline.hand.gesture is None


def test_the_pointer_tells_what_can_be_taken(table):
    table.move(table.at("interactions", 50_000) - QPoint(2, 0))
    assert table.timeline.cursor().shape() == Qt.CursorShape.SizeHorCursor
    table.move(table.at("interactions", 35_000))
    assert table.timeline.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert table.timeline.scene().hovered == "book"
