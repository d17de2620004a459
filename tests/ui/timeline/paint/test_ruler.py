"""The ruler's labels: positions, or the event's time of day."""

import pytest

from editor.schedule import operations as ops
from editor.schedule.model import HOUR
from ui.timeline.paint.ruler import format_position


@pytest.mark.parametrize(
    ("decimals", "text"), [(0, "10:00:01"), (1, "10:00:01.2"), (2, "10:00:01.23"), (3, "10:00:01.234")]
)
def test_a_position_has_as_many_decimals_as_asked_for(decimals, text):
    assert format_position(10 * HOUR + 1_234, decimals) == text


def test_the_ruler_shows_the_time_of_day_of_an_event_with_a_start(harness):
    ruler = harness.timeline._painter._ruler
    assert ruler.format_label(harness.timeline.make_paint_state(), 90_000) == "0:01:30"
    harness.settings["ruler"] = "clock"
    assert ruler.format_label(harness.timeline.make_paint_state(), 90_000) == "19:14:00"
    harness.controller.edit(ops.ChangeProperties(start=None))
    assert ruler.format_label(harness.timeline.make_paint_state(), 90_000) == "0:01:30", "no start yet: the position"
