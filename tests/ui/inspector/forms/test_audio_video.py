"""The form of videos, recordings and audio."""

from PySide6.QtTest import QTest

from editor.schedule import segment_factory
from editor.schedule.model import (
    Audio,
    Video,
)
from editor.schedule.operations import Add, Split
from tests.segment_defaults import SEGMENT_DEFAULTS
from tests.ui.inspector.inspector_fixtures import (
    IMAGE,
    SOUND,
    VIDEO,
    add_and_select,
    current_form,
    find_segment,
    timing_field,
    type_text,
)
from tests.ui.panel_fixtures import FakeFileDialogs, PanelEnvironment, SampleFiles


def test_every_field_of_a_video_is_one_undo_step(inspector, environment: PanelEnvironment):
    video = add_and_select(environment, segment_factory.make_segment(VIDEO, 30_000, SEGMENT_DEFAULTS), media=(VIDEO,))
    type_text(current_form(inspector)._title, "Welcome")
    type_text(timing_field(inspector, "start_ms"), "40")
    type_text(timing_field(inspector, "in_ms"), "12")
    type_text(timing_field(inspector, "out_ms"), "742")
    type_text(timing_field(inspector, "hold_ms"), "7")
    type_text(current_form(inspector)._sound._fade_in, "1,5")
    type_text(current_form(inspector)._sound._volume._percent, "80")
    current_form(inspector)._sound._volume._mute_button.click()
    changed = find_segment(environment, video)
    assert isinstance(changed, Video)
    assert (changed.title, changed.start_ms) == ("Welcome", 40_000)
    assert (changed.in_ms, changed.out_ms, changed.hold_ms) == (12_000, 742_000, 7_000)
    assert (changed.fade_in_ms, changed.volume, changed.muted) == (1_500, 80, True)
    for _ in range(8):
        environment.controller.undo()
    assert find_segment(environment, video) == video


def test_of_a_cut_fade_the_part_within_is_shown_and_an_edit_makes_it_whole(inspector, environment: PanelEnvironment):
    video = add_and_select(environment, segment_factory.make_segment(VIDEO, 0, SEGMENT_DEFAULTS), media=(VIDEO,))
    type_text(current_form(inspector)._sound._fade_in, "8")
    environment.controller.edit(Split(at_ms=5_000))
    right = environment.webinar.programme[1]
    environment.selection.set((right.id,))
    assert current_form(inspector)._sound._fade_in.value_ms == 3_000
    assert isinstance(right, Video)
    assert (right.fade_in_ms, right.fade_in_offset_ms) == (8_000, 5_000)
    type_text(current_form(inspector)._sound._fade_in, "2")
    changed = environment.webinar.programme[1]
    assert isinstance(changed, Video)
    assert (changed.fade_in_ms, changed.fade_in_offset_ms) == (2_000, 0)
    left = find_segment(environment, video)
    assert (left.fade_in_ms, left.length_ms) == (8_000, 5_000)


def test_the_playing_time_sets_the_out_point_and_ends_with_the_file(inspector, environment: PanelEnvironment):
    video = add_and_select(environment, segment_factory.make_segment(VIDEO, 0, SEGMENT_DEFAULTS), media=(VIDEO,))
    type_text(timing_field(inspector, "play_ms"), "1m")
    assert find_segment(environment, video).out_ms == 60_000
    field = timing_field(inspector, "play_ms")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "20m")
    assert "0:12:40.000" in field.error_text
    inspector.other_field.setFocus()
    assert find_segment(environment, video).out_ms == 60_000


def test_captions_are_chosen_or_attached(
    inspector, environment: PanelEnvironment, files: SampleFiles, choices: FakeFileDialogs
):
    (media,) = environment.import_files(files.video)
    video = add_and_select(environment, segment_factory.make_segment(media, 0, SEGMENT_DEFAULTS), media=(media,))
    assert find_segment(environment, video).captions is None
    choices.paths = (files.subtitles,)
    captions = current_form(inspector)._captions
    captions.activated.emit(captions.count() - 1)
    environment.wait_until(lambda: find_segment(environment, video).captions)
    (track,) = environment.webinar.media[media.sha256].captions
    assert find_segment(environment, video).captions == track.sha256
    assert captions.currentData() == track.sha256
    captions.activated.emit(0)
    assert find_segment(environment, video).captions is None


def test_audio_gets_a_picture_from_the_bin(inspector, environment: PanelEnvironment):
    audio = add_and_select(environment, segment_factory.make_segment(SOUND, 0, SEGMENT_DEFAULTS), media=(SOUND, IMAGE))
    picture = current_form(inspector)._picture._field
    picture.activated.emit(1)
    changed = find_segment(environment, audio)
    assert isinstance(changed, Audio)
    assert changed.picture == IMAGE.sha256


def test_a_picture_imported_late_goes_to_the_segment_it_was_chosen_for(
    inspector, environment: PanelEnvironment, files: SampleFiles, choices: FakeFileDialogs
):
    audio = add_and_select(environment, segment_factory.make_segment(SOUND, 0, SEGMENT_DEFAULTS), media=(SOUND,))
    other = segment_factory.make_segment(SOUND, 200_000, SEGMENT_DEFAULTS)
    environment.controller.edit(Add(segments=(other,)))
    choices.paths = (files.image,)
    picture = current_form(inspector)._picture._field
    picture.activated.emit(picture.count() - 1)
    environment.selection.set((other.id,))
    environment.wait_until(lambda: find_segment(environment, audio).picture)
    assert find_segment(environment, other).picture is None
