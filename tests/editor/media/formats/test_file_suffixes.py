from pathlib import Path

import pytest
from PIL import Image

from editor.media.formats.file_format import detect_format
from editor.media.formats.file_suffixes import MEDIA_SUFFIXES, guess_kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.MP4", "video"), ("b.pdf", "presentation"), ("c.mp3", "audio"), ("d.webp", "image"), ("e.xyz", None)],
)
def test_the_kind_of_a_file_is_guessed_by_its_suffix(name, kind):
    assert guess_kind(Path(name)) == kind


def test_a_gif_which_cannot_be_imported_is_not_taken_for_an_image():
    assert guess_kind(Path("moving.gif")) is None


@pytest.mark.parametrize("suffix", MEDIA_SUFFIXES["image"])
def test_images_with_the_offered_suffixes_are_read_as_images(tmp_path, suffix):
    file = tmp_path / f"picture{suffix}"
    Image.new("RGB", (8, 8)).save(file)
    assert detect_format(file) == "image"
