"""Text on the timeline: laid out once, shortened to the space there is, drawn many times."""

from typing import Literal

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QStaticText

from ui.style.theme import to_tabular_figures

TextStyle = Literal["title", "small", "figures"]
MAX_CACHED = 6_000
MIN_TEXT_PX = 26
"""In less space too little of a word is left to be worth drawing."""
SMALL_TEXT_SCALE = 0.86
"""Size of the small text relative to the widget's font."""


class TextLayout:
    """The fonts of one timeline, and a cache of the lines laid out in them; all lengths are logical pixels."""

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
        """Return the height of a line in a style, in logical pixels."""
        return self._metrics[style].height()

    def measure_width(self, text: str, style: TextStyle) -> float:
        """Return the width of a whole line in a style, in logical pixels."""
        key = (text, style)
        width = self._widths.get(key)
        if width is None:
            width = self._metrics[style].horizontalAdvance(text)
            _make_room(self._widths)[key] = width
        return width

    def elide(self, text: str, style: TextStyle, max_width: float) -> str:
        """Return a line that fits into a width, its end replaced by an ellipsis where it does not fit whole.

        It is empty where the line does not fit and the width is less than `MIN_TEXT_PX`.
        """
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
        """Draw a line with the painter's pen, shortened to `max_width`.

        Args:
            painter: draws the line; its font is changed.
            x: left end of the line.
            top: upper end of the line.
            text: the line; it holds no line breaks.
            style: the font.
            max_width: space for the line.

        Returns:
            The width that was drawn; 0 if nothing was.
        """
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
    """Return the same cache, emptied if it is full; visible texts come back at the next paint."""
    if len(cache) > MAX_CACHED:
        cache.clear()
    return cache
