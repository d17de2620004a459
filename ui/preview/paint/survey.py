"""Painting a survey: an empty form at the right of the stage with every kind of question.

The form is laid out before it is painted. Where it is taller than the stage it is first scaled down, then cut:
attendees can scroll, the preview says how many questions follow.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF

from editor.schedule.model import Question, Survey
from editor.schedule.question_kinds import QUESTION_TRAITS
from ui.preview.paint.paint_helpers import CENTRE, StagePainter, measure_text_height
from ui.style import theme
from ui.style.theme import KIND_COLOURS, Look

MIN_SCALE = 0.72
"""Smallest scale of a long form before it is cut."""


@dataclass(frozen=True)
class _FormPart:
    """A part of the form: its height in pixels, and a function that paints it at a top left corner."""

    height: float
    paint: Callable[[float, float], None]


def paint_survey(stage_painter: StagePainter, survey: Survey, look: Look) -> QRectF:
    """Paint a survey's form at the right of the stage, and return its rectangle.

    A long form is painted smaller; questions that still find no room are left out, and a line tells how many.
    """
    stage = stage_painter.stage
    most = stage.height() * 0.92
    scale = 1.0
    form = _FormLayout(stage_painter, survey, look, scale)
    while form.height > most and scale > MIN_SCALE:
        scale -= 0.07
        form = _FormLayout(stage_painter, survey, look, scale)
    box = QRectF(0, 0, form.width, min(form.height, most))
    box.moveRight(stage.right() - 28 * stage_painter.unit)
    box.moveTop(stage.center().y() - box.height() / 2)
    form.paint(box)
    return box


class _FormLayout:
    """A survey's form laid out at one scale."""

    def __init__(self, stage_painter: StagePainter, survey: Survey, look: Look, scale: float) -> None:
        self._stage_painter = stage_painter
        self._look = look
        self._unit = stage_painter.unit * scale
        self._scale = scale
        self.width = min(470 * stage_painter.unit, stage_painter.stage.width() * 0.6)
        self._inner = self.width - 56 * self._unit
        self._header = self._layout_header(survey)
        self._questions = [self._layout_question(question) for question in survey.questions]
        self._footer = self._layout_footer()
        body = sum(part.height for part in self._questions)
        self.height = 26 * self._unit + self._header.height + body + self._footer.height + 24 * self._unit

    def paint(self, box: QRectF) -> None:
        stage_painter, look, unit = self._stage_painter, self._look, self._unit
        stage_painter.draw_shadow(box, 12)
        ground = QColor(look.panel)
        ground.setAlpha(246)
        stage_painter.draw_box(box, ground, 12, line=look.line)
        left, top = box.left() + 28 * unit, box.top() + 26 * unit
        self._header.paint(left, top)
        top += self._header.height
        floor = box.bottom() - 24 * unit - self._footer.height
        for index, part in enumerate(self._questions):
            lowest = floor if index == len(self._questions) - 1 else floor - 30 * unit
            if top + part.height > lowest + 1:
                left_out = len(self._questions) - index
                more = QCoreApplication.translate("Overlay", "%n more question(s) below", "", left_out)
                stage_painter.draw_line(QRectF(left, top, self._inner, 26 * unit), more, self._font(18), look.quiet)
                break
            part.paint(left, top)
            top += part.height
        self._footer.paint(left, floor)

    def _font(self, size: float, *, bold: bool = False) -> QFont:
        return self._stage_painter.make_font(size * self._scale, bold=bold)

    # ---------------------------------------------------------------------------------------------- parts

    def _layout_header(self, survey: Survey) -> _FormPart:
        font = self._font(28, bold=True)
        title = survey.title or QCoreApplication.translate("Overlay", "A few questions")
        height = self._height(title, font, 2)

        def paint(left: float, top: float) -> None:
            self._stage_painter.draw_box(QRectF(left, top, 44 * self._unit, 5 * self._unit), KIND_COLOURS["survey"], 2)
            self._stage_painter.draw_wrapped(
                QRectF(left, top + 16 * self._unit, self._inner, height), title, font, self._look.text, 2
            )

        return _FormPart(height + 16 * self._unit + 18 * self._unit, paint)

    def _layout_question(self, question: Question) -> _FormPart:
        font = self._font(21, bold=True)
        text = question.text or QCoreApplication.translate("Overlay", "Question without text")
        text = f"{text} *" if question.required else text
        height = self._height(text, font, 3)
        answer = self._layout_answer(question)

        def paint(left: float, top: float) -> None:
            self._stage_painter.draw_wrapped(QRectF(left, top, self._inner, height), text, font, self._look.text, 3)
            answer.paint(left, top + height + 10 * self._unit)

        return _FormPart(height + 10 * self._unit + answer.height + 20 * self._unit, paint)

    def _layout_answer(self, question: Question) -> _FormPart:
        field = QUESTION_TRAITS[question.kind].answer
        match field:
            case "choices":
                return self._layout_choices(question)
            case "text":
                return self._layout_text_field()
            case "rating":
                return self._layout_rating(question)
            case _:
                assert_never(field)

    def _layout_choices(self, question: Question) -> _FormPart:
        unit, font = self._unit, self._font(20)
        row = 34 * unit
        allows_several = QUESTION_TRAITS[question.kind].allows_several

        def paint(left: float, top: float) -> None:
            for choice in question.choices:
                mark = QRectF(left + unit, top + 7 * unit, 20 * unit, 20 * unit)
                if allows_several:
                    self._stage_painter.draw_box(mark, self._look.sunken, 4 * self._scale, line=self._look.quiet)
                else:
                    self._stage_painter.draw_circle(mark.center(), 10 * unit, self._look.sunken, self._look.quiet)
                self._stage_painter.draw_line(
                    QRectF(left + 34 * unit, top, self._inner - 34 * unit, row), choice, font, self._look.text
                )
                top += row

        return _FormPart(row * len(question.choices), paint)

    def _layout_text_field(self) -> _FormPart:
        unit = self._unit

        def paint(left: float, top: float) -> None:
            field = QRectF(left, top, self._inner, 64 * unit)
            self._stage_painter.draw_box(field, self._look.sunken, 6 * self._scale, line=self._look.line)
            hint = QCoreApplication.translate("Overlay", "Your answer")
            place = field.adjusted(14 * unit, 8 * unit, -14 * unit, 0)
            place.setHeight(28 * unit)
            self._stage_painter.draw_line(place, hint, self._font(19), self._look.quiet)

        return _FormPart(64 * unit, paint)

    def _layout_rating(self, question: Question) -> _FormPart:
        unit = self._unit
        pitch = min(50 * unit, self._inner / question.scale)
        radius = pitch * 0.42

        def paint(left: float, top: float) -> None:
            for step in range(question.scale):
                centre = QPointF(left + radius + 1 + pitch * step, top + radius + 1)
                self._stage_painter.draw_circle(centre, radius, self._look.sunken, self._look.quiet)
                around = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
                self._stage_painter.draw_text(around, str(step + 1), self._font(18), self._look.text, CENTRE)

        return _FormPart(2 * radius + 2, paint)

    def _layout_footer(self) -> _FormPart:
        unit = self._unit
        send = QCoreApplication.translate("Overlay", "Send")
        skip = QCoreApplication.translate("Overlay", "Skip")

        def paint(left: float, top: float) -> None:
            font = self._font(21, bold=True)
            width = max(130 * unit, QFontMetricsF(font).horizontalAdvance(send) + 48 * unit)
            button = QRectF(left, top + 6 * unit, width, 50 * unit)
            self._stage_painter.draw_box(button, KIND_COLOURS["survey"], 8 * self._scale)
            self._stage_painter.draw_text(button, send, font, theme.text_on(KIND_COLOURS["survey"]), CENTRE)
            beside = QRectF(button.right() + 24 * unit, button.top(), 200 * unit, button.height())
            self._stage_painter.draw_text(beside, skip, self._font(20), self._look.quiet)

        return _FormPart(62 * unit, paint)

    def _height(self, text: str, font: QFont, lines: int) -> float:
        metrics = QFontMetricsF(font)
        return min(measure_text_height(text, metrics, self._inner), metrics.lineSpacing() * lines + 1)
