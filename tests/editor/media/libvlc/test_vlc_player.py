"""Playing with the real libVLC: the right frame, the right time, and an error for what cannot be played."""

import itertools
import os
import queue
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.errors import KnownError
from editor.media.libvlc.engine import VlcEngine, has_audio_output
from editor.media.libvlc.frame_buffer import VideoFrame, fit_size
from editor.media.libvlc.vlc_player import VlcPlayer
from tests.numbered_video import RATE, frame_number_at, make_numbered_video, read_number

FRAME_MS = 1000 // RATE + 1


def read_frame_number(frame: VideoFrame) -> int:
    return read_number(frame.width, frame.height, lambda x, y: frame.pixels[y * frame.pitch + 4 * x + 1])


class RecordingListener:
    """Records a player's events for a test to wait for; frames are recorded as (number, the player's time)."""

    def __init__(self, engine: VlcEngine) -> None:
        self.events: queue.SimpleQueue[tuple[str, int, object]] = queue.SimpleQueue()
        self.sizes: set[tuple[int, int]] = set()
        self.player: VlcPlayer = engine.create_player(self)

    def on_ready(self, request_id: int) -> None:
        self.events.put(("ready", request_id, None))

    def on_frame(self, request_id: int, frame: VideoFrame) -> None:
        self.sizes.add((frame.width, frame.height))
        self.events.put(("frame", request_id, (read_frame_number(frame), self.player.time_ms())))

    def on_end(self, request_id: int) -> None:
        self.events.put(("end", request_id, None))

    def on_error(self, request_id: int, error: KnownError) -> None:
        self.events.put(("error", request_id, error))

    def read_frames_until(self, event: str, request_id: int) -> list[tuple[int, int]]:
        """Return the frames of a request before its next event of a kind."""
        frames = []
        while True:
            kind, event_request_id, value = self.events.get(timeout=10)
            if kind == "error" and event != "error":
                raise AssertionError(value)
            if event_request_id == request_id and kind == "frame":
                frames.append(value)
            if event_request_id == request_id and kind == event:
                return frames

    def wait_for_error(self, request_id: int) -> KnownError:
        while True:
            kind, event_request_id, value = self.events.get(timeout=10)
            if kind == "error" and event_request_id == request_id:
                return value

    def wait_for_frames(self, request_id: int, count: int) -> list[tuple[int, int]]:
        """Return the next frames of a request."""
        return [self.wait_for_frame(request_id) for _ in range(count)]

    def wait_for_frame(self, request_id: int) -> tuple[int, int]:
        while True:
            kind, event_request_id, value = self.events.get(timeout=10)
            assert kind != "error", value
            if kind == "frame" and event_request_id == request_id:
                return value


@pytest.fixture(scope="module")
def video(tmp_path_factory) -> Path:
    return make_numbered_video(tmp_path_factory.mktemp("film") / "film.mp4", 8)


@pytest.fixture(scope="module")
def engine() -> Iterator[VlcEngine]:
    engine = VlcEngine(sound=False)
    yield engine
    engine.close()


@pytest.fixture
def listener(engine) -> Iterator[RecordingListener]:
    listener = RecordingListener(engine)
    yield listener
    listener.player.close()
    listener.player.join()


@pytest.mark.parametrize("at_ms", [0, 100, 333, 2_500, 6_017])
def test_a_player_that_waits_stands_on_the_picture_of_its_place_and_goes_on_from_there(listener, video, at_ms):
    request_id = listener.player.open(video, at_ms, size=(320, 180), autoplay=False)
    shown = listener.read_frames_until("ready", request_id)
    assert [abs(number - frame_number_at(at_ms)) <= 1 for number, _ in shown] == [True]
    assert abs(listener.player.time_ms() - at_ms) <= FRAME_MS
    listener.player.play()
    numbers = dict.fromkeys([shown[0][0], *(number for number, _ in listener.wait_for_frames(request_id, 8))])
    steps = [after - before for before, after in itertools.pairwise(numbers)]
    assert 1 <= steps[0] <= 4
    assert max(steps) <= 4  # libvlc may leave some out to be on time


def test_the_time_it_tells_is_the_time_of_the_picture_it_shows(listener, video):
    request_id = listener.player.open(video, 1_000, size=(320, 180))
    listener.read_frames_until("ready", request_id)
    for number, told_ms in listener.wait_for_frames(request_id, 30)[20:]:
        assert abs(told_ms - number * 1000 // RATE) <= FRAME_MS


@pytest.mark.parametrize("at_ms", [0, 3_000, 5_555])
def test_a_seek_while_it_plays_shows_nothing_from_before_the_place(listener, video, at_ms):
    listener.wait_for_frame(listener.player.open(video, size=(320, 180)))
    request_id = listener.player.seek(at_ms)
    numbers = [number for number, _ in listener.wait_for_frames(request_id, 8)]
    assert frame_number_at(at_ms) - 4 <= numbers[0] <= frame_number_at(at_ms) + 6
    assert numbers == sorted(numbers)


def test_of_many_seeks_the_last_is_the_one_that_counts(listener, video):
    listener.wait_for_frame(listener.player.open(video, size=(320, 180)))
    seeks = [listener.player.seek(at_ms) for at_ms in range(0, 6_000, 200)]
    listener.read_frames_until("ready", seeks[-1])
    assert abs(listener.wait_for_frame(seeks[-1])[0] - frame_number_at(5_800)) <= 8


def test_a_seek_can_wait_as_well(listener, video):
    listener.wait_for_frame(listener.player.open(video, size=(320, 180)))
    request_id = listener.player.seek(4_000, autoplay=False)
    shown = listener.read_frames_until("ready", request_id)
    assert [abs(number - frame_number_at(4_000)) <= 1 for number, _ in shown] == [True]


def test_pausing_keeps_the_time_and_playing_goes_on_from_it(listener, video):
    request_id = listener.player.open(video, size=(320, 180))
    last = listener.wait_for_frames(request_id, 10)[-1][0]
    listener.player.pause()
    listener.player.play()
    numbers = [number for number, _ in listener.wait_for_frames(request_id, 5)]
    assert last < numbers[0] <= last + 4


def test_the_end_is_reported_and_a_seek_back_is_possible(listener, video):
    request_id = listener.player.open(video, 7_500, size=(320, 180))
    shown = listener.read_frames_until("end", request_id)
    assert 8 * RATE - 3 <= shown[-1][0] < 8 * RATE
    request_id = listener.player.seek(2_000)
    assert abs(listener.wait_for_frame(request_id)[0] - frame_number_at(2_000)) <= 8


def test_at_twice_the_rate_the_time_runs_twice_as_fast(listener, video):
    listener.player.set_rate(2_000)
    request_id = listener.player.open(video, size=(320, 180))
    listener.read_frames_until("ready", request_id)
    for number, told_ms in listener.wait_for_frames(request_id, 60)[40:]:
        assert abs(told_ms - number * 1000 // RATE) <= 3 * FRAME_MS


def test_a_seek_at_twice_the_rate_lands_where_it_should(listener, video):
    listener.player.set_rate(2_000)
    listener.read_frames_until("ready", listener.player.open(video, size=(320, 180)))
    for at_ms in (4_000, 1_000, 5_000):
        request_id = listener.player.seek(at_ms)
        listener.read_frames_until("ready", request_id)
        for number, told_ms in listener.wait_for_frames(request_id, 20)[10:]:
            assert number < 8 * RATE
            assert abs(told_ms - number * 1000 // RATE) <= 4 * FRAME_MS


def test_sound_alone_is_ready_without_a_picture(listener, tmp_path):
    tone = tmp_path / "tone.mp3"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=duration=3", "-c:a", "libmp3lame", str(tone)], check=True
    )
    request_id = listener.player.open(tone, 2_000, with_video=False)
    assert listener.read_frames_until("ready", request_id) == []
    assert 1_900 <= listener.player.time_ms() <= 2_300
    listener.read_frames_until("end", request_id)
    assert 2_800 <= listener.player.time_ms() <= 3_200


def test_sound_alone_can_wait_at_a_place(listener, video):
    request_id = listener.player.open(video, 3_000, with_video=False, autoplay=False)
    assert listener.read_frames_until("ready", request_id) == []
    assert abs(listener.player.time_ms() - 3_000) <= 50


def test_any_name_a_file_can_have_is_played(listener, video, tmp_path):
    for name in ("two  blanks", 'a "quote"', "a\nline", "é 😀", "שלום", "100%#?", b"\xff\xfe"):
        odd = tmp_path / os.fsdecode(name)
        odd.write_bytes(video.read_bytes())
        assert listener.wait_for_frame(listener.player.open(odd, size=(320, 180), autoplay=False))[0] <= 1


def test_a_turned_video_is_shown_upright(listener, video, tmp_path):
    turned = tmp_path / "turned.mp4"
    rotated_file = make_numbered_video(
        tmp_path / "lying.mp4", 1, first=1234, size="180x320", filters=",transpose=cclock"
    )
    subprocess.run(
        ["ffmpeg", "-v", "error", "-i", rotated_file, "-c", "copy", "-metadata:s:v:0", "rotate=270", turned], check=True
    )
    number, _ = listener.wait_for_frame(listener.player.open(turned, size=(180, 320)))
    assert listener.sizes == {(180, 320)}
    assert number - 1234 in {0, 1}


def test_a_video_in_another_box_begins_at_its_own_beginning(listener, tmp_path):
    stream = make_numbered_video(
        tmp_path / "film.mpg", 3, gop=15, encode=("-c:v", "mpeg2video", "-q:v", "2", "-c:a", "mp2")
    )
    request_id = listener.player.open(stream, 1_500, size=(320, 180), autoplay=False)
    ((number, _),) = listener.read_frames_until("ready", request_id)
    assert abs(number - frame_number_at(1_500)) <= 8  # the file begins at half a second of its own clock, 15 pictures


def test_nothing_breaks_when_the_file_goes_while_it_plays(listener, video, tmp_path):
    removed_file = tmp_path / "going.mp4"
    removed_file.write_bytes(video.read_bytes())
    listener.wait_for_frame(listener.player.open(removed_file, size=(320, 180)))
    removed_file.unlink()
    listener.read_frames_until("end", listener.player.seek(7_000))
    known = listener.wait_for_error(listener.player.seek(1_000))
    assert (known.code, known.facts) == ("media.gone", {"name": "going.mp4"})


def test_a_missing_file_is_an_error_with_its_name(listener, tmp_path):
    assert listener.wait_for_error(listener.player.open(tmp_path / "lost.mp4")).code == "media.gone"


def test_a_file_that_is_no_media_cannot_be_played(listener, tmp_path):
    text = tmp_path / "notes.mp4"
    text.write_text("These are my notes, not a film. " * 100)
    known = listener.wait_for_error(listener.player.open(text))
    assert (known.code, known.facts) == ("playback.failed", {"name": "notes.mp4"})


def test_an_undecodable_video_is_reported_while_its_sound_plays(listener, video, tmp_path):
    odd = tmp_path / "odd.mp4"
    odd.write_bytes(video.read_bytes().replace(b"avc1", b"zzz1").replace(b"avcC", b"zzzC"))
    request_id = listener.player.open(odd, size=(320, 180))
    assert listener.wait_for_error(request_id).code == "playback.no_picture"


def test_without_libvlc_there_is_a_sentence_with_the_way_out():
    lack = {"PYTHON_VLC_LIB_PATH": "/nowhere/libvlc.so.5"}
    script = (
        "from editor.errors import KnownError\nfrom editor.media.libvlc.engine import VlcEngine\n"
        "try:\n    VlcEngine().load()\nexcept KnownError as known:\n    print(known.code)"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, **lack}, capture_output=True, text=True, check=True
    )
    assert result.stdout.split() == ["playback.no_vlc"]


def test_unloading_and_closing_leave_nothing_behind(video):
    engine = VlcEngine(sound=False)
    listener = RecordingListener(engine)
    listener.wait_for_frame(listener.player.open(video, size=(320, 180)))
    listener.player.unload()
    listener.wait_for_frame(listener.player.open(video, size=(320, 180)))
    engine.close()
    listener.player.play()
    assert listener.player.time_ms() == 0


def test_many_openings_in_a_row_each_give_their_picture(listener, video):
    for _ in range(12):
        request_id = listener.player.open(video, size=(320, 180), autoplay=False)
        listener.read_frames_until("ready", request_id)
    assert listener.sizes == {(320, 180)}


def test_large_pictures_are_brought_within_what_a_preview_needs():
    assert fit_size(1280, 720) == (1280, 720)
    assert fit_size(3840, 2160) == (1920, 1080)
    assert fit_size(2160, 3840) == (607, 1080)
    assert fit_size(8000, 100) == (1920, 24)


def test_a_sound_card_or_a_sound_server_is_something_to_sound_through(monkeypatch, tmp_path):
    monkeypatch.setenv("PULSE_SERVER", "unix:/somewhere")
    assert has_audio_output()
    monkeypatch.delenv("PULSE_SERVER")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    (tmp_path / "pipewire-0").touch()
    assert has_audio_output()
