"""Painting where there is no picture: placeholders for gaps and the end, a sound's waveform, error messages."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QLinearGradient

from ui.preview.paint.paint_helpers import CENTRE, UNITS, WRAP, StagePainter, clip_text, make_font, measure_text_height
from ui.style import theme
from ui.style.theme import DARK, KIND_COLOURS

TOP, BOTTOM = QColor("#1B2330"), QColor("#0F141C")
BARS = 120
FORM_WIDTH = 520
"""Width in units that a survey takes at the right of the stage."""
ERROR_WIDTH = 760
BUTTON_HEIGHT = 60
MIN_BUTTON_HEIGHT = 34
"""Pixels: the real button over the stage cannot be smaller than its text."""
_TOP_CENTRE = WRAP | int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.AlignmentFlag.AlignTop)


def paint_placeholder(
    stage_painter: StagePainter, title: str, text: str, icon: str, picture: QImage | None, *, beside: bool = False
) -> None:
    """Paint a title and a text in the middle, over a dimmed picture or a dark gradient.

    Args:
        stage_painter: Painter of the stage.
        title: Heading.
        text: Text below the heading.
        icon: Name of an icon above the heading; empty for none.
        picture: Picture behind the text, or None.
        beside: Whether a survey is shown, so that the text is centred in the space it leaves.
    """
    stage, unit = stage_painter.stage, stage_painter.unit
    _paint_background(stage_painter)
    if picture is not None and not picture.isNull():
        filled = QSize(picture.size()).scaled(stage.size().toSize(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        part = QRectF(
            0,
            0,
            picture.width() * stage.width() / filled.width(),
            picture.height() * stage.height() / filled.height(),
        )
        part.moveCenter(QRectF(picture.rect()).center())
        stage_painter.painter.drawImage(stage, picture, part)
        stage_painter.painter.fillRect(stage, QColor(10, 14, 20, 110))
    free = stage.adjusted(0, 0, -FORM_WIDTH * unit if beside else 0, 0)
    inner = free.width() * 0.8
    heading, body = stage_painter.make_font(48, bold=True), stage_painter.make_font(26)
    shown = clip_text(title, QFontMetricsF(heading), inner, 3)
    title_height = measure_text_height(shown, QFontMetricsF(heading), inner)
    clipped_body = clip_text(text, QFontMetricsF(body), inner, 4)
    text_height = measure_text_height(clipped_body, QFontMetricsF(body), inner)
    icon_height = 84 * unit if icon else 0
    total_height = icon_height + title_height + (16 * unit + text_height if clipped_body else 0)
    top = stage.center().y() - total_height / 2
    middle = free.center().x()
    if icon:
        _paint_icon(stage_painter, icon, QPointF(middle, top), 64 * unit, DARK.quiet)
        top += icon_height
    left = middle - inner / 2
    if picture is not None:
        width = max(_measure_width(shown, heading, inner), _measure_width(clipped_body, body, inner))
        _paint_plate(stage_painter, QRectF(middle - width / 2, top, width, total_height))
    stage_painter.draw_text(QRectF(left, top, inner, title_height), shown, heading, DARK.text, _TOP_CENTRE)
    if clipped_body:
        place = QRectF(left, top + title_height + 16 * unit, inner, text_height)
        stage_painter.draw_text(place, clipped_body, body, QColor("#C4CBD6"), _TOP_CENTRE)


def _paint_plate(stage_painter: StagePainter, words: QRectF) -> None:
    """Paint a dark plate behind text, since the picture may itself contain text."""
    unit = stage_painter.unit
    plate = words.adjusted(-48 * unit, -32 * unit, 48 * unit, 32 * unit)
    stage_painter.draw_shadow(plate, 12)
    stage_painter.draw_box(plate, QColor(14, 18, 26, 238), 12)


def _measure_width(text: str, font: QFont, most: float) -> float:
    return QFontMetricsF(font).boundingRect(QRectF(0, 0, most, 1e6), WRAP, text).width() if text else 0.0


def paint_waveform(
    stage_painter: StagePainter, name: str, peaks: tuple[bytes, int], part: tuple[int, int], at_ms: int
) -> None:
    """Paint the name of a sound and its waveform.

    Args:
        stage_painter: Painter of the stage.
        name: Name of the sound.
        peaks: Values 0 … 255, and the milliseconds of each.
        part: The range to paint, in milliseconds.
        at_ms: The playing position; what is before it is painted as played.
    """
    stage, unit = stage_painter.stage, stage_painter.unit
    _paint_background(stage_painter)
    values, step_ms = peaks
    bars = compute_bars(values, step_ms, *part)
    wide = stage.width() * 0.8
    pitch = wide / BARS
    left, middle, tall = stage.center().x() - wide / 2, stage.center().y() + 30 * unit, 130 * unit
    wave_colour = KIND_COLOURS["audio"].lighter(130)
    ahead = QColor("#465060")
    played = (at_ms - part[0]) * BARS // max(1, part[1] - part[0])
    for index, loud in enumerate(bars):
        half = max(2.5 * unit, tall * (loud / 255) ** 0.7)  # closer to perceived loudness
        bar = QRectF(left + index * pitch, middle - half, max(1.0, pitch * 0.62), 2 * half)
        stage_painter.draw_box(bar, wave_colour if index <= played else ahead, 2)
    place = QRectF(left, stage.top() + 120 * unit, wide, 60 * unit)
    stage_painter.draw_line(place, name, stage_painter.make_font(38, bold=True), DARK.text, CENTRE)
    _paint_icon(
        stage_painter,
        theme.KIND_ICONS["audio"],
        QPointF(stage.center().x(), stage.top() + 60 * unit),
        48 * unit,
        wave_colour,
    )


@lru_cache(maxsize=4)
def compute_bars(values: bytes, step_ms: int, in_ms: int, out_ms: int) -> tuple[int, ...]:
    """Return the largest peak (0 … 255) of each of `BARS` equal parts of a range of a sound; 0 where it has none.

    Args:
        values: the peaks of the whole sound, from 0 to 255.
        step_ms: milliseconds that one value covers.
        in_ms: beginning of the range.
        out_ms: end of the range.
    """
    found = []
    for index in range(BARS):
        begin = in_ms + (out_ms - in_ms) * index // BARS
        end = in_ms + (out_ms - in_ms) * (index + 1) // BARS
        found.append(max(values[begin // step_ms : max(end // step_ms, begin // step_ms + 1)], default=0))
    return tuple(found)


def paint_error(stage_painter: StagePainter, text: str, *, with_button: bool) -> None:
    """Paint an error message in the middle of the stage, with room for a button below it if `with_button`.

    The button itself is a widget, which the caller places (`layout_error`).
    """
    box, _ = layout_error(stage_painter.stage, text, with_button=with_button)
    unit = stage_painter.unit
    stage_painter.painter.fillRect(stage_painter.stage, QColor(8, 10, 14, 120))
    ground = QColor(DARK.panel)
    ground.setAlpha(244)
    stage_painter.draw_shadow(box, 12)
    stage_painter.draw_box(box, ground, 12, line=DARK.line)
    top = QPointF(box.center().x(), box.top() + 30 * unit)
    _paint_icon(stage_painter, "missing" if with_button else "warning", top, 56 * unit, DARK.warning)
    place = box.adjusted(40 * unit, 104 * unit, -40 * unit, 0)
    stage_painter.draw_text(place, text, stage_painter.make_font(25), DARK.text, _TOP_CENTRE)


def layout_error(stage: QRectF, text: str, *, with_button: bool) -> tuple[QRectF, QRectF]:
    """Return the rectangle of an error message, centred on the stage, and that of its button inside it.

    Without a button the second rectangle has no height.
    """
    unit = stage.height() / UNITS
    width = min(ERROR_WIDTH * unit, stage.width() * 0.9)
    text_height = measure_text_height(text, QFontMetricsF(make_font(25 * unit)), width - 80 * unit)
    button_height = max(BUTTON_HEIGHT * unit, MIN_BUTTON_HEIGHT) if with_button else 0.0
    height = 138 * unit + text_height + (button_height + 24 * unit if with_button else 0.0)
    box = QRectF(0, 0, width, height)
    box.moveCenter(stage.center())
    button = QRectF(0, 0, 220 * unit, button_height)
    button.moveCenter(box.center())
    button.moveBottom(box.bottom() - 30 * unit)
    return box, button


def _paint_background(stage_painter: StagePainter) -> None:
    ground = QLinearGradient(stage_painter.stage.topLeft(), stage_painter.stage.bottomRight())
    ground.setColorAt(0, TOP)
    ground.setColorAt(1, BOTTOM)
    stage_painter.painter.fillRect(stage_painter.stage, ground)


def _paint_icon(stage_painter: StagePainter, name: str, top: QPointF, side: float, colour: QColor) -> None:
    """Paint an icon whose upper edge has its middle at a point."""
    size = max(8, round(side))
    picture = theme.pixmap(name, size, colour, stage_painter.painter.device().devicePixelRatio())
    place = QRectF(top.x() - size / 2, top.y(), size, size)
    stage_painter.painter.drawPixmap(place, picture, QRectF(picture.rect()))
