"""The sample's media are there, fit each other, and the time burnt into the talk is the time at which it shows."""

import pytest

from demo.sample import sample_media
from editor.errors import CancelledError, KnownError
from editor.media.formats import captions
from editor.media.prepare import ffmpeg_process
from editor.media.previews.image_previews import FrameReader, make_peaks
from editor.progress import Progress


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    return sample_media.render_sample(tmp_path_factory.mktemp("sample") / "media")


def test_every_file_has_its_kind_and_size(rendered, catalog):
    found = {path.suffix: catalog.add_file(path) for path in rendered.media}
    assert {suffix: media.kind for suffix, media in found.items()} == {
        ".mp4": "video",
        ".mp3": "audio",
        ".png": "image",
        ".jpg": "image",
        ".pdf": "presentation",
    }
    talk = found[".mp4"]
    assert (talk.duration_ms, talk.width, talk.height, talk.has_audio) == (sample_media.TALK_MS, 1280, 720, True)
    assert found[".mp3"].duration_ms == pytest.approx(sample_media.INTERLUDE_MS, abs=100)
    assert found[".pdf"].pages == 5


def test_the_voice_is_heard_when_its_subtitle_shows(rendered, catalog):
    peaks = make_peaks(catalog, catalog.add_file(rendered.talk)).values
    cues = captions.read_captions(rendered.captions)
    assert len(cues) == 12
    for cue in cues:
        assert max(peaks[cue.start_ms // 10 : cue.end_ms // 10]) > 40
    silence = peaks[: cues[0].start_ms // 10 - 5]
    assert max(silence) < 10


def test_each_frame_shows_its_own_time(rendered):
    """Frames 40 ms apart differ in the clock's box; the same slide is around it."""
    with FrameReader(rendered.talk) as reader:
        boxes = []
        for at_ms in (9_000, 9_040, 9_080):
            picture = reader.read_frame(at_ms)
            rows = range(34, 106)
            boxes.append(b"".join(picture.rgb[(y * 1280 + 828) * 3 : (y * 1280 + 1196) * 3] for y in rows))
    assert len(set(boxes)) == 3


def test_it_is_rendered_once(rendered):
    before = {path: path.stat().st_mtime_ns for path in rendered.media}
    assert sample_media.render_sample(rendered.talk.parent) == rendered
    assert {path: path.stat().st_mtime_ns for path in rendered.media} == before


def test_a_cancel_ends_ffmpeg_and_leaves_no_partial_video(rendered, tmp_path):
    remaining = {file.name for file in rendered.media if file != rendered.talk}
    (tmp_path / "media").mkdir()
    for name in remaining:
        (tmp_path / "media" / name).write_bytes(name.encode())

    def listen(done, total):
        if done > 230:
            progress.cancel()

    progress = Progress(listen)
    with pytest.raises(CancelledError):
        sample_media.render_sample(tmp_path / "media", progress)
    remaining_files = {path.name: path for path in (tmp_path / "media").iterdir()}
    assert remaining_files.keys() == remaining | {rendered.captions.name}
    assert all(remaining_files[name].read_bytes() == name.encode() for name in remaining)


def test_without_espeak_the_talk_is_hummed(tmp_path, monkeypatch):
    monkeypatch.setattr("demo.sample.sound.shutil.which", lambda _: None)
    from demo.sample import sound

    hummed = sound.speak("Good evening, and welcome.")
    assert 500 < sound.get_length_ms(hummed) < 3_000
    assert sound.measure_peak(hummed, 0, 2_000) > 0.1


def test_the_last_line_of_ffmpeg_is_the_reason(tmp_path):
    with pytest.raises(KnownError) as error_info:
        ffmpeg_process.run_ffmpeg(("-i", tmp_path / "nothing.wav"), tmp_path / "out.mp3", length_ms=1_000)
    assert error_info.value.code == "media.ffmpeg_failed"
    assert "nothing.wav" in str(error_info.value.facts["reason"])
