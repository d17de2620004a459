"""The texts of the timeline."""

import pytest

from editor.schedule.model import Page, Presentation
from ui.timeline.labels import count_visible_pages


@pytest.mark.parametrize(
    ("in_ms", "out_ms", "pages"),
    [
        (0, 90_000, 3),
        (0, 40_000, 2),
        (40_000, 90_000, 2),
        (30_000, 60_000, 1),
        (30_000, 60_001, 2),
        (29_999, 60_000, 2),
        (89_000, 90_000, 1),
    ],
)
def test_pages_between_in_point_and_out_point_are_counted(in_ms, out_ms, pages):
    track = tuple(Page(page=number, length_ms=30_000) for number in range(3))
    slides = Presentation(id="p", start_ms=0, media="a" * 64, pages=track, in_ms=in_ms, out_ms=out_ms)
    assert count_visible_pages(slides) == pages
