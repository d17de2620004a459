"""The webinars as a list model, and how each is drawn: as a card or as a row."""

from typing import Literal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import theme
from ui.home.lines import CardLines

Index = QModelIndex | QPersistentModelIndex
LINES = Qt.ItemDataRole.UserRole
Shape = Literal["cards", "rows"]

CARD = QSize(304, 152)
GAP = 16
ROW_HEIGHT = 56


class CardModel(QAbstractListModel):
    """The cards of the shelf that is shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: tuple[CardLines, ...] = ()

    def show(self, lines: tuple[CardLines, ...]) -> None:
        """Show these instead."""
        if lines == self._lines:
            return
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def at(self, index: Index) -> CardLines | None:
        """The card of an index."""
        return self._lines[index.row()] if index.isValid() and index.row() < len(self._lines) else None

    def row_of(self, webinar_id: str) -> int | None:
        """Where a webinar is shown."""
        return next((row for row, lines in enumerate(self._lines) if lines.id == webinar_id), None)

    def rowCount(self, parent: Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title for whoever types it, all for the painter and the screen reader."""
        lines = self.at(index)
        if lines is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return lines.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return lines.spoken
        return lines if role == LINES else None


class CardPainter(QStyledItemDelegate):
    """Draws a webinar in the shape that is chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.shape: Shape = "cards"

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """A card has its gap around it; a row is as wide as the list."""
        return CARD + QSize(GAP, GAP) if self.shape == "cards" else QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one."""
        lines = index.data(LINES)
        if not isinstance(lines, CardLines):
            return
        widget: QWidget = option.widget
        rect = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw = _Drawing(painter, theme.look_of(widget), QFont(option.font), widget.devicePixelRatioF())
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if self.shape == "cards":
            inner = rect.adjusted(0, 0, -GAP, -GAP)
            draw.ground(inner, hovered=hovered, selected=selected)
            draw.card(inner.adjusted(16, 16, -16, -12), lines)
        else:
            inner = rect.adjusted(0, 2, -GAP, -2)
            draw.ground(inner, hovered=hovered, selected=selected)
            draw.row(inner.adjusted(16, 0, -16, 0), lines)
        painter.restore()


class _Drawing:
    """One card being drawn."""

    def __init__(self, painter: QPainter, look: theme.Look, font: QFont, ratio: float) -> None:
        self._painter = painter
        self._look = look
        self._ratio = ratio
        self._plain = font
        self._bold = QFont(font)
        self._bold.setPointSizeF(font.pointSizeF() * 1.12)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._small = QFont(font)
        self._small.setPointSizeF(font.pointSizeF() * 0.92)

    def ground(self, rect: QRectF, *, hovered: bool, selected: bool) -> None:
        look = self._look
        edge = look.accent if selected else look.line
        self._painter.setPen(QPen(edge, 2 if selected else 1))
        self._painter.setBrush(look.hover if hovered else look.raised)
        inset = 1 if selected else 0.5
        self._painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), 6, 6)

    def card(self, rect: QRectF, lines: CardLines) -> None:
        right = 0.0
        if lines.template:
            right = self._chip(QRectF(rect.left(), rect.top(), rect.width(), 22), "template", self._look.quiet)
        self._text(QRectF(rect.left(), rect.top(), rect.width() - right, 24), lines.title, self._bold, self._look.text)
        self._line(QPointF(rect.left(), rect.top() + 36), rect.width(), "plan", lines.start, self._look.text)
        away = self._look.warning if lines.soon else self._look.quiet
        self._text(QRectF(rect.left() + 24, rect.top() + 56, rect.width() / 2, 20), lines.away, self._small, away)
        self._synced(QRectF(rect.center().x(), rect.top() + 56, rect.width() / 2, 20), lines)
        bottom = rect.bottom() - 20
        self._painter.setPen(QPen(self._look.line, 1))
        self._painter.drawLine(QPointF(rect.left(), bottom - 8), QPointF(rect.right(), bottom - 8))
        width = self._line(QPointF(rect.left(), bottom), rect.width() / 3, "clock", lines.length, self._look.quiet)
        self._state(QRectF(rect.left() + width + 8, bottom, rect.width() - width - 8, 20), lines)

    def row(self, rect: QRectF, lines: CardLines) -> None:
        middle = rect.center().y() - 10
        third = rect.width() * 0.36
        self._text(QRectF(rect.left(), middle - 2, third - 16, 24), lines.title, self._bold, self._look.text)
        start = f"{lines.start} · {lines.away}" if lines.away else lines.start
        colour = self._look.warning if lines.soon else self._look.text
        self._line(QPointF(rect.left() + third, middle), rect.width() * 0.32, "plan", start, colour)
        place = rect.left() + rect.width() * 0.7
        self._line(QPointF(place, middle), rect.width() * 0.1, "clock", lines.length, self._look.quiet)
        state = QRectF(place + rect.width() * 0.1, middle, rect.width() * 0.2, 20)
        if lines.synced:
            self._synced(state.translated(0, 9), lines)
            state.translate(0, -9)
        self._state(state, lines)

    def _state(self, rect: QRectF, lines: CardLines) -> None:
        """The version at the right, with a dot before it where there are edits that are in none."""
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._text(rect, lines.state, self._small, self._look.quiet, flags)
        if lines.unsaved:
            self._painter.setFont(self._small)
            width = min(self._painter.fontMetrics().horizontalAdvance(lines.state), rect.width())
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(self._look.accent)
            self._painter.drawEllipse(QPointF(rect.right() - width - 8, rect.center().y() + 1), 3, 3)

    def _synced(self, rect: QRectF, lines: CardLines) -> None:
        """How it stands to the hosting: quietly, unless somebody is waited for."""
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        colour = self._look.warning if lines.choose else self._look.quiet
        self._text(rect, lines.synced, self._small, colour, flags)

    def _chip(self, rect: QRectF, icon: str, colour: QColor) -> float:
        self._painter.drawPixmap(
            QPointF(rect.right() - 20, rect.top() + 2), theme.pixmap(icon, 20, colour, self._ratio)
        )
        return 28.0

    def _line(self, at: QPointF, width: float, icon: str, text: str, colour: QColor) -> float:
        self._painter.drawPixmap(QPointF(at.x(), at.y() + 2), theme.pixmap(icon, 16, self._look.quiet, self._ratio))
        self._text(QRectF(at.x() + 24, at.y(), width - 24, 20), text, self._plain, colour)
        return 24 + min(float(self._painter.fontMetrics().horizontalAdvance(text)), width - 24)

    def _text(
        self,
        rect: QRectF,
        text: str,
        font: QFont,
        colour: QColor,
        flags: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    ) -> None:
        self._painter.setFont(font)
        self._painter.setPen(colour)
        shown = self._painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
        self._painter.drawText(rect, flags | Qt.TextFlag.TextSingleLine, shown)
