"""Draws the segments of one lane as clips, in as much detail as their width allows.

Segments narrower than 3 px are joined to runs of one colour (`ui.timeline.geometry.culling`). Up to 10 px they are
plain rectangles, drawn with one call per colour. Wider ones have round corners and contents
(`ui.timeline.paint.clip_contents`). Icon, title or tooltip tell the kind of a segment without its colour.
"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from editor.schedule.kinds import kind_of
from editor.schedule.model import AnySegment, Kind, Offer, Timed
from ui.style.theme import KIND_COLOURS, text_on
from ui.timeline.geometry.culling import VisibleSegments
from ui.timeline.paint.brushes import tint_towards, with_alpha
from ui.timeline.paint.clip_contents import ClipContentPainter, LanePaintContext
from ui.timeline.paint.clip_images import ClipImages
from ui.timeline.paint.rounded_rects import RoundedRectPainter
from ui.timeline.paint.text_layout import TextLayout

MIN_ROUNDED_PX = 10
"""Narrower clips are plain rectangles."""
RADIUS = 5
MIN_HANDLES_PX = 24
BLACK = QColor(0, 0, 0)


class ClipPainter:
    """The painter of a lane's clips: bodies, outlines of selected ones, stripes, handles, and contents of wide ones."""

    def __init__(self, clip_images: ClipImages, text_layout: TextLayout) -> None:
        self._clip_images = clip_images
        self._rounded_rects = RoundedRectPainter()
        self._contents = ClipContentPainter(clip_images, text_layout)

    def draw(self, painter: QPainter, visible: VisibleSegments, context: LanePaintContext) -> None:
        """Draw one lane: runs and narrow clips, then wide ones, then the selected and dragged ones.

        Args:
            painter: where they are drawn.
            visible: the clips and runs, from `cull_lane`.
            context: what the lane's clips have in common.
        """
        self._rounded_rects.ratio = self._clip_images.ratio
        top, height = context.band.top, context.band.height
        plain_rects: dict[Kind, list[QRectF]] = {}
        outlined = [QRectF(x, top, width, height) for x, width in visible.selected_runs]
        for kind, runs in visible.runs.items():
            plain_rects[kind] = [QRectF(x, top, width, height) for x, width in runs]
        large: list[tuple[AnySegment, float, float]] = []
        raised: list[tuple[AnySegment, float, float]] = []
        raised_ids = context.selected | context.dragged if context.dragged else context.selected
        for clip in visible.clips:
            segment, left, right = clip
            if right - left >= MIN_ROUNDED_PX:
                (raised if segment.id in raised_ids else large).append(clip)
                continue
            # One pixel of background keeps neighbours apart.
            rect = QRectF(left, top, right - left - 1, height)
            plain_rects.setdefault(kind_of(segment), []).append(rect)
            if segment.id in context.selected:
                outlined.append(rect)
        painter.setPen(Qt.PenStyle.NoPen)
        for kind, rects in plain_rects.items():
            painter.setBrush(KIND_COLOURS[kind])
            painter.drawRects(rects)
        if outlined:
            self._outline_small(painter, outlined, context)
        for clip in (*large, *raised):  # raised clips last, so that no neighbour covers an outline
            self._draw_clip(painter, *clip, context)

    def _outline_small(self, painter: QPainter, rects: list[QRectF], context: LanePaintContext) -> None:
        """Mark narrow selected clips by bars above and below: an outline would leave nothing inside."""
        painter.setBrush(context.look.text)
        painter.drawRects([QRectF(each.left(), each.top() - 3, max(each.width(), 2), 3) for each in rects])
        painter.drawRects([QRectF(each.left(), each.bottom(), max(each.width(), 2), 3) for each in rects])

    # ------------------------------------------------------------------------------------------ one clip

    def _draw_clip(
        self, painter: QPainter, segment: AnySegment, left: float, right: float, context: LanePaintContext
    ) -> None:
        colour = KIND_COLOURS[kind_of(segment)]
        ink = text_on(colour)
        rounded_rects = self._rounded_rects
        # Clipped to near the view: Qt's painters are slow and inexact with rectangles of millions of pixels.
        visible_left = rounded_rects.snap_to_pixel(max(left, context.view_left - 40))
        visible_right = rounded_rects.snap_to_pixel(min(right, context.view_right + 40) - 1)
        rect = QRectF(visible_left, context.band.top, visible_right - visible_left, context.band.height)
        is_selected, is_hovered = segment.id in context.selected, segment.id == context.hovered_id
        if segment.id in context.dragged:
            for spread, alpha in ((5, 22), (3, 34), (1, 46)):
                shadow = rect.adjusted(-spread, -spread + 3, spread, spread + 3)
                rounded_rects.draw(painter, shadow, with_alpha(BLACK, alpha), RADIUS + spread)
        body = rect
        if is_selected:
            rounded_rects.draw(painter, rect.adjusted(-2, -2, 2, 2), context.look.text, RADIUS + 2)
            rounded_rects.draw(painter, rect, context.look.lane, RADIUS)
            body = rect.adjusted(1, 1, -1, -1)  # the contents keep their place
        rounded_rects.draw(
            painter, body, tint_towards(colour, ink) if is_hovered and not is_selected else colour, RADIUS
        )
        self._draw_hatching(painter, segment, body, ink, context)
        self._contents.draw(painter, segment, rect, ink, context)
        if context.shows_handles and (is_selected or is_hovered) and rect.width() >= MIN_HANDLES_PX:
            self._draw_handles(painter, left, right, rect, ink)

    def _draw_hatching(
        self, painter: QPainter, segment: AnySegment, rect: QRectF, ink: QColor, context: LanePaintContext
    ) -> None:
        """Draw stripes over the freeze frame, and over the whole clip if its file is missing."""
        if isinstance(segment, Timed) and segment.hold_ms:
            hold_x = context.scale.x_of(segment.start_ms + segment.play_ms)
            if hold_x < rect.right():
                self._rounded_rects.draw_hatching(painter, rect, max(hold_x, rect.left()), with_alpha(ink, 90), RADIUS)
        if not isinstance(segment, Offer) and self._clip_images.get_state(segment.media) == "missing":
            self._rounded_rects.draw_hatching(painter, rect, rect.left(), with_alpha(BLACK, 46), RADIUS)

    def _draw_handles(self, painter: QPainter, left: float, right: float, rect: QRectF, ink: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(with_alpha(ink, 190))
        height = min(rect.height() * 0.4, 26)
        top = rect.center().y() - height / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for x in (left + 3, right - 1 - 6):
            painter.drawRoundedRect(QRectF(x, top, 3, height), 1.5, 1.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
