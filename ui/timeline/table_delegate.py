"""The field that opens over a cell: one for times where the cell holds one, a line of text elsewhere."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from editor import time_format
from ui.style import theme
from ui.widgets.time_edit import TimeEdit

AnyIndex = QModelIndex | QPersistentModelIndex


class TimeDelegate(QStyledItemDelegate):
    """Opens `TimeEdit` over times; what is no time is not taken.

    Args:
        times: the names of the columns that hold times.
        columns: the columns' names, in order.
        parent: the view.
    """

    def __init__(self, time_columns: Collection[str], columns: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._time_columns = time_columns
        self._columns = columns

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        """A field for a time or for a text."""
        if self._columns[index.column()] not in self._time_columns:
            return super().createEditor(parent, option, index)
        field = TimeEdit(parent)
        field.setFrame(False)
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        return field

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Show what is there."""
        if isinstance(editor, TimeEdit):
            editor.set_value(time_format.parse_time(str(index.data(Qt.ItemDataRole.EditRole))) or 0)
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """Take what was written, where it is a time."""
        if not isinstance(editor, TimeEdit):
            super().setModelData(editor, model, index)
        elif editor.entered_ms is not None:
            model.setData(index, time_format.format_time(editor.entered_ms), Qt.ItemDataRole.EditRole)

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Times in figures of one width."""
        super().initStyleOption(option, index)
        if self._columns[index.column()] in self._time_columns:
            option.font = theme.to_tabular_figures(option.font)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """A little air between the columns."""
        return super().sizeHint(option, index) + QSize(18, 0)
