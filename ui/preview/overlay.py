"""What lies over the picture, drawn as attendees will see it: calls to action in their three looks, and captions.

Only painting: a painter, the rectangle of the stage, and what the webinar says. The inspector draws its live preview
with the same functions.
"""

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from editor.schedule.model import Cta, InteractionSegment
from ui import theme
from ui.preview.brush import CENTRE, UNITS, WRAP, Brush, clipped, height_of
from ui.preview.survey_form import paint_survey
from ui.theme import Look

MARGIN = 28
GROUND_ALPHA = 240
"""Nearly solid: text on it reads the same over any picture."""


def paint_offer(painter: QPainter, stage: QRectF, segment: InteractionSegment, look: Look) -> QRectF:
    """Draw a call to action or a survey over the stage.

    Args:
        painter: with antialiasing on.
        stage: the whole stage; sizes follow its height.
        segment: what is offered.
        look: the room's palette (rooms are dark).

    Returns:
        Where it stands.
    """
    painter.save()
    brush = Brush(painter, stage)
    if not isinstance(segment, Cta):
        place = paint_survey(brush, segment, look)
    elif segment.look == "banner":
        place = _paint_banner(brush, segment, look)
    elif segment.look == "card":
        place = _paint_card(brush, segment, look)
    else:
        place = _paint_corner(brush, segment, look)
    painter.restore()
    return place


def caption_room(stage: QRectF, offer: QRectF | None) -> QRectF:
    """Where captions have room: above an offer that lies along the bottom, beside one that stands at the right."""
    margin = MARGIN * stage.height() / UNITS
    room = stage.adjusted(margin, margin, -margin, -margin)
    if offer is None or offer.bottom() < stage.center().y():
        return room
    if offer.left() > stage.left() + stage.width() * 0.3 and offer.right() > room.right() - margin:
        room.setRight(offer.left() - margin / 2)
    elif offer.bottom() > room.bottom() - 3 * margin:
        room.setBottom(offer.top() - margin / 2)
    return room


def paint_captions(painter: QPainter, stage: QRectF, texts: tuple[str, ...], room: QRectF) -> QRectF:
    """Draw captions, the last of them at the bottom of their room.

    Returns:
        Where they stand.
    """
    painter.save()
    brush = Brush(painter, stage)
    unit = brush.unit
    font = brush.font(28)
    metrics = QFontMetricsF(font)
    widest = min(room.width() - 28 * unit, stage.width() * 0.82)
    bottom = room.bottom()
    whole = QRectF(room.center().x(), bottom, 0, 0)
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    for text in reversed(lines):
        shown = clipped(text, metrics, widest, 2)
        size = metrics.boundingRect(QRectF(0, 0, widest, 1e6), WRAP | CENTRE, shown)
        box = QRectF(0, 0, size.width() + 28 * unit, size.height() + 10 * unit)
        box.moveCenter(QPointF(room.center().x(), bottom - box.height() / 2))
        brush.box(box, QColor(0, 0, 0, 200), 4)
        brush.text(box, shown, font, QColor("#FFFFFF"), WRAP | CENTRE)
        whole = whole.united(box)
        bottom = box.top() - 2 * unit
    painter.restore()
    return whole


# ------------------------------------------------------------------------------------------- calls to action


def _paint_banner(brush: Brush, cta: Cta, look: Look) -> QRectF:
    """A bar along the bottom: heading and text to the left, the button to the right."""
    unit, stage = brush.unit, brush.stage
    box = QRectF(
        stage.left() + MARGIN * unit,
        stage.bottom() - (MARGIN + 92) * unit,
        stage.width() - 2 * MARGIN * unit,
        92 * unit,
    )
    _ground(brush, box, look)
    button_width = _button_width(brush, cta, stage.width() * 0.42)
    button = QRectF(box.right() - button_width - 18 * unit, box.top() + 18 * unit, button_width, 56 * unit)
    _paint_button(brush, button, cta)
    words = QRectF(box.left() + 24 * unit, box.top(), button.left() - box.left() - 44 * unit, box.height())
    heading = brush.font(26, bold=True)
    if cta.text:
        brush.line(
            QRectF(words.left(), words.top() + 12 * unit, words.width(), 36 * unit), cta.title, heading, look.text
        )
        below = QRectF(words.left(), words.top() + 48 * unit, words.width(), 30 * unit)
        brush.line(below, cta.text, brush.font(20), look.quiet)
    else:
        brush.line(words, cta.title, heading, look.text)
    return box


def _paint_card(brush: Brush, cta: Cta, look: Look) -> QRectF:
    """A card in the middle: heading, text and a button as wide as the card."""
    unit, stage = brush.unit, brush.stage
    width = min(560 * unit, stage.width() - 2 * MARGIN * unit)
    inner = width - 72 * unit
    heading, body = brush.font(32, bold=True), brush.font(23)
    title = clipped(cta.title, QFontMetricsF(heading), inner, 3)
    text = clipped(cta.text, QFontMetricsF(body), inner, 5)
    title_height = height_of(title, QFontMetricsF(heading), inner)
    text_height = height_of(text, QFontMetricsF(body), inner)
    height = 36 * unit + title_height + (14 * unit + text_height if text else 0) + 28 * unit + 60 * unit + 36 * unit
    box = QRectF(0, 0, width, height)
    box.moveCenter(stage.center())
    _ground(brush, box, look)
    flags = WRAP | int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.AlignmentFlag.AlignTop)
    place = QRectF(box.left() + 36 * unit, box.top() + 36 * unit, inner, title_height)
    brush.text(place, title, heading, look.text, flags)
    if text:
        place = QRectF(place.left(), place.bottom() + 14 * unit, inner, text_height)
        brush.text(place, text, body, look.quiet, flags)
    _paint_button(brush, QRectF(place.left(), place.bottom() + 28 * unit, inner, 60 * unit), cta)
    return box


def _paint_corner(brush: Brush, cta: Cta, look: Look) -> QRectF:
    """A small card in the lower right corner; the button alone where there is nothing else to say."""
    unit, stage = brush.unit, brush.stage
    right, bottom = stage.right() - MARGIN * unit, stage.bottom() - MARGIN * unit
    if not cta.text:
        width = _button_width(brush, cta, stage.width() * 0.5)
        button = QRectF(right - width, bottom - 60 * unit, width, 60 * unit)
        brush.shadow(button, 8)
        _paint_button(brush, button, cta)
        return button
    width = min(380 * unit, stage.width() - 2 * MARGIN * unit)
    inner = width - 40 * unit
    heading, body = brush.font(22, bold=True), brush.font(18)
    text = clipped(cta.text, QFontMetricsF(body), inner, 3)
    text_height = height_of(text, QFontMetricsF(body), inner)
    title_height = 32 * unit if cta.title else 0
    height = 20 * unit + title_height + text_height + 16 * unit + 50 * unit + 20 * unit
    box = QRectF(right - width, bottom - height, width, height)
    _ground(brush, box, look)
    place = QRectF(box.left() + 20 * unit, box.top() + 18 * unit, inner, title_height)
    if cta.title:
        brush.line(place, cta.title, heading, look.text)
    brush.wrapped(QRectF(place.left(), place.bottom(), inner, text_height), text, body, look.quiet, 3)
    _paint_button(brush, QRectF(place.left(), box.bottom() - 70 * unit, inner, 50 * unit), cta)
    return box


def _ground(brush: Brush, box: QRectF, look: Look) -> None:
    brush.shadow(box, 12)
    ground = QColor(look.panel)
    ground.setAlpha(GROUND_ALPHA)
    brush.box(box, ground, 12, line=look.line)


def _label(cta: Cta) -> str:
    """What the button says; there is one even before anybody wrote it."""
    return cta.label or QCoreApplication.translate("Overlay", "Open")


def _button_width(brush: Brush, cta: Cta, most: float) -> float:
    metrics = QFontMetricsF(brush.font(22, bold=True))
    return min(most, metrics.horizontalAdvance(f"{_label(cta)} →") + 56 * brush.unit)


def _paint_button(brush: Brush, rect: QRectF, cta: Cta) -> None:
    colour = QColor(cta.colour)
    brush.box(rect, colour, 8)
    font = brush.font(22, bold=True)
    room = rect.width() - 32 * brush.unit
    arrow = QFontMetricsF(font).horizontalAdvance(" →")
    label = QFontMetricsF(font).elidedText(_label(cta), Qt.TextElideMode.ElideRight, room - arrow)
    brush.text(rect, f"{label} →", font, theme.text_on(colour), CENTRE)
