"""Finding texts of a window that are cut off because their widgets are too small or lie outside of it."""

from collections.abc import Iterator

from PySide6.QtCore import QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QMainWindow,
    QStyle,
    QStyleOptionComboBox,
    QToolButton,
    QWidget,
)

TOLERANCE = 1
"""Pixels by which a size hint may exceed a size after rounding."""


def find_cut_texts(window: QWidget) -> list[str]:
    """Return a description of each visible text in a window that is cut off; elided texts count as complete."""
    return [f"{type(widget).__name__} “{text}”: {fault}" for widget, text, fault in _iter_faults(window)]


def _iter_faults(window: QWidget) -> Iterator[tuple[QWidget, str, str]]:
    for widget in window.findChildren(QWidget):
        text = _shown_text(widget)
        if not text or not widget.isVisibleTo(window):
            continue
        fault = _find_size_fault(widget) or _find_place_fault(widget, window)
        if fault:
            yield widget, text, fault


def _shown_text(widget: QWidget) -> str:
    if isinstance(widget, QToolButton) and widget.toolButtonStyle() == widget.toolButtonStyle().ToolButtonIconOnly:
        return widget.text() if widget.icon().isNull() else ""
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    return widget.currentText() if isinstance(widget, QComboBox) and not widget.isEditable() else ""


def _find_size_fault(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        needed = widget.fontMetrics().horizontalAdvance(widget.currentText())
        room = _text_field(widget).width()
        return f"{needed} wide in {room}" if needed > room + TOLERANCE else ""
    if isinstance(widget, QLabel) and widget.wordWrap():
        needed = widget.heightForWidth(widget.width())
        return f"{needed} high in {widget.height()}" if needed > widget.height() + TOLERANCE else ""
    needed_size = widget.sizeHint() if isinstance(widget, QAbstractButton) else widget.minimumSizeHint()
    if needed_size.width() > widget.width() + TOLERANCE:
        return f"{needed_size.width()} wide in {widget.width()}"
    return f"{needed_size.height()} high in {widget.height()}" if needed_size.height() > widget.height() + 2 else ""


def _text_field(box: QComboBox) -> QRect:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    style = box.style() or QApplication.style()
    return style.subControlRect(QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box)


def _find_place_fault(widget: QWidget, window: QWidget) -> str:
    """Return how a widget reaches out of a parent that cannot scroll to it.

    A main window moves a dock whose tab is not chosen out of its own rectangle instead of hiding it.
    """
    parent = widget.parentWidget()
    place = widget.geometry()
    while parent is not None and parent is not window.parentWidget():
        is_hidden_tab = isinstance(parent, QMainWindow) and not parent.rect().intersects(place)
        if is_hidden_tab or isinstance(parent.parentWidget(), QAbstractScrollArea):
            return ""
        if not parent.rect().adjusted(-TOLERANCE, -TOLERANCE, TOLERANCE, TOLERANCE).contains(place):
            return f"reaches out of {type(parent).__name__}"
        if parent is window:
            return ""
        place, parent = place.translated(parent.pos()), parent.parentWidget()
    return ""
