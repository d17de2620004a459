"""The tooltip beside the pointer: which figures it shows, and where it lies."""

import pytest
from PySide6.QtGui import QFont

from ui.timeline.input.gestures import DragTooltip
from ui.timeline.paint.drag_tooltip import DragTooltipPainter
from ui.timeline.paint.text_layout import TextLayout

LABELS = ("Start", "End", "Length")


@pytest.fixture
def tooltip_painter(qapp):
    return DragTooltipPainter(TextLayout(QFont()))


def test_an_unread_file_has_a_start_alone(tooltip_painter):
    rows = tooltip_painter._make_rows(DragTooltip(31_080, None, None, 0, 0), LABELS)
    assert rows == [[("", "0:00:31.080")]]


def test_a_drop_has_no_difference(tooltip_painter):
    rows = tooltip_painter._make_rows(DragTooltip(1_000, 3_000, None, 0, 0), LABELS)
    assert rows == [[("Start", "0:00:01.000"), ("End", "0:00:03.000")], [("Length", "0:00:02.000")]]


@pytest.mark.parametrize(
    ("difference_ms", "text"), [(-500, "−0:00:00.500"), (0, "+0:00:00.000"), (61_002, "+0:01:01.002")]
)
def test_a_drag_shows_its_signed_difference(tooltip_painter, difference_ms, text):
    rows = tooltip_painter._make_rows(DragTooltip(1_000, 3_000, difference_ms, 0, 0), LABELS)
    assert rows[1] == [("Length", "0:00:02.000"), ("Δ", text)]


@pytest.mark.parametrize("y", [0, 60, 150, 299])
@pytest.mark.parametrize("x", [0, 600, 1_329])
def test_it_lies_inside_the_widget_and_not_under_the_pointer(harness, tooltip_painter, x, y):
    state = harness.timeline.make_paint_state()
    rect = tooltip_painter.place(DragTooltip(1_000, 3_000, 500, x, y), state, LABELS)
    layout = state.layout
    assert rect.left() >= layout.header
    assert rect.right() <= layout.width
    assert rect.top() >= 0
    assert rect.bottom() <= layout.height
    assert not rect.contains(x, y)
