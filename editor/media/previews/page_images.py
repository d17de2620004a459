"""Page images of presentations, made once and kept in the cache."""

from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from editor.media.files import replace_atomically
from editor.media.formats import pdf, still_images
from editor.media.previews.preview_widths import choose_preview_width

if TYPE_CHECKING:
    from editor.media.catalog import MediaCatalog


def count_pages(path: Path) -> int:
    """Return the number of pages of a PDF, at least 1.

    Raises:
        KnownError: ``media.locked``: it needs a password. ``media.unreadable``. Or the file cannot be read.
    """
    return pdf.count_pages(path)


def make_page_image(catalog: "MediaCatalog", sha256: str, page: int, width: int) -> Path:
    """Return a PNG of a presentation's page from the cache, or make it; a PowerPoint file is converted to PDF first.

    The conversion takes seconds and cannot be cancelled here.

    Args:
        catalog: The catalog of the library.
        sha256: The presentation's hash.
        page: The page, counted from 0.
        width: Wanted width in physical pixels. The image is about as wide as the smallest of `PREVIEW_WIDTHS` that
            is not below it (the largest for more).

    Raises:
        KnownError: ``media.missing``, ``media.no_page``, ``media.unwritable``, or the document cannot be read or
            converted (`MediaCatalog.require_pdf`).
    """
    page_width = choose_preview_width(width)
    cached = catalog.cache / "slides" / sha256 / f"{page_width}-{page}.png"
    if not cached.exists():
        _save_png(pdf.render_page(catalog.require_pdf(sha256), page, page_width), cached)
    return cached


def make_page_preview(catalog: "MediaCatalog", sha256: str, page: int, width: int) -> Path:
    """Return a page image as `make_page_image` does, or one made from the proxy where the document is missing.

    Args:
        catalog: The catalog of the library.
        sha256: The presentation's hash.
        page: The page, counted from 0.
        width: Wanted width in physical pixels; a proxy's image is never scaled up.

    Raises:
        KnownError: As `make_page_image`; of a damaged proxy, the codes of `measure_image`.
    """
    proxy_page = catalog.find_proxy_page(sha256, page)
    if proxy_page is None:
        return make_page_image(catalog, sha256, page, width)
    page_width = choose_preview_width(width)
    cached = catalog.previews_folder(sha256) / "slides" / f"{page_width}-{page}.png"
    if not cached.exists():
        _save_png(still_images.load_scaled(proxy_page, page_width, page_width * 4), cached)
    return cached


def _save_png(picture: Image.Image, file: Path) -> None:
    with replace_atomically(file) as temporary:
        # Fast compression: the best one takes three times as long as rendering the page.
        picture.save(temporary, "PNG", compress_level=1)
