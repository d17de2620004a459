"""The time code of the test film is read as it was drawn: small, large, boxed and encoded, and never by mistake."""

import av
import pytest
from PIL import Image, ImageOps

from tests.journeys.timecode import BITS, FRAME_MS, RATE, draw_frame, read_position, render_film


def test_every_frame_reads_as_its_own_position():
    assert [read_position(draw_frame(frame)) for frame in range(0, 1 << BITS, 7)] == [
        frame * FRAME_MS for frame in range(0, 1 << BITS, 7)
    ]


@pytest.mark.parametrize("size", [(320, 180), (881, 495), (1440, 860), (390, 500)])
def test_it_is_read_at_any_size_and_between_bars(size):
    shown = ImageOps.pad(draw_frame(1234), size, color=20).convert("RGB")
    assert read_position(shown) == 1234 * FRAME_MS


def test_between_two_frames_it_is_one_of_them_or_none():
    for frame in range(200):
        mixed_frame = Image.blend(draw_frame(frame), draw_frame(frame + 1), 0.5)
        assert read_position(mixed_frame) in {frame * FRAME_MS, (frame + 1) * FRAME_MS, None}


@pytest.mark.parametrize("colour", [0, 128, 255])
def test_where_there_are_no_squares_nothing_is_read(colour):
    assert read_position(Image.new("L", (640, 360), colour)) is None


def test_the_film_shows_each_frame_at_its_time(tmp_path):
    with av.open(str(render_film(tmp_path / "film.mp4", 3_000))) as film:
        seen = [(read_position(frame.to_image()), round(frame.time * 1000)) for frame in film.decode(video=0)]
    assert len(seen) == 3 * RATE
    assert all(read_ms == at_ms for read_ms, at_ms in seen)
