"""Files and media dragged onto the timeline: real drag events with real MIME data."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from editor.schedule import operations as ops
from editor.schedule.model import Video

MIME = "application/x-matinee-media"
TALK, AGENDA = "a" * 64, "b" * 64
COPY = Qt.DropAction.CopyAction
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def make_file_mime(*names):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(name) for name in names])
    return data


def make_bin_mime(*several):
    data = QMimeData()
    data.setData(MIME, json.dumps(several[0] if len(several) == 1 else several).encode())
    return data


def enter(harness, data, point):
    event = QDragEnterEvent(point, COPY, data, LEFT, NONE)
    QApplication.sendEvent(harness.timeline, event)
    return event.isAccepted()


def drag_over(harness, data, point):
    QApplication.sendEvent(harness.timeline, QDragMoveEvent(point, COPY, data, LEFT, NONE))
    return harness.timeline.make_paint_state().preview


def drop(harness, data, point):
    event = QDropEvent(QPointF(point), COPY, data, LEFT, NONE)
    QApplication.sendEvent(harness.timeline, event)
    return event.isAccepted()


def test_media_of_the_bin_are_previewed_with_their_length_and_land_as_previewed(harness):
    data = make_bin_mime({"sha256": AGENDA, "in_ms": None, "out_ms": None})
    assert enter(harness, data, harness.point_at("programme", 100_000))
    preview = drag_over(harness, data, harness.point_at("programme", 310_000))
    (dragged_segment,) = preview.dragged
    shown = preview.webinar.find_segment(dragged_segment)
    assert shown.length_ms == 10_000
    assert (preview.tooltip.end_ms - preview.tooltip.start_ms) == 10_000
    assert drop(harness, data, harness.point_at("programme", 310_000))
    assert harness.segment(dragged_segment) == shown
    assert harness.selection.ids == {dragged_segment}
    assert harness.controller.undo_step.op_tag == "add"


def test_a_part_marked_in_the_bin_is_added_as_marked(harness):
    data = make_bin_mime({"sha256": TALK, "in_ms": 20_000, "out_ms": 50_000})
    enter(harness, data, harness.point_at("programme", 320_000))
    drag_over(harness, data, harness.point_at("programme", 330_000))
    drop(harness, data, harness.point_at("programme", 330_000))
    added = harness.webinar.programme[-1]
    assert isinstance(added, Video)
    assert (added.in_ms, added.out_ms, added.hold_ms) == (20_000, 50_000, 5_000)


def test_several_media_are_added_one_after_another_in_one_undo_step(harness):
    data = make_bin_mime({"sha256": AGENDA}, {"sha256": AGENDA})
    enter(harness, data, harness.point_at("programme", 320_000))
    drag_over(harness, data, harness.point_at("programme", 330_000))
    drop(harness, data, harness.point_at("programme", 330_000))
    first, second = harness.webinar.programme[-2:]
    assert second.start_ms == first.end_ms
    harness.controller.undo()
    assert harness.webinar.programme[-1].id == "call"


def test_a_drop_on_a_taken_place_is_shown_blocked_and_lands_at_the_nearest_free_one(harness):
    data = make_bin_mime({"sha256": AGENDA})
    enter(harness, data, harness.point_at("programme", 95_000))
    preview = drag_over(harness, data, harness.point_at("programme", 95_000))
    assert preview.ghosts[0].blocked
    drop(harness, data, harness.point_at("programme", 95_000))
    assert harness.webinar.programme[2].start_ms == 80_000, "the gap of 10 s before the tour"


def test_a_drop_on_the_wrong_lane_goes_to_the_right_one(harness):
    data = make_bin_mime({"sha256": AGENDA})
    enter(harness, data, harness.point_at("interactions", 310_000))
    drag_over(harness, data, harness.point_at("interactions", 310_000))
    drop(harness, data, harness.point_at("interactions", 310_000))
    assert len(harness.webinar.programme) == 6
    assert len(harness.webinar.interactions) == 2


def test_a_drag_that_leaves_the_timeline_changes_nothing(harness):
    data = make_bin_mime({"sha256": AGENDA})
    enter(harness, data, harness.point_at("programme", 320_000))
    drag_over(harness, data, harness.point_at("programme", 330_000))
    QApplication.sendEvent(harness.timeline, QDragLeaveEvent())
    assert harness.timeline.make_paint_state().preview.webinar is None
    assert harness.timeline.mouse.gesture is None
    assert harness.controller.undo_step is None


def test_a_drop_calls_the_add_function_of_the_view(make_harness, harness):
    operations = []
    harness.timeline._commit_add = operations.append
    data = make_bin_mime({"sha256": AGENDA})
    enter(harness, data, harness.point_at("programme", 320_000))
    drag_over(harness, data, harness.point_at("programme", 330_000))
    drop(harness, data, harness.point_at("programme", 330_000))
    (op,) = operations
    assert isinstance(op, ops.Add)
    assert harness.controller.undo_step is None


def test_dropped_files_show_a_ghost_and_are_emitted_with_their_position(harness, qtbot):
    data = make_file_mime("/media/new talk.mp4", "/media/second.png")
    point = harness.point_at("programme", 320_000)
    assert enter(harness, data, point)
    (ghost,) = drag_over(harness, data, point).ghosts
    assert (ghost.kind, ghost.known_length, ghost.title) == ("video", False, "new talk.mp4 +1")
    with qtbot.waitSignal(harness.timeline.files_dropped) as blocker:
        assert drop(harness, data, point)
    paths, lane, at_ms = blocker.args
    assert paths == (Path("/media/new talk.mp4"), Path("/media/second.png"))
    assert lane == "programme"
    assert abs(at_ms - 320_000) <= harness.timeline.viewport.scale.ms_of(1)
    assert harness.timeline.mouse.gesture is None


def test_a_file_over_a_taken_place_is_shown_blocked(harness):
    data = make_file_mime("/media/talk.mp4")
    enter(harness, data, harness.point_at("programme", 100_000))
    assert drag_over(harness, data, harness.point_at("programme", 100_000)).ghosts[0].blocked
    assert not drag_over(harness, data, harness.point_at("programme", 190_000)).ghosts[0].blocked
    harness.settings["mode"] = "insert"
    enter(harness, data, harness.point_at("programme", 100_000))
    assert not drag_over(harness, data, harness.point_at("programme", 100_000)).ghosts[0].blocked


def test_a_known_file_is_previewed_with_its_length(harness, qtbot, monkeypatch):
    known = Path("/media/agenda.png")
    monkeypatch.setattr(harness.media_service, "get_path", lambda sha256: known if sha256 == AGENDA else None)
    data = make_file_mime(str(known))
    point = harness.point_at("programme", 320_000)
    enter(harness, data, point)
    preview = drag_over(harness, data, point)
    assert preview.tooltip.end_ms - preview.tooltip.start_ms == 10_000
    with qtbot.waitSignal(harness.timeline.files_dropped):
        drop(harness, data, point)


def test_a_drop_snaps_by_both_edges(make_harness):
    harness = make_harness()
    data = make_bin_mime({"sha256": AGENDA})
    enter(harness, data, harness.point_at("programme", 182_000))
    preview = drag_over(harness, data, harness.point_at("programme", 181_000))
    assert preview.snap_ms == 180_000
    preview = drag_over(harness, data, harness.point_at("programme", 190_800))  # its end would be at 200.8 s
    assert preview.snap_ms == 200_000


@pytest.mark.parametrize("data", [QMimeData(), make_file_mime()])
def test_mime_data_without_files_or_media_is_ignored(harness, data):
    assert not enter(harness, data, harness.point_at("programme", 100_000))


def test_unknown_media_invalid_data_and_web_links_are_ignored(harness):
    assert not enter(harness, make_bin_mime({"sha256": "f" * 64}), harness.point_at("programme", 100_000))
    invalid_data = QMimeData()
    invalid_data.setData(MIME, b"\xff{]")
    assert not enter(harness, invalid_data, harness.point_at("programme", 100_000))
    web = QMimeData()
    web.setUrls([QUrl("https://example.org/talk.mp4")])
    assert not enter(harness, web, harness.point_at("programme", 100_000))


def test_a_drop_gesture_scrolls_near_the_border(harness):
    harness.timeline.set_scale(harness.timeline.viewport.scale.zoomed(6, 200).with_origin(0))
    data = make_bin_mime({"sha256": AGENDA})
    enter(harness, data, QPoint(600, 120))
    drag_over(harness, data, QPoint(harness.timeline.width() - 5, 120))
    before = harness.timeline.viewport.scale.origin_ms
    harness.timeline.tick(100)
    assert harness.timeline.viewport.scale.origin_ms > before
    QApplication.sendEvent(harness.timeline, QDragLeaveEvent())
    assert not harness.timeline.mouse.autoscrolls
