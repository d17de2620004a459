"""Previews of media: image previews, and the public names of thumbnails, peaks and exact frames."""

from pathlib import Path
from typing import TYPE_CHECKING

from editor.media.files import replace_atomically
from editor.media.formats import still_images
from editor.media.frames.frame_reader import FrameReader, RgbImage
from editor.media.previews.peaks import Peaks, load_peaks, make_peaks
from editor.media.previews.preview_widths import choose_preview_width
from editor.media.previews.thumbnails import find_thumbnail, make_thumbnails

if TYPE_CHECKING:
    from editor.media.catalog import MediaCatalog

__all__ = [
    "FrameReader",
    "Peaks",
    "RgbImage",
    "find_thumbnail",
    "load_peaks",
    "make_image_preview",
    "make_peaks",
    "make_thumbnails",
]


def make_image_preview(catalog: "MediaCatalog", sha256: str, width: int) -> Path:
    """Return an upright RGB PNG of an image, at most the next of `PREVIEW_WIDTHS` wide, from the cache or made now.

    Raises:
        KnownError: ``media.missing``, ``media.unwritable``, or the codes of `load_scaled`.
    """
    preview_width = choose_preview_width(width)
    cached = catalog.previews_folder(sha256) / "images" / sha256 / f"{preview_width}.png"
    if not cached.exists():
        picture = still_images.load_scaled(catalog.require_preview_path(sha256), preview_width, preview_width * 4)
        with replace_atomically(cached) as temporary:
            picture.save(temporary, "PNG", compress_level=1)
    return cached
