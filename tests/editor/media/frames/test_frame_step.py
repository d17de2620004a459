"""Frame stepping: from one picture of a video to the next and back."""

import itertools
import subprocess
from fractions import Fraction

import av
import pytest

from editor.errors import KnownError
from editor.media.frames.frame_step import find_adjacent_frame
from tests.numbered_video import make_numbered_video


@pytest.mark.parametrize(
    ("name", "encode"),
    [
        ("film.mp4", ("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p")),  # with B-frames
        ("film.mkv", ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")),
        ("film.mpg", ("-c:v", "mpeg2video", "-c:a", "mp2")),
        ("film.avi", ("-c:v", "mpeg4", "-c:a", "mp3")),
    ],
)
def test_each_step_is_one_picture_there_and_back(tmp_path, name, encode):
    video = make_numbered_video(tmp_path / name, 2, gop=20, encode=encode)
    at_ms, places = 0, [0]
    for _ in range(40):
        at_ms = find_adjacent_frame(video, at_ms, forwards=True)
        places.append(at_ms)
    assert all(32 <= after - before <= 35 for before, after in itertools.pairwise(places[1:]))
    for place in reversed(places[1:-1]):
        at_ms = find_adjacent_frame(video, at_ms, forwards=False)
        assert abs(at_ms - place) <= 2


def test_a_varying_frame_rate_is_stepped_by_its_own_pictures(tmp_path):
    video = tmp_path / "odd.mp4"
    subprocess.run(
        [
            "ffmpeg",
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=160x90:rate=20:duration=3",
            "-vf",
            "select='not(mod(n,7))+gt(n,40)'",
            "-fps_mode",
            "vfr",
            "-c:v",
            "libx264",
            "-bf",
            "0",
            str(video),
        ],
        check=True,
    )
    with av.open(str(video)) as container:
        stamps = sorted(packet.pts * packet.time_base for packet in container.demux(video=0) if packet.size)
    expected = [int(-(-stamp * 1000 // 1)) for stamp in stamps]
    at_ms, found = 0, [0]
    while (at_ms := find_adjacent_frame(video, at_ms, forwards=True)) is not None:
        found.append(at_ms)
    assert found == expected
    assert Fraction(expected[-1] - expected[-2]) == 50


def test_there_is_nothing_before_the_first_and_nothing_after_the_last(tmp_path):
    video = make_numbered_video(tmp_path / "film.mp4", 1)
    assert find_adjacent_frame(video, 10, forwards=False) is None
    assert find_adjacent_frame(video, 999, forwards=True) is None


def test_sound_has_no_pictures_to_step_through(tmp_path):
    sound = tmp_path / "tone.mp3"
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=duration=1", str(sound)], check=True)
    assert find_adjacent_frame(sound, 500, forwards=True) is None


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(KnownError, match=r"media\.gone"):
        find_adjacent_frame(tmp_path / "lost.mp4", 0, forwards=True)
