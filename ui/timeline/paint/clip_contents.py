"""The contents of a clip: icon, title and subtitle, and below them frames, a waveform, pages or a picture.

A clip shows what it has room for. Titles stay in view while a long clip scrolls. Frames and bars lie on a grid fixed to
the time of the file, so that trimming uncovers them without shifting them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from editor.schedule.kinds import SoundSegment, VideoSegment, kind_of
from editor.schedule.model import AnySegment, Audio, Cta, Image, Media, Offer, Presentation, Survey, Timed
from ui.style import theme
from ui.style.theme import KIND_ICONS, Look, text_on
from ui.timeline.geometry.layout import Band
from ui.timeline.geometry.timescale import Timescale
from ui.timeline.labels import to_one_line
from ui.timeline.paint.brushes import with_alpha
from ui.timeline.paint.clip_images import THUMBNAIL_STEP_MS, ClipImages
from ui.timeline.paint.text_layout import TextLayout

ICON_PX = 16
INSET = 4
"""Space between the border of a clip and its contents."""
MIN_CONTENT_PX = 30
"""Narrower clips show their icon at most."""
MIN_STRIP_PX = 22
MIN_GROUP_MARK_PX = 64
TICK_ROW_PX = 8
MIN_TICK_GAP_PX = 4
MIN_PAGE_PX = 14


@dataclass(frozen=True, slots=True)
class LanePaintContext:
    """The values that all clips of one lane share during one paint: view, selection, media, and texts; immutable.

    Lengths are logical pixels.
    """

    look: Look
    scale: Timescale
    band: Band
    view_left: float
    """Titles of clips that begin further left are drawn from this pixel on."""
    view_right: float
    selected: frozenset[str]
    dragged: frozenset[str]
    hovered_id: str | None
    shows_handles: bool
    media: dict[str, Media]
    make_subtitles: Callable[[AnySegment], tuple[str, str]]
    """Return the second line of a clip in a long and a short form."""
    describe_media_state: Callable[[str, int | None], str]
    """Return a text for a media state and a progress in per cent."""


class ClipContentPainter:
    """The painter of what is inside clips, as far as there is room: icon, title, subtitle, and pictures or waveform."""

    def __init__(self, clip_images: ClipImages, text_layout: TextLayout) -> None:
        self._clip_images = clip_images
        self._text_layout = text_layout

    def draw(
        self, painter: QPainter, segment: AnySegment, rect: QRectF, ink: QColor, context: LanePaintContext
    ) -> None:
        """Draw the contents of a clip whose body is painted already.

        Args:
            painter: where they are drawn.
            segment: the segment of the clip.
            rect: the visible part of the clip, in logical pixels.
            ink: a colour with good contrast on the clip's colour.
            context: what the lane's clips have in common.
        """
        if rect.width() >= MIN_CONTENT_PX:
            self._draw_inside(painter, segment, rect, ink, context)
        elif rect.width() >= ICON_PX + 2:
            self._draw_icon(painter, segment, rect.center().x() - ICON_PX / 2, rect.top() + 5, ink)
        if segment.group is not None:
            self._draw_group_mark(painter, rect, ink)

    def _draw_icon(self, painter: QPainter, segment: AnySegment, x: float, y: float, ink: QColor) -> None:
        painter.drawPixmap(
            QPointF(x, y), theme.pixmap(KIND_ICONS[kind_of(segment)], ICON_PX, ink, self._clip_images.ratio)
        )

    def _draw_group_mark(self, painter: QPainter, rect: QRectF, ink: QColor) -> None:
        """Mark a grouped clip: dots along its bottom, and an icon if there is room."""
        y = rect.bottom() - 4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(with_alpha(ink, 200))
        left, right = rect.left() + 6, min(rect.right() - 6, rect.left() + 4000)
        painter.drawRects([QRectF(left + 6 * dot, y, 3, 2) for dot in range(int((right - left) / 6) + 1)])
        if rect.width() >= MIN_GROUP_MARK_PX:
            icon = theme.pixmap("group", 14, ink, self._clip_images.ratio)
            painter.drawPixmap(QPointF(rect.right() - 20, rect.top() + 6), icon)

    def _draw_inside(
        self, painter: QPainter, segment: AnySegment, rect: QRectF, ink: QColor, context: LanePaintContext
    ) -> None:
        left = max(rect.left(), context.view_left) + 7
        plays_right = rect.right()
        if isinstance(segment, Timed) and segment.hold_ms:
            plays_right = min(plays_right, context.scale.x_of(segment.start_ms + segment.play_ms))
        right = rect.right() - 6 - (18 if segment.group is not None and rect.width() >= MIN_GROUP_MARK_PX else 0)
        # In a narrow clip the title may run over the hatching of the freeze frame; in a wide one it ends before.
        if plays_right - left > 120:
            right = min(right, plays_right - 4)
        top = rect.top() + 5
        top += self._draw_title_line(painter, segment, left, top, right, ink)
        media_problem = self._find_media_problem(segment, context)
        line_height = self._text_layout.line_height("small")
        if rect.bottom() - top >= line_height + 5:
            self._draw_subtitle_line(painter, segment, left, top, right, ink, media_problem, context)
            top += line_height
        top += 4
        bottom = rect.bottom() - (6 if segment.group is not None else INSET)
        if bottom - top < MIN_STRIP_PX or (media_problem is not None and media_problem[0] == "missing"):
            return
        strip_left = max(rect.left() + INSET, context.view_left)
        strip = QRectF(strip_left, top, min(plays_right - 2, rect.right() - INSET) - strip_left, bottom - top)
        if strip.width() >= 8:
            self._draw_strip(painter, segment, strip, ink, context)
            if isinstance(segment, Timed) and (segment.fade_in_ms or segment.fade_out_ms):
                self._draw_fades(painter, segment, strip, context)

    def _draw_title_line(
        self, painter: QPainter, segment: AnySegment, left: float, top: float, right: float, ink: QColor
    ) -> float:
        """Draw icon and title, and return the height of the line."""
        height = self._text_layout.line_height("title")
        self._draw_icon(painter, segment, left, top + (height - ICON_PX) / 2, ink)
        left += ICON_PX + 5
        if isinstance(segment, SoundSegment) and segment.muted and right - left > 60:
            right -= 18
            painter.drawPixmap(QPointF(right + 2, top + 1), theme.pixmap("muted", 14, ink, self._clip_images.ratio))
        painter.setPen(ink)
        self._text_layout.draw(painter, left, top, to_one_line(segment.title), "title", right - left)
        return height

    def _find_media_problem(self, segment: AnySegment, context: LanePaintContext) -> tuple[str, str] | None:
        """Return the state of the segment's file and a text for it; None if the file can be shown."""
        if isinstance(segment, Offer):
            return None
        state = self._clip_images.get_state(segment.media)
        if state in {"ready", "hosted"}:
            return None
        return state, context.describe_media_state(state, self._clip_images.get_progress(segment.media))

    def _draw_subtitle_line(
        self,
        painter: QPainter,
        segment: AnySegment,
        left: float,
        top: float,
        right: float,
        ink: QColor,
        media_problem: tuple[str, str] | None,
        context: LanePaintContext,
    ) -> None:
        if media_problem is None:
            max_width = right - left - 1
            fitting = (
                text
                for text in context.make_subtitles(segment)
                if self._text_layout.measure_width(text, "figures") <= max_width
            )
            text = next(fitting, "")
            if text:
                self._text_layout.draw(painter, left + 1, top, text, "figures")
            return
        state, message = media_problem
        # Inverted colours: the label is equally visible on the colours of all kinds.
        plate_colour = text_on(ink)
        height = self._text_layout.line_height("small")
        if self._text_layout.measure_width(message, "small") > right - left - 26:
            message = ""
        width = 18 + (self._text_layout.measure_width(message, "small") + 6 if message else 0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRoundedRect(QRectF(left - 1, top, width + 2, height + 1), 3, 3)
        icon = theme.pixmap("missing" if state == "missing" else "clock", 13, plate_colour, self._clip_images.ratio)
        painter.drawPixmap(QPointF(left + 2, top + (height - 13) / 2), icon)
        if message:
            painter.setPen(plate_colour)
            self._text_layout.draw(painter, left + 19, top, message, "small")

    def _draw_strip(
        self, painter: QPainter, segment: AnySegment, strip: QRectF, ink: QColor, context: LanePaintContext
    ) -> None:
        if isinstance(segment, VideoSegment):
            media = context.media.get(segment.media)
            shows_waveform = media is not None and media.has_audio and strip.height() >= 64
            frames = strip.adjusted(0, 0, 0, -20) if shows_waveform else strip
            self._draw_frames(painter, segment, frames, ink, context)
            if shows_waveform:
                self._draw_waveform(painter, segment, strip.adjusted(0, strip.height() - 18, 0, 0), ink, context)
        elif isinstance(segment, Audio):
            self._draw_waveform(painter, segment, strip, ink, context)
        elif isinstance(segment, Image):
            self._draw_image(painter, segment, strip, ink, context)
        elif isinstance(segment, Presentation):
            self._draw_pages(painter, segment, strip, ink, context)
        elif isinstance(segment, Cta):
            self._draw_cta_button(painter, segment, strip, ink)
        elif isinstance(segment, Survey):
            self._draw_questions(painter, segment, strip, ink)
        else:
            assert_never(segment)

    def _draw_frames(
        self, painter: QPainter, segment: VideoSegment, strip: QRectF, ink: QColor, context: LanePaintContext
    ) -> None:
        """Draw frames of a video side by side, on a grid fixed to the time of the file."""
        media = context.media.get(segment.media)
        height = int(strip.height())
        aspect_ratio = media.width / media.height if media is not None and media.width and media.height else 16 / 9
        width = max(int(height * min(max(aspect_ratio, 0.5), 2.4)), 16)
        scale = context.scale
        origin = scale.x_of(segment.start_ms - segment.in_ms)
        cell_us = width * scale.us_per_px
        # Requested times lie on powers of two of the step, so zooming requests few new ones.
        step = THUMBNAIL_STEP_MS
        while step * 2000 <= cell_us:
            step *= 2
        empty = with_alpha(ink, 34)
        first_x = max(strip.left(), context.view_left - width)
        last_x = min(strip.right(), context.view_right)
        cell = int((first_x - origin) // width)
        ratio = self._clip_images.ratio
        while (x := origin + cell * width) < last_x:
            left, right = max(x, strip.left()), min(x + width - 1, strip.right())
            if right - left >= 1:
                at_ms = max(cell * cell_us // 1000, segment.in_ms) // step * step
                thumbnail = self._clip_images.get_thumbnail(segment.media, at_ms, width - 1, height)
                target = QRectF(left, strip.top(), right - left, height)
                if thumbnail is None:
                    painter.fillRect(target, empty)
                else:
                    source = QRectF((left - x) * ratio, 0, (right - left) * ratio, height * ratio)
                    painter.drawPixmap(target, thumbnail, source)
            cell += 1

    def _draw_waveform(
        self, painter: QPainter, segment: Timed, strip: QRectF, ink: QColor, context: LanePaintContext
    ) -> None:
        scale = context.scale
        left, right = max(strip.left(), context.view_left - 8), min(strip.right(), context.view_right)
        if right - left < 2:
            return
        rect = QRectF(left, strip.top(), right - left, strip.height())
        at_ms = segment.in_ms + max(scale.ms_at(left) - segment.start_ms, 0)
        bars = self._clip_images.make_waveform_bars(rect, segment.media, at_ms, scale.us_per_px)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(with_alpha(ink, 205))
        painter.drawRects(bars if bars is not None else [QRectF(rect.left(), strip.center().y(), rect.width(), 1)])

    def _draw_image(
        self, painter: QPainter, segment: Image, strip: QRectF, ink: QColor, context: LanePaintContext
    ) -> None:
        """Draw an image, whole."""
        media = context.media.get(segment.media)
        aspect_ratio = media.width / media.height if media is not None and media.width and media.height else 16 / 9
        height = min(int(strip.height()), int(strip.width() / aspect_ratio))
        width = max(int(height * aspect_ratio), 1)
        top = strip.top() + (int(strip.height()) - height) // 2
        self._draw_picture(
            painter, self._clip_images.get_image(segment.media, width, height), strip.left(), top, width, height, ink
        )

    def _draw_picture(
        self, painter: QPainter, picture: QPixmap | None, x: float, top: float, width: int, height: int, ink: QColor
    ) -> None:
        if picture is None:
            painter.fillRect(QRectF(x, top, width, height), with_alpha(ink, 34))
        else:
            painter.drawPixmap(QPointF(x, top), picture)

    def _draw_pages(
        self, painter: QPainter, segment: Presentation, strip: QRectF, ink: QColor, context: LanePaintContext
    ) -> None:
        """Draw as many pages as fit, each from its start, and below them a tick for each page."""
        scale = context.scale
        row = strip.bottom() - TICK_ROW_PX
        height = int(row - strip.top()) - 2
        page_width = max(int(height * 4 / 3), 16)
        ticks: list[QRectF] = []
        at_ms = segment.start_ms - segment.in_ms
        last_tick_x = next_free_x = -1e9
        for page in segment.pages:
            x, until = scale.x_of(at_ms), scale.x_of(at_ms + page.length_ms)
            at_ms += page.length_ms
            if until <= strip.left():
                continue
            if x >= strip.right():
                break
            left = max(x, strip.left())
            if left - last_tick_x >= MIN_TICK_GAP_PX:  # closer ticks would merge to a grey bar
                last_tick_x = left
                ticks.append(QRectF(left, row, 1, TICK_ROW_PX))
            if left < next_free_x:
                continue
            width = min(page_width, int(strip.right() - left))
            visible_width = int(min(until, strip.right()) - left) - 2
            if page_width * 3 // 5 <= visible_width < width:
                width = visible_width  # crop a page a little rather than skip every other one
            next_free_x = left + width + 2
            if width >= MIN_PAGE_PX and next_free_x >= context.view_left and left <= context.view_right:
                picture = self._clip_images.get_page(segment.media, page.page, page_width, height)
                if picture is None or width == page_width:
                    self._draw_picture(painter, picture, left, strip.top(), width, height, ink)
                else:
                    ratio = self._clip_images.ratio
                    source = QRectF(0, 0, width * ratio, height * ratio)
                    painter.drawPixmap(QRectF(left, strip.top(), width, height), picture, source)
        ticks.append(QRectF(strip.left(), strip.bottom() - 1, strip.width(), 1))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(with_alpha(ink, 170))
        painter.drawRects(ticks)

    def _draw_cta_button(self, painter: QPainter, segment: Cta, strip: QRectF, ink: QColor) -> None:
        """Draw the button of a call to action with its label."""
        label = self._text_layout.elide(to_one_line(segment.label), "small", strip.width() - 20)
        if not label:
            return
        height = min(strip.height(), self._text_layout.line_height("small") + 6)
        top = strip.bottom() - height - (strip.height() - height) / 2
        width = self._text_layout.measure_width(label, "small") + 16
        painter.setPen(QPen(with_alpha(ink, 220), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRoundedRect(QRectF(strip.left() + 3.5, top, width, height), 4, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(ink)
        self._text_layout.draw(painter, strip.left() + 11, top + 3, label, "small")

    def _draw_questions(self, painter: QPainter, segment: Survey, strip: QRectF, ink: QColor) -> None:
        """Draw a line for each question that there is room for."""
        line_height = self._text_layout.line_height("small")
        y = strip.top()
        painter.setPen(ink)
        for question in segment.questions:
            if y + line_height > strip.bottom() + 2:
                break
            self._text_layout.draw(
                painter, strip.left() + 3, y, f"· {to_one_line(question.text)}", "small", strip.width() - 8
            )
            y += line_height

    def _draw_fades(self, painter: QPainter, segment: Timed, strip: QRectF, context: LanePaintContext) -> None:
        """Draw a wedge for the fade-in and the fade-out over the strip of frames or waveform.

        Of a fade that was cut, the part within the segment is drawn: its wedge begins or ends outside.
        """
        silent_ms = segment.start_ms - segment.fade_in_offset_ms
        silent_again_ms = segment.start_ms + segment.play_ms + segment.fade_out_offset_ms
        painter.save()
        painter.setClipRect(strip, Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for quiet_ms, full_ms in (
            (silent_ms, silent_ms + segment.fade_in_ms),
            (silent_again_ms, silent_again_ms - segment.fade_out_ms),
        ):
            quiet_x, full_x = context.scale.x_of(quiet_ms), context.scale.x_of(full_ms)
            if quiet_x == full_x:
                continue
            quiet, full = QPointF(quiet_x, strip.bottom()), QPointF(full_x, strip.top())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(0, 0, 0, 120))
            painter.drawPolygon([quiet, QPointF(quiet_x, strip.top()), full])
            painter.setPen(QPen(QColor(255, 255, 255, 200), 1.2))
            painter.drawLine(quiet, full)
        painter.restore()
