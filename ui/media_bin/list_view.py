"""The list widget of the bin: accepts dropped and pasted files, and starts drags of media."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QRect, QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ui.style import theme


class BinListView(QListView):
    """The list widget of the bin, which accepts files and from which media are dragged.

    What is done is only asked for.
    """

    files_received = Signal(object)
    """Paths of dropped or pasted files."""
    place_requested = Signal()
    """Enter or a double click: insert the selected media at the playhead."""
    remove_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_drop_target = False
        self.setObjectName("cards")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(self._on_double_click)

    def _on_double_click(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsSelectable:
            self.place_requested.emit()

    # ------------------------------------------------------------------------------------------- the keys

    def event(self, event: QEvent) -> bool:
        """Claim Enter, Delete, and Paste of files while the list has the focus, before the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            pastes = event.matches(QKeySequence.StandardKey.Paste) and bool(local_files(_clipboard()))
            if pastes or event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete}:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Emit `place_requested` on Enter and `remove_requested` on Delete, if rows are selected.

        Emit `files_received` for pasted files; pasting anything else does nothing. Other keys work as usual.
        """
        if event.matches(QKeySequence.StandardKey.Paste):
            files = local_files(_clipboard())
            if files:
                self.files_received.emit(files)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.selectedIndexes():
            self.place_requested.emit()
        elif event.key() == Qt.Key.Key_Delete and self.selectedIndexes():
            self.remove_requested.emit()
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------------------------------------- drops

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept a drag of local files, and highlight the drop hint; ignore other drags."""
        if local_files(event.mimeData()):
            self._set_drop_target(invited=True)
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Accept a drag of local files anywhere in the list."""
        if self._is_drop_target:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Stop highlighting the drop hint."""
        self._set_drop_target(invited=False)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Emit `files_received` with the dropped local files; ignore a drop without any."""
        self._set_drop_target(invited=False)
        files = local_files(event.mimeData())
        if files:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.files_received.emit(files)
        else:
            event.ignore()

    def _set_drop_target(self, *, invited: bool) -> None:
        self._is_drop_target = invited
        self.viewport().update()

    # -------------------------------------------------------------------------------------- the drop hint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows and, where there is room below them, the drop hint."""
        super().paintEvent(event)
        below = self._drop_hint_rect()
        if below.height() < 44:
            return
        look = theme.look_of(self)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.accent if self._is_drop_target else look.line, 1.2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(below), 6, 6)
        painter.setPen(look.text if self._is_drop_target else look.quiet)
        empty = self.model() is None or self.model().rowCount() == 0
        box = below.adjusted(12, 8, -12, -8)
        if empty:
            icon = theme.pixmap("import", 28, look.quiet, self.devicePixelRatioF())
            top = below.top() + max((below.height() - 120) // 2, 8)
            painter.drawPixmap(below.center().x() - 14, top, icon)
            box = QRect(box.left(), top + 40, box.width(), below.bottom() - top - 40)
            text = self.tr("Drop files here, or press Ctrl+I")
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            used = painter.boundingRect(box, flags, text)
            painter.drawText(box, flags, text)
            small = painter.font()
            small.setPointSizeF(small.pointSizeF() * 0.88)
            painter.setFont(small)
            painter.setPen(look.quiet)
            box.setTop(used.bottom() + 8)
            painter.drawText(box, flags, self.tr("Videos, sound, pictures, PDF and slides"))
        else:
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(box, flags, self.tr("Drop files here, or press Ctrl+I"))

    def _drop_hint_rect(self) -> QRect:
        """Return the rectangle of the drop hint: below the last row, or the whole list where it is empty."""
        rows = self.model().rowCount() if self.model() is not None else 0
        area = self.viewport().rect().adjusted(4, 4, -4, -4)
        if rows == 0:
            return area
        last = self.visualRect(self.model().index(rows - 1, 0))
        area.setTop(last.bottom() + 8)
        area.setHeight(min(area.height(), 56))
        return area

    def sizeHint(self) -> QSize:
        """Return 250 × 320 pixels, room for some rows."""
        return QSize(250, 320)


def local_files(data: QMimeData | None) -> tuple[Path, ...]:
    """Return the local files and folders of a drop or a clipboard, in order; none if there are no data or no files."""
    if data is None or not data.hasUrls():
        return ()
    return tuple(Path(url.toLocalFile()) for url in data.urls() if _is_local_file(url))


def _is_local_file(url: QUrl) -> bool:
    return url.isLocalFile() and bool(url.toLocalFile())


def _clipboard() -> QMimeData | None:
    return QGuiApplication.clipboard().mimeData()
