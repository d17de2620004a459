"""The segments as a table: one row each, with titles and times that can be edited in place.

The model keeps the rows in the order of a column and reports only rows that have changed. What is typed becomes an
operation; the cell shows it when the document has changed. While the table is hidden, the model does not follow the
document: thousands of rows are read when it is shown and not at every edit.
"""

from typing import Any, Literal

import msgspec
from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    Qt,
)
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from editor import time_format
from editor.schedule import operations as ops
from editor.schedule.kinds import SoundSegment, kind_of, lane_of
from editor.schedule.model import AnySegment, Timed, Webinar
from ui.state.document_controller import DocumentChange, DocumentController
from ui.state.playhead import Playhead
from ui.state.selection import Selection
from ui.style import theme
from ui.text.formatter import Formatter
from ui.timeline.labels import to_one_line
from ui.timeline.table_delegate import AnyIndex, TimeDelegate

Column = Literal["kind", "title", "start", "length", "end", "in", "hold", "lane"]
COLUMNS: tuple[Column, ...] = ("kind", "title", "start", "length", "end", "in", "hold", "lane")
TIME_COLUMNS: frozenset[Column] = frozenset(("start", "length", "end", "in", "hold"))
NO_PARENT = QModelIndex()


class SegmentTableModel(QAbstractTableModel):
    """The Qt model of the segments of both lanes, sorted by a column; empty until `set_following` is called.

    It follows the document on the GUI thread. `setData` edits the document in the background; the cell changes once
    that is done.
    """

    def __init__(self, controller: DocumentController, formatter: Formatter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._formatter = formatter
        self._rows: list[AnySegment] = []
        self._row_of: dict[str, int] = {}
        self._sort_column: Column = "start"
        self._sorts_descending = False
        self._is_following = False
        controller.changed.connect(self._on_changed)
        formatter.language_changed.connect(self._on_language)

    # -------------------------------------------------------------------------------------------- contents

    def rowCount(self, parent: AnyIndex = NO_PARENT) -> int:
        """Return the number of segments; 0 below a row, since the table is no tree."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = NO_PARENT) -> int:
        """Return the number of columns; 0 below a row, since the table is no tree."""
        return 0 if parent.isValid() else len(COLUMNS)

    def get_segment(self, row: int) -> AnySegment:
        """Return the segment of a row, as it was when the table last followed the document.

        Raises:
            IndexError: there are fewer rows.
        """
        return self._rows[row]

    def find_row(self, segment_id: str) -> int | None:
        """Return the row of a segment, in the order shown; None if it is not in the table."""
        return self._row_of.get(segment_id)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the translated title of a column, or its alignment, which is that of its cells.

        Other roles give None.
        """
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if COLUMNS[section] in TIME_COLUMNS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            "kind": self.tr("Kind"),
            "title": self.tr("Title"),
            "start": self.tr("Start"),
            "length": self.tr("Length"),
            "end": self.tr("End"),
            "in": self.tr("In-point"),
            "hold": self.tr("Freeze frame"),
            "lane": self.tr("Lane"),
        }[COLUMNS[section]]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, also for editing; the icon of a segment's kind, and the alignment of times."""
        segment, column = self._rows[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and column == "kind":
            return theme.kind_icon(kind_of(segment))
        if role == Qt.ItemDataRole.TextAlignmentRole and column in TIME_COLUMNS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if column in TIME_COLUMNS:
            at_ms = find_time(segment, column)
            if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
                return "" if at_ms is None else time_format.format_time(at_ms)
            return None
        if role == Qt.ItemDataRole.EditRole:
            return segment.title
        return self._format_text(segment, column) if role == Qt.ItemDataRole.DisplayRole else None

    def _format_text(self, segment: AnySegment, column: Column) -> str:
        if column == "kind":
            return self._formatter.format_kind(kind_of(segment))
        return to_one_line(segment.title) if column == "title" else self._formatter.format_lane(lane_of(segment))

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Return Qt's flags of a cell: titles can be edited, and times (but the end) that the kind of segment has.

        In a read-only webinar and on a locked lane nothing can be edited.
        """
        flags = super().flags(index)
        segment, column = self._rows[index.row()], COLUMNS[index.column()]
        is_editable = column == "title" or (
            column in TIME_COLUMNS and column != "end" and find_time(segment, column) is not None
        )
        if is_editable and not self._controller.read_only and not self._controller.webinar.is_locked(lane_of(segment)):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    # ------------------------------------------------------------------------------------------- editing

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Start the edit for a text typed into a cell; return False if it changes nothing or is no time.

        True says only that the edit was started: the cell changes when it is done, and stays if it is refused.
        """
        if role != Qt.ItemDataRole.EditRole:
            return False
        segment, column = self._rows[index.row()], COLUMNS[index.column()]
        op = make_edit(segment, column, str(value))
        if op is None:
            return False
        self._controller.edit(op)
        return True

    # ------------------------------------------------------------------------------- following the webinar

    def set_following(self, *, following: bool) -> None:
        """Show the segments of the document now and after each change, or stop following it.

        Args:
            following: whether to follow; the last segments stay where it is False.
        """
        self._is_following = following
        if following:
            self._update_rows(self._controller.webinar)

    def _on_changed(self, change: DocumentChange) -> None:
        if self._is_following:
            self._update_rows(change.after)

    def _update_rows(self, webinar: Webinar) -> None:
        segments = {segment.id: segment for segment in webinar.segments}
        for row in range(len(self._rows) - 1, -1, -1):
            if self._rows[row].id not in segments:
                self.beginRemoveRows(NO_PARENT, row, row)
                del self._rows[row]
                self.endRemoveRows()
        changed_rows: list[int] = []
        for row, segment in enumerate(self._rows):
            updated = segments.pop(segment.id)
            if updated is not segment:
                self._rows[row] = updated
                changed_rows.append(row)
        if segments:
            self.beginInsertRows(NO_PARENT, len(self._rows), len(self._rows) + len(segments) - 1)
            self._rows.extend(segments.values())
            self.endInsertRows()
        if changed_rows:
            self.dataChanged.emit(self.index(changed_rows[0], 0), self.index(changed_rows[-1], len(COLUMNS) - 1))
        self._sort_rows()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column: times by milliseconds, texts without regard to case.

        Segments without such a time come first, in descending order last.
        """
        self._sort_column, self._sorts_descending = COLUMNS[column], order == Qt.SortOrder.DescendingOrder
        self._sort_rows()

    def _sort_rows(self) -> None:
        """Sort the rows and keep the selection on its segments."""
        sorted_rows = sorted(self._rows, key=self._sort_key, reverse=self._sorts_descending)
        self._row_of = {segment.id: row for row, segment in enumerate(sorted_rows)}
        if sorted_rows == self._rows:
            return
        self.layoutAboutToBeChanged.emit()
        old_indexes = self.persistentIndexList()
        new_indexes = [self.index(self._row_of[self._rows[index.row()].id], index.column()) for index in old_indexes]
        self._rows = sorted_rows
        self.changePersistentIndexList(old_indexes, new_indexes)
        self.layoutChanged.emit()

    def _sort_key(self, segment: AnySegment) -> tuple[int, str]:
        if self._sort_column not in TIME_COLUMNS:
            return 0, self._format_text(segment, self._sort_column).casefold()
        at_ms = find_time(segment, self._sort_column)
        return -1 if at_ms is None else at_ms, ""

    def _on_language(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(COLUMNS) - 1))


def find_time(segment: AnySegment, column: Column) -> int | None:
    """Return the time in ms that a column shows of a segment; None if its kind has no such time.

    The column must be one of times, not the title.
    """
    if column == "start":
        return segment.start_ms
    if column == "end":
        return segment.end_ms
    if column == "length":
        return segment.length_ms
    if column == "in":
        return segment.in_ms if isinstance(segment, SoundSegment) else None
    return segment.hold_ms if isinstance(segment, Timed) else None


def make_edit(segment: AnySegment, column: Column, text: str) -> ops.AnyOperation | None:
    """Return the operation for a text typed into a cell; None if it changes nothing or is no time.

    It is None, too, for a time that the segment's kind does not have. The time of an edited length includes the freeze
    frame, which stays as it is.

    Args:
        segment: the segment of the row.
        column: the column; one that can be edited.
        text: the typed text: a title, or a time such as "1:30".
    """
    if column == "title":
        if text == segment.title:
            return None
        return ops.ChangeSegment(segment=msgspec.structs.replace(segment, title=text))
    at_ms, old_ms = time_format.parse_time(text), find_time(segment, column)
    if at_ms is None or old_ms is None or at_ms == old_ms:
        return None
    if column == "length":
        # The typed length is the whole; the freeze frame stays, and the playing part gets the rest.
        hold_ms = segment.hold_ms if isinstance(segment, Timed) else 0
        lengths = ops.Lengths(segment=segment.id, play_ms=max(at_ms - hold_ms, 0))
    elif column == "start":
        lengths = ops.Lengths(segment=segment.id, start_ms=at_ms)
    elif column == "in":
        lengths = ops.Lengths(segment=segment.id, in_ms=at_ms)
    else:
        lengths = ops.Lengths(segment=segment.id, hold_ms=at_ms)
    return ops.SetLengths(lengths=(lengths,))


class SegmentTableView(QTableView):
    """The widget that shows the segments as a table; it shares its selection with the timeline.

    While it is hidden it does not follow the document. Going to another row moves the playhead to its segment, if the
    table has the focus.

    Args:
        controller: the open webinar.
        selection: the selected segments.
        playhead: moved to the segment of another row.
        formatter: words times and errors in the language of the window.
        parent: Qt's owner.
    """

    def __init__(
        self,
        controller: DocumentController,
        selection: Selection,
        playhead: Playhead,
        formatter: Formatter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._selection = selection
        self._playhead = playhead
        self._is_syncing_selection = False
        self.table_model = SegmentTableModel(controller, formatter, self)
        self.setModel(self.table_model)
        self.setItemDelegate(TimeDelegate(TIME_COLUMNS, COLUMNS, self))
        self.horizontalHeader().setSortIndicator(COLUMNS.index("start"), Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(COLUMNS.index("title"), QHeaderView.ResizeMode.Stretch)
        header.setResizeContentsPrecision(40)
        selection.changed.connect(self._show_selection)
        self.selectionModel().selectionChanged.connect(self._on_selected)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        formatter.language_changed.connect(self._on_language)
        self._on_language()

    def segment_at(self, index: QModelIndex) -> AnySegment:
        """Return the segment in the row of an index of the table's model."""
        return self.table_model.get_segment(index.row())

    def showEvent(self, event: QShowEvent) -> None:
        """Start following the document when the table is shown."""
        self.table_model.set_following(following=True)
        super().showEvent(event)
        self._show_selection()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop following the document while the table is hidden."""
        super().hideEvent(event)
        self.table_model.set_following(following=False)

    def _on_language(self) -> None:
        self.setAccessibleName(self.tr("Segments as a table"))

    def _on_selected(self, *_: object) -> None:
        if self._is_syncing_selection:
            return
        ids = [self.segment_at(index).id for index in self.selectionModel().selectedRows()]
        current = self.currentIndex()
        self._is_syncing_selection = True
        self._selection.set(ids, self.segment_at(current).id if current.isValid() else None)
        self._is_syncing_selection = False

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        """Move the playhead to the segment that the user goes to, so that the preview shows it."""
        if current.isValid() and self.hasFocus():
            self._playhead.seek(self.segment_at(current).start_ms)

    def _show_selection(self) -> None:
        if self._is_syncing_selection or not self.isVisible():
            return
        selection = QItemSelection()
        last = len(COLUMNS) - 1
        for segment_id in self._selection.ids:
            row = self.table_model.find_row(segment_id)
            if row is not None:
                index = self.table_model.index(row, 0)
                selection.select(index, index.siblingAtColumn(last))
        self._is_syncing_selection = True
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        primary = self._selection.primary
        row = None if primary is None else self.table_model.find_row(primary)
        if row is not None:
            index = self.table_model.index(row, COLUMNS.index("title"))
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)
        self._is_syncing_selection = False
