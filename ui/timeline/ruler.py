"""The ruler: ticks and their labels, markers, and the playhead's flag."""

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from editor.schedule.model import HOUR, MINUTE, SECOND, Webinar
from editor.schedule.start import clock_at
from ui.theme import text_on
from ui.timeline.letters import Letters
from ui.timeline.scene import Scene
from ui.timeline.timescale import decimals

Positions = Callable[[int], str]
"""`Words.position`."""


def position_label(at_ms: int, places: int) -> str:
    """H:MM:SS with as many decimals as neighbours need to differ."""
    hours, rest = divmod(at_ms, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    seconds, rest = divmod(rest, SECOND)
    text = f"{hours}:{minutes:02}:{seconds:02}"
    return f"{text}.{rest:03}"[: len(text) + 1 + places] if places else text


@lru_cache(maxsize=2048)
def _clock_label(start: str, zone: str, at_ms: int, places: int) -> str | None:
    when = clock_at(Webinar(id="ruler", start=start, zone=zone), at_ms)
    if when is None:
        return None
    text = f"{when.hour}:{when.minute:02}:{when.second:02}"
    return f"{text}.{when.microsecond // 1000:03}"[: len(text) + 1 + places] if places else text


@lru_cache(maxsize=64)
def _clock_offset(start: str, zone: str) -> int | None:
    """What the event's own clock shows at position 0, in milliseconds since midnight."""
    when = clock_at(Webinar(id="ruler", start=start, zone=zone), 0)
    if when is None:
        return None
    return ((when.hour * 60 + when.minute) * 60 + when.second) * SECOND + when.microsecond // 1000


class Ruler:
    """Reads positions, or the event's own clock, and draws itself."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters

    def label(self, scene: Scene, at_ms: int, places: int = 0) -> str:
        """What the ruler reads at a position; the position itself where there is no start yet."""
        start = scene.webinar.start
        if scene.clock_ruler and start is not None:
            text = _clock_label(start, scene.webinar.zone, at_ms, places)
            if text is not None:
                return text
        return position_label(at_ms, places)

    def draw(self, painter: QPainter, scene: Scene, from_x: float, to_x: float) -> None:
        """Ticks, labels and markers between two pixels."""
        layout, scale, look = scene.layout, scene.scale, scene.look
        band = layout.ruler
        offset = 0
        if scene.clock_ruler and scene.webinar.start is not None:
            offset = _clock_offset(scene.webinar.start, scene.webinar.zone) or 0
        places = decimals(scale.step_ms())
        label_px = self._letters.width(position_label(10 * HOUR + 1, places), "figures") + 14
        line = self._letters.height("figures")
        lines, short = [], []
        painter.setPen(look.quiet)
        top = band.bottom - line - 7
        in_view = layout.header <= scale.x_of(scene.playhead_ms) <= layout.width
        flag = self.flag_rect(scene, scene.playhead_ms) if in_view else QRectF()
        # Beneath the flag half a label would look out.
        hidden = (flag.left() - label_px + 6, flag.right() - 4) if in_view else (0.0, 0.0)
        for tick in scale.ticks(label_px, offset):
            x = round(scale.x_of(tick.at_ms))
            if tick.labelled:
                lines.append(QRectF(x, band.bottom - 14, 1, 14))
                if from_x - label_px <= x <= to_x and not hidden[0] < x < hidden[1]:
                    self._letters.draw(painter, x + 5, top, self.label(scene, tick.at_ms, places), "figures")
            else:
                short.append(QRectF(x, band.bottom - 6, 1, 6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.line if look.dark else look.quiet)
        painter.drawRects(lines)
        painter.setBrush(look.line)
        painter.drawRects([*short, QRectF(layout.header, band.bottom - 1, layout.width - layout.header, 1)])
        self._markers(painter, scene, from_x, to_x)

    def _markers(self, painter: QPainter, scene: Scene, from_x: float, to_x: float) -> None:
        layout, look = scene.layout, scene.look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = layout.ruler.bottom - 8.0
        for marker in scene.shown.markers:
            x = scene.scale.x_of(marker.at_ms)
            if not from_x - 10 <= x <= to_x + 10:
                continue
            painter.setPen(QPen(look.window, 1.5))
            painter.setBrush(look.good)
            painter.drawPolygon(QPolygonF([QPointF(x, y - 7), QPointF(x + 6, y), QPointF(x, y + 7), QPointF(x - 6, y)]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def flag_rect(self, scene: Scene, at_ms: int) -> QRectF:
        """Where the flag of a playhead at a position is."""
        width = self._letters.width(self.label(scene, at_ms), "figures") + 12
        x = scene.scale.x_of(at_ms)
        left = min(max(x - width / 2, scene.layout.header), scene.layout.width - width)
        return QRectF(left, scene.layout.ruler.top, width, self._letters.height("figures") + 4)

    def flag_reach(self, scene: Scene, at_ms: int) -> QRectF:
        """What is drawn differently where the flag is: the labels beside it too."""
        reach = 2 * self._letters.width(position_label(10 * HOUR + 1, 3), "figures")
        flag, band = self.flag_rect(scene, at_ms), scene.layout.ruler
        return QRectF(flag.left() - reach, band.top - 2, flag.width() + 2 * reach, band.height + 2)

    def flag(self, painter: QPainter, scene: Scene) -> None:
        """The playhead's flag with its time, over whatever the ruler reads there."""
        rect = self.flag_rect(scene, scene.playhead_ms)
        look = scene.look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.window, 1.5))
        painter.setBrush(look.playhead)
        painter.drawRoundedRect(rect, 4, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(text_on(look.playhead))
        text = self.label(scene, scene.playhead_ms)
        self._letters.draw(painter, rect.left() + 6, rect.top() + 2, text, "figures")
