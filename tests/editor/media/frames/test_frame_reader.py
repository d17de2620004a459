"""The exact frame at a time, of every kind of file, forwards, backwards and anywhere, compared with decoding it all."""

import random
from fractions import Fraction

import av
import pytest
from PIL import Image

from editor.errors import KnownError
from editor.media.frames.frame_reader import FrameReader

KINDS = {
    "h264-b.mp4": ("-c:v", "libx264", "-bf", "3", "-preset", "veryfast"),
    "h264-open.mkv": ("-c:v", "libx264", "-bf", "3", "-x264-params", "open-gop=1:b-pyramid=normal"),
    "h264.avi": ("-c:v", "libx264", "-bf", "2"),
    "mpeg4-b.avi": ("-c:v", "mpeg4", "-bf", "2"),
    "mpeg2.mpg": ("-c:v", "mpeg2video", "-bf", "2"),
    "wmv.wmv": ("-c:v", "wmv2"),
    "vp9.webm": ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"),
    "hevc.mp4": ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none"),
    "vfr.mp4": ("-vf", "select='not(mod(n,7))+not(mod(n,5))'", "-vsync", "vfr", "-bf", "2"),
    "one-key.mp4": ("-g", "9999", "-preset", "veryfast"),
}


def all_frames(path):
    """Return the start in milliseconds and the hash of every frame, by decoding the whole file in order."""
    shown = []
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stamps, frames = [], []
        for packet in container.demux(stream):
            if packet.dts is not None:
                stamps.append(packet.dts)
            frames += packet.decode()
        guessed = container.format.name == "avi" and stream.codec_context.name == "h264"
        origin = Fraction(container.start_time or 0, av.time_base)
        for number, frame in enumerate(frames):
            stamp = sorted(stamps)[number] if guessed else frame.pts
            shown.append(
                ((stamp * stream.time_base - origin) * 1000, hash(frame.reformat(format="rgb24").to_image().tobytes()))
            )
    return shown


def expected(shown, at_ms):
    return next((mark for begin, mark in reversed(shown) if begin <= at_ms), shown[0][1])


@pytest.mark.parametrize("name", KINDS)
def test_the_frame_is_the_right_one_anywhere(make_video, name):
    path = make_video(name, seconds=5, size="160x90", sound=name.endswith("vfr"), extra=KINDS[name])
    shown = all_frames(path)
    end = int(shown[-1][0])
    chance = random.Random(name)
    walks = {
        "anywhere": [chance.randrange(-100, end + 500) for _ in range(40)],
        "onwards": list(range(0, end, 170)),
        "frame by frame": list(range(1_000, 1_600, 40)),
        "back": list(range(end + 200, 0, -190)),
        "frame by frame back": list(range(3_100, 2_500, -40)),
    }
    with FrameReader(path) as reader:
        for walk, times in walks.items():
            for at_ms in times:
                frame = reader.read_frame(at_ms)
                assert hash(frame.rgb) == expected(shown, at_ms), f"{walk}: {at_ms} ms"


def test_the_last_frame_holds_and_the_first_comes_early(make_video):
    path = make_video(seconds=2)
    with FrameReader(path) as reader:
        last = reader.read_frame(1_999)
        assert reader.read_frame(2_000) == last
        assert reader.read_frame(86_400_000) == last
        assert reader.read_frame(-5) == reader.read_frame(0)
        assert reader.read_frame(0) != last


def test_the_size_asked_for(make_video):
    with FrameReader(make_video()) as reader:
        small = reader.read_frame(500, 100)
        assert (small.width, small.height, len(small.rgb)) == (100, 56, 100 * 56 * 3)
        full = reader.read_frame(500, 5_000)
        assert (full.width, full.height, len(full.rgb)) == (320, 180, 320 * 180 * 3)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_rotated_videos_are_turned_as_ffmpeg_turns_them(tmp_path, ffmpeg, turn):
    """One corner is white; where it goes is compared with ffmpeg's own picture."""
    flat, turned, still = tmp_path / "flat.mp4", tmp_path / "turned.mp4", tmp_path / "turned.png"
    draw = "drawbox=x=0:y=0:w=40:h=40:c=white:t=fill"
    ffmpeg("-f", "lavfi", "-i", "color=black:size=320x180:rate=10:duration=1", "-vf", draw, flat)
    ffmpeg("-i", flat, "-metadata:s:v", f"rotate={turn}", "-c", "copy", turned)
    ffmpeg("-i", turned, "-frames:v", "1", still)
    with FrameReader(turned) as reader, Image.open(still) as right:
        frame = reader.read_frame(300)
        assert (frame.width, frame.height) == right.size == ((180, 320) if turn in {90, 270} else (320, 180))
        shown = Image.frombytes("RGB", right.size, frame.rgb)
        corners = [(x, y) for x in (0, right.width - 1) for y in (0, right.height - 1)]
        bright = [corner for corner in corners if shown.getpixel(corner)[0] > 128]
        assert bright == [corner for corner in corners if right.convert("RGB").getpixel(corner)[0] > 128]
        assert len(bright) == 1


@pytest.mark.parametrize(("size", "matrix"), [("1280x720", "bt709"), ("640x360", "bt601")])
def test_colours_are_those_of_the_source(tmp_path, ffmpeg, size, matrix):
    path = tmp_path / "plain.mp4"
    convert = f"format=rgb24,scale=out_color_matrix={matrix}:out_range=tv,format=yuv420p"
    ffmpeg("-f", "lavfi", "-i", f"color=0xC83214:size={size}:rate=5:duration=1,{convert}", path)
    with FrameReader(path) as reader:
        assert tuple(reader.read_frame(0).rgb[:3]) == pytest.approx((0xC8, 0x32, 0x14), abs=4)
    if matrix == "bt709":
        with FrameReader(path, match_player_colours=True) as reader:
            assert reader.read_frame(0).rgb[0] == pytest.approx(0xB9, abs=3)


def test_a_video_that_was_cut_off_gives_its_last_frame(tmp_path, make_video):
    whole = make_video(seconds=8, extra=("-movflags", "+faststart")).read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole[: len(whole) // 2])
    with FrameReader(cut) as reader:
        assert reader.read_frame(1_000) != reader.read_frame(7_900)
        assert reader.read_frame(7_900) == reader.read_frame(8_500)


def test_a_damaged_range_is_skipped(tmp_path, make_video):
    data = bytearray(make_video(seconds=8, sound=False, extra=("-movflags", "+faststart")).read_bytes())
    middle = len(data) // 2
    data[middle : middle + 2_000] = bytes(2_000)
    damaged_file = tmp_path / "torn.mp4"
    damaged_file.write_bytes(data)
    with FrameReader(damaged_file) as reader:
        for at_ms in range(0, 8_000, 130):
            assert reader.read_frame(at_ms, 160).width == 160


def test_what_has_no_picture(make_audio, tmp_path):
    with pytest.raises(KnownError, match=r"media\.no_picture"):
        FrameReader(make_audio())
    with pytest.raises(KnownError, match=r"media\.gone"):
        FrameReader(tmp_path / "gone.mp4")
    (tmp_path / "text.mp4").write_text("no film at all " * 99)
    with pytest.raises(KnownError, match=r"media\.unreadable"):
        FrameReader(tmp_path / "text.mp4")
