"""Images of presentation pages: correct, cached, from many threads, and from PowerPoint and OpenDocument too."""

import json
import subprocess
import threading

import pytest
from PIL import Image

from editor.errors import KnownError
from editor.media.catalog import MediaCatalog
from editor.media.formats import office, pdf
from editor.media.previews import page_images


def test_pages_are_drawn_at_a_width(catalog, pdf):
    media = catalog.add_file(pdf)
    assert page_images.count_pages(pdf) == 3
    for page, colour in enumerate(((255, 255, 255), (255, 0, 0), (0, 0, 255))):
        with Image.open(page_images.make_page_image(catalog, media.sha256, page, 320)) as page_image:
            assert page_image.width == 320
            assert page_image.height == pytest.approx(180, abs=1)
            assert page_image.convert("RGB").getpixel((160, 90)) == pytest.approx(colour, abs=3)


def test_a_page_is_drawn_once_for_widths_that_are_near(catalog, pdf):
    media = catalog.add_file(pdf)
    first = page_images.make_page_image(catalog, media.sha256, 0, 500)
    written = first.stat().st_mtime_ns
    assert page_images.make_page_image(catalog, media.sha256, 0, 640) == first
    assert first.stat().st_mtime_ns == written


def test_a_page_that_is_not_there(catalog, pdf):
    media = catalog.add_file(pdf)
    with pytest.raises(KnownError) as error_info:
        page_images.make_page_image(catalog, media.sha256, 3, 320)
    assert (error_info.value.code, error_info.value.facts["page"], error_info.value.facts["pages"]) == (
        "media.no_page",
        4,
        3,
    )


@pytest.mark.parametrize("kind", ["pptx", "odp"])
def test_office_slides_are_converted_once(request, catalog, kind, monkeypatch):
    path = request.getfixturevalue(kind)
    media = catalog.add_file(path)
    assert (media.pages, catalog.get_state(media.sha256)) == (3, "ready")
    monkeypatch.setattr(office, "find_libreoffice", lambda: pytest.fail("converted again"))
    assert page_images.make_page_image(catalog, media.sha256, 2, 640).exists()
    assert catalog.add_file(path) == media


def test_office_slides_known_from_elsewhere_are_converted_when_needed(catalog, odp, tmp_path):
    """As after opening a bundle: the facts came with it, the file was put in place, and nothing was probed here."""
    media = catalog.add_file(odp)
    other = MediaCatalog(tmp_path / "other")
    other.add_known(media)
    other.add_location(media.sha256, odp)
    assert other.get_state(media.sha256) == "unprepared"
    assert page_images.make_page_image(other, media.sha256, 0, 160).exists()
    assert other.get_state(media.sha256) == "ready"


def test_many_threads_draw_at_once(catalog, pdf):
    media = catalog.add_file(pdf)
    faults = []

    def draw(width):
        try:
            for page in range(3):
                page_images.make_page_image(catalog, media.sha256, page, width)
                page_images.count_pages(pdf)
        except Exception as error:  # noqa: BLE001 - told below
            faults.append(error)

    threads = [threading.Thread(target=draw, args=(width,)) for width in (160, 320, 640, 960)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_a_page_a_hundred_times_as_long_as_wide_is_drawn_small(tmp_path):
    Image.new("RGB", (10, 14_000), "white").save(tmp_path / "strip.pdf")
    page_image = pdf.render_page(tmp_path / "strip.pdf", 0, 3_840)
    assert page_image.width * page_image.height <= pdf.MAX_PIXELS * 1.01


def test_a_locked_pdf_says_so(tmp_path, odp):
    options = {
        "EncryptFile": {"type": "boolean", "value": "true"},
        "DocumentOpenPassword": {"type": "string", "value": "secret"},
    }
    profile = (tmp_path / "profile").as_uri()
    export = f"pdf:impress_pdf_Export:{json.dumps(options)}"
    subprocess.run(
        [
            office.find_libreoffice(),
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            export,
            "--outdir",
            tmp_path,
            odp,
        ],
        check=True,
        capture_output=True,
    )
    with pytest.raises(KnownError, match=r"media\.locked"):
        page_images.count_pages(tmp_path / "deck.pdf")
