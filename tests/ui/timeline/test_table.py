"""The segments as a table."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.schedule import operations as ops
from ui.timeline.table import COLUMNS, SegmentTableView
from ui.widgets.time_edit import TimeEdit

DISPLAY, EDIT = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole


@pytest.fixture
def view(harness, formatter, qtbot):
    table = SegmentTableView(harness.controller, harness.selection, harness.playhead, formatter)
    qtbot.addWidget(table)
    table.resize(900, 300)
    table.show()
    qtbot.waitExposed(table)
    table.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    return table


def find_cell(view, segment_id, column):
    model = view.model()
    for row in range(model.rowCount()):
        index = model.index(row, COLUMNS.index(column))
        if view.segment_at(index).id == segment_id:
            return index
    raise AssertionError(segment_id)


def list_ids(view):
    return [view.segment_at(view.model().index(row, 0)).id for row in range(view.model().rowCount())]


def test_the_table_lists_all_segments_by_start(view):
    assert list_ids(view) == ["welcome", "book", "agenda", "tour", "how", "song", "call"]
    cells = [find_cell(view, "welcome", column).data(DISPLAY) for column in COLUMNS]
    assert cells == [
        "video",
        "Welcome",
        "0:00:10.000",
        "0:01:00.000",
        "0:01:10.000",
        "0:00:05.000",
        "0:00:05.000",
        "programme",
    ]
    assert find_cell(view, "agenda", "in").data(DISPLAY) == ""


def test_time_columns_are_sorted_by_time_and_not_by_text(view):
    view.sortByColumn(COLUMNS.index("length"), Qt.SortOrder.AscendingOrder)
    assert list_ids(view)[0] == "agenda"
    assert list_ids(view)[-1] == "tour"


def test_the_selection_stays_on_its_segments_after_sorting(view, harness):
    harness.selection.set(("tour",), "tour")
    view.sortByColumn(COLUMNS.index("title"), Qt.SortOrder.DescendingOrder)
    assert [view.segment_at(index).id for index in view.selectionModel().selectedRows()] == ["tour"]
    assert list_ids(view)[:2] == ["welcome", "tour"]
    harness.controller.edit(ops.Move(segments=("call",), delta_ms=100_000))
    assert [view.segment_at(index).id for index in view.selectionModel().selectedRows()] == ["tour"]


def test_a_hidden_table_does_not_follow_edits_until_it_is_shown(view, harness):
    view.hide()
    harness.controller.edit(ops.Delete(segments=("agenda",)))
    harness.selection.set(("tour",), "tour")
    assert "agenda" in list_ids(view)
    view.show()
    assert "agenda" not in list_ids(view)
    assert [view.segment_at(index).id for index in view.selectionModel().selectedRows()] == ["tour"]


@pytest.mark.parametrize(
    ("segment", "column", "text", "expected"),
    [
        ("agenda", "title", "What to expect", {"title": "What to expect"}),
        ("song", "start", "3:25", {"start_ms": 205_000, "length_ms": 30_000}),
        ("agenda", "length", "15", {"length_ms": 15_000}),
        ("welcome", "length", "0:50", {"length_ms": 50_000, "hold_ms": 5_000, "in_ms": 5_000}),
        ("welcome", "hold", "2s", {"hold_ms": 2_000, "out_ms": 60_000}),
        ("call", "hold", "7", {"hold_ms": 7_000, "start_ms": 240_000}),
    ],
)
def test_a_typed_value_becomes_one_edit(view, harness, segment, column, text, expected):
    assert view.model().setData(find_cell(view, segment, column), text, EDIT)
    after = harness.segment(segment)
    assert {name: getattr(after, name) for name in expected} == expected
    harness.controller.undo()
    assert harness.controller.undo_step is None


def test_an_unchanged_or_invalid_value_is_no_edit(view, harness):
    for column, text in (("start", "3:20"), ("start", "soon"), ("title", "Song"), ("length", "")):
        assert not view.model().setData(find_cell(view, "song", column), text, EDIT)
    assert harness.controller.undo_step is None


def test_a_refused_time_changes_nothing_and_the_document_reports_it(view, harness):
    codes = []
    harness.controller.refused.connect(lambda refusal: codes.append(refusal.error.code))
    view.model().setData(find_cell(view, "song", "start"), "0:20", EDIT)
    assert codes == ["refused.taken"]
    assert find_cell(view, "song", "start").data(DISPLAY) == "0:03:20.000"


def test_only_times_that_a_kind_has_can_be_edited(view, harness):
    editable = Qt.ItemFlag.ItemIsEditable
    assert find_cell(view, "welcome", "in").flags() & editable
    assert not find_cell(view, "agenda", "in").flags() & editable
    assert not find_cell(view, "agenda", "kind").flags() & editable
    assert not find_cell(view, "welcome", "end").flags() & editable
    harness.controller.edit(ops.Lock(lane="programme"))
    assert not find_cell(view, "welcome", "in").flags() & editable
    assert find_cell(view, "book", "start").flags() & editable


def test_a_time_is_typed_into_a_time_field(view, harness):
    view.setCurrentIndex(find_cell(view, "agenda", "length"))
    QTest.keyClick(view, Qt.Key.Key_F2)
    field = view.findChild(TimeEdit)
    assert field.text() == "0:00:10.000"
    field.selectAll()
    QTest.keyClicks(field, "12,5")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert harness.segment("agenda").length_ms == 12_500


def test_table_and_timeline_share_their_selection(view, harness):
    view.selectRow(find_cell(view, "tour", "kind").row())
    assert harness.selection.ids == {"tour"}
    assert harness.selection.primary == "tour"
    assert harness.playhead.position_ms == 90_000, "the preview shows the segment"
    harness.selection.set(("song", "call"), "song")
    rows = {view.segment_at(index).id for index in view.selectionModel().selectedRows()}
    assert rows == {"song", "call"}


def test_edits_update_single_rows_without_a_reset(view, harness):
    resets = []
    view.table_model.modelReset.connect(lambda: resets.append(1))
    harness.controller.edit(ops.Delete(segments=("agenda",)))
    assert "agenda" not in list_ids(view)
    harness.controller.edit(ops.Duplicate(segments=("song",)))
    assert len(list_ids(view)) == 7
    harness.controller.edit(ops.Move(segments=("call",), delta_ms=100_000))
    assert find_cell(view, "call", "start").data(DISPLAY) == "0:05:40.000"
    harness.controller.undo()
    harness.controller.undo()
    harness.controller.undo()
    assert list_ids(view) == ["welcome", "book", "agenda", "tour", "how", "song", "call"]
    assert not resets
