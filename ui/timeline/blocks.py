"""How one lane's segments are drawn, by how much room there is for each.

Under 3 px segments lie in runs of one colour (`culling`); under 10 px they are plain rectangles, drawn by colour in
one call each; from there on they have round corners, their icon, their title, and what they show: frames, a
waveform, pages, a picture. What a segment is can always be read without colour: by icon, title, or the tooltip.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from editor.schedule.model import (
    AnySegment,
    Audio,
    Cta,
    Image,
    Kind,
    Media,
    Presentation,
    Recording,
    Survey,
    Timed,
    Video,
    kind_of,
)
from ui import theme
from ui.theme import KIND_COLOURS, KIND_ICONS, Look, text_on
from ui.timeline.art import THUMBNAIL_STEP_MS, Art, hatching
from ui.timeline.culling import Visible
from ui.timeline.layout import Band
from ui.timeline.letters import Letters, one_line
from ui.timeline.timescale import Timescale

ROUND_PX = 10
"""Narrower blocks are plain rectangles."""
RADIUS = 5.0
ICON_PX = 16
INSET = 4
"""The air around what a block shows."""
LEAST_STRIP_PX = 22


@dataclass(frozen=True, slots=True)
class Dress:
    """What the blocks of one lane wear at one paint."""

    look: Look
    scale: Timescale
    band: Band
    view_left: float
    """Titles of blocks that begin further left are drawn from here on."""
    view_right: float
    selected: frozenset[str]
    lifted: frozenset[str]
    hovered: str | None
    handles: bool
    media: dict[str, Media]
    subtitle: Callable[[AnySegment], str]
    """The second line."""
    troubled: Callable[[str, int | None], str]
    """What is said of media that is missing or unprepared."""


class Blocks:
    """Draws segments."""

    def __init__(self, art: Art, letters: Letters) -> None:
        self._art = art
        self._letters = letters
        self._shades: dict[tuple[int, int], QColor] = {}

    def shade(self, colour: QColor, alpha: int) -> QColor:
        """A colour made transparent; kept."""
        key = (colour.rgb(), alpha)
        made = self._shades.get(key)
        if made is None:
            made = self._shades[key] = QColor(colour.red(), colour.green(), colour.blue(), alpha)
        return made

    def draw(self, painter: QPainter, visible: Visible, dress: Dress) -> None:
        """Draw one lane: runs, then small blocks, then the others, then outlines."""
        top, height = dress.band.top, dress.band.height
        painter.setPen(Qt.PenStyle.NoPen)
        for kind, runs in visible.runs.items():
            painter.setBrush(KIND_COLOURS[kind])
            painter.drawRects([QRectF(x, top, width, height) for x, width in runs])
        small: dict[Kind, list[QRectF]] = {}
        outlined: list[QRectF] = []
        big: list[tuple[AnySegment, float, float]] = []
        for block in visible.blocks:
            segment, left, right = block
            if right - left >= ROUND_PX:
                big.append(block)
                continue
            # A pixel of the ground between neighbours tells them apart.
            small.setdefault(kind_of(segment), []).append(QRectF(left, top, right - left - 1, height))
            if segment.id in dress.selected:
                outlined.append(QRectF(left, top, right - left - 1, height))
        for kind, rects in small.items():
            painter.setBrush(KIND_COLOURS[kind])
            painter.drawRects(rects)
        outlined.extend(QRectF(x, top, width, height) for x, width in visible.picked)
        if outlined:
            self._outline_small(painter, outlined, dress)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for segment, left, right in big:
            self._block(painter, segment, left, right, dress)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _outline_small(self, painter: QPainter, rects: list[QRectF], dress: Dress) -> None:
        """A bar along the top and the bottom: an outline around a few pixels would leave nothing inside."""
        painter.setBrush(dress.look.text)
        painter.drawRects([QRectF(each.left(), each.top() - 3, max(each.width(), 2), 3) for each in rects])
        painter.drawRects([QRectF(each.left(), each.bottom(), max(each.width(), 2), 3) for each in rects])

    # ------------------------------------------------------------------------------------------ one block

    def _block(self, painter: QPainter, segment: AnySegment, left: float, right: float, dress: Dress) -> None:
        kind = kind_of(segment)
        colour = KIND_COLOURS[kind]
        ink = text_on(colour)
        # Far outside of the view there is nothing to see, and Qt's painters dislike millions of pixels.
        seen_left, seen_right = max(left, dress.view_left - 40), min(right, dress.view_right + 40)
        rect = QRectF(seen_left, dress.band.top, seen_right - seen_left - 1, dress.band.height)
        chosen = segment.id in dress.selected
        if segment.id in dress.lifted:
            self._shadow(painter, rect)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(rect, RADIUS, RADIUS)
        if segment.id == dress.hovered and not chosen:
            painter.setBrush(self.shade(ink, 26))
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        if isinstance(segment, Timed) and segment.hold_ms:
            self._hold(painter, segment, rect, ink, dress)
        if rect.width() >= 30:
            self._inside(painter, segment, rect, ink, dress)
        elif rect.width() >= ICON_PX + 2:
            icon = theme.pixmap(KIND_ICONS[kind], ICON_PX, ink, self._art.ratio)
            painter.drawPixmap(QPointF(rect.center().x() - ICON_PX / 2, rect.top() + 5), icon)
        if segment.group is not None:
            self._group(painter, rect, ink)
        if chosen:
            self._outline(painter, rect, dress.look)
        if dress.handles and (chosen or segment.id == dress.hovered) and rect.width() >= 24:
            self._handles(painter, left, right, rect, ink)

    def _shadow(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for spread, alpha in ((5, 22), (3, 34), (1, 46)):
            painter.setBrush(QColor(0, 0, 0, alpha))
            grown = rect.adjusted(-spread, -spread + 3, spread, spread + 3)
            painter.drawRoundedRect(grown, RADIUS + spread, RADIUS + spread)

    def _outline(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.lane, 1.0))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS - 0.5, RADIUS - 0.5)
        painter.setPen(QPen(look.text, 2.0))
        painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), RADIUS + 1, RADIUS + 1)

    def _handles(self, painter: QPainter, left: float, right: float, rect: QRectF, ink: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.shade(ink, 190))
        height = min(rect.height() * 0.4, 26)
        top = rect.center().y() - height / 2
        for x in (left + 3, right - 1 - 6):
            painter.drawRoundedRect(QRectF(x, top, 3, height), 1.5, 1.5)

    def _group(self, painter: QPainter, rect: QRectF, ink: QColor) -> None:
        """A bar along the foot, and a chain where there is room: what is bound together moves together."""
        painter.setPen(QPen(self.shade(ink, 200), 2, Qt.PenStyle.DotLine))
        y = rect.bottom() - 1.5
        painter.drawLine(QPointF(rect.left() + 5, y), QPointF(rect.right() - 5, y))
        if rect.width() >= 64:
            icon = theme.pixmap("group", 14, ink, self._art.ratio)
            painter.drawPixmap(QPointF(rect.right() - 20, rect.top() + 6), icon)

    def _hold(self, painter: QPainter, segment: Timed, rect: QRectF, ink: QColor, dress: Dress) -> None:
        scale = dress.scale
        begins = scale.x_of(segment.start_ms + segment.play_ms)
        from_x = max(begins, rect.left())
        if from_x >= rect.right():
            return
        painter.save()
        painter.setClipRect(QRectF(from_x, rect.top(), rect.right() - from_x + 1, rect.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrushOrigin(QPointF(begins, rect.top()))
        painter.setBrush(hatching(self.shade(ink, 90), self._art.ratio))
        painter.drawRoundedRect(rect, RADIUS, RADIUS)
        painter.restore()

    # --------------------------------------------------------------------------------------- what it shows

    def _inside(self, painter: QPainter, segment: AnySegment, rect: QRectF, ink: QColor, dress: Dress) -> None:
        ratio = self._art.ratio
        left = max(rect.left(), dress.view_left) + 7
        plays_right = rect.right()
        if isinstance(segment, Timed) and segment.hold_ms:
            plays_right = min(plays_right, dress.scale.x_of(segment.start_ms + segment.play_ms))
        right = rect.right() - 6 - (18 if segment.group is not None and rect.width() >= 64 else 0)
        # In a narrow block the title may run over the hatching; in a wide one it stays off it.
        if plays_right - left > 120:
            right = min(right, plays_right - 4)
        top = rect.top() + 5
        title_height = self._letters.height("title")
        icon = theme.pixmap(KIND_ICONS[kind_of(segment)], ICON_PX, ink, ratio)
        painter.drawPixmap(QPointF(left, top + (title_height - ICON_PX) / 2), icon)
        text_left = left + ICON_PX + 5
        trouble = self._trouble(segment, dress)
        if isinstance(segment, Timed | Presentation) and segment.muted and right - text_left > 60:
            right -= 18
            painter.drawPixmap(QPointF(right + 2, top + 1), theme.pixmap("muted", 14, ink, ratio))
        painter.setPen(ink)
        self._letters.draw(painter, text_left, top, one_line(segment.title), "title", right - text_left)
        top += title_height
        if rect.height() >= title_height + self._letters.height("small") + 10:
            self._second_line(painter, segment, left, top, right, ink, trouble, dress)
            top += self._letters.height("small")
        top += 4
        foot = rect.bottom() - (6 if segment.group is not None else INSET)
        if foot - top >= LEAST_STRIP_PX and not (trouble and trouble[0] == "missing"):
            strip_right = min(plays_right - 2, rect.right() - INSET)
            strip = QRectF(rect.left() + INSET, top, strip_right - rect.left() - INSET, foot - top)
            if strip.width() >= 8:
                self._strip(painter, segment, strip, ink, dress)
                if isinstance(segment, Timed) and (segment.fade_in_ms or segment.fade_out_ms):
                    self._fades(painter, segment, strip, dress)

    def _trouble(self, segment: AnySegment, dress: Dress) -> tuple[str, str] | None:
        """The state and the words, where the media cannot be shown."""
        sha256 = getattr(segment, "media", None)
        if sha256 is None:
            return None
        state = self._art.state(sha256)
        return None if state == "ready" else (state, dress.troubled(state, self._art.percent(sha256)))

    def _second_line(
        self,
        painter: QPainter,
        segment: AnySegment,
        left: float,
        top: float,
        right: float,
        ink: QColor,
        trouble: tuple[str, str] | None,
        dress: Dress,
    ) -> None:
        if trouble is None:
            self._letters.draw(painter, left + 1, top, dress.subtitle(segment), "figures", right - left - 1)
            return
        state, words = trouble
        # A plate of the opposite colour: a mark that is seen on all seven colours alike.
        plate = text_on(ink)
        height = self._letters.height("small")
        words = self._letters.cut(words, "small", right - left - 26)
        width = 18 + (self._letters.width(words, "small") + 6 if words else 0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRoundedRect(QRectF(left - 1, top, width + 2, height + 1), 3, 3)
        icon = theme.pixmap("missing" if state == "missing" else "clock", 13, plate, self._art.ratio)
        painter.drawPixmap(QPointF(left + 2, top + (height - 13) / 2), icon)
        if words:
            painter.setPen(plate)
            self._letters.draw(painter, left + 19, top, words, "small")

    def _strip(self, painter: QPainter, segment: AnySegment, strip: QRectF, ink: QColor, dress: Dress) -> None:
        if isinstance(segment, Video | Recording):
            known = dress.media.get(segment.media)
            heard = known is not None and known.has_audio and strip.height() >= 64
            frames = strip.adjusted(0, 0, 0, -20) if heard else strip
            self._frames(painter, segment, frames, ink, dress)
            if heard:
                self._wave(painter, segment, strip.adjusted(0, strip.height() - 18, 0, 0), ink, dress)
        elif isinstance(segment, Audio):
            self._wave(painter, segment, strip, ink, dress)
        elif isinstance(segment, Image):
            self._picture(painter, segment, strip, ink)
        elif isinstance(segment, Presentation):
            self._pages(painter, segment, strip, ink, dress)
        elif isinstance(segment, Cta):
            self._button(painter, segment, strip, ink)
        elif isinstance(segment, Survey):
            self._questions(painter, segment, strip, ink)

    def _frames(self, painter: QPainter, segment: Video | Recording, strip: QRectF, ink: QColor, dress: Dress) -> None:
        """Frames side by side, on a grid of the media's own time, so that trimming uncovers and does not shift."""
        known = dress.media.get(segment.media)
        height = int(strip.height())
        shape = known.width / known.height if known is not None and known.width and known.height else 16 / 9
        width = max(int(height * min(max(shape, 0.5), 2.4)), 16)
        scale = dress.scale
        origin = scale.x_of(segment.start_ms - segment.in_ms)
        cell_us = width * scale.us_per_px
        # Times asked for lie on powers of two, so zooming asks for few of them.
        step = THUMBNAIL_STEP_MS
        while step * 2000 <= cell_us:
            step *= 2
        empty = self.shade(ink, 34)
        first_x = max(strip.left(), dress.view_left - width)
        last_x = min(strip.right(), dress.view_right)
        cell = int((first_x - origin) // width)
        ratio = self._art.ratio
        while (x := origin + cell * width) < last_x:
            left, right = max(x, strip.left()), min(x + width - 1, strip.right())
            if right - left >= 1:
                at_ms = max(cell * cell_us // 1000, segment.in_ms) // step * step
                picture = self._art.thumbnail(segment.media, at_ms, width - 1, height)
                target = QRectF(left, strip.top(), right - left, height)
                if picture is None:
                    painter.fillRect(target, empty)
                else:
                    source = QRectF((left - x) * ratio, 0, (right - left) * ratio, height * ratio)
                    painter.drawPixmap(target, picture, source)
            cell += 1

    def _wave(self, painter: QPainter, segment: Timed, strip: QRectF, ink: QColor, dress: Dress) -> None:
        scale = dress.scale
        left, right = max(strip.left(), dress.view_left - 8), min(strip.right(), dress.view_right)
        if right - left < 2:
            return
        rect = QRectF(left, strip.top(), right - left, strip.height())
        at_ms = segment.in_ms + max(scale.ms_at(left) - segment.start_ms, 0)
        if not self._art.wave(painter, rect, segment.media, at_ms, scale.us_per_px, self.shade(ink, 205)):
            painter.setPen(QPen(self.shade(ink, 90), 1))
            y = strip.center().y()
            painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))

    def _picture(self, painter: QPainter, segment: Image, strip: QRectF, ink: QColor) -> None:
        height = int(strip.height())
        width = min(int(height * 16 / 9), int(strip.width()))
        self._frame(
            painter, self._art.image(segment.media, width, height), strip.left(), strip.top(), width, height, ink
        )

    def _frame(
        self, painter: QPainter, picture: QPixmap | None, x: float, top: float, width: int, height: int, ink: QColor
    ) -> None:
        if picture is None:
            painter.fillRect(QRectF(x, top, width, height), self.shade(ink, 34))
        else:
            painter.drawPixmap(QPointF(x, top), picture)

    def _pages(self, painter: QPainter, segment: Presentation, strip: QRectF, ink: QColor, dress: Dress) -> None:
        """Each page from where it begins: its picture where there is room, and always a tick."""
        scale = dress.scale
        height = int(strip.height())
        whole = max(int(height * 4 / 3), 16)
        ticks: list[QRectF] = []
        at_ms = segment.start_ms - segment.in_ms
        last_tick = strip.left() - 100.0
        for page in segment.pages:
            x, until = scale.x_of(at_ms), scale.x_of(at_ms + page.length_ms)
            at_ms += page.length_ms
            left, right = max(x, strip.left()), min(until, strip.right())
            if right <= left or right < dress.view_left or left > dress.view_right:
                continue
            if left - last_tick < 4 and left > strip.left():
                continue  # ticks closer than that are a grey smear
            last_tick = left
            if left > strip.left():
                ticks.append(QRectF(left - 1, strip.top() - 1, 1, height + 2))
            width = min(int(right - left) - 4, whole)
            if width >= 18:
                picture = self._art.page(segment.media, page.page, width, height)
                self._frame(painter, picture, left + (2 if left > strip.left() else 0), strip.top(), width, height, ink)
        if ticks:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.shade(ink, 150))
            painter.drawRects(ticks)

    def _button(self, painter: QPainter, segment: Cta, strip: QRectF, ink: QColor) -> None:
        """The button as a small plate with what it says."""
        label = self._letters.cut(one_line(segment.label), "small", strip.width() - 20)
        if not label:
            return
        height = min(strip.height(), self._letters.height("small") + 6)
        top = strip.bottom() - height - (strip.height() - height) / 2
        width = self._letters.width(label, "small") + 16
        painter.setPen(QPen(self.shade(ink, 220), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(strip.left() + 3.5, top, width, height), 4, 4)
        painter.setPen(ink)
        self._letters.draw(painter, strip.left() + 11, top + 3, label, "small")

    def _questions(self, painter: QPainter, segment: Survey, strip: QRectF, ink: QColor) -> None:
        """A dot and a line for each question that there is room for."""
        line = self._letters.height("small")
        y = strip.top()
        painter.setPen(ink)
        for question in segment.questions:
            if y + line > strip.bottom() + 2:
                break
            self._letters.draw(painter, strip.left() + 3, y, f"· {one_line(question.text)}", "small", strip.width() - 8)
            y += line

    def _fades(self, painter: QPainter, segment: Timed, strip: QRectF, dress: Dress) -> None:
        """A wedge where it swells and where it fades, over what it shows and never over its title."""
        x_of = dress.scale.x_of
        starts = segment.start_ms
        silent = starts + segment.play_ms
        for quiet_ms, full_ms in (
            (starts, starts + segment.fade_in_ms),
            (silent, silent - segment.fade_out_ms),
        ):
            if quiet_ms == full_ms:
                continue
            quiet = QPointF(x_of(quiet_ms), strip.bottom())
            corner, full = QPointF(quiet.x(), strip.top()), QPointF(x_of(full_ms), strip.top())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(0, 0, 0, 120))
            painter.drawPolygon([quiet, corner, full])
            painter.setPen(QPen(QColor(255, 255, 255, 200), 1.2))
            painter.drawLine(quiet, full)
