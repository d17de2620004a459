import msgspec
import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication

from editor.schedule import operations as ops
from editor.schedule.lane_search import list_cuts
from editor.schedule.model import Cta, Image, Marker, Media, Video, Webinar
from ui.actions import clipboard
from ui.actions.commands import ActionAvailability, Commands
from ui.services.action_registry import ActionRegistry
from ui.state.document_controller import DocumentController
from ui.state.playhead import Playhead
from ui.state.selection import Selection

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


class FakeInsertCommands:
    """Stands where things are placed; notes what is asked."""

    def __init__(self):
        self.calls = []

    def add_cta(self):
        self.calls.append("cta")

    def add_survey(self):
        self.calls.append("survey")

    def insert_files(self, paths, lane, at_ms):
        self.calls.append((paths, lane, at_ms))


@pytest.fixture
def environment(qtbot, settings, formatter):
    class CommandsEnvironment:
        controller = DocumentController.in_memory(WEBINAR)
        selection = Selection()
        playhead = Playhead()
        insert_commands = FakeInsertCommands()
        clipboard = QGuiApplication.clipboard()

    environment = CommandsEnvironment()
    environment.clipboard.clear()
    environment.settings = settings
    environment.commands = Commands(
        environment.controller,
        environment.selection,
        environment.playhead,
        settings,
        formatter,
        environment.insert_commands,
        environment.clipboard,
    )
    environment.do = environment.commands.handlers()
    environment.starts = lambda: [
        (each.id, each.start_ms, each.end_ms) for each in environment.controller.webinar.programme
    ]
    return environment


def test_every_command_is_an_action():
    from ui.services.action_registry import IDS

    commands = Commands(
        DocumentController.in_memory(WEBINAR), Selection(), Playhead(), {}, None, FakeInsertCommands(), None
    )
    assert set(commands.handlers()) <= IDS


def test_split_cuts_what_plays_there_or_what_is_selected(environment):
    environment.playhead.seek(24_000)
    environment.do["split"]()
    assert len(environment.controller.webinar.programme) == 4
    assert len(environment.controller.webinar.interactions) == 1
    environment.controller.undo()
    environment.selection.set(["c"])
    environment.do["split"]()
    assert len(environment.controller.webinar.interactions) == 2
    assert environment.selection.ids == {each.id for each in environment.controller.webinar.interactions}


def test_delete_leaves_the_gap_and_ripple_closes_it(environment):
    environment.selection.set(["b"])
    environment.do["delete"]()
    assert environment.starts() == [("a", 0, 10_000), ("v", 40_000, 65_000)]
    environment.controller.undo()
    environment.do["ripple_delete"]()
    assert environment.starts() == [("a", 0, 10_000), ("v", 30_000, 55_000)]


def test_nothing_selected_is_nothing_to_do(environment):
    for name in ("delete", "duplicate", "group", "cut", "copy"):
        environment.do[name]()
    assert environment.controller.webinar is WEBINAR
    assert environment.controller.undo_step is None


def test_edges_come_to_the_playhead(environment):
    environment.playhead.seek(25_000)
    environment.do["start_here"]()
    assert environment.controller.webinar.find_segment("b").start_ms == 25_000
    environment.playhead.seek(28_000)
    environment.selection.set(["b"])
    environment.do["end_here"]()
    assert environment.controller.webinar.find_segment("b").end_ms == 28_000


def test_edges_without_a_segment_there_stay(environment):
    environment.playhead.seek(15_000)
    environment.do["start_here"]()
    assert environment.controller.undo_step is None


def test_ripple_trims_close_up(environment):
    environment.playhead.seek(24_000)
    environment.do["ripple_start"]()
    assert environment.controller.webinar.find_segment("v").start_ms == 36_000
    environment.controller.undo()
    environment.do["ripple_end"]()
    assert environment.controller.webinar.find_segment("v").start_ms == 34_000


def test_gaps_close_one_or_all(environment):
    environment.playhead.seek(12_000)
    environment.do["close_gap"]()
    assert environment.controller.webinar.find_segment("b").start_ms == 10_000
    environment.do["close_gaps"]()
    assert [start for _id, start, _end in environment.starts()] == [0, 10_000, 20_000]


def test_a_marker_is_set_and_taken_away_by_the_same_key(environment):
    environment.playhead.seek(5_000)
    environment.do["add_marker"]()
    assert [marker.at_ms for marker in environment.controller.webinar.markers] == [5_000, 33_000]
    environment.do["add_marker"]()
    assert [marker.at_ms for marker in environment.controller.webinar.markers] == [33_000]


def test_lanes_lock_and_unlock(environment):
    environment.do["lock_interactions"]()
    assert environment.controller.webinar.interactions_locked
    environment.do["lock_interactions"]()
    assert not environment.controller.webinar.interactions_locked


def test_selecting(environment):
    environment.do["select_all"]()
    assert environment.selection.ids == {"a", "b", "v", "c"}
    environment.do["select_none"]()
    assert not environment.selection.ids
    environment.playhead.seek(22_000)
    environment.do["select_after"]()
    assert environment.selection.ids == {"v", "c"}


def test_groups(environment):
    environment.selection.set(["a", "b"])
    environment.do["group"]()
    group = environment.controller.webinar.find_segment("a").group
    assert group is not None
    assert environment.controller.webinar.find_segment("b").group == group
    environment.do["ungroup"]()
    assert environment.controller.webinar.find_segment("a").group is None


def test_the_playhead_goes_from_cut_to_cut(environment):
    assert list_cuts(WEBINAR) == [0, 10_000, 20_000, 22_000, 27_000, 30_000, 33_000, 40_000, 65_000]
    seen = []
    for name in ("next_cut", "next_cut", "next_cut", "previous_cut", "to_end", "next_cut", "previous_cut", "to_start"):
        environment.do[name]()
        seen.append(environment.playhead.position_ms)
    assert seen == [10_000, 20_000, 22_000, 20_000, 65_000, 65_000, 40_000, 0]
    environment.do["previous_cut"]()
    assert environment.playhead.position_ms == 0


def test_playing_is_asked_of_the_transport(environment, qtbot):
    with qtbot.waitSignal(environment.playhead.play_requested) as signal:
        environment.do["play"]()
    assert signal.args == [True]
    environment.playhead.set_playing(True)
    with qtbot.waitSignal(environment.playhead.play_requested) as signal:
        environment.do["play"]()
    assert signal.args == [False]


def test_the_numbers_are_of_what_is_selected_or_plays(environment, qtbot):
    environment.playhead.seek(24_000)
    with qtbot.waitSignal(environment.commands.timing_edit_requested) as signal:
        environment.do["numbers"]()
    assert signal.args == ["b"]
    environment.selection.set(["c"])
    with qtbot.waitSignal(environment.commands.timing_edit_requested) as signal:
        environment.do["numbers"]()
    assert signal.args == ["c"]


# ------------------------------------------------------------------------------------------------- clipboard


def test_what_is_copied_pastes_into_another_webinar_with_its_media(environment, settings, formatter):
    environment.selection.set(["v", "c"])
    environment.do["copy"]()
    assert "v" in environment.clipboard.text()
    there = DocumentController.in_memory(Webinar(id="other"))
    selection, playhead = Selection(), Playhead()
    playhead.seek(100_000)
    Commands(
        there, selection, playhead, settings, formatter, environment.insert_commands, environment.clipboard
    ).paste()
    (interaction,), (video,) = there.webinar.interactions, there.webinar.programme
    assert (interaction.start_ms, video.start_ms) == (100_000, 118_000)
    assert there.webinar.media == {OTHER: TALK}
    assert selection.ids == {interaction.id, video.id}
    assert video.id != "v"


def test_cutting_copies_and_deletes(environment):
    environment.selection.set(["b"])
    environment.do["cut"]()
    assert environment.controller.webinar.find_segment("b") is None
    environment.playhead.seek(12_000)
    environment.do["paste"]()
    assert [start for _id, start, _end in environment.starts()] == [0, 12_000, 40_000]


def test_pasting_files_takes_them_in(environment, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a b.mp4")), QUrl("https://example.org/x")])
    environment.clipboard.setMimeData(data)
    environment.playhead.seek(7_000)
    environment.do["paste"]()
    assert environment.insert_commands.calls == [((tmp_path / "a b.mp4",), "programme", 7_000)]


def test_a_foreign_clipboard_is_nothing(environment):
    environment.clipboard.setText("hello")
    environment.do["paste"]()
    data = QMimeData()
    data.setData(clipboard.MIME, b'{"segments": [{"kind": "hologram"}]}')
    environment.clipboard.setMimeData(data)
    environment.do["paste"]()
    assert environment.controller.undo_step is None


def test_a_clip_of_a_newer_format_is_left_alone(environment):
    clip = msgspec.structs.replace(clipboard.copy_segments(WEBINAR, ["a"]), format=999)
    data = QMimeData()
    data.setData(clipboard.MIME, msgspec.json.encode(clip))
    assert clipboard.decode(data) is None


def test_a_clip_takes_the_media_of_its_segments_alone():
    clip = clipboard.copy_segments(WEBINAR, ["c", "a"])
    assert [each.id for each in clip.segments] == ["a", "c"]
    assert clip.media == (PICTURE,)


# ---------------------------------------------------------------------------------------------- availability


@pytest.fixture
def registry(environment, formatter):
    actions = ActionRegistry(environment.settings)
    environment.availability = ActionAvailability(actions, environment.controller, environment.selection, formatter)
    return actions


def test_actions_are_grey_while_they_could_do_nothing(environment, registry):
    assert not registry["delete"].isEnabled()
    assert not registry["undo"].isEnabled()
    environment.selection.set(["a"])
    assert registry["delete"].isEnabled()
    assert not registry["group"].isEnabled()
    environment.selection.set(["a", "b"])
    assert registry["group"].isEnabled()
    assert not registry["ungroup"].isEnabled()
    environment.do["group"]()
    assert registry["ungroup"].isEnabled()


def test_undo_is_named_by_its_step(environment, registry):
    environment.controller.edit(ops.Move(segments=("b",), delta_ms=1_000))
    assert registry["undo"].text() == "&Undo move of “b”"
    environment.controller.undo()
    assert (registry["undo"].text(), registry["redo"].text()) == ("&Undo", "&Redo move of “b”")


def test_locks_are_shown_as_they_are(environment, registry):
    environment.do["lock_programme"]()
    assert registry["lock_programme"].isChecked()
    environment.controller.undo()
    assert not registry["lock_programme"].isChecked()
