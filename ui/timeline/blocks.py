"""How one lane's segments are drawn, by how much room there is for each.

Under 3 px segments lie in runs of one colour (`culling`); under 10 px they are plain rectangles, drawn by colour in
one call each; from there on they have round corners and what `contents` finds room for. What a segment is can always
be read without colour: by its icon, its title, or the tooltip.
"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from editor.schedule.model import AnySegment, Kind, Timed, kind_of
from ui.theme import KIND_COLOURS, text_on
from ui.timeline.art import Art
from ui.timeline.contents import Contents, Dress
from ui.timeline.culling import Visible
from ui.timeline.letters import Letters
from ui.timeline.plates import Plates, shade, towards

ROUND_PX = 10
"""Narrower blocks are plain rectangles."""
RADIUS = 5
LEAST_HANDLED_PX = 24
BLACK = QColor(0, 0, 0)


class Blocks:
    """Draws segments."""

    def __init__(self, art: Art, letters: Letters) -> None:
        self._art = art
        self._plates = Plates()
        self._contents = Contents(art, letters)

    def draw(self, painter: QPainter, visible: Visible, dress: Dress) -> None:
        """Draw one lane: runs, then small blocks, then the others, then outlines."""
        self._plates.ratio = self._art.ratio
        top, height = dress.band.top, dress.band.height
        plain: dict[Kind, list[QRectF]] = {}
        outlined = [QRectF(x, top, width, height) for x, width in visible.picked]
        for kind, runs in visible.runs.items():
            plain[kind] = [QRectF(x, top, width, height) for x, width in runs]
        big: list[tuple[AnySegment, float, float]] = []
        raised: list[tuple[AnySegment, float, float]] = []
        above = dress.selected | dress.lifted if dress.lifted else dress.selected
        for block in visible.blocks:
            segment, left, right = block
            if right - left >= ROUND_PX:
                (raised if segment.id in above else big).append(block)
                continue
            # A pixel of the ground between neighbours tells them apart.
            rect = QRectF(left, top, right - left - 1, height)
            plain.setdefault(kind_of(segment), []).append(rect)
            if segment.id in dress.selected:
                outlined.append(rect)
        painter.setPen(Qt.PenStyle.NoPen)
        for kind, rects in plain.items():
            painter.setBrush(KIND_COLOURS[kind])
            painter.drawRects(rects)
        if outlined:
            self._outline_small(painter, outlined, dress)
        for block in (*big, *raised):  # those that are raised last, so that no neighbour lies over an outline
            self._block(painter, *block, dress)

    def _outline_small(self, painter: QPainter, rects: list[QRectF], dress: Dress) -> None:
        """A bar along the top and the bottom: an outline around a few pixels would leave nothing inside."""
        painter.setBrush(dress.look.text)
        painter.drawRects([QRectF(each.left(), each.top() - 3, max(each.width(), 2), 3) for each in rects])
        painter.drawRects([QRectF(each.left(), each.bottom(), max(each.width(), 2), 3) for each in rects])

    # ------------------------------------------------------------------------------------------ one block

    def _block(self, painter: QPainter, segment: AnySegment, left: float, right: float, dress: Dress) -> None:
        colour = KIND_COLOURS[kind_of(segment)]
        ink = text_on(colour)
        plates = self._plates
        # Far outside of the view there is nothing to see, and Qt's painters dislike millions of pixels.
        seen_left = plates.snapped(max(left, dress.view_left - 40))
        seen_right = plates.snapped(min(right, dress.view_right + 40) - 1)
        rect = QRectF(seen_left, dress.band.top, seen_right - seen_left, dress.band.height)
        chosen, hovered = segment.id in dress.selected, segment.id == dress.hovered
        if segment.id in dress.lifted:
            for spread, alpha in ((5, 22), (3, 34), (1, 46)):
                shadow = rect.adjusted(-spread, -spread + 3, spread, spread + 3)
                plates.draw(painter, shadow, shade(BLACK, alpha), RADIUS + spread)
        plate = rect
        if chosen:
            plates.draw(painter, rect.adjusted(-2, -2, 2, 2), dress.look.text, RADIUS + 2)
            plates.draw(painter, rect, dress.look.lane, RADIUS)
            plate = rect.adjusted(1, 1, -1, -1)  # what it shows stays where it is
        plates.draw(painter, plate, towards(colour, ink) if hovered and not chosen else colour, RADIUS)
        self._hatch(painter, segment, plate, ink, dress)
        self._contents.draw(painter, segment, rect, ink, dress)
        if dress.handles and (chosen or hovered) and rect.width() >= LEAST_HANDLED_PX:
            self._handles(painter, left, right, rect, ink)

    def _hatch(self, painter: QPainter, segment: AnySegment, rect: QRectF, ink: QColor, dress: Dress) -> None:
        """Stripes over what is held, and over all of it where there is no file to show."""
        if isinstance(segment, Timed) and segment.hold_ms:
            begins = dress.scale.x_of(segment.start_ms + segment.play_ms)
            if begins < rect.right():
                self._plates.hatch(painter, rect, max(begins, rect.left()), shade(ink, 90), RADIUS)
        media = getattr(segment, "media", None)
        if media is not None and self._art.state(media) == "missing":
            self._plates.hatch(painter, rect, rect.left(), shade(BLACK, 46), RADIUS)

    def _handles(self, painter: QPainter, left: float, right: float, rect: QRectF, ink: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade(ink, 190))
        height = min(rect.height() * 0.4, 26)
        top = rect.center().y() - height / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for x in (left + 3, right - 1 - 6):
            painter.drawRoundedRect(QRectF(x, top, 3, height), 1.5, 1.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
