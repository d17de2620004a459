"""Preparing real media with the real ffmpeg, and reading back what it made."""

import subprocess

import av
import pytest
from PIL import Image as Picture

from editor.errors import CancelledError, KnownError
from editor.media.catalog import MediaCatalog
from editor.media.formats.captions import CaptionCue
from editor.media.prepare import ffmpeg_process as child
from editor.media.prepare import loudness
from editor.media.prepare.loudness import measure_loudness
from editor.media.prepare.preparation import find_prepared, prepare, prepared_file_path, to_webvtt
from editor.progress import Progress


@pytest.fixture
def shelf(tmp_path):
    return MediaCatalog(tmp_path)


@pytest.fixture
def children(monkeypatch):
    """How often an encoding ffmpeg was started."""
    started = []
    real = child.run_ffmpeg

    def counted(arguments, target, **options):
        started.append(target)
        return real(arguments, target, **options)

    monkeypatch.setattr("editor.media.prepare.preparation.ffmpeg_process.run_ffmpeg", counted)
    return started


def part_of(shelf, manifest, rung, chunk):
    """A part's bytes behind its beginning's, as a browser would put them together."""
    body = prepared_file_path(shelf, manifest.media, rung.file.sha256).read_bytes()
    return body[: rung.init_size] + body[chunk.offset : chunk.offset + chunk.size]


def test_rungs_share_their_cuts_and_every_part_can_be_played_alone(shelf, film, tmp_path):
    media = shelf.add_file(film(seconds=13, size="640x480", extra=("-c:v", "mpeg4")))
    manifest = prepare(shelf, media)
    video = [rung for rung in manifest.rungs if rung.kind == "video"]
    assert [(rung.width, rung.height) for rung in video] == [(640, 480), (480, 360)]
    assert {tuple((chunk.start_ms, chunk.length_ms) for chunk in rung.chunks) for rung in video} == {
        ((0, 4000), (4000, 4000), (8000, 4000), (12000, 1000))
    }
    for rung in manifest.rungs:
        for chunk in rung.chunks:
            alone = tmp_path / "part.mp4"
            alone.write_bytes(part_of(shelf, manifest, rung, chunk))
            with av.open(str(alone)) as container:
                packets = [packet for packet in container.demux(container.streams[0]) if packet.pts is not None]
            assert packets[0].is_keyframe
            first_ms = int(packets[0].pts * packets[0].time_base * 1000)
            assert abs(first_ms - chunk.start_ms) <= 45


def test_sound_is_as_loud_as_everybody_expects(shelf, film):
    quiet = film("quiet.mp4", seconds=12, extra=("-af", "volume=0.05"))
    manifest = prepare(shelf, shelf.add_file(quiet))
    (sound,) = [rung for rung in manifest.rungs if rung.kind == "audio"]
    loud = measure_loudness(prepared_file_path(shelf, manifest.media, sound.file.sha256))
    assert measure_loudness(quiet).lufs < -25
    assert abs(loud.lufs - loudness.TARGET_LUFS) <= 1.5


def test_a_picture_that_complies_is_copied_and_the_other_rungs_follow_its_cuts(shelf, film):
    source = film(
        "ready.mp4", seconds=9, size="640x480", extra=("-c:v", "libx264", "-pix_fmt", "yuv420p", "-bf", "0", "-g", "75")
    )
    media = shelf.add_file(source)
    manifest = prepare(shelf, media)
    own, lower = [rung for rung in manifest.rungs if rung.kind == "video"]

    def pictures(path):
        with av.open(str(path)) as container:
            return [bytes(packet) for packet in container.demux(container.streams.video[0]) if packet.size]

    assert pictures(prepared_file_path(shelf, media.sha256, own.file.sha256)) == pictures(source)
    assert [chunk.start_ms for chunk in own.chunks] == [chunk.start_ms for chunk in lower.chunks] == [0, 6000]


def test_the_second_time_nothing_is_encoded(shelf, film, children):
    media = shelf.take(film())
    first = prepare(shelf, media)
    assert len(children) == 1
    assert find_prepared(shelf, media) == first
    assert prepare(shelf, media) == first
    assert len(children) == 1


def test_what_a_crash_left_is_gone_on_from(shelf, film, children):
    media = shelf.take(film())
    manifest = prepare(shelf, media)
    folder = shelf.cache / "prepared" / media.sha256
    next(folder.glob("manifest-*")).unlink()
    next(folder.glob("step-poster-*")).unlink()
    assert find_prepared(shelf, media) is None
    assert prepare(shelf, media).rungs == manifest.rungs
    assert len(children) == 1
    prepared_file_path(shelf, media.sha256, manifest.rungs[0].file.sha256).unlink()
    assert find_prepared(shelf, media) is None
    assert [rung.name for rung in prepare(shelf, media).rungs] == [rung.name for rung in manifest.rungs]
    assert len(children) == 2


def test_it_can_be_cancelled_and_leaves_no_half(shelf, film):
    media = shelf.add_file(film(seconds=8, size="1280x720", extra=("-c:v", "mpeg4")))

    def stop(done, _total):
        if done > 60:
            progress.cancel()

    progress = Progress(stop)
    with pytest.raises(CancelledError):
        prepare(shelf, media, progress)
    folder = shelf.cache / "prepared" / media.sha256
    assert not list(folder.glob(".making-*"))
    assert find_prepared(shelf, media) is None


def test_sound_alone_gets_a_ladder_of_its_own(shelf, tone):
    manifest = prepare(shelf, shelf.add_file(tone("tone.mp3")))
    assert [rung.name for rung in manifest.rungs] == ["audio-128", "audio-64"]
    assert manifest.rungs[0].bandwidth > manifest.rungs[1].bandwidth
    assert manifest.stills == ()


def test_a_silent_film_has_no_sound_and_a_film_without_sound_none_either(shelf, film):
    silent = prepare(shelf, shelf.add_file(film("silent.mp4", extra=("-af", "volume=0"))))
    assert [rung.kind for rung in silent.rungs] == ["video", "audio"]
    mute = prepare(shelf, shelf.add_file(film("mute.mp4", sound=False)))
    assert [rung.kind for rung in mute.rungs] == ["video"]


def test_an_image_is_never_blown_up(shelf, tmp_path):
    Picture.new("RGB", (900, 500), "teal").save(tmp_path / "wide.png")
    manifest = prepare(shelf, shelf.add_file(tmp_path / "wide.png"))
    assert [(still.width, still.height) for still in manifest.stills] == [(640, 356), (900, 500)]
    for still in manifest.stills:
        with Picture.open(prepared_file_path(shelf, manifest.media, still.file.sha256)) as shown:
            assert (shown.format, shown.size) == ("WEBP", (still.width, still.height))


def test_subtitles_go_along_as_webvtt(shelf, film, tmp_path):
    (tmp_path / "talk.srt").write_text("1\n00:00:01,000 --> 00:00:02,500\nA < B & C\n")
    media = shelf.attach_captions(shelf.add_file(film()), tmp_path / "talk.srt", "en")
    (track,) = prepare(shelf, media).captions
    text = prepared_file_path(shelf, media.sha256, track.file.sha256).read_text("utf-8")
    assert text == "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nA &lt; B &amp; C\n"
    assert (track.source, track.language) == (media.captions[0].sha256, "en")


def test_an_empty_line_in_a_cue_does_not_end_it():
    assert to_webvtt((CaptionCue(start_ms=0, end_ms=1, text="a\n\n\nb"),)).endswith("a\nb\n")


def test_a_media_that_is_gone_says_so(shelf, film, tmp_path):
    moved = tmp_path / "here.mp4"
    moved.write_bytes(film().read_bytes())
    media = shelf.add_file(moved)
    moved.unlink()
    with pytest.raises(KnownError) as told:
        prepare(shelf, media)
    assert told.value.code == "media.missing"


def test_the_index_agrees_with_what_ffmpeg_reads(shelf, film, tmp_path):
    manifest = prepare(shelf, shelf.add_file(film(seconds=9)))
    for rung in manifest.rungs:
        whole = tmp_path / "whole.mp4"
        whole.write_bytes(prepared_file_path(shelf, manifest.media, rung.file.sha256).read_bytes())
        asked = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", whole]
        duration = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
        last = rung.chunks[-1]
        assert abs(int(duration.replace(".", "")) // 1000 - (last.start_ms + last.length_ms)) <= 60
