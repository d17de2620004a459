"""Still pictures through Pillow: PNG, JPEG and WebP, turned as their EXIF says, and refused before they fill memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageOps

from editor.errors import KnownError
from editor.media.files import display_name, require_regular_file, translate_read_errors

PILLOW_FORMATS = ("PNG", "JPEG", "WEBP")
"""What is read. A JPEG may turn out to be an MPO, as of phones that store two views; its first is taken."""
MAX_PIXELS = 120_000_000
"""A picture of more would take over 360 MB of memory; it is refused unread."""

# Pillow's own limit warns on standard error and raises at twice itself; ours comes first, and is a sentence.
Image.MAX_IMAGE_PIXELS = None

_ROTATED_ORIENTATIONS = {5, 6, 7, 8}
_ORIENTATION_TAG = 0x0112


def measure_image(path: Path) -> tuple[int, int]:
    """A picture's width and height as shown, after reading all of it, so that a torn one is found now.

    Raises:
        Known: media.too_large, media.animated, media.torn, media.unreadable, or that the file cannot be read.
    """
    with _open_image(path) as image:
        is_rotated = image.getexif().get(_ORIENTATION_TAG) in _ROTATED_ORIENTATIONS
        width, height = image.size
        image.load()
        return (height, width) if is_rotated else (width, height)


def load_scaled(path: Path, width: int, height: int) -> Image.Image:
    """A picture the right way up in RGB, no larger than the box, on white where it is see-through.

    Raises:
        Known: as `measure`.
    """
    with _open_image(path) as image:
        image.draft("RGB", (width, height))  # a JPEG can be read at an eighth of its size
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
        return to_rgb(upright)


def to_rgb(image: Image.Image) -> Image.Image:
    """The same picture in plain RGB, on white."""
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
        except Exception as error:  # a damaged picture makes Pillow raise nearly anything
            is_truncated = "truncated" in str(error) or isinstance(error, EOFError)
            raise KnownError(
                "media.torn" if is_truncated else "media.unreadable", name=name, reason=str(error)
            ) from error
