"""Painting what lies over the picture: calls to action in their three looks, surveys, and captions.

The functions only need a painter and the rectangle of the stage; the inspector paints its preview with them too.
"""

from typing import assert_never

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from editor.schedule.model import Cta, InteractionSegment, Survey
from ui.preview.paint.paint_helpers import CENTRE, UNITS, WRAP, StagePainter, clip_text, measure_text_height
from ui.preview.paint.survey import paint_survey
from ui.style import theme
from ui.style.theme import Look

MARGIN = 28
GROUND_ALPHA = 240
"""Nearly opaque, so that text is readable over any picture."""


def paint_offer(painter: QPainter, stage: QRectF, segment: InteractionSegment, look: Look) -> QRectF:
    """Paint a call to action or a survey over the stage.

    Args:
        painter: Painter with antialiasing.
        stage: The whole stage; sizes follow its height.
        segment: The call to action or survey.
        look: Palette of the attendees' page, which is dark.

    Returns:
        The rectangle that it takes.
    """
    painter.save()
    stage_painter = StagePainter(painter, stage)
    if isinstance(segment, Cta):
        place = _paint_cta(stage_painter, segment, look)
    elif isinstance(segment, Survey):
        place = paint_survey(stage_painter, segment, look)
    else:
        assert_never(segment)
    painter.restore()
    return place


def find_caption_area(stage: QRectF, offer: QRectF | None) -> QRectF:
    """Return the rectangle for captions: the stage inside a margin, but beside or above an offer.

    It is left of an offer in the right part, and above one at the bottom. Offers elsewhere are ignored.

    Args:
        stage: the whole stage.
        offer: the rectangle that an offer takes; None without one.
    """
    margin = MARGIN * stage.height() / UNITS
    area = stage.adjusted(margin, margin, -margin, -margin)
    if offer is None or offer.bottom() < stage.center().y():
        return area
    if offer.left() > stage.left() + stage.width() * 0.3 and offer.right() > area.right() - margin:
        area.setRight(offer.left() - margin / 2)
    elif offer.bottom() > area.bottom() - 3 * margin:
        area.setBottom(offer.top() - margin / 2)
    return area


def paint_captions(painter: QPainter, stage: QRectF, texts: tuple[str, ...], area: QRectF) -> QRectF:
    """Paint captions, the last line lowest, and return the rectangle that they take; empty without captions.

    Args:
        painter: painter with antialiasing.
        stage: the whole stage; the size of the font follows its height.
        texts: the captions; line breaks are kept, and each line is elided after two rows.
        area: the rectangle to stay in, from the bottom up (`find_caption_area`).
    """
    painter.save()
    stage_painter = StagePainter(painter, stage)
    unit = stage_painter.unit
    font = stage_painter.make_font(28)
    metrics = QFontMetricsF(font)
    widest = min(area.width() - 28 * unit, stage.width() * 0.82)
    bottom = area.bottom()
    whole = QRectF(area.center().x(), bottom, 0, 0)
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    for text in reversed(lines):
        shown = clip_text(text, metrics, widest, 2)
        size = metrics.boundingRect(QRectF(0, 0, widest, 1e6), WRAP | CENTRE, shown)
        box = QRectF(0, 0, size.width() + 28 * unit, size.height() + 10 * unit)
        box.moveCenter(QPointF(area.center().x(), bottom - box.height() / 2))
        stage_painter.draw_box(box, QColor(0, 0, 0, 200), 4)
        stage_painter.draw_text(box, shown, font, QColor("#FFFFFF"), WRAP | CENTRE)
        whole = whole.united(box)
        bottom = box.top() - 2 * unit
    painter.restore()
    return whole


# ------------------------------------------------------------------------------------------- calls to action


def _paint_cta(stage_painter: StagePainter, cta: Cta, look: Look) -> QRectF:
    match cta.look:
        case "banner":
            return _paint_banner(stage_painter, cta, look)
        case "card":
            return _paint_cta_card(stage_painter, cta, look)
        case "corner":
            return _paint_corner(stage_painter, cta, look)
        case _:
            assert_never(cta.look)


def _paint_banner(stage_painter: StagePainter, cta: Cta, look: Look) -> QRectF:
    """Paint a bar along the bottom: heading and text at the left, the button at the right."""
    unit, stage = stage_painter.unit, stage_painter.stage
    box = QRectF(
        stage.left() + MARGIN * unit,
        stage.bottom() - (MARGIN + 92) * unit,
        stage.width() - 2 * MARGIN * unit,
        92 * unit,
    )
    _paint_background(stage_painter, box, look)
    button_width = _button_width(stage_painter, cta, stage.width() * 0.42)
    button = QRectF(box.right() - button_width - 18 * unit, box.top() + 18 * unit, button_width, 56 * unit)
    _paint_button(stage_painter, button, cta)
    words = QRectF(box.left() + 24 * unit, box.top(), button.left() - box.left() - 44 * unit, box.height())
    heading = stage_painter.make_font(26, bold=True)
    if cta.text:
        stage_painter.draw_line(
            QRectF(words.left(), words.top() + 12 * unit, words.width(), 36 * unit), cta.title, heading, look.text
        )
        below = QRectF(words.left(), words.top() + 48 * unit, words.width(), 30 * unit)
        stage_painter.draw_line(below, cta.text, stage_painter.make_font(20), look.quiet)
    else:
        stage_painter.draw_line(words, cta.title, heading, look.text)
    return box


def _paint_cta_card(stage_painter: StagePainter, cta: Cta, look: Look) -> QRectF:
    """Paint a card in the middle: heading, text and a button as wide as the card."""
    unit, stage = stage_painter.unit, stage_painter.stage
    width = min(560 * unit, stage.width() - 2 * MARGIN * unit)
    inner = width - 72 * unit
    heading, body = stage_painter.make_font(32, bold=True), stage_painter.make_font(23)
    title = clip_text(cta.title, QFontMetricsF(heading), inner, 3)
    text = clip_text(cta.text, QFontMetricsF(body), inner, 5)
    title_height = measure_text_height(title, QFontMetricsF(heading), inner)
    text_height = measure_text_height(text, QFontMetricsF(body), inner)
    height = 36 * unit + title_height + (14 * unit + text_height if text else 0) + 28 * unit + 60 * unit + 36 * unit
    box = QRectF(0, 0, width, height)
    box.moveCenter(stage.center())
    _paint_background(stage_painter, box, look)
    flags = WRAP | int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.AlignmentFlag.AlignTop)
    place = QRectF(box.left() + 36 * unit, box.top() + 36 * unit, inner, title_height)
    stage_painter.draw_text(place, title, heading, look.text, flags)
    if text:
        place = QRectF(place.left(), place.bottom() + 14 * unit, inner, text_height)
        stage_painter.draw_text(place, text, body, look.quiet, flags)
    _paint_button(stage_painter, QRectF(place.left(), place.bottom() + 28 * unit, inner, 60 * unit), cta)
    return box


def _paint_corner(stage_painter: StagePainter, cta: Cta, look: Look) -> QRectF:
    """Paint a small card in the lower right corner, or the button alone where there is no text."""
    unit, stage = stage_painter.unit, stage_painter.stage
    right, bottom = stage.right() - MARGIN * unit, stage.bottom() - MARGIN * unit
    if not cta.text:
        width = _button_width(stage_painter, cta, stage.width() * 0.5)
        button = QRectF(right - width, bottom - 60 * unit, width, 60 * unit)
        stage_painter.draw_shadow(button, 8)
        _paint_button(stage_painter, button, cta)
        return button
    width = min(380 * unit, stage.width() - 2 * MARGIN * unit)
    inner = width - 40 * unit
    heading, body = stage_painter.make_font(22, bold=True), stage_painter.make_font(18)
    text = clip_text(cta.text, QFontMetricsF(body), inner, 3)
    text_height = measure_text_height(text, QFontMetricsF(body), inner)
    title_height = 32 * unit if cta.title else 0
    height = 20 * unit + title_height + text_height + 16 * unit + 50 * unit + 20 * unit
    box = QRectF(right - width, bottom - height, width, height)
    _paint_background(stage_painter, box, look)
    place = QRectF(box.left() + 20 * unit, box.top() + 18 * unit, inner, title_height)
    if cta.title:
        stage_painter.draw_line(place, cta.title, heading, look.text)
    stage_painter.draw_wrapped(QRectF(place.left(), place.bottom(), inner, text_height), text, body, look.quiet, 3)
    _paint_button(stage_painter, QRectF(place.left(), box.bottom() - 70 * unit, inner, 50 * unit), cta)
    return box


def _paint_background(stage_painter: StagePainter, box: QRectF, look: Look) -> None:
    stage_painter.draw_shadow(box, 12)
    ground = QColor(look.panel)
    ground.setAlpha(GROUND_ALPHA)
    stage_painter.draw_box(box, ground, 12, line=look.line)


def _button_label(cta: Cta) -> str:
    """Return the button's label, with a default while it is empty."""
    return cta.label or QCoreApplication.translate("Overlay", "Open")


def _button_width(stage_painter: StagePainter, cta: Cta, most: float) -> float:
    metrics = QFontMetricsF(stage_painter.make_font(22, bold=True))
    return min(most, metrics.horizontalAdvance(f"{_button_label(cta)} →") + 56 * stage_painter.unit)


def _paint_button(stage_painter: StagePainter, rect: QRectF, cta: Cta) -> None:
    colour = QColor(cta.colour)
    stage_painter.draw_box(rect, colour, 8)
    font = stage_painter.make_font(22, bold=True)
    max_width = rect.width() - 32 * stage_painter.unit
    arrow = QFontMetricsF(font).horizontalAdvance(" →")
    label = QFontMetricsF(font).elidedText(_button_label(cta), Qt.TextElideMode.ElideRight, max_width - arrow)
    stage_painter.draw_text(rect, f"{label} →", font, theme.text_on(colour), CENTRE)
