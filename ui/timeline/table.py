"""The same webinar as a table, for those who would rather type: a line for each segment, its times to be written over.

The model keeps a row for each segment, in the order one asks for, and tells only of rows that changed; what is written
becomes an operation, and the table shows it when it comes back through the bridge. While nobody looks at the table it
follows nothing: ten thousand rows are read when it is shown, not at every edit.
"""

from typing import Any, Literal

import msgspec
from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from editor import timetext
from editor.schedule import operations as ops
from editor.schedule.model import AnySegment, Presentation, Timed, Webinar, kind_of, lane_of
from ui import theme
from ui.bridge import Bridge, Change
from ui.playhead import Playhead
from ui.selection import Selection
from ui.timeline.letters import one_line
from ui.timeline.table_delegate import TimeDelegate
from ui.words import Words

Column = Literal["kind", "title", "start", "length", "end", "in", "hold", "lane"]
COLUMNS: tuple[Column, ...] = ("kind", "title", "start", "length", "end", "in", "hold", "lane")
TIMES: frozenset[Column] = frozenset(("start", "length", "end", "in", "hold"))
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class SegmentTable(QAbstractTableModel):
    """The segments of both lanes, a row each, sorted by a column; none before it is told to `follow`."""

    def __init__(self, bridge: Bridge, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._words = words
        self._rows: list[AnySegment] = []
        self._row_of: dict[str, int] = {}
        self._sorted: Column = "start"
        self._downwards = False
        self._follows = False
        bridge.changed.connect(self._on_changed)
        words.language_changed.connect(self._on_language)

    # -------------------------------------------------------------------------------------------- what is

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many segments there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """How much is told of each."""
        return 0 if parent.isValid() else len(COLUMNS)

    def segment(self, row: int) -> AnySegment:
        """The segment of a row."""
        return self._rows[row]

    def row_of(self, segment_id: str) -> int | None:
        """The row of a segment."""
        return self._row_of.get(segment_id)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What the columns are called, over their cells."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if COLUMNS[section] in TIMES else Qt.AlignmentFlag.AlignLeft
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
            "hold": self.tr("Hold"),
            "lane": self.tr("Lane"),
        }[COLUMNS[section]]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell."""
        segment, column = self._rows[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and column == "kind":
            return theme.kind_icon(kind_of(segment))
        if role == Qt.ItemDataRole.TextAlignmentRole and column in TIMES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if column in TIMES:
            at_ms = time_of(segment, column)
            if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
                return "" if at_ms is None else timetext.write(at_ms)
            return None
        if role == Qt.ItemDataRole.EditRole:
            return segment.title
        return self._text(segment, column) if role == Qt.ItemDataRole.DisplayRole else None

    def _text(self, segment: AnySegment, column: Column) -> str:
        if column == "kind":
            return self._words.kind_name(kind_of(segment))
        return one_line(segment.title) if column == "title" else self._words.lane_name(lane_of(segment))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Titles and times can be written over; a time that a kind does not have cannot."""
        flags = super().flags(index)
        segment, column = self._rows[index.row()], COLUMNS[index.column()]
        written = column == "title" or (column in TIMES and column != "end" and time_of(segment, column) is not None)
        if written and not self._bridge.read_only and not self._bridge.webinar.locked(lane_of(segment)):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    # ------------------------------------------------------------------------------------------- to do it

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Send what was written to the bridge; False where it says nothing new, or nothing at all."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        segment, column = self._rows[index.row()], COLUMNS[index.column()]
        op = edit_of(segment, column, str(value))
        if op is None:
            return False
        self._bridge.edit(op)
        return True

    # ------------------------------------------------------------------------------- following the webinar

    def follow(self, *, follows: bool) -> None:
        """Follow the webinar from now on, beginning with what it has become; or no longer."""
        self._follows = follows
        if follows:
            self._take(self._bridge.webinar)

    def _on_changed(self, change: Change) -> None:
        if self._follows:
            self._take(change.after)

    def _take(self, webinar: Webinar) -> None:
        now = {segment.id: segment for segment in webinar.segments}
        for row in range(len(self._rows) - 1, -1, -1):
            if self._rows[row].id not in now:
                self.beginRemoveRows(NOWHERE, row, row)
                del self._rows[row]
                self.endRemoveRows()
        touched: list[int] = []
        for row, segment in enumerate(self._rows):
            fresh = now.pop(segment.id)
            if fresh is not segment:
                self._rows[row] = fresh
                touched.append(row)
        if now:
            self.beginInsertRows(NOWHERE, len(self._rows), len(self._rows) + len(now) - 1)
            self._rows.extend(now.values())
            self.endInsertRows()
        if touched:
            self.dataChanged.emit(self.index(touched[0], 0), self.index(touched[-1], len(COLUMNS) - 1))
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column: by milliseconds, or by text without regard to case."""
        self._sorted, self._downwards = COLUMNS[column], order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def _arrange(self) -> None:
        """Bring the rows into the order that is asked for; what is selected goes along."""
        arranged = sorted(self._rows, key=self._key, reverse=self._downwards)
        self._row_of = {segment.id: row for row, segment in enumerate(arranged)}
        if arranged == self._rows:
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        moved = [self.index(self._row_of[self._rows[index.row()].id], index.column()) for index in held]
        self._rows = arranged
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def _key(self, segment: AnySegment) -> tuple[int, str]:
        if self._sorted not in TIMES:
            return 0, self._text(segment, self._sorted).casefold()
        at_ms = time_of(segment, self._sorted)
        return -1 if at_ms is None else at_ms, ""

    def _on_language(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(COLUMNS) - 1))


def time_of(segment: AnySegment, column: Column) -> int | None:
    """One of a segment's times; None where its kind has none such."""
    if column == "start":
        return segment.start_ms
    if column == "end":
        return segment.end_ms
    if column == "length":
        return segment.length_ms
    if column == "in":
        return segment.in_ms if isinstance(segment, Timed | Presentation) else None
    return segment.hold_ms if isinstance(segment, Timed) else None


def edit_of(segment: AnySegment, column: Column, text: str) -> ops.AnyOperation | None:
    """The edit that writing a text into a cell is; None where it changes nothing or is no time."""
    if column == "title":
        if text == segment.title:
            return None
        return ops.Put(segment=msgspec.structs.replace(segment, title=text))
    at_ms, before = timetext.read(text), time_of(segment, column)
    if at_ms is None or before is None or at_ms == before:
        return None
    if column == "length":
        # The whole is what is written; the hold stays, and what plays is the rest.
        hold_ms = segment.hold_ms if isinstance(segment, Timed) else 0
        lengths = ops.Lengths(segment=segment.id, play_ms=max(at_ms - hold_ms, 0))
    elif column == "start":
        lengths = ops.Lengths(segment=segment.id, start_ms=at_ms)
    elif column == "in":
        lengths = ops.Lengths(segment=segment.id, in_ms=at_ms)
    else:
        lengths = ops.Lengths(segment=segment.id, hold_ms=at_ms)
    return ops.SetLengths(lengths=(lengths,))


class TableView(QTableView):
    """The table on the screen; selects together with the timeline."""

    def __init__(
        self, bridge: Bridge, selection: Selection, playhead: Playhead, words: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._selection = selection
        self._playhead = playhead
        self._echo = False
        self.table = SegmentTable(bridge, words, self)
        self.setModel(self.table)
        self.setItemDelegate(TimeDelegate(TIMES, COLUMNS, self))
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
        words.language_changed.connect(self._on_language)
        self._on_language()

    def segment_at(self, index: QModelIndex) -> AnySegment:
        """The segment of a row as it is sorted."""
        return self.table.segment(index.row())

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the webinar."""
        self.table.follow(follows=True)
        super().showEvent(event)
        self._show_selection()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        super().hideEvent(event)
        self.table.follow(follows=False)

    def _on_language(self) -> None:
        self.setAccessibleName(self.tr("Segments as a table"))

    def _on_selected(self, *_: object) -> None:
        if self._echo:
            return
        ids = [self.segment_at(index).id for index in self.selectionModel().selectedRows()]
        current = self.currentIndex()
        self._echo = True
        self._selection.set(ids, self.segment_at(current).id if current.isValid() else None)
        self._echo = False

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        """The playhead goes to the segment that one goes to, so that the preview shows it."""
        if current.isValid() and self.hasFocus():
            self._playhead.seek(self.segment_at(current).start_ms)

    def _show_selection(self) -> None:
        if self._echo or not self.isVisible():
            return
        wanted = QItemSelection()
        last = len(COLUMNS) - 1
        for segment_id in self._selection.ids:
            row = self.table.row_of(segment_id)
            if row is not None:
                index = self.table.index(row, 0)
                wanted.select(index, index.siblingAtColumn(last))
        self._echo = True
        self.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        primary = self._selection.primary
        row = None if primary is None else self.table.row_of(primary)
        if row is not None:
            index = self.table.index(row, COLUMNS.index("title"))
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)
        self._echo = False
