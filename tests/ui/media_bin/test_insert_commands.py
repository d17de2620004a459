"""Inserting media and offers: one edit, at the wanted or the nearest free position."""

import pytest

from editor.schedule import segment_factory
from editor.schedule.model import Audio, Cta, Image, Recording, Survey, Video
from editor.schedule.operations import Lock
from tests.segment_defaults import SEGMENT_DEFAULTS
from tests.ui.panel_fixtures import PanelEnvironment, SampleFiles
from ui.media_bin.insert_commands import InsertCommands


@pytest.fixture
def placing(room: PanelEnvironment):
    return InsertCommands(
        room.controller,
        room.media_service,
        room.playhead,
        room.selection,
        room.settings,
        room.notifications,
        room.formatter,
        room.source_marks,
        room.notes,
        room.root,
    )


def test_a_media_goes_to_the_playhead_with_its_hold_and_is_selected(
    placing, room: PanelEnvironment, files: SampleFiles
):
    (video,) = room.import_files(files.video)
    room.playhead.seek(12_000)
    placing.insert_at_playhead(video, 1_000, 4_000)
    (segment,) = room.webinar.programme
    assert isinstance(segment, Video)
    assert (segment.start_ms, segment.in_ms, segment.out_ms, segment.hold_ms) == (12_000, 1_000, 4_000, 5_000)
    assert room.selection.ids == {segment.id}
    assert room.webinar.media[video.sha256] == video


def test_several_files_are_laid_one_after_another_in_one_step(placing, room: PanelEnvironment, files: SampleFiles):
    placing.insert_files((files.video, files.image, files.sound), "interactions", 2_000)
    room.wait_until(lambda: room.webinar.programme)
    video, image, audio = room.webinar.programme
    assert [type(each) for each in (video, image, audio)] == [Video, Image, Audio]
    assert video.start_ms == 2_000
    assert image.start_ms == video.end_ms
    assert audio.start_ms == image.end_ms
    room.controller.undo()
    assert not room.webinar.programme
    assert room.controller.undo_step is None


def test_what_is_marked_as_a_recording_becomes_one_and_its_chat_its_notes(
    placing, room: PanelEnvironment, files: SampleFiles
):
    (video,) = room.import_files(files.video)
    room.source_marks.set_recording(video.sha256, recording=True, chat="19:02 Ada: hello")
    placing.insert_media((video,), 0)
    (segment,) = room.webinar.programme
    assert isinstance(segment, Recording)
    assert room.notes.get(segment.id) == "19:02 Ada: hello"
    room.wait_until(lambda: room.stored_notes)
    assert room.stored_notes == {segment.id: "19:02 Ada: hello"}


def test_a_place_that_is_taken_sends_it_to_the_nearest_and_says_so(placing, room: PanelEnvironment, files: SampleFiles):
    (image,) = room.import_files(files.image)
    placing.insert_media((image,), 0)
    placing.insert_media((image,), 4_000)
    assert [segment.start_ms for segment in room.webinar.programme] == [0, 10_000]
    (message,) = room.posted
    assert "0:00:10.000" in message.text


def test_insert_makes_room_where_it_is(placing, room: PanelEnvironment, files: SampleFiles):
    room.settings["mode"] = "insert"
    (image,) = room.import_files(files.image)
    placing.insert_media((image,), 0)
    placing.insert_media((image,), 4_000)
    assert [segment.start_ms for segment in room.webinar.programme] == [0, 4_000, 14_000]


def test_a_locked_lane_offers_to_be_unlocked(placing, room: PanelEnvironment, files: SampleFiles):
    (image,) = room.import_files(files.image)
    room.controller.edit(Lock(lane="programme"))
    placing.insert_media((image,), 0)
    assert not room.webinar.programme
    (message,) = room.posted
    label, do = message.action
    assert label == "Unlock and do it"
    do()
    assert len(room.webinar.programme) == 1
    assert not room.webinar.programme_locked


def test_offers_are_added_at_the_playhead_by_the_settings_lengths(placing, room: PanelEnvironment):
    room.settings["cta_length_ms"] = 20_000
    room.playhead.seek(7_000)
    placing.add_cta()
    placing.add_survey(60_000)
    cta, survey = room.webinar.interactions
    assert isinstance(cta, Cta)
    assert (cta.start_ms, cta.length_ms) == (7_000, 20_000)
    assert isinstance(survey, Survey)
    assert survey.start_ms == 60_000


def test_a_media_longer_than_the_day_is_refused_with_a_sentence(placing, room: PanelEnvironment, files: SampleFiles):
    (image,) = room.import_files(files.image)
    segment = segment_factory.make_segment(image, 86_395_000, SEGMENT_DEFAULTS)
    placing.insert_segments((segment,), (image,))
    assert room.posted
