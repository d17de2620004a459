from editor.schedule.model import MINUTE
from ui.timeline.geometry.layout import Layout
from ui.timeline.geometry.viewport import Viewport


def test_behind_what_is_fitted_something_can_be_laid_down_without_the_view_scrolling():
    view = Viewport()
    for width in (700, 1_300, 3_000):
        view.resize(Layout.for_size(width, 300, header=120, line_px=16), 4 * MINUTE)
        view.fit(4 * MINUTE)
        behind = view.scale.x_of(4 * MINUTE) + 10
        assert view.scroll_speed(behind, behind - 200) == 0, width


def test_what_grows_to_near_the_border_is_fitted_anew():
    view = Viewport()
    view.fit(4 * MINUTE)
    grown = view.scale.ms_at(view.layout.width - 30)
    view.update_length(grown)
    assert view.scroll_speed(view.scale.x_of(grown) + 10, 0) == 0
    before = view.scale
    view.update_length(grown + 1)
    assert view.scale == before, "a little more is no reason"
