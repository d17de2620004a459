"""Still images: reading PNG, JPEG and WebP with Pillow, turned by their EXIF orientation, with a limit on pixels."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageOps

from editor.errors import KnownError
from editor.media.files import display_name, require_regular_file, translate_read_errors

PILLOW_FORMATS = ("PNG", "JPEG", "WEBP")
"""Accepted formats. A JPEG may be an MPO, in which phones store two views; the first is taken."""
MAX_PIXELS = 120_000_000
"""Pixels of an image at most: more would take over 360 MB of memory. Larger images are refused unread."""

# Pillow's own limit warns on standard error and raises at twice its value; MAX_PIXELS gives a KnownError instead.
Image.MAX_IMAGE_PIXELS = None

_ROTATED_ORIENTATIONS = {5, 6, 7, 8}
_ORIENTATION_TAG = 0x0112


def measure_image(path: Path) -> tuple[int, int]:
    """Return an image's width and height in pixels after rotation; the whole file is read to detect a truncated one.

    Raises:
        KnownError: ``media.too_large``, ``media.animated``, ``media.torn``, ``media.unreadable``, or the file cannot
            be read.
    """
    with _open_image(path) as image:
        is_rotated = image.getexif().get(_ORIENTATION_TAG) in _ROTATED_ORIENTATIONS
        width, height = image.size
        image.load()
        return (height, width) if is_rotated else (width, height)


def load_scaled(path: Path, width: int, height: int) -> Image.Image:
    """Load an image upright in RGB, scaled down (never up) to fit a box, with white behind transparent pixels.

    The proportions stay.

    Args:
        path: The image.
        width: Width of the box in pixels.
        height: Height of the box in pixels.

    Raises:
        KnownError: As `measure_image`.
    """
    with _open_image(path) as image:
        image.draft("RGB", (width, height))  # a JPEG can be read at an eighth of its size
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
        return to_rgb(upright)


def to_rgb(image: Image.Image) -> Image.Image:
    """Convert an image of any mode to 8-bit RGB, with white behind transparent pixels."""
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        background = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(background, layer).convert("RGB")
    return image.convert("RGB")


@contextmanager
def _open_image(path: Path) -> Iterator[Image.Image]:
    require_regular_file(path)
    name = display_name(path)
    with translate_read_errors(path), path.open("rb") as file:
        try:
            with Image.open(file, formats=PILLOW_FORMATS) as image:
                width, height = image.size
                if width * height > MAX_PIXELS:
                    raise KnownError(
                        "media.too_large", name=name, width=width, height=height, most=MAX_PIXELS // 1_000_000
                    )
                if getattr(image, "is_animated", False) and image.format != "MPO":
                    raise KnownError("media.animated", name=name)
                yield image
        except KnownError:
            raise
        except Exception as error:  # a damaged image makes Pillow raise many kinds of exceptions
            is_truncated = "truncated" in str(error) or isinstance(error, EOFError)
            raise KnownError(
                "media.torn" if is_truncated else "media.unreadable", name=name, reason=str(error)
            ) from error
