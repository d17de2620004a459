"""Thumbnails, peaks and images: correct, reported one by one, cached, and cancelled on request."""

import array
import math
import shutil
import wave

import pytest
from PIL import Image

from editor.errors import CancelledError, KnownError
from editor.media.previews import image_previews
from editor.media.previews.peaks import Peaks
from editor.progress import Progress


@pytest.fixture
def wav(tmp_path):
    """A sound of given samples."""

    def write(samples, *, rate=8_000, channels=1, name="sound.wav"):
        with wave.open(str(tmp_path / name), "wb") as file:
            file.setparams((channels, 2, rate, 0, "NONE", ""))
            file.writeframes(array.array("h", samples).tobytes())
        return tmp_path / name

    return write


# ------------------------------------------------------------------------------------------------ thumbnails


def test_thumbnails_come_one_by_one_the_far_ones_first(catalog, make_video):
    media = catalog.add_file(make_video(seconds=16, extra=("-g", "25", "-keyint_min", "25", "-sc_threshold", "0")))
    thumbnails, reports = [], []
    progress = Progress(lambda done, total: reports.append((done, total)))
    image_previews.make_thumbnails(
        catalog, media, progress, lambda at_ms, file: thumbnails.append((at_ms, file, file.exists()))
    )
    assert [at_ms for at_ms, _, _ in thumbnails[:4]] == [0, 8_000, 4_000, 12_000]
    assert sorted(at_ms for at_ms, _, _ in thumbnails) == list(range(0, 16_000, 1_000))
    assert all(there for _, _, there in thumbnails)
    assert reports[0] == (0, 16)
    with Image.open(thumbnails[0][1]) as image:
        assert (image.format, image.size) == ("JPEG", (284, 160))


def test_the_nearest_thumbnail(catalog, make_video):
    media = catalog.add_file(make_video(seconds=8))  # a key frame every two seconds
    assert image_previews.find_thumbnail(catalog, media.sha256, 0) is None
    image_previews.make_thumbnails(catalog, media)
    names = {
        at_ms: image_previews.find_thumbnail(catalog, media.sha256, at_ms).stem for at_ms in (0, 2_900, 3_100, 99_000)
    }
    assert names == {0: "000000000", 2_900: "000002000", 3_100: "000004000", 99_000: "000006000"}


def test_a_thumbnail_shows_the_frame_of_its_time(catalog, make_video):
    path = make_video(seconds=8)
    media = catalog.add_file(path)
    image_previews.make_thumbnails(catalog, media)
    with (
        Image.open(image_previews.find_thumbnail(catalog, media.sha256, 4_000)) as image,
        image_previews.FrameReader(path) as reader,
    ):
        exact = reader.read_frame(4_000, 284)
        small = Image.frombytes("RGB", (exact.width, exact.height), exact.rgb).resize(image.size)
        difference = sum(abs(one - other) for one, other in zip(image.tobytes(), small.tobytes(), strict=True))
        assert difference / len(small.tobytes()) < 12


def test_thumbnails_are_made_once_and_then_cached(catalog, make_video, monkeypatch):
    media = catalog.add_file(make_video())
    image_previews.make_thumbnails(catalog, media)
    monkeypatch.setattr(catalog, "require_path", lambda _: pytest.fail("nothing is to be read"))
    again = []
    image_previews.make_thumbnails(catalog, media, None, lambda at_ms, _: again.append(at_ms))
    assert again == [0, 2_000]


def test_a_cancel_keeps_the_thumbnails_made_and_the_next_call_continues(catalog, make_video):
    media = catalog.add_file(make_video(seconds=8))
    thumbnails = []
    progress = Progress()

    def each(at_ms, file):
        thumbnails.append(at_ms)
        progress.cancel()

    with pytest.raises(CancelledError):
        image_previews.make_thumbnails(catalog, media, progress, each)
    assert thumbnails == [0]
    rest = []
    image_previews.make_thumbnails(catalog, media, None, lambda at_ms, _: rest.append(at_ms))
    assert sorted(rest) == [0, 2_000, 4_000, 6_000]


def test_a_turned_film_has_turned_thumbnails(catalog, ffmpeg, make_video, tmp_path):
    ffmpeg("-i", make_video(), "-metadata:s:v", "rotate=90", "-c", "copy", tmp_path / "turned.mp4")
    media = catalog.add_file(tmp_path / "turned.mp4")
    image_previews.make_thumbnails(catalog, media)
    with Image.open(image_previews.find_thumbnail(catalog, media.sha256, 0)) as image:
        assert image.size == (90, 160)


def test_of_a_day_there_are_not_more_than_of_an_hour(catalog, ffmpeg, tmp_path):
    ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "color=size=32x32:rate=1/20:duration=86400",
        "-c:v",
        "mpeg4",
        "-g",
        "5",
        tmp_path / "day.mp4",
    )
    media = catalog.add_file(tmp_path / "day.mp4")
    thumbnails = []
    image_previews.make_thumbnails(catalog, media, None, lambda at_ms, _: thumbnails.append(at_ms))
    assert 50 <= len(thumbnails) <= 60
    assert max(thumbnails) > 80_000_000


def test_an_image_has_one_and_sound_none(catalog, make_image, make_audio):
    image, sound = catalog.add_file(make_image(size=(640, 320))), catalog.add_file(make_audio())
    thumbnails = []
    image_previews.make_thumbnails(catalog, image, None, lambda at_ms, _: thumbnails.append(at_ms))
    image_previews.make_thumbnails(catalog, sound, None, lambda at_ms, _: thumbnails.append(at_ms))
    assert thumbnails == [0]
    with Image.open(image_previews.find_thumbnail(catalog, image.sha256, 0)) as small:
        assert small.size == (320, 160)


def test_a_missing_file_is_named(catalog, make_video, tmp_path):
    path = tmp_path / "lost.mp4"
    shutil.copy(make_video(), path)
    media = catalog.add_file(path)
    path.unlink()
    for make in (image_previews.make_thumbnails, image_previews.make_peaks):
        with pytest.raises(KnownError) as error_info:
            make(catalog, media)
        assert (error_info.value.code, error_info.value.facts["name"]) == ("media.missing", "lost.mp4")


# ----------------------------------------------------------------------------------------------------- peaks


def test_peaks_are_the_loudest_of_each_hundredth(catalog, wav):
    samples = [0] * 8_000
    samples[4_000] = 16_384  # half as loud as can be, at 500 ms
    samples[7_999] = -32_768  # as loud as can be, at the end
    media = catalog.add_file(wav(samples))
    peaks = image_previews.make_peaks(catalog, media)
    assert (peaks.step_ms, len(peaks.values)) == (10, 100)
    assert {place: value for place, value in enumerate(peaks.values) if value} == {50: 128, 99: 255}


def test_peaks_of_any_rate_and_of_the_louder_channel(catalog, wav):
    for rate in (8_000, 11_025, 22_050, 44_100, 48_000):
        left = [int(20_000 * math.sin(place / 3)) for place in range(rate)]
        interleaved = [sample for value in left for sample in (0, value)]
        media = catalog.add_file(wav(interleaved, rate=rate, channels=2, name=f"{rate}.wav"))
        values = image_previews.make_peaks(catalog, media).values
        assert len(values) in {100, 101}
        assert min(values[:100]) > 140


def test_peaks_lie_where_the_sound_does_in_a_film(catalog, ffmpeg, tmp_path):
    """Two seconds of silence, one of noise, one of silence; the sound begins half a second after the picture."""
    noise = "aevalsrc=between(t\\,2\\,3)*(random(0)-0.5):d=4:s=44100"
    silent_video = ("-f", "lavfi", "-i", "color=size=64x64:rate=10:duration=5")
    ffmpeg(*silent_video, "-itsoffset", "0.5", "-f", "lavfi", "-i", noise, "-c:a", "aac", tmp_path / "late.mkv")
    media = catalog.add_file(tmp_path / "late.mkv")
    values = image_previews.make_peaks(catalog, media).values
    loud = [place for place, value in enumerate(values) if value > 40]
    assert loud[0] == pytest.approx(250, abs=5)
    assert loud[-1] == pytest.approx(350, abs=5)


def test_peaks_are_reported_partially_cached_and_can_be_cancelled(catalog, make_audio, monkeypatch):
    media = catalog.add_file(make_audio("long.wav", seconds=30))
    cancelled = Progress(lambda *_: cancelled.cancel())
    with pytest.raises(CancelledError):
        image_previews.make_peaks(catalog, media, cancelled)
    assert image_previews.load_peaks(catalog, media.sha256) is None
    monkeypatch.setattr("editor.media.previews.peaks._REPORT_INTERVAL_S", 0)
    some, reports = [], []
    whole = image_previews.make_peaks(
        catalog, media, Progress(lambda done, total: reports.append((done, total))), some.append
    )
    assert reports[-1] == (30_000, 30_000)
    assert len(some) > 3
    assert all(whole.values.startswith(part.values) for part in some)
    assert image_previews.load_peaks(catalog, media.sha256) == whole == image_previews.make_peaks(catalog, media)


def test_videos_without_sound_have_no_peaks(catalog, make_video):
    media = catalog.add_file(make_video(sound=False))
    assert image_previews.make_peaks(catalog, media) == Peaks(10, b"")


# ---------------------------------------------------------------------------------------------------- images


def test_an_image_at_a_size_the_right_way_up(catalog, tmp_path):
    image = Image.new("RGB", (400, 200), "blue")
    image.paste("red", (0, 0, 200, 200))
    exif = image.getexif()
    exif[0x0112] = 6  # to be turned clockwise
    image.save(tmp_path / "phone.jpg", exif=exif)
    media = catalog.add_file(tmp_path / "phone.jpg")
    with Image.open(image_previews.make_image_preview(catalog, media.sha256, 150)) as shown:
        assert shown.size == (160, 320)
        assert shown.getpixel((80, 20))[0] > 200
        assert shown.getpixel((80, 300))[2] > 200


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_images_of_every_make(catalog, tmp_path, mode):
    name = "image.jpg" if mode == "CMYK" else "image.png"
    Image.new(mode, (64, 32)).save(tmp_path / name)
    media = catalog.add_file(tmp_path / name)
    with Image.open(image_previews.make_image_preview(catalog, media.sha256, 64)) as shown:
        assert (shown.mode, shown.size) == ("RGB", (64, 32))
    image_previews.make_thumbnails(catalog, media)


def test_see_through_images_stand_on_white(catalog, tmp_path):
    Image.new("RGBA", (8, 8), (255, 0, 0, 0)).save(tmp_path / "clear.png")
    media = catalog.add_file(tmp_path / "clear.png")
    with Image.open(image_previews.make_image_preview(catalog, media.sha256, 8)) as shown:
        assert shown.getpixel((4, 4)) == (255, 255, 255)
