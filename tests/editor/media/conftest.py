"""Real media for the tests, made by the real ffmpeg, Pillow and LibreOffice, small and once a session."""

import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from editor.media.catalog import MediaCatalog
from editor.media.formats import office

Make = Callable[..., Path]


@pytest.fixture(scope="session")
def ffmpeg() -> Callable[..., None]:
    """Run ffmpeg with these arguments, quietly."""

    def run(*arguments: object) -> None:
        subprocess.run(
            [
                "ffmpeg",
                "-v",
                "error",
                "-y",
                *(argument if isinstance(argument, bytes) else str(argument) for argument in arguments),
            ],
            check=True,
            stdin=subprocess.DEVNULL,
        )

    return run


@pytest.fixture(scope="session")
def make_video(tmp_path_factory, ffmpeg) -> Make:
    """Make a video of a moving pattern with a tone, once for each set of arguments."""
    folder = tmp_path_factory.mktemp("films")
    paths: dict[tuple[object, ...], Path] = {}

    def make(name="film.mp4", *, seconds=4, size="320x180", rate=25, sound=True, extra=()) -> Path:
        key = (name, seconds, size, rate, sound, tuple(extra))
        if key not in paths:
            inside = folder / str(len(paths))
            inside.mkdir()
            paths[key] = inside / name
            sound_input = ("-f", "lavfi", "-i", f"sine=440:sample_rate=44100:duration={seconds}") if sound else ()
            pattern = f"testsrc2=size={size}:rate={rate}:duration={seconds}"
            ffmpeg("-f", "lavfi", "-i", pattern, *sound_input, "-g", rate * 2, *extra, paths[key])
        return paths[key]

    return make


@pytest.fixture(scope="session")
def make_audio(tmp_path_factory, ffmpeg) -> Make:
    """Make a sound, once for each name."""
    folder = tmp_path_factory.mktemp("tones")

    def make(name="tone.mp3", *, seconds=3, extra=()) -> Path:
        path = folder / name
        if not path.exists():
            ffmpeg("-f", "lavfi", "-i", f"sine=440:sample_rate=44100:duration={seconds}", *extra, path)
        return path

    return make


@pytest.fixture(scope="session")
def pdf(tmp_path_factory) -> Path:
    """Three pages of 800 × 450, white, red and blue."""
    path = tmp_path_factory.mktemp("pdf") / "slides.pdf"
    pages = [Image.new("RGB", (800, 450), colour) for colour in ("white", "red", "blue")]
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=100)
    return path


ODP_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:presentation>{pages}</office:presentation></office:body></office:document-content>"""
ODP_PAGE = """<draw:page draw:name="p{number}"><draw:frame svg:width="10cm" svg:height="2cm" svg:x="1cm" svg:y="1cm">
<draw:text-box><text:p>Page {number}</text:p></draw:text-box></draw:frame></draw:page>"""
ODP_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.presentation"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""


def write_odp(path: Path, pages: int) -> None:
    content = ODP_CONTENT.format(pages="".join(ODP_PAGE.format(number=number) for number in range(1, pages + 1)))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.presentation")
        archive.writestr("META-INF/manifest.xml", ODP_MANIFEST)
        archive.writestr("content.xml", content)


@pytest.fixture(scope="session")
def odp(tmp_path_factory) -> Path:
    """An OpenDocument presentation of three pages."""
    path = tmp_path_factory.mktemp("odp") / "deck.odp"
    write_odp(path, 3)
    return path


@pytest.fixture(scope="session")
def pptx(tmp_path_factory, odp) -> Path:
    """A PowerPoint presentation of three slides, as LibreOffice writes it."""
    folder = tmp_path_factory.mktemp("pptx")
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            office.find_libreoffice(),
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "pptx",
            "--outdir",
            folder,
            odp,
        ],
        check=True,
        capture_output=True,
    )
    return folder / "deck.pptx"


@pytest.fixture
def make_image(tmp_path) -> Make:
    """Make a still picture whose left half is red and whose right half is blue."""

    def make(name="picture.png", *, size=(120, 60), **options) -> Path:
        image = Image.new("RGB", size, "blue")
        ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2 - 1, size[1]), "red")
        image.save(tmp_path / name, **options)
        return tmp_path / name

    return make


@pytest.fixture
def catalog(tmp_path) -> MediaCatalog:
    return MediaCatalog(tmp_path / "library")
