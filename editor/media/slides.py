"""The pages of presentations as pictures, made once and kept in the cache."""

from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from editor.media import documents, images
from editor.media.files import made_aside

if TYPE_CHECKING:
    from editor.media.shelf import Shelf

WIDTHS = (160, 320, 640, 960, 1280, 1920, 2560, 3840)
"""Pixels. A page is drawn at the next of these, so that a window being resized does not fill the cache."""


def page_count(path: Path) -> int:
    """How many pages a PDF has.

    Raises:
        Known: media.locked, media.unreadable, or that the file cannot be read.
    """
    return documents.page_count(path)


def page_picture(shelf: "Shelf", sha256: str, page: int, width: int) -> Path:
    """A PNG of a page, counted from 0, at least `width` pixels wide (up to the widest there is).

    Raises:
        Known: media.missing, media.no_page, media.unwritable, or what is wrong with the document.
    """
    across = _across(width)
    kept = shelf.cache / "slides" / sha256 / f"{across}-{page}.png"
    if not kept.exists():
        _store(documents.draw_page(shelf.document(sha256), page, across), kept)
    return kept


def shown_page(shelf: "Shelf", sha256: str, page: int, width: int) -> Path:
    """As `page_picture`, for previews: where the document is not here, of what stands in for it.

    Raises:
        Known: as `page_picture`.
    """
    hosted = shelf.page(sha256, page)
    if hosted is None:
        return page_picture(shelf, sha256, page, width)
    across = _across(width)
    kept = shelf.drawings(sha256) / "slides" / f"{across}-{page}.png"
    if not kept.exists():
        _store(images.shrunk(hosted, across, across * 4), kept)
    return kept


def _across(width: int) -> int:
    return next((step for step in WIDTHS if step >= width), WIDTHS[-1])


def _store(picture: Image.Image, file: Path) -> None:
    with made_aside(file) as aside:
        # Hardly compressed: packing tightly takes three times as long as drawing the page.
        picture.save(aside, "PNG", compress_level=1)
