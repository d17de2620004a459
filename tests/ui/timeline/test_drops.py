"""What is dragged onto the timeline from elsewhere: real drag events with real mime data."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from editor.schedule import operations as ops
from editor.schedule.model import Video
from ui.timeline.drops import guessed_kind

MIME = "application/x-matinee-media"
TALK, AGENDA = "a" * 64, "b" * 64
COPY = Qt.DropAction.CopyAction
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def files(*names):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(name) for name in names])
    return data


def parcel(*several):
    data = QMimeData()
    data.setData(MIME, json.dumps(several[0] if len(several) == 1 else several).encode())
    return data


def enter(table, data, point):
    event = QDragEnterEvent(point, COPY, data, LEFT, NONE)
    QApplication.sendEvent(table.timeline, event)
    return event.isAccepted()


def over(table, data, point):
    QApplication.sendEvent(table.timeline, QDragMoveEvent(point, COPY, data, LEFT, NONE))
    return table.timeline.scene().preview


def drop(table, data, point):
    event = QDropEvent(QPointF(point), COPY, data, LEFT, NONE)
    QApplication.sendEvent(table.timeline, event)
    return event.isAccepted()


def test_media_of_the_bin_show_their_real_length_and_land_by_the_edit_that_was_shown(table):
    data = parcel({"sha256": AGENDA, "in_ms": None, "out_ms": None})
    assert enter(table, data, table.at("programme", 100_000))
    preview = over(table, data, table.at("programme", 310_000))
    (lifted,) = preview.lifted
    shown = preview.webinar.find(lifted)
    assert shown.length_ms == 10_000
    assert (preview.bubble.end_ms - preview.bubble.start_ms) == 10_000
    assert drop(table, data, table.at("programme", 310_000))
    assert table.segment(lifted) == shown
    assert table.selection.ids == {lifted}
    assert table.bridge.undoable.op_tag == "add"


def test_the_part_that_was_marked_in_the_bin_is_what_lands(table):
    data = parcel({"sha256": TALK, "in_ms": 20_000, "out_ms": 50_000})
    enter(table, data, table.at("programme", 320_000))
    over(table, data, table.at("programme", 330_000))
    drop(table, data, table.at("programme", 330_000))
    added = table.webinar.programme[-1]
    assert isinstance(added, Video)
    assert (added.in_ms, added.out_ms, added.hold_ms) == (20_000, 50_000, 5_000)


def test_several_land_one_after_another_in_one_step(table):
    data = parcel({"sha256": AGENDA}, {"sha256": AGENDA})
    enter(table, data, table.at("programme", 320_000))
    over(table, data, table.at("programme", 330_000))
    drop(table, data, table.at("programme", 330_000))
    first, second = table.webinar.programme[-2:]
    assert second.start_ms == first.end_ms
    table.bridge.undo()
    assert table.webinar.programme[-1].id == "call"


def test_a_taken_place_shows_red_and_lands_at_the_nearest(table):
    data = parcel({"sha256": AGENDA})
    enter(table, data, table.at("programme", 95_000))
    preview = over(table, data, table.at("programme", 95_000))
    assert preview.ghosts[0].taken
    drop(table, data, table.at("programme", 95_000))
    assert table.webinar.programme[2].start_ms == 80_000, "the gap of 10 s before the tour"


def test_on_the_wrong_lane_it_goes_to_its_own(table):
    data = parcel({"sha256": AGENDA})
    enter(table, data, table.at("interactions", 310_000))
    over(table, data, table.at("interactions", 310_000))
    drop(table, data, table.at("interactions", 310_000))
    assert len(table.webinar.programme) == 6
    assert len(table.webinar.interactions) == 2


def test_carried_away_again_nothing_stays(table):
    data = parcel({"sha256": AGENDA})
    enter(table, data, table.at("programme", 320_000))
    over(table, data, table.at("programme", 330_000))
    QApplication.sendEvent(table.timeline, QDragLeaveEvent())
    assert table.timeline.scene().preview.webinar is None
    assert table.timeline.hand.gesture is None
    assert table.bridge.undoable is None


def test_whoever_is_named_carries_out_the_add(lay, table):
    given = []
    table.timeline._add = given.append
    data = parcel({"sha256": AGENDA})
    enter(table, data, table.at("programme", 320_000))
    over(table, data, table.at("programme", 330_000))
    drop(table, data, table.at("programme", 330_000))
    (op,) = given
    assert isinstance(op, ops.Add)
    assert table.bridge.undoable is None


def test_files_show_a_ghost_of_their_look_and_are_told_with_their_place(table, qtbot):
    data = files("/media/new talk.mp4", "/media/second.png")
    point = table.at("programme", 320_000)
    assert enter(table, data, point)
    (ghost,) = over(table, data, point).ghosts
    assert (ghost.kind, ghost.known_length, ghost.title) == ("video", False, "new talk.mp4 +1")
    with qtbot.waitSignal(table.timeline.dropped_files) as told:
        assert drop(table, data, point)
    paths, lane, at_ms = told.args
    assert paths == (Path("/media/new talk.mp4"), Path("/media/second.png"))
    assert lane == "programme"
    assert abs(at_ms - 320_000) <= table.timeline.view.scale.ms_of(1)
    assert table.timeline.hand.gesture is None


def test_a_file_over_what_is_taken_shows_red(table):
    data = files("/media/talk.mp4")
    enter(table, data, table.at("programme", 100_000))
    assert over(table, data, table.at("programme", 100_000)).ghosts[0].taken
    assert not over(table, data, table.at("programme", 190_000)).ghosts[0].taken
    table.settings["mode"] = "insert"
    enter(table, data, table.at("programme", 100_000))
    assert not over(table, data, table.at("programme", 100_000)).ghosts[0].taken


def test_a_file_the_webinar_knows_shows_its_real_length(table, qtbot, monkeypatch):
    known = Path("/media/agenda.png")
    monkeypatch.setattr(table.desk, "path", lambda sha256: known if sha256 == AGENDA else None)
    data = files(str(known))
    point = table.at("programme", 320_000)
    enter(table, data, point)
    preview = over(table, data, point)
    assert preview.bubble.end_ms - preview.bubble.start_ms == 10_000
    with qtbot.waitSignal(table.timeline.dropped_files):
        drop(table, data, point)


def test_a_drop_snaps_by_both_edges(lay):
    table = lay()
    data = parcel({"sha256": AGENDA})
    enter(table, data, table.at("programme", 182_000))
    preview = over(table, data, table.at("programme", 181_000))
    assert preview.snap_ms == 180_000
    preview = over(table, data, table.at("programme", 190_800))  # its end would be at 200.8 s
    assert preview.snap_ms == 200_000


@pytest.mark.parametrize("data", [QMimeData(), files()])
def test_what_is_nothing_for_a_timeline_is_not_taken(table, data):
    assert not enter(table, data, table.at("programme", 100_000))


def test_strangers_and_rubbish_are_not_taken(table):
    assert not enter(table, parcel({"sha256": "f" * 64}), table.at("programme", 100_000))
    rubbish = QMimeData()
    rubbish.setData(MIME, b"\xff{]")
    assert not enter(table, rubbish, table.at("programme", 100_000))
    web = QMimeData()
    web.setUrls([QUrl("https://example.org/talk.mp4")])
    assert not enter(table, web, table.at("programme", 100_000))


def test_near_the_border_a_drop_scrolls_too(table):
    table.timeline.look(table.timeline.view.scale.zoomed(6, 200).at(0))
    data = parcel({"sha256": AGENDA})
    enter(table, data, QPoint(600, 120))
    over(table, data, QPoint(table.timeline.width() - 5, 120))
    before = table.timeline.view.scale.origin_ms
    table.timeline.tick(100)
    assert table.timeline.view.scale.origin_ms > before
    QApplication.sendEvent(table.timeline, QDragLeaveEvent())
    assert not table.timeline.hand.scrolls


@pytest.mark.parametrize(
    ("name", "kind"), [("a.MP4", "video"), ("b.pdf", "presentation"), ("c.mp3", "audio"), ("d.xyz", None)]
)
def test_a_files_name_gives_the_ghost_its_look(name, kind):
    assert guessed_kind(Path(name)) == kind
