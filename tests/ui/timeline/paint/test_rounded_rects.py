"""Rounded rectangles at every pixel ratio."""

import pytest

from ui.timeline.paint.rounded_rects import RoundedRectPainter


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_borders_lie_on_physical_pixels(qapp, ratio):
    painter = RoundedRectPainter()
    painter.ratio = ratio
    for x in (10.3, 99.9, 1234.56):
        assert (painter.snap_to_pixel(x) * ratio) % 1 == pytest.approx(0, abs=1e-6)
