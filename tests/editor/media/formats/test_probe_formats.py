"""Every supported file format, made by the real tools, is detected by its content whatever its name."""

import shutil

import msgspec
import pytest
from PIL import Image

from editor.media.formats.probe import probe

VIDEOS = {
    "avi": ("-c:v", "mpeg4", "-c:a", "libmp3lame"),
    "mov": (),
    "wmv": ("-c:v", "wmv2", "-c:a", "wmav2"),
    "mpg": ("-c:v", "mpeg2video", "-c:a", "mp2"),
    "mpeg": ("-c:v", "mpeg1video", "-c:a", "mp2"),
    "mp4": (),
    "m4v": (),
    "mkv": (),
    "webm": ("-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus"),
}
SOUNDS = ("mp3", "m4a", "wav")
IMAGES = ("png", "jpg", "jpeg", "webp")
NAMES = [*VIDEOS, *SOUNDS, *IMAGES, "pdf", "pptx", "odp"]


@pytest.fixture
def make_file(request, make_video, make_audio, make_image):
    """A file of each kind."""

    def make(kind):
        if kind in VIDEOS:
            return make_video(f"film.{kind}", extra=VIDEOS[kind])
        if kind in SOUNDS:
            return make_audio(f"tone.{kind}")
        if kind in IMAGES:
            return make_image(f"picture.{kind}")
        return request.getfixturevalue(kind)

    return make


@pytest.mark.parametrize("kind", VIDEOS)
def test_a_video_is_a_video_with_its_length_and_size(make_file, kind):
    found = probe(make_file(kind))
    assert (found.kind, found.width, found.height, found.has_audio) == ("video", 320, 180, True)
    assert 3_900 <= found.duration_ms <= 4_200
    assert found.notices == ()


@pytest.mark.parametrize("kind", SOUNDS)
def test_a_sound_is_audio(make_file, kind):
    found = probe(make_file(kind))
    assert (found.kind, found.width, found.has_audio) == ("audio", 0, True)
    assert 2_950 <= found.duration_ms <= 3_100


@pytest.mark.parametrize("kind", IMAGES)
def test_a_still_is_an_image(make_file, kind):
    found = probe(make_file(kind))
    assert (found.kind, found.width, found.height, found.duration_ms) == ("image", 120, 60, 0)


def test_a_pdf_is_a_presentation_with_pages(pdf):
    found = probe(pdf)
    assert (found.kind, found.pages, found.duration_ms) == ("presentation", 3, 0)
    assert found.width * 9 == pytest.approx(found.height * 16, abs=16)


@pytest.mark.parametrize("kind", ["pptx", "odp"])
def test_office_slides_are_a_presentation(make_file, kind):
    found = probe(make_file(kind))
    assert (found.kind, found.pages) == ("presentation", 3)


@pytest.mark.parametrize("kind", NAMES)
def test_the_name_does_not_matter(make_file, catalog, tmp_path, kind):
    media = catalog.add_file(make_file(kind))
    for name in ("wrong.txt", "no-ending", "lie.mp3"):
        shutil.copy(make_file(kind), tmp_path / name)
        assert catalog.add_file(tmp_path / name) == msgspec.structs.replace(media, name=name)


def test_a_wrong_name_is_probed_alike(tmp_path, make_video, make_audio, make_image, pdf):
    for honest in (
        make_video(),
        make_video("film.avi", extra=VIDEOS["avi"]),
        make_audio(),
        make_audio("tone.wav"),
        make_image(),
        pdf,
    ):
        for ending in ("jpg", "mp4", "mp3", "doc", "pdf"):
            misnamed_copy = tmp_path / f"wrong.{ending}"
            shutil.copy(honest, misnamed_copy)
            assert probe(misnamed_copy) == probe(honest)


def test_a_phone_picture_of_two_views_is_an_image(tmp_path):
    views = [Image.new("RGB", (64, 48), colour) for colour in ("red", "blue")]
    views[0].save(tmp_path / "phone.jpg", "MPO", save_all=True, append_images=views[1:])
    assert probe(tmp_path / "phone.jpg").kind == "image"
