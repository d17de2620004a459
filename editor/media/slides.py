"""The pages of presentations as pictures, made once and kept in the cache."""

from pathlib import Path
from typing import TYPE_CHECKING

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
    across = next((step for step in WIDTHS if step >= width), WIDTHS[-1])
    kept = shelf.drawings(sha256) / "slides" / sha256 / f"{across}-{page}.png"
    if not kept.exists():
        hosted = shelf.page(sha256, page)
        if hosted is not None:
            picture = images.shrunk(hosted, across, across * 4)
        else:
            picture = documents.draw_page(shelf.document(sha256), page, across)
        with made_aside(kept) as aside:
            # Hardly compressed: packing tightly takes three times as long as drawing the page.
            picture.save(aside, "PNG", compress_level=1)
    return kept
