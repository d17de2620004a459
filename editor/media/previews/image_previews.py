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
    """Return a PNG preview of an image from the cache, or make it: upright, RGB, scaled down but never up.

    It is made from the file, or from its proxy where the file is not on this computer. A cached preview is returned
    even where both are gone.

    Args:
        catalog: The catalog of the library.
        sha256: The image's hash.
        width: Wanted width in physical pixels. The preview is at most as wide as the smallest of `PREVIEW_WIDTHS` that
            is not below it (the largest for more), and at most four times as high as that.

    Raises:
        KnownError: ``media.missing``: neither the file nor a proxy is here. ``media.unwritable``: the cache cannot be
            written. Else the codes of `measure_image`.
    """
    preview_width = choose_preview_width(width)
    cached = catalog.previews_folder(sha256) / "images" / sha256 / f"{preview_width}.png"
    if not cached.exists():
        picture = still_images.load_scaled(catalog.require_preview_path(sha256), preview_width, preview_width * 4)
        with replace_atomically(cached) as temporary:
            picture.save(temporary, "PNG", compress_level=1)
    return cached
