"""Painting a row of the bin: thumbnail, name, facts and state, and progress as a line below."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from editor.schedule.model import Media
from ui.media_bin.list_model import ROW_ROLE, BinRow
from ui.services.media_service import MediaService
from ui.style import theme
from ui.style.theme import Look
from ui.widgets.waveform import paint_peaks

HEIGHT = 54
PICTURE = QSize(72, 42)
MARGIN = 6


class RowDelegate(QStyledItemDelegate):
    """The Qt delegate that paints the rows of the bin: thumbnail or icon, name and facts, as far as they are loaded."""

    def __init__(self, media_service: MediaService, parent: QWidget) -> None:
        super().__init__(parent)
        self._media_service = media_service

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a thumbnail or of two lines of text, whichever is larger."""
        del index
        return QSize(120, max(HEIGHT, 2 * option.fontMetrics.height() + 20))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row of the bin, from its `BinRow`."""
        row: BinRow = index.data(ROW_ROLE)
        look = theme.look_of(option.widget)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(option.rect).adjusted(2, 1, -2, -1)
        self._paint_ground(painter, ground, option, look)
        picture = QRect(
            QPoint(option.rect.left() + MARGIN + 2, option.rect.center().y() - PICTURE.height() // 2 + 1), PICTURE
        )
        self._paint_picture(painter, picture, row, look)
        text = option.rect.adjusted(MARGIN + PICTURE.width() + 12, 0, -10, 0)
        self._paint_text(painter, text, row, option.font, look)
        if row.percent is not None:
            groove = QRectF(text.left(), option.rect.bottom() - 5, text.width(), 2)
            painter.fillRect(groove, look.line)
            painter.fillRect(QRectF(groove.left(), groove.top(), groove.width() * row.percent / 100, 2), look.accent)
        painter.restore()

    def _paint_ground(self, painter: QPainter, ground: QRectF, option: QStyleOptionViewItem, look: Look) -> None:
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.selection)
            painter.drawRoundedRect(ground, 6, 6)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.hover)
            painter.drawRoundedRect(ground, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(look.accent, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground, 6, 6)

    def _paint_text(self, painter: QPainter, text: QRect, row: BinRow, font: QFont, look: Look) -> None:
        small = theme.to_tabular_figures(font)
        small.setPointSizeF(font.pointSizeF() * 0.88)
        if row.used:
            painter.drawPixmap(
                QPoint(text.right() - 12, text.top() + 10),
                theme.pixmap("check", 14, look.quiet, painter.device().devicePixelRatioF()),
            )
        painter.setFont(font)
        painter.setPen(look.text if row.kind is not None else look.quiet)
        metrics = painter.fontMetrics()
        middle = text.center().y()
        name = QRect(
            text.left(), middle - metrics.height() - 1, text.width() - (18 if row.used else 0), metrics.height()
        )
        painter.drawText(
            name,
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
            metrics.elidedText(_to_one_line(row.name), Qt.TextElideMode.ElideMiddle, name.width()),
        )
        painter.setFont(small)
        metrics = painter.fontMetrics()
        line = QRect(text.left(), middle + 3, text.width(), metrics.height())
        left = line.left()
        if row.state == "missing":
            icon = theme.pixmap("missing", 14, look.error, painter.device().devicePixelRatioF())
            painter.drawPixmap(QPoint(left, line.center().y() - 7), icon)
            left += 18
        elif row.state in {"hosted", "coming"}:
            icon = theme.pixmap("hosted", 14, look.quiet, painter.device().devicePixelRatioF())
            painter.drawPixmap(QPoint(left, line.center().y() - 7), icon)
            left += 18
        for text_part, colour in _format_facts(row, look):
            max_width = line.right() - left
            elided = metrics.elidedText(text_part, Qt.TextElideMode.ElideRight, max_width)
            painter.setPen(colour)
            painter.drawText(QRect(left, line.top(), max_width, line.height()), Qt.AlignmentFlag.AlignLeft, elided)
            left += metrics.horizontalAdvance(elided)
            if elided != text_part:
                break

    def _paint_picture(self, painter: QPainter, box: QRect, row: BinRow, look: Look) -> None:
        kind = row.kind
        colour = theme.KIND_COLOURS[kind] if kind is not None else look.line
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(box), 4, 4)
        painter.save()
        painter.setClipPath(shape)
        image = self._get_picture(row.media, box.width() * painter.device().devicePixelRatioF()) if row.media else None
        if image is not None:
            painter.fillRect(box, look.sunken)
            _draw_covering(painter, box, image, whole=kind in {"presentation", "image"})
        elif (
            kind == "audio"
            and row.media is not None
            and (peaks := self._media_service.get_peaks(row.media.sha256)) is not None
        ):
            painter.fillRect(box, look.sunken)
            wave = colour.lighter(120) if look.dark else colour
            paint_peaks(painter, QRectF(box).adjusted(3, 4, -3, -4), peaks, 0, row.media.duration_ms, wave)
        else:
            ground = QColor(colour)
            ground.setAlpha(60)
            painter.fillRect(box, ground)
            name = theme.KIND_ICONS[kind] if kind is not None else "import"
            pixmap = theme.pixmap(name, 20, look.text, painter.device().devicePixelRatioF())
            painter.drawPixmap(box.center() - QPoint(9, 9), pixmap)
        if row.state == "missing":
            veil = QColor(look.panel)
            veil.setAlpha(170)
            painter.fillRect(box, veil)
        if kind is not None:
            badge = QRect(box.right() - 17, box.bottom() - 17, 16, 16)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(badge, 4, 4)
            sign = theme.pixmap(theme.KIND_ICONS[kind], 12, theme.text_on(colour), painter.device().devicePixelRatioF())
            painter.drawPixmap(badge.topLeft() + QPoint(2, 2), sign)
        painter.restore()

    def _get_picture(self, media: Media, width: float) -> QImage | None:
        if media.kind == "video":
            return self._media_service.get_thumbnail(media.sha256, media.duration_ms // 10)
        if media.kind == "image":
            return self._media_service.get_thumbnail(media.sha256, 0) or self._media_service.get_image(
                media.sha256, round(width)
            )
        return self._media_service.get_page(media.sha256, 0, round(width)) if media.kind == "presentation" else None


def _format_facts(row: BinRow, look: Look) -> list[tuple[str, QColor]]:
    """Return the parts of the second line with their colours: facts, marked range, state."""
    parts = [(row.facts, look.quiet)] if row.facts else []
    if row.part:
        parts.append((row.part, look.link))
    if row.state == "missing":
        parts.insert(0, (row.state_text, look.error))
    elif row.state == "coming":
        parts.insert(0, (row.state_text, look.quiet))
    else:
        parts.append((row.state_text, look.quiet))
    return [(f"{' · ' if number else ''}{text}", colour) for number, (text, colour) in enumerate(parts)]


def _draw_covering(painter: QPainter, box: QRect, image: QImage, *, whole: bool) -> None:
    """Draw an image into a box: the whole image, or cropped to fill the box."""
    mode = Qt.AspectRatioMode.KeepAspectRatio if whole else Qt.AspectRatioMode.KeepAspectRatioByExpanding
    size = image.size().scaled(box.size(), mode)
    target = QRect(QPoint(0, 0), size)
    target.moveCenter(box.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(target, image)


def _to_one_line(name: str) -> str:
    """Replace line breaks and tabs in a file's name by spaces."""
    return " ".join(name.split()) if any(mark in name for mark in "\n\r\t\v") else name
