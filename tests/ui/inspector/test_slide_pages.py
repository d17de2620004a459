"""The list of the pages of a presentation."""

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.schedule import segment_factory
from editor.schedule.model import (
    Page,
)
from tests.segment_defaults import SEGMENT_DEFAULTS
from tests.ui.inspector.inspector_fixtures import (
    SLIDES,
    add_and_select,
    current_form,
    find_segment,
)
from tests.ui.panel_fixtures import PanelEnvironment


def test_the_time_of_a_page_is_edited_in_the_list(inspector, environment: PanelEnvironment):
    slides = add_and_select(environment, segment_factory.make_segment(SLIDES, 0, SEGMENT_DEFAULTS), media=(SLIDES,))
    pages = current_form(inspector)._pages
    pages._list.setCurrentIndex(pages._rows.index(2))
    pages._list.setFocus()
    QTest.keyClick(pages._list, Qt.Key.Key_Return)
    editor = pages._list.focusWidget() or pages._list.window().focusWidget()
    editor.selectAll()
    QTest.keyClicks(editor, "1:10")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    environment.wait_until(lambda: find_segment(environment, slides).pages[2].length_ms == 70_000)


def test_pages_are_moved_and_removed_by_key(inspector, environment: PanelEnvironment):
    slides = add_and_select(environment, segment_factory.make_segment(SLIDES, 0, SEGMENT_DEFAULTS), media=(SLIDES,))
    pages = current_form(inspector)._pages
    pages._select_rows([0])
    QTest.keyClick(pages._list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [page.page for page in find_segment(environment, slides).pages] == [1, 0, 2]
    pages._select_rows([2])
    QTest.keyClick(pages._list, Qt.Key.Key_Delete)
    assert [page.page for page in find_segment(environment, slides).pages] == [1, 0]
    assert find_segment(environment, slides).length_ms == 60_000


def test_pages_outside_of_in_point_and_out_point_are_marked(inspector, environment: PanelEnvironment):
    slides = segment_factory.make_segment(SLIDES, 0, SEGMENT_DEFAULTS)
    pages = (Page(page=0, length_ms=30_000), Page(page=1, length_ms=30_000), Page(page=2, length_ms=30_000))
    add_and_select(
        environment, msgspec.structs.replace(slides, pages=pages, in_ms=40_000, out_ms=60_000), media=(SLIDES,)
    )
    rows = current_form(inspector)._pages._rows
    assert [rows.is_in_window(row) for row in range(3)] == [False, True, False]
