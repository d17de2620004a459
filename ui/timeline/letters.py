"""Text on the timeline: laid out once, cut to the room there is, drawn many times."""

from typing import Literal

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QStaticText

from ui.theme import tabular

Style = Literal["title", "small", "figures"]
KEPT = 6_000
LEAST_ROOM = 26
"""In less room what is left of a word says nothing."""
SMALLER = 0.86
"""The small text's size against the widget's own."""


class Letters:
    """The fonts of one timeline and the lines laid out in them."""

    def __init__(self, font: QFont) -> None:
        title = QFont(font)
        title.setWeight(QFont.Weight.DemiBold)
        small = QFont(font)
        if font.pointSizeF() > 0:
            small.setPointSizeF(font.pointSizeF() * SMALLER)
        else:
            small.setPixelSize(max(round(font.pixelSize() * SMALLER), 8))
        self.fonts: dict[Style, QFont] = {"title": title, "small": small, "figures": tabular(small)}
        self._metrics = {style: QFontMetricsF(each) for style, each in self.fonts.items()}
        self._widths: dict[tuple[str, Style], float] = {}
        self._cut: dict[tuple[str, Style, int], str] = {}
        self._laid: dict[tuple[str, Style], QStaticText] = {}

    def height(self, style: Style) -> float:
        """How high a line is."""
        return self._metrics[style].height()

    def width(self, text: str, style: Style) -> float:
        """How wide a line is, whole."""
        key = (text, style)
        width = self._widths.get(key)
        if width is None:
            width = self._metrics[style].horizontalAdvance(text)
            _room(self._widths)[key] = width
        return width

    def cut(self, text: str, style: Style, room: float) -> str:
        """The line, ended by … where it is longer than the room; empty where too little of it would be left."""
        if self.width(text, style) <= room:
            return text
        if room < LEAST_ROOM:
            return ""
        key = (text, style, int(room))
        cut = self._cut.get(key)
        if cut is None:
            cut = self._metrics[style].elidedText(text, Qt.TextElideMode.ElideRight, int(room))
            _room(self._cut)[key] = cut
        return cut

    def draw(self, painter: QPainter, x: float, top: float, text: str, style: Style, room: float = 1e6) -> float:
        """Draw a line from its left upper corner in the painter's pen; gives how wide it came out."""
        text = self.cut(text, style, room)
        if not text:
            return 0
        key = (text, style)
        laid = self._laid.get(key)
        if laid is None:
            laid = QStaticText(text)
            laid.setTextFormat(Qt.TextFormat.PlainText)
            laid.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            _room(self._laid)[key] = laid
        painter.setFont(self.fonts[style])
        painter.drawStaticText(QPointF(x, top), laid)
        return self.width(text, style)


def _room(kept: dict) -> dict:  # type: ignore[type-arg]
    """The same dictionary, emptied once it is too big; what is in view comes back at the next paint."""
    if len(kept) > KEPT:
        kept.clear()
    return kept


def one_line(title: str) -> str:
    """A title as it is drawn: a name may hold line breaks and tabs."""
    return title if title.isprintable() else " ".join(title.split())
