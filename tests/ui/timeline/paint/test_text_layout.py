"""Text on the timeline: measured, and shortened to the space there is."""

from ui.timeline.labels import to_one_line
from ui.timeline.paint.text_layout import TextLayout


def test_a_title_is_one_line_shortened_to_its_space(qapp):
    layout = TextLayout(qapp.font())
    assert to_one_line("a\nb\tc") == "a b c"
    elided = layout.elide("A long title that does not fit", "title", 90)
    assert elided.endswith("…")
    assert layout.measure_width(elided, "title") <= 92
    assert layout.elide("A long title", "title", 12) == ""
    assert layout.elide("Short", "title", 500) == "Short"
