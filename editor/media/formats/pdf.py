"""PDF documents through pdfium: how many pages, how large, and what a page looks like.

pdfium may be used by one thread at a time, in the whole process; the lock here is the only one, and nothing of a
document outlives it.
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
"""A page that would need more is drawn smaller: a page may be a hundred times as long as wide."""


def count_pages(path: Path) -> int:
    """How many pages a PDF has; at least 1.

    Raises:
        Known: media.locked for one with a password, media.unreadable, or that the file itself cannot be read.
    """
    with _open_document(path) as document:
        return len(document)


def measure_page(path: Path, page: int = 0) -> tuple[int, int]:
    """A page's width and height in points (1/72 inch), turned as it is shown.

    Raises:
        Known: as `page_count`, and media.no_page.
    """
    with _open_document(path) as document, closing(_load_page(document, path, page)) as sheet:
        width, height = sheet.get_size()
        return max(1, round(width)), max(1, round(height))


def render_page(path: Path, page: int, width: int) -> Image.Image:
    """A page, counted from 0, as a picture of about `width` pixels.

    Raises:
        Known: as `page_size`.
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
    # A file object and no path: pdfium takes no path that is not UTF-8.
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
