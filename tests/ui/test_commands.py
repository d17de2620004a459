import msgspec
import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication

from editor.schedule import operations as ops
from editor.schedule.model import Cta, Image, Marker, Media, Video, Webinar
from ui import clipboard
from ui.actions import Actions
from ui.bridge import Bridge
from ui.commands import Availability, Commands, cuts_of
from ui.playhead import Playhead
from ui.selection import Selection

SHA, OTHER = "0" * 64, "1" * 64
TALK = Media(sha256=OTHER, kind="video", name="talk.mp4", duration_ms=60_000)
PICTURE = Media(sha256=SHA, kind="image", name="a.png")


def image(name, start_ms, **more):
    return Image(id=name, start_ms=start_ms, length_ms=10_000, title=name, media=SHA, **more)


WEBINAR = Webinar(
    id="w",
    programme=(
        image("a", 0),
        image("b", 20_000),
        Video(id="v", start_ms=40_000, title="v", media=OTHER, out_ms=20_000, hold_ms=5_000),
    ),
    interactions=(Cta(id="c", offer="o", start_ms=22_000, length_ms=5_000, title="c"),),
    markers=(Marker(id="m", at_ms=33_000),),
    media={SHA: PICTURE, OTHER: TALK},
)


class Placing:
    """Stands where things are placed; notes what is asked."""

    def __init__(self):
        self.asked = []

    def add_cta(self):
        self.asked.append("cta")

    def add_survey(self):
        self.asked.append("survey")

    def place_files(self, paths, lane, at_ms):
        self.asked.append((paths, lane, at_ms))


@pytest.fixture
def room(qtbot, settings, words):
    class Room:
        bridge = Bridge.in_memory(WEBINAR)
        selection = Selection()
        playhead = Playhead()
        placing = Placing()
        board = QGuiApplication.clipboard()

    room = Room()
    room.board.clear()
    room.settings = settings
    room.commands = Commands(room.bridge, room.selection, room.playhead, settings, words, room.placing, room.board)
    room.do = room.commands.slots()
    room.starts = lambda: [(each.id, each.start_ms, each.end_ms) for each in room.bridge.webinar.programme]
    return room


def test_every_command_is_an_action():
    from ui.actions import IDS

    made = Commands(Bridge.in_memory(WEBINAR), Selection(), Playhead(), {}, None, Placing(), None)
    assert set(made.slots()) <= IDS


def test_split_cuts_what_plays_there_or_what_is_selected(room):
    room.playhead.seek(24_000)
    room.do["split"]()
    assert len(room.bridge.webinar.programme) == 4
    assert len(room.bridge.webinar.interactions) == 1
    room.bridge.undo()
    room.selection.set(["c"])
    room.do["split"]()
    assert len(room.bridge.webinar.interactions) == 2
    assert room.selection.ids == {each.id for each in room.bridge.webinar.interactions}


def test_delete_leaves_the_gap_and_ripple_closes_it(room):
    room.selection.set(["b"])
    room.do["delete"]()
    assert room.starts() == [("a", 0, 10_000), ("v", 40_000, 65_000)]
    room.bridge.undo()
    room.do["ripple_delete"]()
    assert room.starts() == [("a", 0, 10_000), ("v", 30_000, 55_000)]


def test_nothing_selected_is_nothing_to_do(room):
    for name in ("delete", "duplicate", "group", "cut", "copy"):
        room.do[name]()
    assert room.bridge.webinar is WEBINAR
    assert room.bridge.undoable is None


def test_edges_come_to_the_playhead(room):
    room.playhead.seek(25_000)
    room.do["start_here"]()
    assert room.bridge.webinar.find("b").start_ms == 25_000
    room.playhead.seek(28_000)
    room.selection.set(["b"])
    room.do["end_here"]()
    assert room.bridge.webinar.find("b").end_ms == 28_000


def test_edges_without_a_segment_there_stay(room):
    room.playhead.seek(15_000)
    room.do["start_here"]()
    assert room.bridge.undoable is None


def test_ripple_trims_close_up(room):
    room.playhead.seek(24_000)
    room.do["ripple_start"]()
    assert room.bridge.webinar.find("v").start_ms == 36_000
    room.bridge.undo()
    room.do["ripple_end"]()
    assert room.bridge.webinar.find("v").start_ms == 34_000


def test_gaps_close_one_or_all(room):
    room.playhead.seek(12_000)
    room.do["close_gap"]()
    assert room.bridge.webinar.find("b").start_ms == 10_000
    room.do["close_gaps"]()
    assert [start for _id, start, _end in room.starts()] == [0, 10_000, 20_000]


def test_a_marker_is_set_and_taken_away_by_the_same_key(room):
    room.playhead.seek(5_000)
    room.do["add_marker"]()
    assert [marker.at_ms for marker in room.bridge.webinar.markers] == [5_000, 33_000]
    room.do["add_marker"]()
    assert [marker.at_ms for marker in room.bridge.webinar.markers] == [33_000]


def test_lanes_lock_and_unlock(room):
    room.do["lock_interactions"]()
    assert room.bridge.webinar.interactions_locked
    room.do["lock_interactions"]()
    assert not room.bridge.webinar.interactions_locked


def test_selecting(room):
    room.do["select_all"]()
    assert room.selection.ids == {"a", "b", "v", "c"}
    room.do["select_none"]()
    assert not room.selection.ids
    room.playhead.seek(22_000)
    room.do["select_after"]()
    assert room.selection.ids == {"v", "c"}


def test_groups(room):
    room.selection.set(["a", "b"])
    room.do["group"]()
    group = room.bridge.webinar.find("a").group
    assert group is not None
    assert room.bridge.webinar.find("b").group == group
    room.do["ungroup"]()
    assert room.bridge.webinar.find("a").group is None


def test_the_playhead_goes_from_cut_to_cut(room):
    assert cuts_of(WEBINAR) == [0, 10_000, 20_000, 22_000, 27_000, 30_000, 33_000, 40_000, 65_000]
    seen = []
    for name in ("next_cut", "next_cut", "next_cut", "previous_cut", "to_end", "next_cut", "previous_cut", "to_start"):
        room.do[name]()
        seen.append(room.playhead.position_ms)
    assert seen == [10_000, 20_000, 22_000, 20_000, 65_000, 65_000, 40_000, 0]
    room.do["previous_cut"]()
    assert room.playhead.position_ms == 0


def test_playing_is_asked_of_the_transport(room, qtbot):
    with qtbot.waitSignal(room.playhead.play_asked) as asked:
        room.do["play"]()
    assert asked.args == [True]
    room.playhead.set_playing(True)
    with qtbot.waitSignal(room.playhead.play_asked) as asked:
        room.do["play"]()
    assert asked.args == [False]


def test_the_numbers_are_of_what_is_selected_or_plays(room, qtbot):
    room.playhead.seek(24_000)
    with qtbot.waitSignal(room.commands.numbers_asked) as asked:
        room.do["numbers"]()
    assert asked.args == ["b"]
    room.selection.set(["c"])
    with qtbot.waitSignal(room.commands.numbers_asked) as asked:
        room.do["numbers"]()
    assert asked.args == ["c"]


# ------------------------------------------------------------------------------------------------- clipboard


def test_what_is_copied_pastes_into_another_webinar_with_its_media(room, settings, words):
    room.selection.set(["v", "c"])
    room.do["copy"]()
    assert "v" in room.board.text()
    there = Bridge.in_memory(Webinar(id="other"))
    selection, playhead = Selection(), Playhead()
    playhead.seek(100_000)
    Commands(there, selection, playhead, settings, words, room.placing, room.board).paste()
    (interaction,), (video,) = there.webinar.interactions, there.webinar.programme
    assert (interaction.start_ms, video.start_ms) == (100_000, 118_000)
    assert there.webinar.media == {OTHER: TALK}
    assert selection.ids == {interaction.id, video.id}
    assert video.id != "v"


def test_cutting_copies_and_deletes(room):
    room.selection.set(["b"])
    room.do["cut"]()
    assert room.bridge.webinar.find("b") is None
    room.playhead.seek(12_000)
    room.do["paste"]()
    assert [start for _id, start, _end in room.starts()] == [0, 12_000, 40_000]


def test_pasting_files_takes_them_in(room, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a b.mp4")), QUrl("https://example.org/x")])
    room.board.setMimeData(data)
    room.playhead.seek(7_000)
    room.do["paste"]()
    assert room.placing.asked == [((tmp_path / "a b.mp4",), "programme", 7_000)]


def test_a_foreign_clipboard_is_nothing(room):
    room.board.setText("hello")
    room.do["paste"]()
    data = QMimeData()
    data.setData(clipboard.MIME, b'{"segments": [{"kind": "hologram"}]}')
    room.board.setMimeData(data)
    room.do["paste"]()
    assert room.bridge.undoable is None


def test_a_clip_of_a_newer_format_is_left_alone(room):
    clip = msgspec.structs.replace(clipboard.clip_of(WEBINAR, ["a"]), format=999)
    data = QMimeData()
    data.setData(clipboard.MIME, msgspec.json.encode(clip))
    assert clipboard.unpack(data) is None


def test_a_clip_takes_the_media_of_its_segments_alone():
    clip = clipboard.clip_of(WEBINAR, ["c", "a"])
    assert [each.id for each in clip.segments] == ["a", "c"]
    assert clip.media == (PICTURE,)


# ---------------------------------------------------------------------------------------------- availability


@pytest.fixture
def table(room, words):
    actions = Actions(room.settings)
    room.availability = Availability(actions, room.bridge, room.selection, words)
    return actions


def test_actions_are_grey_while_they_could_do_nothing(room, table):
    assert not table["delete"].isEnabled()
    assert not table["undo"].isEnabled()
    room.selection.set(["a"])
    assert table["delete"].isEnabled()
    assert not table["group"].isEnabled()
    room.selection.set(["a", "b"])
    assert table["group"].isEnabled()
    assert not table["ungroup"].isEnabled()
    room.do["group"]()
    assert table["ungroup"].isEnabled()


def test_undo_is_named_by_its_step(room, table):
    room.bridge.edit(ops.Move(segments=("b",), delta_ms=1_000))
    assert table["undo"].text() == "&Undo move of “b”"
    room.bridge.undo()
    assert (table["undo"].text(), table["redo"].text()) == ("&Undo", "&Redo move of “b”")


def test_locks_are_shown_as_they_are(room, table):
    room.do["lock_programme"]()
    assert table["lock_programme"].isChecked()
    room.bridge.undo()
    assert not table["lock_programme"].isChecked()
