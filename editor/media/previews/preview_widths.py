"""The widths at which preview images are made, so that resizing a window does not fill caches with every width."""

PREVIEW_WIDTHS = (160, 320, 640, 960, 1280, 1920, 2560, 3840)
"""Widths in pixels."""


def choose_preview_width(width: int) -> int:
    """Return the smallest of `PREVIEW_WIDTHS` that is not below a width in physical pixels; the largest for more."""
    return next((step for step in PREVIEW_WIDTHS if step >= width), PREVIEW_WIDTHS[-1])
