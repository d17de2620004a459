from PySide6.QtGui import QFont

from ui.timeline.input.gestures import DragTooltip
from ui.timeline.paint.overlays import OverlayPainter
from ui.timeline.paint.text_layout import TextLayout

WORDS = ("Start", "End", "Length")


def test_a_drop_has_no_difference_and_none_is_told(qapp):
    overlays = OverlayPainter(TextLayout(QFont()))
    unread = overlays._make_tooltip_rows(DragTooltip(31_080, None, None, 0, 0), WORDS)
    assert unread == [[("", "0:00:31.080")]]
    known = overlays._make_tooltip_rows(DragTooltip(1_000, 3_000, None, 0, 0), WORDS)
    assert known == [[("Start", "0:00:01.000"), ("End", "0:00:03.000")], [("Length", "0:00:02.000")]]
    dragged = overlays._make_tooltip_rows(DragTooltip(1_000, 3_000, -500, 0, 0), WORDS)
    assert dragged[1] == [("Length", "0:00:02.000"), ("Δ", "−0:00:00.500")]
