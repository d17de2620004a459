"""The editor of a cell in the table: a time field over times, a line of text over titles."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from editor import time_format
from ui.style import theme
from ui.widgets.time_edit import TimeEdit

AnyIndex = QModelIndex | QPersistentModelIndex


class TimeDelegate(QStyledItemDelegate):
    """The Qt delegate that edits times in a `TimeEdit` and texts in a plain field, and ignores a text that is no time.

    Args:
        time_columns: the names of the columns that hold times.
        columns: the names of all columns, in order.
        parent: the view.
    """

    def __init__(self, time_columns: Collection[str], columns: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._time_columns = time_columns
        self._columns = columns

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        """Return the field in which a cell is edited: a `TimeEdit` in columns of times, else a line of text."""
        if self._columns[index.column()] not in self._time_columns:
            return super().createEditor(parent, option, index)
        field = TimeEdit(parent)
        field.setFrame(False)
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        return field

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Show the current value of a cell in its field."""
        if isinstance(editor, TimeEdit):
            editor.set_value(time_format.parse_time(str(index.data(Qt.ItemDataRole.EditRole))) or 0)
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """Pass the typed value to the model, where it starts an edit; a text that is no time changes nothing."""
        if not isinstance(editor, TimeEdit):
            super().setModelData(editor, model, index)
        elif editor.entered_ms is not None:
            model.setData(index, time_format.format_time(editor.entered_ms), Qt.ItemDataRole.EditRole)

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Set up how a cell is painted: with figures of equal width in columns of times."""
        super().initStyleOption(option, index)
        if self._columns[index.column()] in self._time_columns:
            option.font = theme.to_tabular_figures(option.font)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return the size of a cell in pixels, with some space to the next column."""
        return super().sizeHint(option, index) + QSize(18, 0)
