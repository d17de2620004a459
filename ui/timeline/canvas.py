"""What the timeline shows: its state gathered from everybody else's, and painted.

It holds no truth of its own but the view (what stretch is shown). The webinar is the bridge's, the selection and the
playhead are shared; every edit goes through the bridge, and its preview stays on the screen until the bridge answers.
`ui.timeline.widget` adds what hands do.
"""

import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from editor.schedule import edits
from editor.schedule.model import AnySegment
from editor.schedule.operations import Add, AnyOperation, Edited, Mode
from editor.settings import Settings
from ui.bridge import Bridge, Change
from ui.playhead import Playhead
from ui.selection import Selection
from ui.theme import look_of
from ui.timeline import accessible
from ui.timeline.art import Desk
from ui.timeline.carried import Carried
from ui.timeline.drops import DropGesture
from ui.timeline.gestures import Apply, Point, Preview, Situation
from ui.timeline.hand import Hand
from ui.timeline.keys import Keys
from ui.timeline.layout import Layout
from ui.timeline.painter import Painter
from ui.timeline.phrases import Phrases
from ui.timeline.scene import Scene
from ui.timeline.timescale import Timescale
from ui.timeline.view import ZOOM_STEP, View
from ui.words import Words

TICK_MS = 16


class Canvas(QWidget):
    """Two lanes, their ruler and the minimap.

    Args:
        bridge: the webinar.
        selection: what is selected; shared.
        playhead: where it stands; shared.
        desk: pictures and waveforms.
        settings: mode, snapping, what the ruler reads, default lengths.
        words: how times are said.
        parent: Qt's owner.
        add: carries out the add that a drop from the bin comes to; the bridge does, where nobody else is named.
        apply: carries out the edits of previews.
        clock: monotonic seconds, for scrolling at the border.
    """

    dropped_files = Signal(object, str, int)
    """Paths, the lane they were dropped on, and where the first of them is wanted."""
    numbers_asked = Signal(str)
    """A segment was double-clicked: its start, in-point and length are to be typed."""
    menu_asked = Signal(object)
    """A `Where`."""
    refused_at = Signal(QPoint, str)
    """A gesture was refused: where on the screen, and why."""
    view_changed = Signal()
    """Another stretch is shown."""

    def __init__(
        self,
        bridge: Bridge,
        selection: Selection,
        playhead: Playhead,
        desk: Desk,
        settings: Settings,
        words: Words,
        parent: QWidget | None = None,
        *,
        add: Callable[[Add], None] | None = None,
        apply: Apply = edits.apply,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        accessible.install()  # before Qt makes an interface of its own for this widget
        super().__init__(parent)
        self._bridge = bridge
        self._selection = selection
        self._playhead = playhead
        self._desk = desk
        self._settings = settings
        self._words = words
        self._add = add
        self._apply = apply
        self._clock = clock
        self._phrases = Phrases(words, self)
        self._view = View()
        self._hand = Hand(self._view, self)
        self._keys = Keys(self._view, self._hand, self)
        self._carried = Carried(bridge, desk, settings)
        self._painter = Painter(desk, self.font(), self._phrases)
        self._hovered: str | None = None
        self._ring = False
        self._pending: tuple[AnyOperation, Preview, Point] | None = None
        self._ticked = 0.0
        self._shown_ms = playhead.position_ms
        self._ticking = QTimer(self, interval=TICK_MS)
        self._ticking.timeout.connect(self._on_tick)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumHeight(200)
        bridge.changed.connect(self._on_changed)
        bridge.refused.connect(self._on_refused)
        bridge.failed.connect(self._on_failed)
        bridge.read_only_changed.connect(self._on_read_only)
        selection.changed.connect(self._on_selection)
        playhead.moved.connect(self._on_playhead)
        playhead.sought.connect(self._on_sought)
        words.language_changed.connect(self._on_language)
        pictured = getattr(desk, "pictured", None)
        if pictured is not None:
            pictured.connect(self._on_pictured)
            desk.lost.connect(self._on_pictured)  # type: ignore[attr-defined]  # whoever pictures also loses
        unsubscribe = settings.subscribe(self._on_setting)
        self.destroyed.connect(unsubscribe)
        self._on_language()

    # ---------------------------------------------------------------------------------- what others may ask

    @property
    def view(self) -> View:
        """What stretch is shown."""
        return self._view

    @property
    def hand(self) -> Hand:
        """The gesture under way."""
        return self._hand

    @property
    def keys(self) -> Keys:
        """Where the keyboard is."""
        return self._keys

    @property
    def phrases(self) -> Phrases:
        """How segments are told."""
        return self._phrases

    @property
    def desk(self) -> Desk:
        """Pictures and states of media."""
        return self._desk

    @property
    def bridge(self) -> Bridge:
        """The webinar."""
        return self._bridge

    def set_mode(self, mode: Mode) -> None:
        """How what is placed treats what stands there."""
        self._settings["mode"] = mode

    def set_snap(self, snap: bool) -> None:
        """Whether edges are drawn to others."""
        self._settings["snap"] = snap

    def fit(self) -> None:
        """Show the whole webinar."""
        self._view.fit(self._bridge.webinar.length_ms)
        self._on_view()

    def zoom_in(self) -> None:
        """Closer, about the playhead."""
        self._zoom(ZOOM_STEP)

    def zoom_out(self) -> None:
        """Farther, about the playhead."""
        self._zoom(1 / ZOOM_STEP)

    def reveal(self, segment_id: str) -> None:
        """Bring a segment into view."""
        segment = self._bridge.webinar.find(segment_id)
        if segment is not None:
            self.look(self._view.scale.showing_span(segment.start_ms, segment.end_ms))

    def spoken(self, segment: AnySegment) -> str:
        """A segment in one line, as a screen reader says it."""
        sha256 = getattr(segment, "media", None)
        state = self._desk.state(sha256) if sha256 is not None else "ready"
        return self._phrases.spoken(segment, self._bridge.webinar, state)

    def zone_spoken(self) -> str:
        """The part of the timeline the keyboard is in, as a screen reader says it."""
        zone = self._keys.zone
        if zone == "ruler":
            return self._phrases.ruler(self._playhead.position_ms)
        return self._phrases.lane(zone, self._bridge.webinar)

    def scene(self) -> Scene:
        """All that is drawn."""
        preview = self._hand.preview
        if self._hand.gesture is None and self._pending is not None:
            preview = self._pending[1]
        focused = self._keys.current() if self._ring else None
        return Scene(
            webinar=self._bridge.webinar,
            layout=self._view.layout,
            scale=self._view.scale,
            look=look_of(self),
            words=self._phrases.wording,
            preview=preview,
            selected=self._selection.ids,
            hovered=self._hovered,
            playhead_ms=self._playhead.position_ms,
            clock_ruler=self._settings["ruler"] == "clock",
            focus=self._keys.zone if self._ring and self.hasFocus() else None,
            focused=focused.id if focused is not None else None,
            taken=self._keys.held is not None,
            dropping=isinstance(self._hand.gesture, DropGesture),
            editable=not self._bridge.read_only,
        )

    # -------------------------------------------------------------------------------- what the hand may do

    def situation(self) -> Situation:
        """What a gesture finds."""
        return Situation(
            self._bridge.webinar,
            self._selection.ids,
            self._playhead.position_ms,
            self._settings["mode"],
            self._settings["snap"],
            self._apply,
            editable=not self._bridge.read_only,
        )

    def commit(self, op: AnyOperation, at: Point, preview: Preview) -> None:
        """Send an edit to the bridge and keep its preview on the screen until the answer."""
        # What the preview was refused would never be answered by a change.
        self._pending = (op, preview if preview.refusal is None else Preview(), at)
        if isinstance(op, Add) and self._add is not None:
            self._add(op)
        else:
            self._bridge.edit(op, self._select_added if isinstance(op, Add) else None)
        self.update()

    def _select_added(self, edited: Edited) -> None:
        self._selection.set(edited.created)

    def select(self, ids: Iterable[str], primary: str | None = None) -> None:
        """Select exactly these."""
        self._selection.set(ids, primary)

    def seek(self, at_ms: int) -> None:
        """Bring the playhead there, as a person asks."""
        self._playhead.seek(at_ms)

    def look(self, scale: Timescale) -> None:
        """Show another stretch, within bounds."""
        if self._view.look(scale, self.scene().shown.length_ms):
            self._on_view()

    def _zoom(self, factor: float, x: float | None = None) -> None:
        if self._view.zoom(factor, x, self._bridge.webinar.length_ms, self._playhead.position_ms):
            self._on_view()

    # ------------------------------------------------------------------------------------------ what happens

    def _on_view(self) -> None:
        self.update()
        self.view_changed.emit()

    def _on_changed(self, change: Change) -> None:
        self._pending = None
        self._hand.rebase()
        if change.before.length_ms != change.after.length_ms:
            self._view.grown(change.after.length_ms)
        self.update()
        accessible.changed(self)

    def _on_refused(self, refused: edits.Refused, op: AnyOperation) -> None:
        pending, self._pending = self._pending, None
        self.update()
        if pending is not None and pending[0] is op:
            at = self.mapToGlobal(QPoint(int(pending[2].x), int(pending[2].y)))
            self.refused_at.emit(at, self._words.sentence(refused))

    def _on_failed(self, _known: object) -> None:
        self._pending = None
        self.update()

    def _on_read_only(self) -> None:
        """A gesture under way could not be committed any more."""
        self._hand.escape()
        self.update()

    def _on_selection(self) -> None:
        self.update()
        accessible.selected(self)

    def _on_playhead(self, at_ms: int) -> None:
        if not self._hand.pressed and self._hand.gesture is None:
            self._follow(at_ms, asked=False)
        self._repaint_playhead()

    def _on_sought(self, at_ms: int) -> None:
        if not self._hand.pressed and self._hand.gesture is None:
            self._follow(at_ms, asked=True)
        if self._keys.zone == "ruler" and self.hasFocus():
            accessible.said(self, self._phrases.ruler(at_ms))

    def _follow(self, at_ms: int, *, asked: bool) -> None:
        if self._view.follow(self._shown_ms, at_ms, self._bridge.webinar.length_ms, asked=asked):
            self._on_view()

    def _repaint_playhead(self) -> None:
        scene = self.scene()
        band = scene.layout.minimap
        for at_ms in (self._shown_ms, scene.playhead_ms):
            for rect in self._painter.playhead_rects(scene, at_ms):
                self.update(rect)
            x = int(self._view.overview(scene.webinar.length_ms).x_of(at_ms))
            self.update(QRect(x - 2, band.top, 5, band.height))
        self._shown_ms = scene.playhead_ms

    def _on_pictured(self, sha256: str) -> None:
        self._painter.art.forget(sha256)
        self.update()

    def _on_setting(self, name: str) -> None:
        if name in {"mode", "snap", "ruler"}:
            self._hand.rebase()
            self.update()

    def _on_language(self) -> None:
        self._phrases.retranslate()
        self.setAccessibleName(self.tr("Timeline"))
        self.setAccessibleDescription(
            self.tr("Tab goes to the ruler and the lanes, arrows from segment to segment, Enter takes an edge.")
        )
        self._lay_out()

    def _on_tick(self) -> None:
        now = self._clock()
        elapsed, self._ticked = now - self._ticked, now
        self.tick(min(round(elapsed * 1000), 100))

    def tick(self, elapsed_ms: int) -> None:
        """So much time passed during a gesture: the view may scroll by itself."""
        self._hand.tick(elapsed_ms)
        self._after_hand()

    def _after_hand(self) -> None:
        """Look whether the view scrolls by itself from now on, and show what the hand did."""
        if self._hand.scrolls != self._ticking.isActive():
            if self._hand.scrolls:
                self._ticked = self._clock()
                self._ticking.start()
            else:
                self._ticking.stop()
        self.update()

    # --------------------------------------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is to be painted again."""
        scene = self.scene()
        overview = self._view.overview(scene.webinar.length_ms)
        painter = QPainter(self)
        self._painter.paint(painter, event.rect(), scene, overview, self.devicePixelRatioF())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lie in another size."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font and the theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.PaletteChange}:
            self._painter = Painter(self._desk, self.font(), self._phrases)
            self._lay_out()

    def sizeHint(self) -> QSize:
        """As high as both lanes are at their best."""
        return QSize(1200, 300)

    def _lay_out(self) -> None:
        letters = self._painter.letters
        wording = self._phrases.wording
        header = max(
            *(letters.width(text, "title") + 54 for text in wording.lanes.values()),
            *(letters.width(text, "small") + 28 for text in wording.subtitles.values()),
            112,
        )
        line = QFontMetrics(self.font()).height()
        layout = Layout.of(self.width(), self.height(), header=int(header), line_px=line)
        self._view.resize(layout, self._bridge.webinar.length_ms)
        self.update()
