"""The webinars as a list model, and their painting as cards or rows."""

from typing import Literal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.home.card_text import CardText
from ui.style import theme

Index = QModelIndex | QPersistentModelIndex
CARD_TEXT_ROLE = Qt.ItemDataRole.UserRole
Shape = Literal["cards", "rows"]

CARD_SIZE = QSize(304, 152)
GAP = 16
ROW_HEIGHT = 56


class WebinarListModel(QAbstractListModel):
    """The Qt model of Home's list: one row for each card of the section that is shown, as given by `set_cards`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._cards: tuple[CardText, ...] = ()

    def set_cards(self, cards: tuple[CardText, ...]) -> None:
        """Show these cards in this order; other cards than before reset the model, and so the selection."""
        if cards == self._cards:
            return
        self.beginResetModel()
        self._cards = cards
        self.endResetModel()

    def card_at(self, index: Index) -> CardText | None:
        """Return the card of an index; None if the index is invalid or beyond the last row."""
        return self._cards[index.row()] if index.isValid() and index.row() < len(self._cards) else None

    def row_of(self, webinar_id: str) -> int | None:
        """Return the row of a webinar by its id; None if it is not shown."""
        return next((row for row, lines in enumerate(self._cards) if lines.id == webinar_id), None)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of cards."""
        return 0 if parent is not None and parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title for keyboard search, the `CardText` for the painter, or its text for a screen reader.

        Other roles give None.
        """
        card = self.card_at(index)
        if card is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return card.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return card.accessible_text
        return card if role == CARD_TEXT_ROLE else None


class WebinarDelegate(QStyledItemDelegate):
    """The Qt delegate that paints the webinars of Home as cards or as rows, according to its attribute `shape`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.shape: Shape = "cards"

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the size in pixels of a card with its gap, or the height of a row (with width 0)."""
        return CARD_SIZE + QSize(GAP, GAP) if self.shape == "cards" else QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the card or row of one webinar, from its `CardText`."""
        card = index.data(CARD_TEXT_ROLE)
        if not isinstance(card, CardText):
            return
        widget: QWidget = option.widget
        rect = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painting = _CardPainting(painter, theme.look_of(widget), QFont(option.font), widget.devicePixelRatioF())
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if self.shape == "cards":
            inner = rect.adjusted(0, 0, -GAP, -GAP)
            painting.draw_background(inner, hovered=hovered, selected=selected)
            painting.draw_card(inner.adjusted(16, 16, -16, -12), card)
        else:
            inner = rect.adjusted(0, 2, -GAP, -2)
            painting.draw_background(inner, hovered=hovered, selected=selected)
            painting.draw_row(inner.adjusted(16, 0, -16, 0), card)
        painter.restore()


class _CardPainting:
    """Paints one card."""

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

    def draw_background(self, rect: QRectF, *, hovered: bool, selected: bool) -> None:
        look = self._look
        edge = look.accent if selected else look.line
        self._painter.setPen(QPen(edge, 2 if selected else 1))
        self._painter.setBrush(look.hover if hovered else look.raised)
        inset = 1 if selected else 0.5
        self._painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), 6, 6)

    def draw_card(self, rect: QRectF, card: CardText) -> None:
        right = 0.0
        if card.is_template:
            right = self._draw_icon(QRectF(rect.left(), rect.top(), rect.width(), 22), "template", self._look.quiet)
        self._draw_text(
            QRectF(rect.left(), rect.top(), rect.width() - right, 24), card.title, self._bold, self._look.text
        )
        self._draw_icon_line(QPointF(rect.left(), rect.top() + 36), rect.width(), "plan", card.start, self._look.text)
        away = self._look.warning if card.starts_soon else self._look.quiet
        self._draw_text(
            QRectF(rect.left() + 24, rect.top() + 56, rect.width() / 2, 20), card.time_until, self._small, away
        )
        self._draw_sync_text(QRectF(rect.center().x(), rect.top() + 56, rect.width() / 2, 20), card)
        bottom = rect.bottom() - 20
        self._painter.setPen(QPen(self._look.line, 1))
        self._painter.drawLine(QPointF(rect.left(), bottom - 8), QPointF(rect.right(), bottom - 8))
        width = self._draw_icon_line(
            QPointF(rect.left(), bottom), rect.width() / 3, "clock", card.length, self._look.quiet
        )
        self._draw_state(QRectF(rect.left() + width + 8, bottom, rect.width() - width - 8, 20), card)

    def draw_row(self, rect: QRectF, card: CardText) -> None:
        middle = rect.center().y() - 10
        third = rect.width() * 0.36
        self._draw_text(QRectF(rect.left(), middle - 2, third - 16, 24), card.title, self._bold, self._look.text)
        start = f"{card.start} · {card.time_until}" if card.time_until else card.start
        colour = self._look.warning if card.starts_soon else self._look.text
        self._draw_icon_line(QPointF(rect.left() + third, middle), rect.width() * 0.32, "plan", start, colour)
        column_left = rect.left() + rect.width() * 0.7
        self._draw_icon_line(QPointF(column_left, middle), rect.width() * 0.1, "clock", card.length, self._look.quiet)
        state = QRectF(column_left + rect.width() * 0.1, middle, rect.width() * 0.2, 20)
        if card.sync_text:
            self._draw_sync_text(state.translated(0, 9), card)
            state.translate(0, -9)
        self._draw_state(state, card)

    def _draw_state(self, rect: QRectF, card: CardText) -> None:
        """Draw the version at the right, with a dot before it while there are unsaved edits."""
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._draw_text(rect, card.version_state, self._small, self._look.quiet, flags)
        if card.has_unsaved_edits:
            self._painter.setFont(self._small)
            width = min(self._painter.fontMetrics().horizontalAdvance(card.version_state), rect.width())
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(self._look.accent)
            self._painter.drawEllipse(QPointF(rect.right() - width - 8, rect.center().y() + 1), 3, 3)

    def _draw_sync_text(self, rect: QRectF, card: CardText) -> None:
        """Draw how it compares with the server, highlighted if the user has to act."""
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        colour = self._look.warning if card.needs_attention else self._look.quiet
        self._draw_text(rect, card.sync_text, self._small, colour, flags)

    def _draw_icon(self, rect: QRectF, icon: str, colour: QColor) -> float:
        self._painter.drawPixmap(
            QPointF(rect.right() - 20, rect.top() + 2), theme.pixmap(icon, 20, colour, self._ratio)
        )
        return 28.0

    def _draw_icon_line(self, at: QPointF, width: float, icon: str, text: str, colour: QColor) -> float:
        self._painter.drawPixmap(QPointF(at.x(), at.y() + 2), theme.pixmap(icon, 16, self._look.quiet, self._ratio))
        self._draw_text(QRectF(at.x() + 24, at.y(), width - 24, 20), text, self._plain, colour)
        return 24 + min(float(self._painter.fontMetrics().horizontalAdvance(text)), width - 24)

    def _draw_text(
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
