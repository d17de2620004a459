"""Text on the timeline: laid out once, cut to the room there is, drawn many times."""

from typing import Literal

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QStaticText

from ui.style.theme import to_tabular_figures

TextStyle = Literal["title", "small", "figures"]
MAX_CACHED = 6_000
MIN_TEXT_PX = 26
"""In less room what is left of a word says nothing."""
SMALL_TEXT_SCALE = 0.86
"""The small text's size against the widget's own."""


class TextLayout:
    """The fonts of one timeline and the lines laid out in them."""

    def __init__(self, font: QFont) -> None:
        title = QFont(font)
        title.setWeight(QFont.Weight.DemiBold)
        small = QFont(font)
        if font.pointSizeF() > 0:
            small.setPointSizeF(font.pointSizeF() * SMALL_TEXT_SCALE)
        else:
            small.setPixelSize(max(round(font.pixelSize() * SMALL_TEXT_SCALE), 8))
        self.fonts: dict[TextStyle, QFont] = {"title": title, "small": small, "figures": to_tabular_figures(small)}
        self._metrics = {style: QFontMetricsF(each) for style, each in self.fonts.items()}
        self._widths: dict[tuple[str, TextStyle], float] = {}
        self._elided: dict[tuple[str, TextStyle, int], str] = {}
        self._static_texts: dict[tuple[str, TextStyle], QStaticText] = {}

    def line_height(self, style: TextStyle) -> float:
        """How high a line is."""
        return self._metrics[style].height()

    def measure_width(self, text: str, style: TextStyle) -> float:
        """How wide a line is, whole."""
        key = (text, style)
        width = self._widths.get(key)
        if width is None:
            width = self._metrics[style].horizontalAdvance(text)
            _make_room(self._widths)[key] = width
        return width

    def elide(self, text: str, style: TextStyle, max_width: float) -> str:
        """The line, ended by … where it is longer than the room; empty where too little of it would be left."""
        if self.measure_width(text, style) <= max_width:
            return text
        if max_width < MIN_TEXT_PX:
            return ""
        key = (text, style, int(max_width))
        elided = self._elided.get(key)
        if elided is None:
            elided = self._metrics[style].elidedText(text, Qt.TextElideMode.ElideRight, int(max_width))
            _make_room(self._elided)[key] = elided
        return elided

    def draw(
        self, painter: QPainter, x: float, top: float, text: str, style: TextStyle, max_width: float = 1e6
    ) -> float:
        """Draw a line from its left upper corner in the painter's pen; gives how wide it came out."""
        text = self.elide(text, style, max_width)
        if not text:
            return 0
        key = (text, style)
        static_text = self._static_texts.get(key)
        if static_text is None:
            static_text = QStaticText(text)
            static_text.setTextFormat(Qt.TextFormat.PlainText)
            static_text.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            _make_room(self._static_texts)[key] = static_text
        painter.setFont(self.fonts[style])
        painter.drawStaticText(QPointF(x, top), static_text)
        return self.measure_width(text, style)


def _make_room(cache: dict) -> dict:  # type: ignore[type-arg]
    """The same dictionary, emptied once it is too big; what is in view comes back at the next paint."""
    if len(cache) > MAX_CACHED:
        cache.clear()
    return cache


def to_one_line(title: str) -> str:
    """A title as it is drawn: a name may hold line breaks and tabs."""
    return title if title.isprintable() else " ".join(title.split())
