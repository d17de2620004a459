"""What lies above the blocks: ghosts, the snap line, the rubber band, the playhead's line, the bubble, focus rings."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from editor.schedule.model import LANES, Lane
from ui import theme
from ui.theme import KIND_COLOURS, KIND_ICONS, text_on
from ui.timeline.art import hatching
from ui.timeline.gestures import Bubble, Ghost
from ui.timeline.layout import Band
from ui.timeline.letters import Letters, one_line
from ui.timeline.plates import shade
from ui.timeline.ruler import position_label
from ui.timeline.scene import Scene

UNKNOWN_PX = 96
"""How wide the ghost of a file is drawn whose length nobody knows yet."""


class Overlays:
    """Draws what a hand sees of its gesture."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters

    def ghosts(self, painter: QPainter, scene: Scene, ratio: float) -> None:
        """Outlines: red and crossed out where a place is taken, dashed where something would come to lie."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for ghost in scene.preview.ghosts:
            self._ghost(painter, scene, ghost, ratio)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _ghost(self, painter: QPainter, scene: Scene, ghost: Ghost, ratio: float) -> None:
        band = scene.layout.block(ghost.lane)
        left = scene.scale.x_of(ghost.start_ms)
        right = scene.scale.x_of(ghost.end_ms) if ghost.known_length else left + UNKNOWN_PX
        view_left, view_right = scene.layout.header - 20, scene.layout.width + 20
        seen_left, seen_right = max(left, view_left), min(right, view_right)
        if seen_right <= seen_left:
            return
        rect = QRectF(seen_left, band.top, max(seen_right - seen_left - 1, 2), band.height)
        if ghost.taken:
            ink = scene.look.error
            painter.setBrush(shade(ink, 64))
            painter.setPen(QPen(ink, 2))
            painter.drawRoundedRect(rect, 5, 5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(hatching(shade(ink, 70), ratio))
            painter.drawRoundedRect(rect, 5, 5)
            if not ghost.known_length:
                self._name(painter, scene, ghost, rect, ratio)
            return
        colour = KIND_COLOURS[ghost.kind] if ghost.kind is not None else scene.look.accent
        painter.setBrush(shade(colour, 120))
        painter.setPen(QPen(scene.look.text, 1.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(rect, 5, 5)
        self._name(painter, scene, ghost, rect, ratio)

    def _name(self, painter: QPainter, scene: Scene, ghost: Ghost, rect: QRectF, ratio: float) -> None:
        if rect.width() < 26:
            return
        ink = scene.look.text
        icon = theme.pixmap(KIND_ICONS[ghost.kind] if ghost.kind is not None else "file", 16, ink, ratio)
        painter.drawPixmap(QPointF(rect.left() + 6, rect.top() + 6), icon)
        painter.setPen(ink)
        text = one_line(ghost.title)
        self._letters.draw(painter, rect.left() + 26, rect.top() + 5, text, "title", rect.width() - 32)

    def snap_line(self, painter: QPainter, scene: Scene) -> None:
        """Where the edge was drawn to."""
        at_ms = scene.preview.snap_ms
        if at_ms is None:
            return
        x = round(scene.scale.x_of(at_ms))
        top, bottom = scene.layout.ruler.bottom - 8, scene.layout.interactions.bottom
        painter.setPen(QPen(scene.look.accent, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x + 0.5, top), QPointF(x + 0.5, bottom))

    def band(self, painter: QPainter, scene: Scene) -> None:
        """The rubber band."""
        if scene.preview.band is None:
            return
        left, top, right, bottom = scene.preview.band
        left = max(left, scene.layout.header)
        painter.setBrush(shade(scene.look.accent, 40))
        painter.setPen(QPen(scene.look.accent, 1))
        painter.drawRect(QRectF(left, top, right - left, bottom - top))

    def playhead(self, painter: QPainter, scene: Scene) -> None:
        """The brightest line on the screen, on a dark or light edge of its own so that it is so over any block."""
        x = scene.scale.x_of(scene.playhead_ms)
        if x < scene.layout.header:
            return
        top, bottom = scene.layout.ruler.top + 8, scene.layout.interactions.bottom
        edge = QColor(0, 0, 0, 130) if scene.look.dark else QColor(255, 255, 255, 170)
        painter.fillRect(QRectF(x - 1.5, top, 4, bottom - top), edge)
        painter.fillRect(QRectF(x - 0.5, top, 2, bottom - top), scene.look.playhead)

    def bubble_rect(self, bubble: Bubble, scene: Scene, words: tuple[str, str, str]) -> QRectF:
        """Where the bubble of figures is: above the pointer, inside the widget."""
        line = self._letters.height("figures")
        rows = 2 if bubble.end_ms is not None else 1
        width = max(self._row_width(row) for row in self._rows(bubble, words)) + 20
        height = rows * line + 14
        layout = scene.layout
        left = min(max(bubble.x - width / 2, layout.header + 2), max(layout.width - width - 4, layout.header + 2))
        top = max(bubble.y - height - 22, 2)
        if top + height > bubble.y - 6:  # no room above: below, so that the pointer hides nothing
            top = min(bubble.y + 26, layout.height - height - 2)
        return QRectF(left, top, width, height)

    def bubble(self, painter: QPainter, scene: Scene, words: tuple[str, str, str]) -> None:
        """Start, end, length and difference as H:MM:SS.mmm; red where the place is taken or the edge stopped."""
        bubble = scene.preview.bubble
        if bubble is None:
            return
        look = scene.look
        rect = self.bubble_rect(bubble, scene, words)
        wrong = scene.preview.refusal is not None or scene.preview.stopped
        wrong = wrong or any(ghost.taken for ghost in scene.preview.ghosts)
        ground = QColor("#8C1D18") if wrong else (QColor("#2B313C") if look.dark else QColor("#20242C"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(255, 255, 255, 60), 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        line = self._letters.height("figures")
        y = rect.top() + 7
        for row in self._rows(bubble, words):
            x = rect.left() + 10
            for label, figures in row:
                painter.setPen(QColor("#B9C1CE") if not wrong else QColor("#FFD3CF"))
                x += self._letters.draw(painter, x, y, label, "small") + (5 if label else 0)
                painter.setPen(text_on(ground))
                x += self._letters.draw(painter, x, y, figures, "figures") + 12
            y += line

    def _rows(self, bubble: Bubble, words: tuple[str, str, str]) -> list[list[tuple[str, str]]]:
        start, end, length = words
        difference: list[tuple[str, str]] = []
        if bubble.difference_ms is not None:
            sign = "−" if bubble.difference_ms < 0 else "+"
            difference = [("Δ", sign + position_label(abs(bubble.difference_ms), 3))]
        if bubble.end_ms is None:
            return [[("", position_label(bubble.start_ms, 3)), *difference]]
        return [
            [(start, position_label(bubble.start_ms, 3)), (end, position_label(bubble.end_ms, 3))],
            [(length, position_label(bubble.end_ms - bubble.start_ms, 3)), *difference],
        ]

    def _row_width(self, row: list[tuple[str, str]]) -> float:
        return (
            sum(
                self._letters.width(label, "small") + (5 if label else 0) + self._letters.width(figures, "figures") + 12
                for label, figures in row
            )
            - 12
        )

    def focus(self, painter: QPainter, scene: Scene) -> None:
        """The ring around where the keyboard is; filled out where it holds on."""
        if scene.focus is None:
            return
        layout = scene.layout
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        segment = None if scene.focused is None or scene.focus == "ruler" else self._focused(scene)
        if segment is not None:
            left, right, band = segment
            rect = QRectF(left, band.top, right - left - 1, band.height)
            painter.setPen(QPen(scene.look.window, 2))
            painter.drawRoundedRect(rect.adjusted(-3, -3, 3, 3), 7, 7)
            painter.setPen(QPen(scene.look.accent, 3 if scene.taken else 2))
            painter.drawRoundedRect(rect.adjusted(-4.5, -4.5, 4.5, 4.5), 8, 8)
            edge = scene.preview.edge
            if scene.taken and edge is not None:
                x = left if edge == "start" else right - 1
                painter.fillRect(QRectF(x - 2.5, band.top - 5, 5, band.height + 10), scene.look.accent)
        else:
            strip = layout.ruler if scene.focus == "ruler" else layout.lane(scene.focus)
            rect = QRectF(layout.header + 1.5, strip.top + 1, layout.width - layout.header - 3, strip.height - 2)
            painter.setPen(QPen(scene.look.accent, 2))
            painter.drawRoundedRect(rect, 4, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _focused(self, scene: Scene) -> tuple[float, float, Band] | None:
        lane: Lane = "interactions" if scene.focus == "interactions" else "programme"
        for segment in scene.shown.lane(lane):
            if segment.id == scene.focused:
                left = max(scene.scale.x_of(segment.start_ms), scene.layout.header - 20)
                right = min(scene.scale.x_of(segment.end_ms), scene.layout.width + 20)
                return (left, right, scene.layout.block(lane)) if right > left else None
        return None

    def hints(self, painter: QPainter, scene: Scene) -> None:
        """What an empty lane says."""
        for lane in LANES:
            if scene.shown.lane(lane) or scene.preview.ghosts:
                continue
            band = scene.layout.block(lane)
            left = scene.layout.time_left
            rect = QRectF(left, band.top, scene.layout.width - left - 12, band.height)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(scene.look.line, 1.5, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(rect, 6, 6)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setPen(scene.look.quiet)
            text = scene.words.hints[lane]
            top = rect.center().y() - self._letters.height("small") / 2
            room = rect.width() - 24
            width = min(self._letters.width(text, "small"), room)
            self._letters.draw(painter, rect.center().x() - width / 2, top, text, "small", room)
