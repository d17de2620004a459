"""The list of the pages of a presentation, with picture and time, in the order in which they are shown."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from editor import time_format
from editor.schedule.model import MAX_WEBINAR_MS, MIN_SEGMENT_MS, Page
from ui.inspector.input_widgets import LabelledField, make_small_button
from ui.services.media_service import MediaService
from ui.style import theme
from ui.text.plain_text import to_tooltip
from ui.widgets import basics
from ui.widgets.time_edit import TimeEdit

AnyIndex = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 38
TIME_WIDTH = 96


class PageListModel(QAbstractListModel):
    """The Qt model of the pages of a presentation.

    Edits are only reported by `time_edited`; they show once the document has them and `show_pages` is called.
    """

    time_edited = Signal(int, int)
    """Emitted with the index of a page and its new time in ms."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sha256 = ""
        self.pages: tuple[Page, ...] = ()
        self.window = (0, 0)

    def show_pages(self, sha256: str, pages: tuple[Page, ...], window: tuple[int, int]) -> None:
        """Show the pages of a presentation; the selection is kept where they are the same in the same order.

        Args:
            sha256: the hash of the presentation's file.
            pages: the pages with their times, in the order in which they are shown.
            window: in-point and out-point of the segment, in ms.
        """
        is_same = sha256 == self.sha256 and [page.page for page in pages] == [page.page for page in self.pages]
        if not is_same:
            self.beginResetModel()
        self.sha256, self.pages, self.window = sha256, pages, window
        if not is_same:
            self.endResetModel()
        elif pages:
            self.dataChanged.emit(self.index(0), self.index(len(pages) - 1))

    def is_in_window(self, row: int) -> bool:
        """Return whether the page in a row is shown, at least in part, between in-point and out-point of the segment.

        Raises:
            IndexError: there are fewer rows.
        """
        start_ms = sum(page.length_ms for page in self.pages[:row])
        return start_ms < self.window[1] and start_ms + self.pages[row].length_ms > self.window[0]

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """Return the number of pages."""
        return 0 if parent is not None and parent.isValid() else len(self.pages)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Return Qt's flags of a page: its time can be edited."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name of a page ("Page 3") to show, its time in ms to edit, or both for a screen reader.

        Other roles give None.
        """
        if not index.isValid():
            return None
        page = self.pages[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.tr("Page {number}").format(number=page.page + 1)
        if role == Qt.ItemDataRole.EditRole:
            return page.length_ms
        if role == Qt.ItemDataRole.AccessibleTextRole:
            time = time_format.format_time(page.length_ms)
            return self.tr("Page {number}, {time}").format(number=page.page + 1, time=time)
        return None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Emit `time_edited` for a new time in ms, and return True, also without emitting for the time it has.

        Return False for what is no whole number, and for other roles than that of editing. The model itself stays as it
        is.
        """
        if role != Qt.ItemDataRole.EditRole or not isinstance(value, int):
            return False
        if value != self.pages[index.row()].length_ms:
            self.time_edited.emit(index.row(), value)
        return True


class PageDelegate(QStyledItemDelegate):
    """The Qt delegate of the list of a presentation's pages, which paints them and edits their times."""

    def __init__(self, media_service: MediaService, rows: PageListModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._media_service = media_service
        self._rows = rows

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return the size of a row in pixels: the height of a page's picture."""
        del index
        return QSize(160, max(ROW_HEIGHT, option.fontMetrics.height() + 14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint a page with its name and time, faint if it is cut off by the in-point or out-point."""
        look = theme.look_of(option.widget)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ground = QRectF(option.rect).adjusted(2, 1, -2, -1)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setBrush(look.selection if selected else look.hover)
            painter.drawRoundedRect(ground, 4, 4)
        if not self._rows.is_in_window(index.row()):
            painter.setOpacity(0.45)
        page = self._rows.pages[index.row()]
        box = QRect(option.rect.left() + 8, option.rect.center().y() - 14, 50, 29)
        self._paint_page(painter, box, page, look)
        painter.setPen(look.text)
        text = option.rect.adjusted(68, 0, -8, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        painter.setFont(theme.to_tabular_figures(option.font))
        painter.drawText(
            text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, time_format.format_time(page.length_ms)
        )
        painter.restore()

    def _paint_page(self, painter: QPainter, box: QRect, page: Page, look: theme.Look) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(box), 3, 3)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(box, look.panel)
        image = self._media_service.get_page(self._rows.sha256, page.page, 160)
        if image is not None:
            target = QRect(QPoint(0, 0), image.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio))
            target.moveCenter(box.center())
            painter.drawImage(target, image)
        painter.restore()
        painter.setPen(QPen(look.line, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        """Return the time field in which the time of a page is edited."""
        del option, index
        return TimeEdit(parent, min_ms=1, max_ms=MAX_WEBINAR_MS)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Place the time field over the time at the right end of the row."""
        del index
        width = max(TIME_WIDTH, editor.minimumSizeHint().width())
        editor.setGeometry(option.rect.adjusted(option.rect.width() - width - 2, 2, -2, -2))

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Show the time of a page in its field."""
        assert isinstance(editor, TimeEdit)
        editor.set_value(int(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """Pass the typed time to the model; a text that is no time changes nothing."""
        assert isinstance(editor, TimeEdit)
        if editor.entered_ms is not None:
            model.setData(index, editor.entered_ms)


class PageList(QListView):
    """The list widget of a presentation's pages.

    It emits `removed` for Delete and `moved` for Alt+Up (-1) and Alt+Down (1).
    """

    moved = Signal(int)
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Emit `moved` for Alt+Up and Alt+Down, `removed` for Delete; edit the current page's time on Enter.

        Other keys work as usual.
        """
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class PagesEditor(QWidget):
    """A widget that edits the order and the times of a presentation's pages: of one, of the selected ones, or of all.

    It edits nothing itself: `pages_edited` reports the pages as the user wants them.

    Args:
        media_service: pictures of the pages.
        parent: the widget that owns this one.
        list_only: leave out the fields for all pages, for a form that has its own.
    """

    pages_edited = Signal(object)
    """Emitted with the edited pages, a tuple of `Page`."""
    spread_requested = Signal()

    def __init__(self, media_service: MediaService, parent: QWidget | None = None, *, list_only: bool = False) -> None:
        super().__init__(parent)
        self._rows = PageListModel(self)
        self._list = PageList(self)
        self._list.setModel(self._rows)
        self._list.setItemDelegate(PageDelegate(media_service, self._rows, self._list))
        self._each = TimeEdit(self, min_ms=MIN_SEGMENT_MS)
        self._each_row = LabelledField(self._each)
        self._spread_button = basics.make_button()
        self._up, self._down, self._remove = (make_small_button(self) for _ in range(3))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._each_row, 1)
        head.addWidget(self._spread_button, 0, Qt.AlignmentFlag.AlignBottom)
        tools = QHBoxLayout()
        tools.setSpacing(4)
        self._summary_label = basics.make_label("quiet")
        tools.addWidget(self._summary_label, 1)
        for button in (self._up, self._down, self._remove):
            tools.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._list)
        column.addLayout(tools)
        self._each_row.setHidden(list_only)
        self._spread_button.setHidden(list_only)
        self._rows.time_edited.connect(self._on_time)
        self._each.edited.connect(self._on_each)
        self._spread_button.clicked.connect(self.spread_requested)
        self._up.clicked.connect(lambda: self._move(-1))
        self._down.clicked.connect(lambda: self._move(1))
        self._remove.clicked.connect(self._remove_selected)
        self._list.moved.connect(self._move)
        self._list.removed.connect(self._remove_selected)
        self._list.selectionModel().selectionChanged.connect(lambda *_: self._on_selection())
        media_service.previews_changed.connect(self._on_media_changed)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        Its owner calls this after a change of language.
        """
        self._list.setAccessibleName(self.tr("Pages"))
        self._spread_button.setText(self.tr("Spread evenly"))
        self._spread_button.setToolTip(self.tr("Show every page for the same time; the total length stays the same"))
        for button, name, tip in (
            (self._up, "up", self.tr("Move up (Alt+Up)")),
            (self._down, "down", self.tr("Move down (Alt+Down)")),
            (self._remove, "remove", self.tr("Remove this page (Delete)")),
        ):
            button.setIcon(theme.icon(name, theme.look_of(self).text))
            button.setToolTip(to_tooltip(tip))
            button.setAccessibleName(tip)
        self._on_selection()

    def show_pages(self, sha256: str, pages: tuple[Page, ...], window: tuple[int, int]) -> None:
        """Show the pages of a presentation in the list, and the time per page in the field, without emitting signals.

        Where times differ, the field shows the mean of the different times.

        Args:
            sha256: the hash of the presentation's file.
            pages: the pages with their times, in the order in which they are shown.
            window: in-point and out-point of the segment, in ms.
        """
        self._rows.show_pages(sha256, pages, window)
        rows = min(max(len(pages), 1), 6)
        height = self._list.sizeHintForRow(0) if pages else ROW_HEIGHT
        self._list.setFixedHeight(rows * max(height, ROW_HEIGHT) + 4)
        times = {page.length_ms for page in pages}
        self._each.set_value(next(iter(times)) if len(times) == 1 else sum(times) // max(len(times), 1))
        self._on_selection()

    # ------------------------------------------------------------------------------------------- edits

    def _selected_rows(self) -> list[int]:
        return sorted(index.row() for index in self._list.selectedIndexes())

    def _on_selection(self) -> None:
        selected = self._selected_rows()
        self._each_row.set_name(
            self.tr("Time of %n page(s)", "", len(selected)) if len(selected) > 1 else self.tr("Time per page")
        )
        count = len(self._rows.pages)
        self._summary_label.setText(self.tr("%n page(s)", "", count))
        self._up.setEnabled(bool(selected) and selected[0] > 0)
        self._down.setEnabled(bool(selected) and selected[-1] < count - 1)
        self._remove.setEnabled(bool(selected) and len(selected) < count)

    def _on_time(self, row: int, length_ms: int) -> None:
        self._emit_times([row], length_ms)

    def _on_each(self, length_ms: int) -> None:
        selected = self._selected_rows()
        self._emit_times(selected if len(selected) > 1 else range(len(self._rows.pages)), length_ms)

    def _emit_times(self, rows: Sequence[int], length_ms: int) -> None:
        pages = list(self._rows.pages)
        for row in rows:
            pages[row] = msgspec.structs.replace(pages[row], length_ms=length_ms)
        self.pages_edited.emit(tuple(pages))

    def _move(self, step: int) -> None:
        selected = self._selected_rows()
        pages = list(self._rows.pages)
        if not selected or not selected[0] + step >= 0 or not selected[-1] + step < len(pages):
            return
        for row in selected if step < 0 else reversed(selected):
            pages[row], pages[row + step] = pages[row + step], pages[row]
        self.pages_edited.emit(tuple(pages))
        self._select_rows([row + step for row in selected])

    def _remove_selected(self) -> None:
        selected = set(self._selected_rows())
        remaining = tuple(page for row, page in enumerate(self._rows.pages) if row not in selected)
        if selected and remaining:
            self.pages_edited.emit(remaining)

    def _select_rows(self, rows: list[int]) -> None:
        model = self._list.selectionModel()
        model.clearSelection()
        for row in rows:
            if row < self._rows.rowCount():
                model.select(self._rows.index(row), model.SelectionFlag.Select)

    def _on_media_changed(self, sha256: str) -> None:
        if sha256 == self._rows.sha256:
            self._list.viewport().update()
