"""The part of the timeline that shows: it gathers the state of the editor and paints it.

Its only state is the viewport (which stretch of time is visible). The webinar comes from the document controller, the
selection and the playhead are shared with other widgets. Every edit goes through the document controller, and its
preview stays on the screen until the edit is done. `ui.timeline.timeline_widget` adds the handling of input events.
"""

import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from editor.schedule import edits
from editor.schedule.model import AnySegment, Offer, Webinar
from editor.schedule.operations import Add, AnyOperation, EditResult, PlacementMode
from editor.settings import Settings
from ui.state.document_controller import DocumentChange, DocumentController, RefusedEdit
from ui.state.playhead import Playhead
from ui.state.selection import Selection
from ui.style.theme import look_of
from ui.text.formatter import Formatter
from ui.timeline import accessible
from ui.timeline.geometry.layout import Layout, compute_header_width
from ui.timeline.geometry.timescale import Timescale
from ui.timeline.geometry.viewport import ZOOM_STEP, Viewport
from ui.timeline.input.drop_mime import DropReader
from ui.timeline.input.drops import DropGesture
from ui.timeline.input.gestures import ApplyEdit, GestureContext, GesturePreview, Point
from ui.timeline.input.keyboard_controller import KeyboardController
from ui.timeline.input.mouse_controller import MouseController
from ui.timeline.labels import TimelineLabels
from ui.timeline.media_previews import MediaPreviewSource
from ui.timeline.paint.paint_state import PaintState
from ui.timeline.paint.painter import TimelinePainter

TICK_MS = 16


class TimelineView(accessible.AccessibleTimeline):
    """The widget that shows the two lanes with their ruler and the minimap; `TimelineWidget` adds mouse and keys.

    Args:
        controller: the document that is shown and edited.
        selection: the selected segments, shared with the other panels.
        playhead: the position, shared with the preview.
        media_service: pictures, waveforms and states of media files.
        settings: placement mode, snapping, the ruler's unit, default lengths.
        formatter: times, durations and messages in the user's language.
        parent: the widget that owns this one.
        add: carries out what a drop from the media bin adds; by default the document controller does.
        apply: the edit function that previews are made with.
        clock: a monotonic clock in seconds, for scrolling at the border.
    """

    files_dropped = Signal(object, str, int)
    """Emitted with paths, the lane they were dropped on, and the position in ms where the first of them goes."""
    timing_edit_requested = Signal(str)
    """Emitted with the id of a segment whose start, in-point and length the user wants to type."""
    menu_requested = Signal(object)
    """Emitted with a `MenuTarget`."""
    edit_refused = Signal(QPoint, str)
    """Emitted when a gesture's edit is refused: with a point on the screen, and the reason."""
    viewport_changed = Signal()
    """Emitted when another stretch of time is visible."""

    def __init__(
        self,
        controller: DocumentController,
        selection: Selection,
        playhead: Playhead,
        media_service: MediaPreviewSource,
        settings: Settings,
        formatter: Formatter,
        parent: QWidget | None = None,
        *,
        add: Callable[[Add], None] | None = None,
        apply: ApplyEdit = edits.apply,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        accessible.install()  # before Qt makes an interface of its own for this widget
        super().__init__(parent)
        self._controller = controller
        self._selection = selection
        self._playhead = playhead
        self._media_service = media_service
        self._settings = settings
        self._formatter = formatter
        self._commit_add = add
        self._apply = apply
        self._clock = clock
        self._labels = TimelineLabels(formatter, self)
        self._viewport = Viewport()
        self._mouse = MouseController(self._viewport, self)
        self._keyboard = KeyboardController(self._viewport, self._mouse, self)
        self._drop_reader = DropReader(controller, media_service, settings)
        self._painter = TimelinePainter(media_service, self.font(), self._labels)
        self._hovered_id: str | None = None
        self._shows_focus_ring = False
        self._pending_edit: tuple[AnyOperation, GesturePreview, Point] | None = None
        self._last_tick_s = 0.0
        self._painted_playhead_ms = playhead.position_ms
        self._scroll_timer = QTimer(self, interval=TICK_MS)
        self._scroll_timer.timeout.connect(self._on_tick)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumHeight(200)
        controller.changed.connect(self._on_changed)
        controller.refused.connect(self._on_refused)
        controller.failed.connect(self._on_failed)
        controller.read_only_changed.connect(self._on_read_only)
        selection.changed.connect(self._on_selection)
        playhead.moved.connect(self._on_playhead)
        playhead.seek_requested.connect(self._on_sought)
        formatter.language_changed.connect(self._on_language)
        media_service.previews_changed.connect(self._on_media_changed)
        media_service.lost.connect(self._on_media_changed)
        unsubscribe = settings.subscribe(self._on_setting)
        self.destroyed.connect(unsubscribe)
        self._on_language()

    # ---------------------------------------------------------------------------------- the public interface

    @property
    def viewport(self) -> Viewport:
        """The visible stretch of time and the layout of the widget.

        The scale in it is replaced when the view changes.
        """
        return self._viewport

    @property
    def mouse(self) -> MouseController:
        """The mouse controller, which holds the gesture in progress."""
        return self._mouse

    @property
    def keyboard(self) -> KeyboardController:
        """The keyboard controller, which knows which segment has the focus."""
        return self._keyboard

    @property
    def labels(self) -> TimelineLabels:
        """The maker of texts about segments and lanes, in the user's language."""
        return self._labels

    @property
    def media_service(self) -> MediaPreviewSource:
        """The source of pictures, waveforms and states of media files."""
        return self._media_service

    @property
    def controller(self) -> DocumentController:
        """The controller of the document that is shown and edited."""
        return self._controller

    @property
    def webinar(self) -> Webinar:
        """The webinar as it is committed, without the preview of a gesture."""
        return self._controller.webinar

    def set_mode(self, mode: PlacementMode) -> None:
        """Set how a segment that is placed treats those already there, and store that in the setting ``mode``.

        Raises:
            OSError: The settings cannot be stored; the mode is in use until the application ends.
        """
        self._settings["mode"] = mode

    def set_snap(self, snap: bool) -> None:
        """Set whether dragged edges snap, and store that in the setting ``snap``.

        Raises:
            OSError: The settings cannot be stored; the choice is in use until the application ends.
        """
        self._settings["snap"] = snap

    def fit(self) -> None:
        """Zoom so that the whole webinar is visible, and keep it visible until the user zooms."""
        self._viewport.fit(self._controller.webinar.length_ms)
        self._on_viewport_changed()

    def zoom_in(self) -> None:
        """Zoom in a step about the playhead, or about the middle if the playhead is out of view."""
        self._zoom(ZOOM_STEP)

    def zoom_out(self) -> None:
        """Zoom out a step about the playhead, or about the middle if the playhead is out of view."""
        self._zoom(1 / ZOOM_STEP)

    def reveal(self, segment_id: str) -> None:
        """Scroll as little as possible so that a segment is visible; nothing if there is no such segment."""
        segment = self._controller.webinar.find_segment(segment_id)
        if segment is not None:
            self.set_scale(self._viewport.scale.scrolled_to(segment.start_ms, segment.end_ms))

    def describe_segment(self, segment: AnySegment) -> str:
        """Return a segment in one line, as a screen reader says it: title, kind, start and length.

        If it is so, also: freeze frame, grouped, its file's state, locked.
        """
        return self._labels.describe_segment(segment, self._controller.webinar, self._find_media_state(segment))

    def _find_media_state(self, segment: AnySegment) -> str:
        """Return the state of a segment's file; ready for offers, which have no file."""
        return "ready" if isinstance(segment, Offer) else self._media_service.get_state(segment.media)

    def is_selected(self, segment_id: str) -> bool:
        """Return whether the segment with an id is selected."""
        return segment_id in self._selection.ids

    def request_timing_edit(self, segment_id: str) -> None:
        """Emit `timing_edit_requested`, so that the fields of a segment's start and length open."""
        self.timing_edit_requested.emit(segment_id)

    def describe_zone(self) -> str:
        """Return the ruler or lane with the keyboard focus in one line, as a screen reader says it."""
        zone = self._keyboard.zone
        if zone == "ruler":
            return self._labels.describe_ruler(self._playhead.position_ms)
        return self._labels.describe_lane(zone, self._controller.webinar)

    def make_paint_state(self) -> PaintState:
        """Return the values to paint now: the webinar, the view, selection and focus, and the preview of a gesture.

        After a gesture its preview stays until the edit is done.
        """
        preview = self._mouse.preview
        if self._mouse.gesture is None and self._pending_edit is not None:
            preview = self._pending_edit[1]
        focused = self._keyboard.find_current_segment() if self._shows_focus_ring else None
        return PaintState(
            webinar=self._controller.webinar,
            layout=self._viewport.layout,
            scale=self._viewport.scale,
            look=look_of(self),
            lane_labels=self._labels.lane_labels,
            preview=preview,
            selected=self._selection.ids,
            hovered_id=self._hovered_id,
            playhead_ms=self._playhead.position_ms,
            shows_clock=self._settings["ruler"] == "clock",
            focus_zone=self._keyboard.zone if self._shows_focus_ring and self.hasFocus() else None,
            focused_id=focused.id if focused is not None else None,
            is_held=self._keyboard.held_part is not None,
            is_dropping=isinstance(self._mouse.gesture, DropGesture),
            editable=not self._controller.read_only,
        )

    # -------------------------------------------------------------------------------- for the gestures

    def make_gesture_context(self) -> GestureContext:
        """Return the state of the editor now, from which a gesture starts."""
        return GestureContext(
            self._controller.webinar,
            self._selection.ids,
            self._playhead.position_ms,
            self._settings["mode"],
            self._settings["snap"],
            self._apply,
            editable=not self._controller.read_only,
        )

    def commit(self, op: AnyOperation, point: Point, preview: GesturePreview) -> None:
        """Start an edit in the background, and show the gesture's preview until it is done.

        Args:
            op: the edit.
            point: where a refusal is shown.
            preview: the preview of the gesture; one of a refused edit is not kept.
        """
        # After a refusal no change would come that ends the preview.
        self._pending_edit = (op, preview if preview.refusal is None else GesturePreview(), point)
        if isinstance(op, Add) and self._commit_add is not None:
            self._commit_add(op)
        else:
            self._controller.edit(op, self._select_added if isinstance(op, Add) else None)
        self.update()

    def _select_added(self, edited: EditResult) -> None:
        self._selection.set(edited.created)

    def select(self, ids: Iterable[str], primary: str | None = None) -> None:
        """Select the segments with these ids and no others.

        Args:
            ids: the segments.
            primary: the one that commands on a single segment use; None makes a single segment primary, of several
                none.
        """
        self._selection.set(ids, primary)

    def seek(self, at_ms: int) -> None:
        """Move the playhead to a position in milliseconds at the user's request; the preview follows."""
        self._playhead.seek(at_ms)

    def set_scale(self, scale: Timescale) -> None:
        """Show another stretch of time, moved into the bounds of the webinar; nothing is edited."""
        if self._viewport.set_scale(scale, self.make_paint_state().displayed_webinar.length_ms):
            self._on_viewport_changed()

    def _zoom(self, factor: float, x: float | None = None) -> None:
        if self._viewport.zoom(factor, x, self._controller.webinar.length_ms, self._playhead.position_ms):
            self._on_viewport_changed()

    # ------------------------------------------------------------------------------------------ reactions

    def _on_viewport_changed(self) -> None:
        self.update()
        self.viewport_changed.emit()

    def _on_changed(self, change: DocumentChange) -> None:
        self._pending_edit = None
        self._mouse.rebase()
        if change.before.length_ms != change.after.length_ms:
            self._viewport.update_length(change.after.length_ms)
        self.update()
        accessible.announce_reorder(self)

    def _on_refused(self, refused: RefusedEdit) -> None:
        pending_edit, self._pending_edit = self._pending_edit, None
        self.update()
        if pending_edit is not None and pending_edit[0] is refused.operation:
            at = self.mapToGlobal(QPoint(int(pending_edit[2].x), int(pending_edit[2].y)))
            self.edit_refused.emit(at, self._formatter.format_message(refused.error))

    def _on_failed(self, _known: object) -> None:
        self._pending_edit = None
        self.update()

    def _on_read_only(self) -> None:
        """Cancel the gesture in progress: it could not be committed any more."""
        self._mouse.cancel_gesture()
        self.update()

    def _on_selection(self) -> None:
        self.update()
        accessible.announce_selection(self)

    def _on_playhead(self, at_ms: int) -> None:
        if not self._mouse.is_pressed and self._mouse.gesture is None:
            self._follow_playhead(at_ms, is_seek=False)
        self._repaint_playhead()

    def _on_sought(self, at_ms: int) -> None:
        if not self._mouse.is_pressed and self._mouse.gesture is None:
            self._follow_playhead(at_ms, is_seek=True)
        if self._keyboard.zone == "ruler" and self.hasFocus():
            accessible.announce(self, self._labels.describe_ruler(at_ms))

    def _follow_playhead(self, at_ms: int, *, is_seek: bool) -> None:
        if self._viewport.follow_playhead(
            self._painted_playhead_ms, at_ms, self._controller.webinar.length_ms, is_seek=is_seek
        ):
            self._on_viewport_changed()

    def _repaint_playhead(self) -> None:
        state = self.make_paint_state()
        band = state.layout.minimap
        for at_ms in (self._painted_playhead_ms, state.playhead_ms):
            for rect in self._painter.playhead_rects(state, at_ms):
                self.update(rect)
            x = int(self._viewport.make_minimap_scale(state.webinar.length_ms).x_of(at_ms))
            self.update(QRect(x - 2, band.top, 5, band.height))
        self._painted_playhead_ms = state.playhead_ms

    def _on_media_changed(self, sha256: str) -> None:
        self._painter.clip_images.invalidate(sha256)
        self.update()

    def _on_setting(self, name: str) -> None:
        if name in {"mode", "snap", "ruler"}:
            self._mouse.rebase()
            self.update()

    def _on_language(self) -> None:
        self._labels.retranslate()
        self.setAccessibleName(self.tr("Timeline"))
        self.setAccessibleDescription(
            self.tr("Press Tab for the ruler and the lanes, arrow keys for the segments, Enter to move an edge.")
        )
        self._lay_out()

    def _on_tick(self) -> None:
        now = self._clock()
        elapsed_s, self._last_tick_s = now - self._last_tick_s, now
        self.tick(min(round(elapsed_s * 1000), 100))

    def tick(self, elapsed_ms: int) -> None:
        """Scroll on while a drag is near the border, and move the gesture along; else do nothing.

        Args:
            elapsed_ms: the time that has passed since the last call, in milliseconds.
        """
        self._mouse.tick(elapsed_ms)
        self._after_input()

    def _after_input(self) -> None:
        """Start or stop scrolling at the border, and show the result of an input event."""
        if self._mouse.autoscrolls != self._scroll_timer.isActive():
            if self._mouse.autoscrolls:
                self._last_tick_s = self._clock()
                self._scroll_timer.start()
            else:
                self._scroll_timer.stop()
        self.update()

    # --------------------------------------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the part of the timeline that lies in the event's rectangle."""
        state = self.make_paint_state()
        minimap_scale = self._viewport.make_minimap_scale(state.webinar.length_ms)
        painter = QPainter(self)
        self._painter.paint(painter, event.rect(), state, minimap_scale, self.devicePixelRatioF())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out the strips for another size, and keep a fitted webinar fitted."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Lay out and paint anew when Qt reports another font, style or palette."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.PaletteChange}:
            self._painter = TimelinePainter(self._media_service, self.font(), self._labels)
            self._lay_out()

    def sizeHint(self) -> QSize:
        """Return a size in pixels in which both lanes have room for their contents."""
        return QSize(1200, 300)

    def _lay_out(self) -> None:
        text_layout = self._painter.text_layout
        lane_labels = self._labels.lane_labels
        text_width = max(
            *(text_layout.measure_width(text, "title") for text in lane_labels.names.values()),
            *(text_layout.measure_width(text, "small") for text in lane_labels.subtitles.values()),
        )
        header = compute_header_width(text_width)
        line_px = QFontMetrics(self.font()).height()
        layout = Layout.for_size(self.width(), self.height(), header=header, line_px=line_px)
        self._viewport.resize(layout, self._controller.webinar.length_ms)
        self.update()
