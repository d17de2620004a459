"""The door to what a media looks and sounds like: thumbnails, peaks, exact frames, and an image at a size."""

from pathlib import Path
from typing import TYPE_CHECKING

from editor.media import images
from editor.media.files import made_aside
from editor.media.frames import FrameReader, Picture
from editor.media.peaks import Peaks, make_peaks, peaks
from editor.media.slides import WIDTHS
from editor.media.thumbnails import make_thumbnails, thumbnail_file

if TYPE_CHECKING:
    from editor.media.shelf import Shelf

__all__ = [
    "FrameReader",
    "Peaks",
    "Picture",
    "image_picture",
    "make_peaks",
    "make_thumbnails",
    "peaks",
    "thumbnail_file",
]


def image_picture(shelf: "Shelf", sha256: str, width: int) -> Path:
    """An image as a PNG in RGB, the right way up, at most the next of `WIDTHS` wide, under a plain name.

    Raises:
        Known: media.missing, media.unwritable, or what is wrong with the picture.
    """
    across = next((step for step in WIDTHS if step >= width), WIDTHS[-1])
    kept = shelf.drawings(sha256) / "images" / sha256 / f"{across}.png"
    if not kept.exists():
        picture = images.shrunk(shelf.require_shown(sha256), across, across * 4)
        with made_aside(kept) as aside:
            picture.save(aside, "PNG", compress_level=1)
    return kept
