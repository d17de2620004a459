"""Preparing unusual media: the rungs have the media's length and orientation, and stay in sync."""

import io
from array import array

import av
import pytest

from editor.media.catalog import MediaCatalog
from editor.media.prepare import encode_ladder
from editor.media.prepare.preparation import prepare, prepared_file_path

FAST = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
USUAL = ("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-bf", "3", "-g", "50")
VARIABLE = ("-vf", "select='if(lt(t,2),1,not(mod(n,9)))'", "-vsync", "vfr", "-c:v", "libvpx", "-deadline", "realtime")
ODD = {
    "odd size": ("odd.avi", {"size": "323x181", "extra": ("-c:v", "mjpeg")}, [(322, 180)]),
    "a second": ("one.mp4", {"seconds": 1, "extra": FAST}, [(320, 180)]),
    "no sound": ("mute.mp4", {"sound": False, "extra": FAST}, [(320, 180)]),
    "portrait": ("tall.mp4", {"size": "200x400", "extra": FAST}, [(200, 400)]),
    "tall and large": (
        "large.mp4",
        {"size": "720x1280", "seconds": 1, "extra": ("-c:v", "mpeg4")},
        [(720, 1280), (360, 640)],
    ),
    "10 bit, 4:2:2": ("deep.mp4", {"extra": (*FAST[:-1], "yuv422p10le")}, [(320, 180)]),
    "interlaced": ("fields.mpg", {"extra": ("-c:v", "mpeg2video", "-flags", "+ildct+ilme", "-top", "1")}, [(320, 180)]),
    "variable rate": ("screen.webm", {"extra": VARIABLE}, [(320, 180)]),
    "wide pixels": ("wide.mp4", {"extra": (*FAST, "-vf", "setsar=4/3")}, [(426, 180)]),
    "one picture a second": ("slow.mp4", {"rate": 1, "seconds": 6, "extra": FAST}, [(320, 180)]),
    "more pictures than browsers show": (
        "fast.mp4",
        {"rate": 120, "seconds": 1, "extra": ("-c:v", "mpeg4")},
        [(320, 180)],
    ),
}


def open_rung(catalog, manifest, rung):
    return av.open(str(prepared_file_path(catalog, manifest.media, rung.file.sha256)))


def assert_aligned(manifest):
    """Whether every rung is as long as the media, and their parts begin together."""
    for rung in manifest.rungs:
        last = rung.chunks[-1]
        assert abs(last.start_ms + last.length_ms - manifest.duration_ms) <= 130, rung.name
    video = [[chunk.start_ms for chunk in rung.chunks] for rung in manifest.rungs if rung.kind == "video"]
    assert all(starts == video[0] for starts in video)


@pytest.mark.parametrize("what", ODD)
def test_odd_media_come_out_whole(what, make_video, tmp_path):
    name, options, sizes = ODD[what]
    catalog = MediaCatalog(tmp_path)
    manifest = prepare(catalog, catalog.add_file(make_video(name, **options)))
    video = [rung for rung in manifest.rungs if rung.kind == "video"]
    assert [(rung.width, rung.height) for rung in video] == sizes
    assert bool(len(manifest.rungs) - len(video)) == options.get("sound", True)
    assert_aligned(manifest)
    for rung in video:
        with open_rung(catalog, manifest, rung) as container:
            codec = container.streams.video[0].codec_context
            assert (codec.name, codec.pix_fmt) == ("h264", "yuv420p")


@pytest.mark.parametrize(("picture_s", "sound_s"), [(2, 5), (5, 2)])
def test_where_one_ends_before_the_other_its_last_stays(picture_s, sound_s, make_video, make_audio, ffmpeg, tmp_path):
    picture = make_video(seconds=picture_s, sound=False, extra=FAST)
    sound = make_audio(f"{sound_s}.m4a", seconds=sound_s, extra=("-c:a", "aac"))
    path = tmp_path / "uneven.mp4"
    ffmpeg("-i", picture, "-i", sound, "-map", "0:v", "-map", "1:a", "-c", "copy", path)
    catalog = MediaCatalog(tmp_path / "catalog")
    manifest = prepare(catalog, catalog.add_file(path))
    assert manifest.duration_ms >= 5_000
    assert_aligned(manifest)


@pytest.mark.parametrize("late", ["picture", "sound"])
def test_what_begins_later_keeps_its_place(late, make_video, make_audio, ffmpeg, tmp_path):
    picture, sound = make_video(seconds=3, sound=False, extra=FAST), make_audio("late.mp3")
    path = tmp_path / "late.mkv"
    delay = ("-itsoffset", 1)
    ffmpeg(
        *(delay if late == "picture" else ()),
        *("-i", picture),
        *(delay if late == "sound" else ()),
        *("-i", sound, "-map", "0:v", "-map", "1:a", "-c", "copy", path),
    )
    catalog = MediaCatalog(tmp_path / "catalog")
    manifest = prepare(catalog, catalog.add_file(path))
    assert_aligned(manifest)
    if late == "sound":
        rung = manifest.rungs[-1]
        with open_rung(catalog, manifest, rung) as container:
            frames = [frame for frame in container.decode(container.streams.audio[0]) if frame.time < 0.9]
        assert len(frames) > 30
        assert max(max(map(abs, array("f", bytes(frame.planes[0])))) for frame in frames) < 0.01


def test_a_turned_video_stands_upright(make_video, ffmpeg, tmp_path):
    path = tmp_path / "phone.mp4"
    ffmpeg("-i", make_video(extra=USUAL), "-c", "copy", "-metadata:s:v", "rotate=90", path)
    catalog = MediaCatalog(tmp_path / "catalog")
    manifest = prepare(catalog, catalog.add_file(path))
    assert [(rung.width, rung.height) for rung in manifest.rungs if rung.kind == "video"] == [(180, 320)]
    assert_aligned(manifest)


def test_a_cover_is_not_taken_for_the_picture(make_video, ffmpeg, tmp_path):
    cover, path = tmp_path / "cover.png", tmp_path / "covered.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=red:size=300x300", "-frames:v", "1", cover)
    inputs = ("-i", make_video(extra=USUAL), "-i", cover)
    ffmpeg(*inputs, "-map", "1", "-map", "0", "-c", "copy", "-disposition:v:0", "attached_pic", path)
    catalog = MediaCatalog(tmp_path / "catalog")
    manifest = prepare(catalog, catalog.add_file(path))
    assert [(rung.width, rung.height) for rung in manifest.rungs if rung.kind == "video"] == [(320, 180)]


def test_the_usual_h264_is_copied_and_begins_at_once(make_video, tmp_path):
    """Its pictures are stored in another order than they are shown in, as in most files."""
    catalog = MediaCatalog(tmp_path)
    media = catalog.add_file(make_video("usual.mp4", seconds=6, extra=USUAL))
    source = encode_ladder.inspect_streams(
        catalog.require_path(media.sha256), media.duration_ms, media.width, media.height
    )
    assert [step.copied for step in encode_ladder.choose_video_steps(source)] == [True]
    manifest = prepare(catalog, media)
    rung = manifest.rungs[0]
    body = prepared_file_path(catalog, manifest.media, rung.file.sha256).read_bytes()
    # Browsers know of neither ffmpeg's delay nor, all of them, of edit lists: what is shown first begins at 0.
    assert b"elst" not in body[: rung.init_size]
    run = body.index(b"trun")
    offset_of_the_first = int.from_bytes(body[run + 24 : run + 28], "big", signed=True)
    assert offset_of_the_first == 0
    for chunk in rung.chunks:
        part = io.BytesIO(body[: rung.init_size] + body[chunk.offset : chunk.offset + chunk.size])
        with av.open(part, "r", format="mp4") as container:
            assert next(container.decode(video=0)).key_frame


def test_an_open_group_of_pictures_is_encoded(make_video, tmp_path):
    catalog = MediaCatalog(tmp_path)
    opened_groups = ("-c:v", "mpeg2video", "-bf", "2", "-g", "12", "-b:v", "2M")
    media = catalog.add_file(make_video("open.mpg", extra=opened_groups))
    source = encode_ladder.inspect_streams(
        catalog.require_path(media.sha256), media.duration_ms, media.width, media.height
    )
    assert source.cuts == ()
