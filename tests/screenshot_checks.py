"""Checks of saved screenshots: none may be empty, of one colour or of a wrong size."""

from pathlib import Path

from PIL import Image


def require_picture(file: Path, size: tuple[int, int] | None = None) -> None:
    """Assert that a file is a picture with more than one colour.

    Args:
        file: The saved screenshot.
        size: Expected width and height in pixels; None accepts every size.
    """
    with Image.open(file) as picture:
        assert size is None or picture.size == size, f"{file.name} has {picture.size} pixels instead of {size}"
        extrema = picture.convert("RGB").getextrema()
    assert any(low != high for low, high in extrema), f"{file.name} has one colour only"
