"""Helpers for painting on the stage: a unit relative to its height, fonts, rounded boxes, text.

Sizes are in units of 1/720 of the stage's height, so the painting looks the same in the panel, on the full screen and
at any pixel ratio.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

UNITS = 720

WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.TextFlag.TextDontClip)
LEFT = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignVCenter)
CENTRE = int(Qt.AlignmentFlag.AlignCenter)


class StagePainter:
    """A painter, the stage it paints on, and the size of one unit in pixels: a `UNITS`th of the stage's height.

    Rectangles and points are in the painter's coordinates. The drawing methods change its pen, brush and font.
    """

    def __init__(self, painter: QPainter, stage: QRectF) -> None:
        self.painter = painter
        self.stage = stage
        self.unit = stage.height() / UNITS

    def make_font(self, size: float, *, bold: bool = False) -> QFont:
        """Return the program's font at a size in units of the stage."""
        return make_font(size * self.unit, bold=bold)

    def draw_box(self, rect: QRectF, colour: QColor, radius: float, *, line: QColor | None = None) -> None:
        """Draw a filled box with round corners.

        Args:
            rect: the box.
            colour: fills it.
            radius: of the corners, in units.
            line: colour of a border; None for no border.
        """
        self.painter.setPen(Qt.PenStyle.NoPen if line is None else line)
        self.painter.setBrush(colour)
        self.painter.drawRoundedRect(rect, radius * self.unit, radius * self.unit)

    def draw_shadow(self, rect: QRectF, radius: float) -> None:
        """Draw a soft shadow under a box, so that it stands out on any picture; `radius` of its corners in units."""
        for grown, alpha in ((10, 16), (6, 26), (3, 38)):
            by = grown * self.unit
            self.draw_box(rect.adjusted(-by, -by / 2, by, by * 1.5), QColor(0, 0, 0, alpha), radius + grown)

    def draw_text(self, rect: QRectF, text: str, font: QFont, colour: QColor, flags: int = LEFT) -> None:
        """Draw text in a rectangle, neither wrapped nor elided unless the flags say so.

        Args:
            rect: where the text is aligned.
            text: the text.
            font: its font.
            colour: its colour.
            flags: Qt's alignment and text flags; by default left and vertically centred.
        """
        self.painter.setFont(font)
        self.painter.setPen(colour)
        self.painter.drawText(rect, flags, text)

    def draw_line(self, rect: QRectF, text: str, font: QFont, colour: QColor, flags: int = LEFT) -> None:
        """Draw one line of text in a rectangle, elided at its end where it is too long; line breaks become spaces.

        Args:
            rect: where the text is aligned.
            text: the text.
            font: its font.
            colour: its colour.
            flags: Qt's alignment flags; by default left and vertically centred.
        """
        shown = QFontMetricsF(font).elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, rect.width())
        self.draw_text(rect, shown, font, colour, flags)

    def draw_wrapped(self, rect: QRectF, text: str, font: QFont, colour: QColor, lines: int, flags: int = 0) -> float:
        """Draw wrapped text from the top of a rectangle, elided after some lines.

        Args:
            rect: the rectangle, whose width wraps the text.
            text: the text.
            font: its font.
            colour: its colour.
            lines: after how many lines it is elided.
            flags: Qt's alignment flags; 0 aligns left and at the top.

        Returns:
            The height of the text in pixels.
        """
        metrics = QFontMetricsF(font)
        shown = clip_text(text, metrics, rect.width(), lines)
        flags = flags or int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)
        self.draw_text(rect, shown, font, colour, flags | WRAP)
        return measure_text_height(shown, metrics, rect.width())

    def draw_circle(self, centre: QPointF, radius: float, fill: QColor, line: QColor) -> None:
        """Draw a filled circle with a border.

        Args:
            centre: the centre.
            radius: in pixels.
            fill: colour of the inside.
            line: colour of the border.
        """
        self.painter.setPen(line)
        self.painter.setBrush(fill)
        self.painter.drawEllipse(centre, radius, radius)


def make_font(pixels: float, *, bold: bool = False) -> QFont:
    """Return the program's font at a size in pixels."""
    font = QFont()
    font.setPixelSize(max(1, round(pixels)))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def measure_text_height(text: str, metrics: QFontMetricsF, width: float) -> float:
    """Return the height of a text in pixels when it is wrapped to a width in pixels; 0 for an empty one."""
    return metrics.boundingRect(QRectF(0, 0, width, 1e6), WRAP, text).height() if text else 0.0


def clip_text(text: str, metrics: QFontMetricsF, width: float, lines: int) -> str:
    """Return a text, shortened with an ellipsis where it would take more than some lines.

    Args:
        text: the text.
        metrics: of the font.
        width: where lines are wrapped, in pixels.
        lines: how many lines the text may take.
    """
    most = metrics.lineSpacing() * lines + 1
    if measure_text_height(text, metrics, width) <= most:
        return text
    short, long = 0, len(text)
    while short < long:
        middle = (short + long + 1) // 2
        if measure_text_height(text[:middle].rstrip() + "…", metrics, width) <= most:
            short = middle
        else:
            long = middle - 1
    return text[:short].rstrip() + "…"
