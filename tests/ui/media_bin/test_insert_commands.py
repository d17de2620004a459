"""Inserting media and offers: one edit, at the wanted or the nearest free position."""

import pytest

from editor.schedule import segment_factory
from editor.schedule.model import Audio, Cta, Image, Recording, Survey, Video
from editor.schedule.operations import Lock
from tests.segment_defaults import SEGMENT_DEFAULTS
from tests.ui.panel_fixtures import PanelEnvironment, SampleFiles
from ui.media_bin.insert_commands import InsertCommands


@pytest.fixture
def insert_commands(environment: PanelEnvironment):
    return InsertCommands(
        environment.controller,
        environment.media_service,
        environment.playhead,
        environment.selection,
        environment.settings,
        environment.notifications,
        environment.formatter,
        environment.source_marks,
        environment.notes,
        environment.root,
    )


def test_a_media_goes_to_the_playhead_with_its_hold_and_is_selected(
    insert_commands, environment: PanelEnvironment, files: SampleFiles
):
    (video,) = environment.import_files(files.video)
    environment.playhead.seek(12_000)
    insert_commands.insert_at_playhead(video, 1_000, 4_000)
    (segment,) = environment.webinar.programme
    assert isinstance(segment, Video)
    assert (segment.start_ms, segment.in_ms, segment.out_ms, segment.hold_ms) == (12_000, 1_000, 4_000, 5_000)
    assert environment.selection.ids == {segment.id}
    assert environment.webinar.media[video.sha256] == video


def test_several_files_are_laid_one_after_another_in_one_step(
    insert_commands, environment: PanelEnvironment, files: SampleFiles
):
    insert_commands.insert_files((files.video, files.image, files.sound), "interactions", 2_000)
    environment.wait_until(lambda: environment.webinar.programme)
    video, image, audio = environment.webinar.programme
    assert [type(each) for each in (video, image, audio)] == [Video, Image, Audio]
    assert video.start_ms == 2_000
    assert image.start_ms == video.end_ms
    assert audio.start_ms == image.end_ms
    environment.controller.undo()
    assert not environment.webinar.programme
    assert environment.controller.undo_step is None


def test_what_is_marked_as_a_recording_becomes_one_and_its_chat_its_notes(
    insert_commands, environment: PanelEnvironment, files: SampleFiles
):
    (video,) = environment.import_files(files.video)
    environment.source_marks.set_recording(video.sha256, recording=True, chat="19:02 Ada: hello")
    insert_commands.insert_media((video,), 0)
    (segment,) = environment.webinar.programme
    assert isinstance(segment, Recording)
    assert environment.notes.get(segment.id) == "19:02 Ada: hello"
    environment.wait_until(lambda: environment.stored_notes)
    assert environment.stored_notes == {segment.id: "19:02 Ada: hello"}


def test_a_place_that_is_taken_sends_it_to_the_nearest_and_says_so(
    insert_commands, environment: PanelEnvironment, files: SampleFiles
):
    (image,) = environment.import_files(files.image)
    insert_commands.insert_media((image,), 0)
    insert_commands.insert_media((image,), 4_000)
    assert [segment.start_ms for segment in environment.webinar.programme] == [0, 10_000]
    (message,) = environment.posted
    assert "0:00:10.000" in message.text


def test_insert_makes_room_where_it_is(insert_commands, environment: PanelEnvironment, files: SampleFiles):
    environment.settings["mode"] = "insert"
    (image,) = environment.import_files(files.image)
    insert_commands.insert_media((image,), 0)
    insert_commands.insert_media((image,), 4_000)
    assert [segment.start_ms for segment in environment.webinar.programme] == [0, 4_000, 14_000]


def test_a_locked_lane_offers_to_be_unlocked(insert_commands, environment: PanelEnvironment, files: SampleFiles):
    (image,) = environment.import_files(files.image)
    environment.controller.edit(Lock(lane="programme"))
    insert_commands.insert_media((image,), 0)
    assert not environment.webinar.programme
    (message,) = environment.posted
    label, do = message.action
    assert label == "Unlock and do it"
    do()
    assert len(environment.webinar.programme) == 1
    assert not environment.webinar.programme_locked


def test_offers_are_added_at_the_playhead_by_the_settings_lengths(insert_commands, environment: PanelEnvironment):
    environment.settings["cta_length_ms"] = 20_000
    environment.playhead.seek(7_000)
    insert_commands.add_cta()
    insert_commands.add_survey(60_000)
    cta, survey = environment.webinar.interactions
    assert isinstance(cta, Cta)
    assert (cta.start_ms, cta.length_ms) == (7_000, 20_000)
    assert isinstance(survey, Survey)
    assert survey.start_ms == 60_000


def test_a_media_longer_than_the_day_is_refused_with_a_sentence(
    insert_commands, environment: PanelEnvironment, files: SampleFiles
):
    (image,) = environment.import_files(files.image)
    segment = segment_factory.make_segment(image, 86_395_000, SEGMENT_DEFAULTS)
    insert_commands.insert_segments((segment,), (image,))
    assert environment.posted
