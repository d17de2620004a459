"""What a block shows inside: its icon, title and second line, and below them frames, a waveform, pages, a picture.

Which of these depends on the room. Titles stay in view while a long block scrolls; frames and bars lie on a grid of the
media's own time, so that trimming uncovers them and does not shift them.
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
    Media,
    Presentation,
    Recording,
    Survey,
    Timed,
    Video,
    kind_of,
)
from ui import theme
from ui.theme import KIND_ICONS, Look, text_on
from ui.timeline.art import THUMBNAIL_STEP_MS, Art
from ui.timeline.layout import Band
from ui.timeline.letters import Letters, one_line
from ui.timeline.plates import shade
from ui.timeline.timescale import Timescale

ICON_PX = 16
INSET = 4
"""The air around what a block shows."""
LEAST_INSIDE_PX = 30
"""Narrower blocks show their icon at most."""
LEAST_STRIP_PX = 22
GROUP_MARK_PX = 64
TICK_ROW_PX = 8
LEAST_TICK_GAP_PX = 4
MEANINGFUL_PX = 14


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
    subtitle: Callable[[AnySegment], tuple[str, str]]
    """The second line, whole and short."""
    troubled: Callable[[str, int | None], str]
    """What is said of media that is missing or unprepared."""


class Contents:
    """Draws what is inside of blocks."""

    def __init__(self, art: Art, letters: Letters) -> None:
        self._art = art
        self._letters = letters

    def draw(self, painter: QPainter, segment: AnySegment, rect: QRectF, ink: QColor, dress: Dress) -> None:
        """Draw what there is room for, in a colour that reads well on the block's."""
        if rect.width() >= LEAST_INSIDE_PX:
            self._inside(painter, segment, rect, ink, dress)
        elif rect.width() >= ICON_PX + 2:
            self._icon(painter, segment, rect.center().x() - ICON_PX / 2, rect.top() + 5, ink)
        if segment.group is not None:
            self._group(painter, rect, ink)

    def _icon(self, painter: QPainter, segment: AnySegment, x: float, y: float, ink: QColor) -> None:
        painter.drawPixmap(QPointF(x, y), theme.pixmap(KIND_ICONS[kind_of(segment)], ICON_PX, ink, self._art.ratio))

    def _group(self, painter: QPainter, rect: QRectF, ink: QColor) -> None:
        """Dots along the foot, and a mark where there is room: what is bound together moves together."""
        y = rect.bottom() - 4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade(ink, 200))
        left, right = rect.left() + 6, min(rect.right() - 6, rect.left() + 4000)
        painter.drawRects([QRectF(left + 6 * dot, y, 3, 2) for dot in range(int((right - left) / 6) + 1)])
        if rect.width() >= GROUP_MARK_PX:
            icon = theme.pixmap("group", 14, ink, self._art.ratio)
            painter.drawPixmap(QPointF(rect.right() - 20, rect.top() + 6), icon)

    def _inside(self, painter: QPainter, segment: AnySegment, rect: QRectF, ink: QColor, dress: Dress) -> None:
        left = max(rect.left(), dress.view_left) + 7
        plays_right = rect.right()
        if isinstance(segment, Timed) and segment.hold_ms:
            plays_right = min(plays_right, dress.scale.x_of(segment.start_ms + segment.play_ms))
        right = rect.right() - 6 - (18 if segment.group is not None and rect.width() >= GROUP_MARK_PX else 0)
        # In a narrow block the title may run over the hatching; in a wide one it stays off it.
        if plays_right - left > 120:
            right = min(right, plays_right - 4)
        top = rect.top() + 5
        top += self._first_line(painter, segment, left, top, right, ink)
        trouble = self._trouble(segment, dress)
        line = self._letters.height("small")
        if rect.bottom() - top >= line + 5:
            self._second_line(painter, segment, left, top, right, ink, trouble, dress)
            top += line
        top += 4
        foot = rect.bottom() - (6 if segment.group is not None else INSET)
        if foot - top < LEAST_STRIP_PX or (trouble is not None and trouble[0] == "missing"):
            return
        strip_left = max(rect.left() + INSET, dress.view_left)
        strip = QRectF(strip_left, top, min(plays_right - 2, rect.right() - INSET) - strip_left, foot - top)
        if strip.width() >= 8:
            self._strip(painter, segment, strip, ink, dress)
            if isinstance(segment, Timed) and (segment.fade_in_ms or segment.fade_out_ms):
                self._fades(painter, segment, strip, dress)

    def _first_line(
        self, painter: QPainter, segment: AnySegment, left: float, top: float, right: float, ink: QColor
    ) -> float:
        """Icon and title; gives how high the line is."""
        height = self._letters.height("title")
        self._icon(painter, segment, left, top + (height - ICON_PX) / 2, ink)
        left += ICON_PX + 5
        if isinstance(segment, Timed | Presentation) and segment.muted and right - left > 60:
            right -= 18
            painter.drawPixmap(QPointF(right + 2, top + 1), theme.pixmap("muted", 14, ink, self._art.ratio))
        painter.setPen(ink)
        self._letters.draw(painter, left, top, one_line(segment.title), "title", right - left)
        return height

    def _trouble(self, segment: AnySegment, dress: Dress) -> tuple[str, str] | None:
        """The state and the words, where the media cannot be shown."""
        sha256 = getattr(segment, "media", None)
        if sha256 is None:
            return None
        state = self._art.state(sha256)
        return None if state in {"ready", "hosted"} else (state, dress.troubled(state, self._art.percent(sha256)))

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
            room = right - left - 1
            fitting = (text for text in dress.subtitle(segment) if self._letters.width(text, "figures") <= room)
            text = next(fitting, "")
            if text:
                self._letters.draw(painter, left + 1, top, text, "figures")
            return
        state, words = trouble
        # A plate of the opposite colour: a mark that is seen on all seven colours alike.
        plate = text_on(ink)
        height = self._letters.height("small")
        if self._letters.width(words, "small") > right - left - 26:
            words = ""
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
            self._picture(painter, segment, strip, ink, dress)
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
        empty = shade(ink, 34)
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
        bars = self._art.wave(rect, segment.media, at_ms, scale.us_per_px)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade(ink, 205))
        painter.drawRects(bars if bars is not None else [QRectF(rect.left(), strip.center().y(), rect.width(), 1)])

    def _picture(self, painter: QPainter, segment: Image, strip: QRectF, ink: QColor, dress: Dress) -> None:
        """The picture, whole."""
        known = dress.media.get(segment.media)
        shape = known.width / known.height if known is not None and known.width and known.height else 16 / 9
        height = min(int(strip.height()), int(strip.width() / shape))
        width = max(int(height * shape), 1)
        top = strip.top() + (int(strip.height()) - height) // 2
        self._frame(painter, self._art.image(segment.media, width, height), strip.left(), top, width, height, ink)

    def _frame(
        self, painter: QPainter, picture: QPixmap | None, x: float, top: float, width: int, height: int, ink: QColor
    ) -> None:
        if picture is None:
            painter.fillRect(QRectF(x, top, width, height), shade(ink, 34))
        else:
            painter.drawPixmap(QPointF(x, top), picture)

    def _pages(self, painter: QPainter, segment: Presentation, strip: QRectF, ink: QColor, dress: Dress) -> None:
        """Pages from where they begin, as many as fit beside each other, over a row with a tick for each page."""
        scale = dress.scale
        row = strip.bottom() - TICK_ROW_PX
        height = int(row - strip.top()) - 2
        whole = max(int(height * 4 / 3), 16)
        ticks: list[QRectF] = []
        at_ms = segment.start_ms - segment.in_ms
        last_tick = taken = -1e9
        for page in segment.pages:
            x, until = scale.x_of(at_ms), scale.x_of(at_ms + page.length_ms)
            at_ms += page.length_ms
            if until <= strip.left():
                continue
            if x >= strip.right():
                break
            left = max(x, strip.left())
            if left - last_tick >= LEAST_TICK_GAP_PX:  # closer than that they are a grey smear
                last_tick = left
                ticks.append(QRectF(left, row, 1, TICK_ROW_PX))
            if left < taken:
                continue
            width = min(whole, int(strip.right() - left))
            shown = int(min(until, strip.right()) - left) - 2
            if whole * 3 // 5 <= shown < width:
                width = shown  # cut a little rather than leave out every other page
            taken = left + width + 2
            if width >= MEANINGFUL_PX and taken >= dress.view_left and left <= dress.view_right:
                picture = self._art.page(segment.media, page.page, whole, height)
                if picture is None or width == whole:
                    self._frame(painter, picture, left, strip.top(), width, height, ink)
                else:
                    ratio = self._art.ratio
                    source = QRectF(0, 0, width * ratio, height * ratio)
                    painter.drawPixmap(QRectF(left, strip.top(), width, height), picture, source)
        ticks.append(QRectF(strip.left(), strip.bottom() - 1, strip.width(), 1))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade(ink, 170))
        painter.drawRects(ticks)

    def _button(self, painter: QPainter, segment: Cta, strip: QRectF, ink: QColor) -> None:
        """The button as a small plate with what it says."""
        label = self._letters.cut(one_line(segment.label), "small", strip.width() - 20)
        if not label:
            return
        height = min(strip.height(), self._letters.height("small") + 6)
        top = strip.bottom() - height - (strip.height() - height) / 2
        width = self._letters.width(label, "small") + 16
        painter.setPen(QPen(shade(ink, 220), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRoundedRect(QRectF(strip.left() + 3.5, top, width, height), 4, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
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
        starts, silent = segment.start_ms, segment.start_ms + segment.play_ms
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for quiet_ms, full_ms in ((starts, starts + segment.fade_in_ms), (silent, silent - segment.fade_out_ms)):
            quiet_x = min(max(dress.scale.x_of(quiet_ms), strip.left()), strip.right())
            full_x = min(max(dress.scale.x_of(full_ms), strip.left()), strip.right())
            if quiet_x == full_x:
                continue
            quiet, full = QPointF(quiet_x, strip.bottom()), QPointF(full_x, strip.top())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(0, 0, 0, 120))
            painter.drawPolygon([quiet, QPointF(quiet_x, strip.top()), full])
            painter.setPen(QPen(QColor(255, 255, 255, 200), 1.2))
            painter.drawLine(quiet, full)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
