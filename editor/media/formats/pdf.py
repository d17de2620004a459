"""PDF documents: counting, measuring and rendering pages with pdfium.

pdfium may be used by one thread of the process at a time: every call holds the lock of this module, and no document
object outlives it.
"""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from editor.errors import KnownError
from editor.media.files import display_name, require_regular_file, translate_read_errors

_PDFIUM_LOCK = threading.Lock()

MAX_PIXELS = 40_000_000
"""Pixels of a rendered page at most; a page that would need more (a very long one) is rendered smaller."""


def count_pages(path: Path) -> int:
    """Return the number of pages of a PDF, at least 1.

    Raises:
        KnownError: ``media.locked`` for a password, ``media.unreadable``, or the file cannot be read.
    """
    with _open_document(path) as document:
        return len(document)


def measure_page(path: Path, page: int = 0) -> tuple[int, int]:
    """Return the width and height of a page, counted from 0, in points (1/72 inch), after rotation.

    Raises:
        KnownError: As `count_pages`, and ``media.no_page``.
    """
    with _open_document(path) as document, closing(_load_page(document, path, page)) as sheet:
        width, height = sheet.get_size()
        return max(1, round(width)), max(1, round(height))


def render_page(path: Path, page: int, width: int) -> Image.Image:
    """Render a page, counted from 0, to an RGB image about `width` pixels wide; `MAX_PIXELS` may make it narrower.

    Raises:
        KnownError: As `measure_page`.
    """
    with _open_document(path) as document:
        if document.get_formtype() != raw.FORMTYPE_NONE:
            document.init_forms()
        with closing(_load_page(document, path, page)) as sheet:
            page_width, page_height = (max(1.0, side) for side in sheet.get_size())
            scale = min(width / page_width, (MAX_PIXELS / (page_width * page_height)) ** 0.5)
            with closing(sheet.render(scale=scale, rev_byteorder=True)) as bitmap:
                picture: Image.Image = bitmap.to_pil().convert("RGB")
                return picture


@contextmanager
def _open_document(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    require_regular_file(path)
    # A file object instead of a path: pdfium accepts only paths in UTF-8.
    with translate_read_errors(path), path.open("rb") as file, _PDFIUM_LOCK:
        try:
            document = pypdfium2.PdfDocument(file)
        except pypdfium2.PdfiumError as error:
            code = "media.locked" if error.err_code == raw.FPDF_ERR_PASSWORD else "media.unreadable"
            raise KnownError(code, name=display_name(path), reason=str(error)) from error
        with closing(document):
            try:
                yield document
            except pypdfium2.PdfiumError as error:
                raise KnownError("media.unreadable", name=display_name(path), reason=str(error)) from error


def _load_page(document: pypdfium2.PdfDocument, path: Path, page: int) -> pypdfium2.PdfPage:
    if not 0 <= page < len(document):
        raise KnownError("media.no_page", name=display_name(path), page=page + 1, pages=len(document))
    return document[page]
