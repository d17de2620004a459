"""The texts of the editor in a window as narrow as it gets: shortened where they must be, cut off nowhere."""

import pytest
from PySide6.QtGui import QFontMetrics

from editor.schedule import operations as ops
from tests.ui.app.application_fixtures import new_webinar, restore_theme, start_application
from tests.ui.cut_text import find_cut_texts

__all__ = ["restore_theme", "start_application"]

SIZES = [(900, 600), (1100, 700), (1440, 900)]


@pytest.fixture
def page(qtbot, start_application):
    program = start_application()
    made = new_webinar(qtbot, program, "The night sky, for beginners, with a telescope of one's own")
    made.document_controller.edit(
        ops.ChangeProperties(start="2099-12-01T18:00:00", zone="America/Argentina/Buenos_Aires", chat="answer_later")
    )
    qtbot.waitUntil(lambda: made.document_controller.webinar.start is not None)
    return made


def show(page, qapp, size, language):
    """Set language and size of the window as the user does."""
    page._context.settings["language"] = language
    page.window().resize(*size)
    qapp.processEvents()
    qapp.processEvents()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", SIZES)
def test_bars_cut_no_text_off(page, qapp, size, language):
    show(page, qapp, size, language)
    assert page.window().width() == size[0]
    assert find_cut_texts(page.top_bar) == []
    assert find_cut_texts(page.toolbar) == []
    label = page.preview.bar._playing_label
    assert QFontMetrics(label.font()).horizontalAdvance(label.text()) <= label.width()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_start_is_whole_again_in_a_wide_window(page, qapp, language):
    show(page, qapp, (1900, 900), language)
    whole = page.top_bar._start_button.text()
    assert whole.count(" · ") == 2
    show(page, qapp, (900, 600), language)
    assert page.top_bar._start_button.text() != whole
    assert page.top_bar._start_button.accessibleName() == whole
    assert whole in page.top_bar._start_button.toolTip()
    show(page, qapp, (1900, 900), language)
    assert page.top_bar._start_button.text() == whole


@pytest.mark.parametrize("language", ["en", "fr"])
def test_texts_of_lane_headers_end_before_the_lock(page, qapp, language):
    show(page, qapp, (1440, 900), language)
    timeline = page.timeline
    layout, labels, texts = timeline.viewport.layout, timeline._labels.lane_labels, timeline._painter.text_layout
    ends = [14 + texts.measure_width(name, "title") for name in labels.names.values()]
    ends += [14 + texts.measure_width(subtitle, "small") for subtitle in labels.subtitles.values()]
    lock_left = layout.lock_rect("programme")[0]
    assert max(ends) <= lock_left
    assert 14 + layout.header_text_width <= lock_left


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_toolbar_of_1400_pixels_shows_its_texts(page, qapp, language):
    show(page, qapp, (1400, 900), language)
    assert page.toolbar.width() == 1400
    assert page.toolbar._ruler_name.isVisible()
