"""Preparing real media with the real ffmpeg, and reading the results back."""

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
def catalog(tmp_path):
    return MediaCatalog(tmp_path)


@pytest.fixture
def encode_calls(monkeypatch):
    """Record each start of an ffmpeg that encodes."""
    calls = []
    real = child.run_ffmpeg

    def count_call(arguments, target, **options):
        calls.append(target)
        return real(arguments, target, **options)

    monkeypatch.setattr("editor.media.prepare.preparation.ffmpeg_process.run_ffmpeg", count_call)
    return calls


def part_of(catalog, manifest, rung, chunk):
    """Return the bytes of a chunk behind its initialization segment, as a browser joins them."""
    body = prepared_file_path(catalog, manifest.media, rung.file.sha256).read_bytes()
    return body[: rung.init_size] + body[chunk.offset : chunk.offset + chunk.size]


def test_rungs_share_their_cuts_and_every_part_can_be_played_alone(catalog, make_video, tmp_path):
    media = catalog.add_file(make_video(seconds=13, size="640x480", extra=("-c:v", "mpeg4")))
    manifest = prepare(catalog, media)
    video = [rung for rung in manifest.rungs if rung.kind == "video"]
    assert [(rung.width, rung.height) for rung in video] == [(640, 480), (480, 360)]
    assert {tuple((chunk.start_ms, chunk.length_ms) for chunk in rung.chunks) for rung in video} == {
        ((0, 4000), (4000, 4000), (8000, 4000), (12000, 1000))
    }
    for rung in manifest.rungs:
        for chunk in rung.chunks:
            alone = tmp_path / "part.mp4"
            alone.write_bytes(part_of(catalog, manifest, rung, chunk))
            with av.open(str(alone)) as container:
                packets = [packet for packet in container.demux(container.streams[0]) if packet.pts is not None]
            assert packets[0].is_keyframe
            first_ms = int(packets[0].pts * packets[0].time_base * 1000)
            assert abs(first_ms - chunk.start_ms) <= 45


def test_sound_is_prepared_at_the_target_loudness(catalog, make_video):
    quiet = make_video("quiet.mp4", seconds=12, extra=("-af", "volume=0.05"))
    manifest = prepare(catalog, catalog.add_file(quiet))
    (sound,) = [rung for rung in manifest.rungs if rung.kind == "audio"]
    loud = measure_loudness(prepared_file_path(catalog, manifest.media, sound.file.sha256))
    assert measure_loudness(quiet).lufs < -25
    assert abs(loud.lufs - loudness.TARGET_LUFS) <= 1.5


def test_a_picture_that_complies_is_copied_and_the_other_rungs_follow_its_cuts(catalog, make_video):
    source = make_video(
        "ready.mp4", seconds=9, size="640x480", extra=("-c:v", "libx264", "-pix_fmt", "yuv420p", "-bf", "0", "-g", "75")
    )
    media = catalog.add_file(source)
    manifest = prepare(catalog, media)
    own, lower = [rung for rung in manifest.rungs if rung.kind == "video"]

    def pictures(path):
        with av.open(str(path)) as container:
            return [bytes(packet) for packet in container.demux(container.streams.video[0]) if packet.size]

    assert pictures(prepared_file_path(catalog, media.sha256, own.file.sha256)) == pictures(source)
    assert [chunk.start_ms for chunk in own.chunks] == [chunk.start_ms for chunk in lower.chunks] == [0, 6000]


def test_the_second_time_nothing_is_encoded(catalog, make_video, encode_calls):
    media = catalog.add_file(make_video())
    first = prepare(catalog, media)
    assert len(encode_calls) == 1
    assert find_prepared(catalog, media) == first
    assert prepare(catalog, media) == first
    assert len(encode_calls) == 1


def test_preparing_continues_after_a_crash(catalog, make_video, encode_calls):
    media = catalog.add_file(make_video())
    manifest = prepare(catalog, media)
    folder = catalog.cache / "prepared" / media.sha256
    next(folder.glob("manifest-*")).unlink()
    next(folder.glob("step-poster-*")).unlink()
    assert find_prepared(catalog, media) is None
    assert prepare(catalog, media).rungs == manifest.rungs
    assert len(encode_calls) == 1
    prepared_file_path(catalog, media.sha256, manifest.rungs[0].file.sha256).unlink()
    assert find_prepared(catalog, media) is None
    assert [rung.name for rung in prepare(catalog, media).rungs] == [rung.name for rung in manifest.rungs]
    assert len(encode_calls) == 2


def test_it_can_be_cancelled_and_leaves_no_partial_file(catalog, make_video):
    media = catalog.add_file(make_video(seconds=8, size="1280x720", extra=("-c:v", "mpeg4")))

    def stop(done, _total):
        if done > 60:
            progress.cancel()

    progress = Progress(stop)
    with pytest.raises(CancelledError):
        prepare(catalog, media, progress)
    folder = catalog.cache / "prepared" / media.sha256
    assert not list(folder.glob(".making-*"))
    assert find_prepared(catalog, media) is None


def test_sound_alone_gets_a_ladder_of_its_own(catalog, make_audio):
    manifest = prepare(catalog, catalog.add_file(make_audio("tone.mp3")))
    assert [rung.name for rung in manifest.rungs] == ["audio-128", "audio-64"]
    assert manifest.rungs[0].bandwidth > manifest.rungs[1].bandwidth
    assert manifest.stills == ()


def test_a_silent_video_and_a_video_without_sound_have_no_audio_rung(catalog, make_video):
    silent = prepare(catalog, catalog.add_file(make_video("silent.mp4", extra=("-af", "volume=0"))))
    assert [rung.kind for rung in silent.rungs] == ["video", "audio"]
    mute = prepare(catalog, catalog.add_file(make_video("mute.mp4", sound=False)))
    assert [rung.kind for rung in mute.rungs] == ["video"]


def test_an_image_is_never_blown_up(catalog, tmp_path):
    Picture.new("RGB", (900, 500), "teal").save(tmp_path / "wide.png")
    manifest = prepare(catalog, catalog.add_file(tmp_path / "wide.png"))
    assert [(still.width, still.height) for still in manifest.stills] == [(640, 356), (900, 500)]
    for still in manifest.stills:
        with Picture.open(prepared_file_path(catalog, manifest.media, still.file.sha256)) as shown:
            assert (shown.format, shown.size) == ("WEBP", (still.width, still.height))


def test_subtitles_go_along_as_webvtt(catalog, make_video, tmp_path):
    (tmp_path / "talk.srt").write_text("1\n00:00:01,000 --> 00:00:02,500\nA < B & C\n")
    media = catalog.attach_captions(catalog.add_file(make_video()), tmp_path / "talk.srt", "en")
    (track,) = prepare(catalog, media).captions
    text = prepared_file_path(catalog, media.sha256, track.file.sha256).read_text("utf-8")
    assert text == "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nA &lt; B &amp; C\n"
    assert (track.source, track.language) == (media.captions[0].sha256, "en")


def test_an_empty_line_in_a_cue_does_not_end_it():
    assert to_webvtt((CaptionCue(start_ms=0, end_ms=1, text="a\n\n\nb"),)).endswith("a\nb\n")


def test_a_media_that_is_gone_says_so(catalog, make_video, tmp_path):
    moved = tmp_path / "here.mp4"
    moved.write_bytes(make_video().read_bytes())
    media = catalog.add_file(moved)
    moved.unlink()
    with pytest.raises(KnownError) as error_info:
        prepare(catalog, media)
    assert error_info.value.code == "media.missing"


def test_the_index_agrees_with_what_ffmpeg_reads(catalog, make_video, tmp_path):
    manifest = prepare(catalog, catalog.add_file(make_video(seconds=9)))
    for rung in manifest.rungs:
        whole = tmp_path / "whole.mp4"
        whole.write_bytes(prepared_file_path(catalog, manifest.media, rung.file.sha256).read_bytes())
        command = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", whole]
        duration = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        last = rung.chunks[-1]
        assert abs(int(duration.replace(".", "")) // 1000 - (last.start_ms + last.length_ms)) <= 60
